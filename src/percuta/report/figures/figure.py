"""A figure with its name and its table: drawn on demand in the theme of the place it stands in."""

from collections.abc import Callable
from dataclasses import dataclass

from percuta.report.figures.palette import Theme
from percuta.report.figures.table import DataTable


@dataclass(frozen=True)
class Figure:
    """``draw`` gives the SVG in a theme; ``name`` is a file name without its ending."""

    name: str
    draw: Callable[[Theme], str]
    table: DataTable
