"""Group bands: where the mean of a new study may lie, drawn so that nobody reads a person in it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.planning.depth.reached_depth import Ends, NestedRanges
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element, number, wrapped
from percuta.report.figures.table import DataTable

_WIDTH, _LEFT, _RIGHT = 360.0, 12.0, 344.0
_SIZE, _LINE, _BAR = 12.5, 17.0, 12.0
_OPACITY = (0.24, 0.45, 0.72)
_STEPS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 25.0)
_MOST_TICKS = 6
_KEY = "Strong: half of new studies; lighter: four in five; lightest: 19 in 20."


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """One kind of figure that studies report, with its bands."""

    name: str
    bands: NestedRanges


@dataclass(frozen=True, kw_only=True)
class GroupBandsData:
    """Rows on one axis; ``axis`` names it with its unit, ``digits`` are what a number carries.

    The axis holds 0, and ``end`` where the scale of the studies ends.
    """

    title: str
    axis: str
    rows: tuple[GroupRow, ...]
    digits: int
    end: float | None = None


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float
    step: float

    def x(self, value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (value - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> tuple[float, ...]:
        count = round((self.high - self.low) / self.step)
        return tuple(self.low + self.step * place for place in range(count + 1))


def group_bands(
    data: GroupBandsData, *, theme: Theme = Theme.PAGE, name: str = "group_bands"
) -> str:
    """The bands as SVG.

    Raises
    ------
    FigureError
        If there is no row, or bands do not lie in each other.
    """
    _check(data)
    pen, axis = Pen(theme, name), _axis(data)
    parts: list[str] = []
    top = 0.0
    for row in data.rows:
        drawn, top = _row(pen, axis, row, top)
        parts.append(drawn)
    parts += _scale(pen, axis, data, top)
    key = wrapped(f"{data.axis}. {_KEY}", _SIZE, _WIDTH)
    below = top + 26 + _LINE
    parts.append(pen.lines(key, 0, below, size=_SIZE, step=_LINE, fill=pen.colour("quiet")))
    return pen.figure(
        "".join(parts),
        title=data.title,
        description=_description(data),
        box=(0, 0, _WIDTH, below + (len(key) - 1) * _LINE + 6),
        class_="group-bands",
    )


def group_bands_table(data: GroupBandsData) -> DataTable:
    """The same numbers as a table."""
    return DataTable(
        caption=f"{data.title}: {data.axis}",
        header=("", "middle", "half", "4 in 5", "19 in 20"),
        rows=tuple(
            (row.name, f"{row.bands.middle:.{data.digits}f}", *_spans(row.bands, data.digits))
            for row in data.rows
        ),
    )


def _spans(bands: NestedRanges, digits: int) -> Iterator[str]:
    for ends in (bands.half, bands.four_in_five, bands.nineteen_in_twenty):
        yield f"{ends.low:.{digits}f} to {ends.high:.{digits}f}"


def _outward(bands: NestedRanges) -> tuple[Ends, Ends, Ends]:
    return bands.nineteen_in_twenty, bands.four_in_five, bands.half


def _check(data: GroupBandsData) -> None:
    faults = [] if data.rows else [f"{data.title}: there is no row to draw"]
    for row in data.rows:
        outer, middle, inner = _outward(row.bands)
        lows = (outer.low, middle.low, inner.low, row.bands.middle)
        highs = (row.bands.middle, inner.high, middle.high, outer.high)
        if not (all(map(math.isfinite, (*lows, *highs))) and _rise(lows) and _rise(highs)):
            faults.append(f"{data.title}: the bands of '{row.name}' do not lie in each other")
    if faults:
        raise FigureError(faults)


def _rise(values: tuple[float, ...]) -> bool:
    return list(values) == sorted(values)


def _axis(data: GroupBandsData) -> _Axis:
    low = min(0.0, *(row.bands.nineteen_in_twenty.low for row in data.rows))
    high = max(data.end or 0.0, *(row.bands.nineteen_in_twenty.high for row in data.rows))
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_TICKS), _STEPS[-1])
    return _Axis(step * math.floor(low / step), step * max(1, math.ceil(high / step)), step)


def _row(pen: Pen, axis: _Axis, row: GroupRow, top: float) -> tuple[str, float]:
    names = wrapped(row.name, _SIZE, _WIDTH)
    drawn = pen.lines(names, 0, top + _SIZE, size=_SIZE, step=_LINE)
    bar = top + len(names) * _LINE + 2
    for place, ends in enumerate(_outward(row.bands)):
        drawn += element(
            "rect",
            class_=f"band s{place + 1}",
            x=axis.x(ends.low),
            y=bar,
            width=max(axis.x(ends.high) - axis.x(ends.low), 1.0),
            height=_BAR,
            fill=pen.colour("accent"),
            fill_opacity=_OPACITY[place],
        )
    return drawn, bar + _BAR + 8


def _scale(pen: Pen, axis: _Axis, data: GroupBandsData, top: float) -> Iterator[str]:
    quiet = pen.colour("quiet")
    line = f"M{number(_LEFT)} {number(top)}H{number(_RIGHT)}"
    ticks = "".join(f"M{number(axis.x(tick))} {number(top)}v5" for tick in axis.ticks)
    yield element("path", d=line + ticks, fill="none", stroke=quiet, stroke_width=1)
    for tick in axis.ticks:
        label = f"{tick:g}" if tick else "0"
        x = axis.x(tick)
        yield pen.text(label, x, top + 20, size=_SIZE, anchor="middle", fill=quiet)


def _description(data: GroupBandsData) -> str:
    told = []
    for row in data.rows:
        half, _, outer = _spans(row.bands, data.digits)
        told.append(f"{row.name}: half of new studies {half}, 19 in 20 {outer}.")
    return " ".join((f"{data.axis}.", *told))
