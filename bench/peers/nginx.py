"""nginx, tuned: one worker, sendfile, open files cached, no access log."""

import contextlib
import os
import pathlib
import subprocess

from dev import packages, stack
from peers.turns import SERVER_CORE, family, pin

PACKAGES = ["nginx-light"]
CONFIGURATION = """\
worker_processes 1;
daemon off;
pid {home}/nginx.pid;
error_log {home}/error.log crit;
{user}
events {{ worker_connections 4096; multi_accept on; use epoll; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_timeout 75s;
    keepalive_requests 1000000000;
    open_file_cache max=10000 inactive=1h;
    open_file_cache_valid 1h;
    open_file_cache_min_uses 1;
    server_tokens off;
    default_type "text/html; charset=utf-8";
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        root {home}/sites/$host;
    }}
}}
"""


class Nginx:
    """`files`: host → path → bytes."""

    def __init__(self, home, files):
        packages.ensure(PACKAGES)
        self.home = home
        self.port = stack.free_port()
        for host, paths in files.items():
            for path, content in paths.items():
                file = home / "sites" / host / path.lstrip("/")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        user = "user root;" if os.geteuid() == 0 else ""
        (home / "nginx.conf").write_text(CONFIGURATION.format(home=home, port=self.port, user=user))

    @contextlib.contextmanager
    def running(self):
        process = subprocess.Popen(["/usr/sbin/nginx", "-c", self.home / "nginx.conf", "-p", self.home])
        try:
            stack.wait_until(lambda: len(family(process.pid)) > 1, 10)
            self.workers = [number for number in family(process.pid) if number != process.pid]
            for worker in self.workers:
                pin(worker, SERVER_CORE)
            yield self
        finally:
            process.terminate()
            process.wait()


def etag(content_file):
    """As nginx makes it: time of change and size, in hexadecimal."""
    found = pathlib.Path(content_file).stat()
    return f'"{int(found.st_mtime):x}-{found.st_size:x}"'
