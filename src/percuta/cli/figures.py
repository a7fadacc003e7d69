"""Writing figures to files: one alone, or a folder with a page that shows all with their tables."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from percuta.errors import PlanError

if TYPE_CHECKING:
    from percuta.report.figures.figure import Figure

PAGE = "figures.html"


def write_figure(svg: str, path: Path) -> None:
    """Write one figure."""
    _write({path: svg})


def write_figures(title: str, figures: "Iterable[Figure]", folder: Path) -> None:
    """Write each figure into a folder, and a page that shows all of them with their tables."""
    from percuta.report.figures.page import figures_page
    from percuta.report.figures.palette import Theme

    told = tuple(figures)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanError([f"{folder}: cannot be written: {error.strerror}"]) from error
    files = {folder / f"{figure.name}.svg": figure.draw(Theme.LIGHT) for figure in told}
    _write(files | {folder / PAGE: figures_page(title, told)})


def _write(files: dict[Path, str]) -> None:
    for path, text in files.items():
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise PlanError([f"{path}: cannot be written: {error.strerror}"]) from error
