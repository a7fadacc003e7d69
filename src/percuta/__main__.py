"""``python -m percuta`` and the ``percuta`` command."""

import sys

from percuta.cli.main import run


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run())


if __name__ == "__main__":
    main()
