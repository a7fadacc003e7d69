"""``python -m percuta`` and the ``percuta`` command."""

import gc
import os
import sys

# Nothing that is imported goes away again, so there is nothing to collect while importing.
gc.disable()
# Pydantic reads the metadata of every installed package in search of plugins; there are none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# NumPy's linear algebra starts a thread a core; our matrices are too small for more than one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from percuta.cli.main import run  # noqa: E402 - set before Pydantic and NumPy are imported
from percuta.site import commands  # noqa: E402

gc.freeze()
gc.enable()

MORE = (commands.add_to,)
"""The commands that need more than a command line."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(more=MORE))


if __name__ == "__main__":
    main()
