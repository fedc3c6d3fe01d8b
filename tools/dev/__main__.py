import pathlib
import sys

sys.path[0] = str(pathlib.Path(__file__).resolve().parents[1])

from dev.cli import main  # noqa: E402  (the line above makes this package findable)

sys.exit(main(sys.argv[1:]))
