"""``python -m percuta`` and the ``percuta`` command."""

import sys

from percuta.cli.main import run
from percuta.site import commands

MORE = (commands.add_to,)
"""The commands that need more than a command line."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(more=MORE))


if __name__ == "__main__":
    main()
