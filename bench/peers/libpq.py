"""One open connection, by libpq itself: no client's start-up or printing is measured with a statement."""

import ctypes
import time

from dev.shell import Trouble

_pq = ctypes.CDLL("libpq.so.5")
for _name, _result in {"PQconnectdb": ctypes.c_void_p, "PQexec": ctypes.c_void_p,
                       "PQerrorMessage": ctypes.c_char_p, "PQgetvalue": ctypes.c_char_p}.items():
    getattr(_pq, _name).restype = _result
_COMMAND_OK, _TUPLES_OK = 1, 2


class Connection:
    def __init__(self, url):
        self.handle = ctypes.c_void_p(_pq.PQconnectdb(url.encode()))
        if _pq.PQstatus(self.handle) != 0:
            raise Trouble(_pq.PQerrorMessage(self.handle).decode())

    def execute(self, sql):
        """Milliseconds that the statement took, and its rows."""
        start = time.monotonic()
        result = ctypes.c_void_p(_pq.PQexec(self.handle, sql.encode()))
        took = (time.monotonic() - start) * 1000
        if _pq.PQresultStatus(result) not in (_COMMAND_OK, _TUPLES_OK):
            raise Trouble(f"{sql}: {_pq.PQerrorMessage(self.handle).decode()}")
        rows = [[_pq.PQgetvalue(result, row, column).decode() for column in range(_pq.PQnfields(result))]
                for row in range(_pq.PQntuples(result))]
        _pq.PQclear(result)
        return took, rows

    def close(self):
        _pq.PQfinish(self.handle)
