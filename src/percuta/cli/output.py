"""Writing to standard output: for people on a screen, plain when piped, calm if nobody reads."""

import contextlib
import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_PIPED_WIDTH = 100


def write(text: str) -> None:
    """Write text; a reader that left early changes nothing about the command's answer."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at exit: give it somewhere to flush to.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def show(draw: "Callable[[Console], None]") -> None:
    """Let ``draw`` print to the screen, or as plain lines without trailing blanks when piped."""
    from rich.console import Console

    if sys.stdout.isatty():
        draw(Console(highlight=False))
        return
    page = io.StringIO()
    draw(Console(file=page, width=_PIPED_WIDTH, highlight=False, color_system=None))
    write("".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines()))
