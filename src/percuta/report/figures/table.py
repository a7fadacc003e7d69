"""The accessible twin of a figure: the same numbers as a table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DataTable:
    """A caption, the names of the columns, and the rows, worded as they are to be printed."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
