"""Share of people whose plan one changed row changes: a bar a row, longest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element, wrapped

_WIDTH, _LEFT, _RIGHT, _SIZE, _STEP, _BAR = 640.0, 250.0, 570.0, 12.5, 24.0, 11.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row: its name, the share of people that cite it, and of those whose plan it changes."""

    name: str
    citing: float
    changing: float


def row_impact(
    bars: tuple[Bar, ...], said: str, *, theme: Theme = Theme.PAGE, name: str = "impact"
) -> str:
    """The bars as SVG, with a sentence under them.

    Raises
    ------
    FigureError
        If there is no bar, or a share is none.
    """
    if not bars or any(not 0 <= bar.changing <= bar.citing <= 1 for bar in bars):
        raise FigureError(
            ["a bar is a share from 0 to 1, and no row changes more plans than cite it"]
        )
    pen, most = Pen(theme, name), max(bar.citing for bar in bars) or 1.0
    bottom = len(bars) * _STEP
    lines = wrapped(said, _SIZE, _WIDTH)
    body = "".join(part for place, bar in enumerate(bars) for part in _bar(pen, bar, place, most))
    below = bottom + 1.6 * _SIZE
    body += pen.lines(lines, 0, below, size=_SIZE, step=16, fill=pen.colour("quiet"))
    return pen.figure(
        body,
        title="What each changed row changes by itself",
        description=" ".join(
            f"{bar.name}: changes {100 * bar.changing:.1f} in 100 plans." for bar in bars
        ),
        box=(0, 0, _WIDTH, below + (len(lines) - 1) * 16 + 6),
        class_="impact",
    )


def _bar(pen: Pen, bar: Bar, place: int, most: float) -> Iterator[str]:
    top = place * _STEP + (_STEP - _BAR) / 2
    baseline = top + _BAR - 1
    yield pen.text(bar.name, _LEFT - 8, baseline, size=_SIZE, anchor="end")
    for share, token in ((bar.citing, "line"), (bar.changing, "accent")):
        width = (_RIGHT - _LEFT) * share / most
        yield element("rect", x=_LEFT, y=top, width=width, height=_BAR, fill=pen.colour(token))
    x = _LEFT + (_RIGHT - _LEFT) * bar.citing / most + 6
    yield pen.text(f"{100 * bar.changing:.1f} %", x, baseline, size=_SIZE, fill=pen.colour("quiet"))
