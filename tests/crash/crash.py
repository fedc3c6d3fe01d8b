"""Server and PostgreSQL killed at the steps where it hurts most: the torture of births in small, as many kills as fit.

    ./dev test crash
"""

import random
import sys
import time

import births

SECONDS = 60
# In CI two cores are shared by everything; the torture itself holds to five seconds.
CONVERGED_SECONDS_MAX = 15
FIRST = [("database.rename", "before", "postgres"), ("database.rename", "after", "server"),
         ("spare.copy", "after", "postgres"), ("birth.finish", "before", "outage"),
         ("database.drop", "after", "server"), ("bucket.create", "after", "server")]


def main():
    others = [kill for kill in births.kills() if kill not in FIRST]
    random.Random(1).shuffle(others)
    end = time.monotonic() + SECONDS
    return births.torture([*FIRST, *others], "crash", CONVERGED_SECONDS_MAX, lambda: time.monotonic() > end)


if __name__ == "__main__":
    sys.exit(main())
