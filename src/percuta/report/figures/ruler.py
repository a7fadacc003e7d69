"""The ruler of one zone: studied range, advised depth, limit, and what the dial says."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.report import wording
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element, number, width_of

_WIDTH, _LEFT, _RIGHT = 360.0, 10.0, 350.0
_AXIS, _SIZE, _HEIGHT = 34.0, 12.5, 60.0
_TICK_MM, _END_MM = 0.25, 0.5


@dataclass(frozen=True, kw_only=True)
class RulerData:
    """Dial settings of one zone in mm; ``None`` where nothing is advised or set.

    ``end_mm`` is the deepest setting of the device: the ruler shows at least so much.
    """

    zone: str
    low_mm: float
    high_mm: float
    limit_mm: float
    limit_label: str
    advised_mm: float | None
    set_mm: float | None
    end_mm: float


def ruler(data: RulerData, *, theme: Theme = Theme.PAGE, name: str = "ruler") -> str:
    """The ruler as SVG.

    Raises
    ------
    FigureError
        If a depth is not above zero, or the range is upside down.
    """
    _check(data)
    pen = Pen(theme, name)
    end = _END_MM * math.ceil(max(data.end_mm, data.limit_mm, data.set_mm or 0.0) / _END_MM)
    body = "".join((*_range(pen, data, end), *_axis(pen, end), *_marks(pen, data, end)))
    return pen.figure(
        body,
        title=f"{data.zone}: range, limit and setting, in mm",
        description=_description(data),
        box=(0, 0, _WIDTH, _HEIGHT),
        class_="ruler",
    )


def _check(data: RulerData) -> None:
    known = (data.low_mm, data.high_mm, data.limit_mm, data.end_mm, data.advised_mm, data.set_mm)
    faults = [
        f"{data.zone}: a depth of {value} mm is not above 0"
        for value in known
        if value is not None and not (math.isfinite(value) and value > 0)
    ]
    if data.low_mm > data.high_mm:
        faults.append(f"{data.zone}: the range {data.low_mm} to {data.high_mm} mm is upside down")
    if faults:
        raise FigureError(faults)


def _description(data: RulerData) -> str:
    said = [
        f"Range {wording.depth(data.low_mm)} to {wording.depth(data.high_mm)} mm.",
        f"Limit {wording.depth(data.limit_mm)} mm, {data.limit_label}.",
        "Nothing is advised."
        if data.advised_mm is None
        else f"Advised {wording.depth(data.advised_mm)} mm.",
        "No depth is set."
        if data.set_mm is None
        else f"The dial says {wording.depth(data.set_mm)} mm.",
    ]
    return " ".join(said)


def _x(depth_mm: float, end_mm: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * depth_mm / end_mm


def _range(pen: Pen, data: RulerData, end: float) -> Iterator[str]:
    left, right = _x(data.low_mm, end), _x(data.high_mm, end)
    yield element(
        "rect",
        class_="range",
        x=left - 1,
        y=_AXIS - 12,
        width=max(right - left, 0.0) + 2,
        height=12.0,
        fill=pen.colour("accent"),
        fill_opacity=0.32,
    )


def _axis(pen: Pen, end: float) -> Iterator[str]:
    quiet = pen.colour("quiet")
    yield _stroke(f"M{number(_LEFT)} {number(_AXIS)}H{number(_RIGHT)}", quiet)
    for step in range(round(end / _TICK_MM) + 1):
        x, is_named = _x(step * _TICK_MM, end), step % 2 == 0
        yield _stroke(f"M{number(x)} {number(_AXIS)}v{6 if is_named else 4}", quiet)
        if is_named:
            label = f"{step * _TICK_MM:g}"
            yield pen.text(label, x, _AXIS + 21, size=_SIZE, anchor="middle", fill=quiet)


def _marks(pen: Pen, data: RulerData, end: float) -> Iterator[str]:
    accent = pen.colour("accent")
    yield from _limit(pen, data, end)
    if data.advised_mm is not None:
        x = number(_x(data.advised_mm, end))
        top = number(_AXIS)
        path = f"M{x} {top}l-5 -8h10z"
        yield element("path", class_="advised", d=path, fill=accent)
    if data.set_mm is not None:
        x_set = _x(data.set_mm, end)
        yield element("circle", class_="set", cx=x_set, cy=_AXIS, r=5.5, fill=accent)


def _limit(pen: Pen, data: RulerData, end: float) -> Iterator[str]:
    x = _x(data.limit_mm, end)
    yield _stroke(f"M{number(x)} 6V{number(_AXIS)}", pen.colour("ink"), weight=2.5)
    label = f"limit {wording.depth(data.limit_mm)}"
    has_room = x + 8 + width_of(label, _SIZE) <= _WIDTH
    yield pen.text(
        label,
        x + 8 if has_room else x - 8,
        14,
        size=_SIZE,
        anchor=None if has_room else "end",
    )


def _stroke(path: str, colour: str, *, weight: float = 1.0) -> str:
    return element("path", d=path, fill="none", stroke=colour, stroke_width=weight)
