"""Predicted over published, one lane a row on a log axis: dot, interval, tolerance, verdict."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element, number, wrapped

_WIDTH, _TEXT, _LEFT, _RIGHT, _WORD = 640.0, 46.0, 296.0, 560.0, 572.0
_SIZE, _STEP, _GAP, _DOT = 12.5, 16.0, 5.0, 4.2
KEY = (
    "Dot: what the model says over what was published; over the limit where only a limit is known. "
    "Hollow: missed. Line: its interval, dashed where it follows from the ends of a parameter; an "
    "arrow where it goes on. Shaded: tolerance. Thick grey: range or spread as published."
)


@dataclass(frozen=True, kw_only=True)
class _Axis:
    """Multiples from one over ``most`` up to ``most``, with their names and finer rules."""

    most: float
    named: tuple[tuple[float, str], ...]
    finer: tuple[float, ...]

    def x(self, ratio: float) -> float:
        """Where a multiple stands; what lies outside the axis stands at its end."""
        inside = min(max(ratio, 1 / self.most), self.most)
        share = (1 + math.log(inside) / math.log(self.most)) / 2
        return _LEFT + share * (_RIGHT - _LEFT)

    def holds(self, ratio: float) -> bool:
        """Whether a multiple lies on the axis."""
        return 1 / self.most <= ratio <= self.most


_AXES = (
    _Axis(
        most=2.0,
        named=((0.5, "half"), (1.0, "as published"), (2.0, "twice")),
        finer=(0.8, 1.25),
    ),
    _Axis(
        most=30.0,
        named=((0.1, "a tenth"), (1.0, "as published"), (10.0, "ten times")),
        finer=(1 / 30, 1 / 3, 3.0, 30.0),
    ),
)


@dataclass(frozen=True, kw_only=True)
class AgreementRow:
    """One row in multiples of its published figure; open ends of a tolerance are 0 and infinite.

    ``tolerance`` is missing where a band is judged, ``published`` where one figure stands alone.
    ``is_band`` says whether the interval holds a share.
    """

    key: str
    what: str
    middle: float
    low: float
    high: float
    is_band: bool
    tolerance: tuple[float, float] | None
    published: tuple[float, float] | None
    verdict: str
    is_missed: bool


@dataclass(frozen=True, kw_only=True)
class AgreementData:
    """Rows of one kind from the top, and a sentence on those that cannot be drawn."""

    title: str
    rows: tuple[AgreementRow, ...]
    left_out: str


def agreement(data: AgreementData, *, theme: Theme = Theme.PAGE, name: str = "agreement") -> str:
    """The lanes as SVG.

    Raises
    ------
    FigureError
        If there is no row, or a middle is no number above 0.
    """
    _check(data)
    pen, axis = Pen(theme, name), _axis_for(data)
    top = 2 * _STEP
    under, over, bottom = [], [], top
    for row in data.rows:
        shaded, drawn, bottom = _lane(pen, axis, row, bottom)
        under.append(shaded)
        over.append(drawn)
    said = [*wrapped(KEY, _SIZE, _WIDTH), *wrapped(data.left_out, _SIZE, _WIDTH)]
    below = bottom + 1.6 * _SIZE
    words = pen.lines(said, 0, below, size=_SIZE, step=_STEP, fill=pen.colour("quiet"))
    return pen.figure(
        "".join((*under, *_rules(pen, axis, top, bottom), *over, words)),
        title=f"{data.title}: predicted over published",
        description=" ".join(
            f"{row.key} {row.what}: {row.middle:.2g} times, {row.verdict}." for row in data.rows
        ),
        box=(0, 0, _WIDTH, below + (len(said) - 1) * _STEP + 6),
        class_="agreement",
    )


def _check(data: AgreementData) -> None:
    faults = [] if data.rows else ["a figure of agreement has at least one row"]
    faults += [
        f"{row.key}: {row.middle} is no multiple of what was published"
        for row in data.rows
        if not (math.isfinite(row.middle) and row.middle > 0)
    ]
    if faults:
        raise FigureError(faults)


def _axis_for(data: AgreementData) -> _Axis:
    """The narrowest axis that holds every middle and every end."""
    told = [ratio for row in data.rows for ratio in (row.low, row.middle, row.high)]
    return next((axis for axis in _AXES if all(map(axis.holds, told))), _AXES[-1])


def _rules(pen: Pen, axis: _Axis, top: float, bottom: float) -> Iterator[str]:
    for ratio in axis.finer:
        yield _rule(pen, axis.x(ratio), top, bottom, "line", 0.6)
    for ratio, label in axis.named:
        is_one = ratio == 1.0
        yield _rule(pen, axis.x(ratio), top, bottom, "ink" if is_one else "line", 1.0)
        quiet = pen.colour("quiet")
        yield pen.text(label, axis.x(ratio), _STEP, size=_SIZE, fill=quiet, anchor="middle")


def _rule(pen: Pen, x: float, top: float, bottom: float, token: str, weight: float) -> str:
    path = f"M{number(x)} {number(top - 6)}V{number(bottom)}"
    return element("path", d=path, stroke=pen.colour(token), stroke_width=weight)


def _lane(pen: Pen, axis: _Axis, row: AgreementRow, top: float) -> tuple[str, str, float]:
    """What lies under the axis, what lies over it, and where the lane ends."""
    lines = wrapped(row.what, _SIZE, _LEFT - _TEXT - 10)
    height = len(lines) * _STEP + 2 * _GAP
    first, middle = top + _GAP + _SIZE, top + height / 2
    hairline = element(
        "path", d=f"M0 {number(top)}H{number(_WIDTH)}", stroke=pen.colour("line"), stroke_width=1
    )
    quiet = pen.colour("quiet")
    parts = [
        hairline,
        *_published(pen, axis, row, middle),
        *_interval(pen, axis, row, middle),
        _dot(pen, axis, row, middle),
        pen.text(row.key, 0, first, size=_SIZE, is_bold=row.is_missed),
        pen.lines(lines, _TEXT, first, size=_SIZE, step=_STEP),
        pen.text(
            row.verdict,
            _WORD,
            middle + _SIZE / 3,
            size=_SIZE,
            fill=None if row.is_missed else quiet,
            is_bold=row.is_missed,
        ),
    ]
    return "".join(_shaded(pen, axis, row, top, height)), "".join(parts), top + height


def _shaded(pen: Pen, axis: _Axis, row: AgreementRow, top: float, height: float) -> Iterator[str]:
    if row.tolerance is not None:
        left, right = (axis.x(end) for end in row.tolerance)
        yield element(
            "rect",
            x=left,
            y=top + 2,
            width=max(right - left, 1.0),
            height=height - 4,
            fill=pen.colour("wash"),
        )


def _published(pen: Pen, axis: _Axis, row: AgreementRow, y: float) -> Iterator[str]:
    if row.published is not None:
        left, right = (number(axis.x(end)) for end in row.published)
        yield element(
            "path",
            d=f"M{left} {number(y)}H{right}",
            stroke=pen.colour("edge"),
            stroke_width=8,
            opacity=0.45,
        )


def _interval(pen: Pen, axis: _Axis, row: AgreementRow, y: float) -> Iterator[str]:
    if row.low == row.high:
        return
    left, right = axis.x(row.low), axis.x(row.high)
    accent = pen.colour("accent")
    yield element(
        "path",
        d=f"M{number(left)} {number(y)}H{number(right)}",
        stroke=accent,
        stroke_width=1.8,
        stroke_dasharray=None if row.is_band else "3 2.5",
    )
    for end, x, way in ((row.low, left, 1.0), (row.high, right, -1.0)):
        back = 0.0 if axis.holds(end) else 6.0 * way
        path = f"M{number(x + back)} {number(y - 4)}L{number(x)} {number(y)}"
        path += f"L{number(x + back)} {number(y + 4)}"
        yield element("path", d=path, stroke=accent, stroke_width=1.8, fill="none")


def _dot(pen: Pen, axis: _Axis, row: AgreementRow, y: float) -> str:
    accent = pen.colour("accent")
    return element(
        "circle",
        cx=axis.x(row.middle),
        cy=y,
        r=_DOT,
        fill=pen.colour("paper") if row.is_missed else accent,
        stroke=accent,
        stroke_width=2,
    )
