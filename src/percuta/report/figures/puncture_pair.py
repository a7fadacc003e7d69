"""Two puncture fields side by side: what two devices, or two numbers of passes, leave in skin."""

from percuta.report.figures.palette import Theme
from percuta.report.figures.puncture_field import PunctureData, described, field_facts
from percuta.report.figures.square import SIDE_MM, Square
from percuta.report.figures.svg import Pen, wrapped
from percuta.report.figures.table import DataTable

_WIDTH, _LEFT, _PER_MM, _APART = 360.0, 12.0, 15.8, 178.0
_SIZE, _LINE_HEIGHT = 13.0, 18.0
_CAPTION = "Each square is one sample: the next square centimetre holds other holes."


def puncture_pair(
    one: PunctureData, other: PunctureData, *, theme: Theme = Theme.PAGE, name: str = "pair"
) -> str:
    """Both fields at one scale, each with its numbers under it, as SVG."""
    pen = Pen(theme, name)
    heads = [[*wrapped(data.label, _SIZE, SIDE_MM * _PER_MM), data.detail] for data in (one, other)]
    top = 10 + _LINE_HEIGHT * max(len(head) for head in heads)
    squares = [Square(left, top, _PER_MM) for left in (_LEFT, _LEFT + _APART)]
    fields = "".join(
        pen.lines(head, square.left, 18, size=_SIZE, step=_LINE_HEIGHT)
        + square.drawn(pen, data.holes_mm, diameter_um=data.hole_diameter_um, text_size=_SIZE)
        for head, square, data in zip(heads, squares, (one, other), strict=True)
    )
    words, floor = _numbers(pen, one, other, squares[0].bottom + 48)
    caption = wrapped(_CAPTION, _SIZE, _WIDTH - 2 * _LEFT)
    said = pen.lines(
        caption, _LEFT, floor + 6, size=_SIZE, step=_LINE_HEIGHT, fill=pen.colour("quiet")
    )
    return pen.figure(
        fields + words + said,
        title=f"{one.name} and {other.name}: a square centimetre each, to scale",
        description=f"{one.name}: {described(one)} {other.name}: {described(other)} {_CAPTION}",
        box=(0, 0, _WIDTH, floor + len(caption) * _LINE_HEIGHT),
        class_="puncture-pair",
    )


def puncture_pair_table(one: PunctureData, other: PunctureData) -> DataTable:
    """The numbers of both fields as a table."""
    return DataTable(
        caption="Holes in one square centimetre",
        header=("What", one.name, other.name),
        rows=tuple((what, here, there) for what, here, there in _rows(one, other)),
    )


def _rows(one: PunctureData, other: PunctureData) -> list[tuple[str, str, str]]:
    pairs = zip(
        *(field_facts(data, len(data.holes_mm)) for data in (one, other)),
        strict=True,
    )
    return [(what, here, there) for (what, here), (_, there) in pairs]


def _numbers(pen: Pen, one: PunctureData, other: PunctureData, top: float) -> tuple[str, float]:
    """What is counted, and under it both numbers below their squares."""
    parts = []
    for what, here, there in _rows(one, other):
        parts.append(pen.text(what, _LEFT, top, size=_SIZE, fill=pen.colour("quiet")))
        parts.append(pen.text(here, _LEFT, top + _LINE_HEIGHT, size=_SIZE))
        parts.append(pen.text(there, _LEFT + _APART, top + _LINE_HEIGHT, size=_SIZE))
        top += 2 * _LINE_HEIGHT + 6
    return "".join(parts), top
