"""One process at a time, on one machine."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait for everybody else who asked for this file; the lock ends with its process at last."""
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(number)
        yield
    finally:
        os.close(number)
