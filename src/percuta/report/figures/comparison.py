"""Two plans in one picture: how much skin at which depth, side by side."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.facts.devices import Device
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import set_depth
from percuta.report import wording
from percuta.report.figures.palette import Theme, depth_paint, number_paint
from percuta.report.figures.svg import Pen, element, wrapped
from percuta.report.figures.table import DataTable

_WIDTH, _LEFT, _LONGEST = 360.0, 66.0, 224.0
_SIZE, _LINE_HEIGHT = 13.0, 18.0
_BAR, _ROW, _SWATCH = 15.0, 42.0, 46.0
_QUARTER_MM = 0.25


@dataclass(frozen=True, kw_only=True)
class DepthAreas:
    """A plan as pairs of set depth [mm] and the area needled at it [cm2]; both above 0.

    ``open_cm2`` is the area of planned zones whose depth nobody has chosen yet.
    """

    label: str
    areas: tuple[tuple[float, float], ...]
    open_cm2: float = 0.0

    def __post_init__(self) -> None:
        faults = [
            f"{self.label}: depth {depth_mm} mm on {area_cm2} cm2 should both be above 0"
            for depth_mm, area_cm2 in self.areas
            if not all(math.isfinite(value) and value > 0 for value in (depth_mm, area_cm2))
        ]
        if faults:
            raise FigureError(faults)

    @property
    def by_depth(self) -> dict[float, int]:
        """Whole cm2 at each depth, shallow first: the numbers that are printed."""
        totals: dict[float, float] = {}
        for depth_mm, area_cm2 in self.areas:
            depth_mm = round(depth_mm, 2)
            totals[depth_mm] = totals.get(depth_mm, 0.0) + area_cm2
        return {depth_mm: round(totals[depth_mm]) for depth_mm in sorted(totals)}

    @property
    def total_cm2(self) -> int:
        """The sum of the areas as printed."""
        return sum(self.by_depth.values())

    @property
    def mean_mm(self) -> float:
        """Depth averaged over the area, to a hundredth; 0 where nothing is planned."""
        total = self.total_cm2
        weighted = sum(depth * area for depth, area in self.by_depth.items())
        return round(weighted / total, 2) if total else 0.0


def depth_areas(plan: Plan, label: str, devices: Mapping[str, Device]) -> DepthAreas:
    """A plan's areas by the depth that is set; zones without one are open."""
    device = devices.get(plan.case.setting.device)
    depths = [(set_depth(zone.depth_mm, device), zone) for zone in plan.zones]
    areas = tuple((depth, zone.area_cm2) for depth, zone in depths if depth is not None)
    without = sum(zone.area_cm2 for depth, zone in depths if depth is None)
    return DepthAreas(label=label, areas=areas, open_cm2=without)


def comparison(
    before: DepthAreas,
    after: DepthAreas,
    *,
    theme: Theme = Theme.PAGE,
    name: str = "comparison",
    is_told_beside: bool = False,
) -> str:
    """Areas at each depth, two bars a depth, deeper further down, as SVG.

    ``before`` is hatched and stands above, ``after`` is plain and stands below it; each bar
    carries its number, and a depth that a plan does not use says 0. The sentence of ``difference``
    is its head, unless the page tells it beside the figure.
    """
    pen = Pen(theme, name)
    told = "" if is_told_beside else difference(before, after)
    lines = wrapped(told, _SIZE, _WIDTH - 24) if told else []
    head = pen.lines(lines, 12, 20, size=_SIZE, step=_LINE_HEIGHT)
    top = 20 + len(lines) * _LINE_HEIGHT + 6
    key, top = _key(pen, before, after, top)
    depths = _depths(before, after)
    rows = "".join(
        "".join(_row(pen, before, after, depth_mm, top + place * _ROW))
        for place, depth_mm in enumerate(depths)
    )
    bottom = top + len(depths) * _ROW
    hatch = pen.hatch(
        "before", gap=5, ground=pen.colour("paper"), ink=pen.colour("ink"), weight=1.1
    )
    return pen.figure(
        head + key + rows,
        title=f"{before.label} and {after.label}: area at each set depth",
        description=f"{difference(before, after)} {_listed(before, after)}",
        box=(0, 0, _WIDTH, bottom + 8),
        class_="comparison",
        definitions=hatch,
    )


def comparison_table(before: DepthAreas, after: DepthAreas) -> DataTable:
    """Areas at each depth of both plans, and their sums, as a table."""
    rows = [
        (wording.depth(depth_mm), str(_area(before, depth_mm)), str(_area(after, depth_mm)))
        for depth_mm in _depths(before, after)
    ]
    return DataTable(
        caption=f"{before.label} and {after.label}: area at each set depth, cm²",
        header=("Set depth, mm", before.label, after.label),
        rows=(*rows, ("All", str(before.total_cm2), str(after.total_cm2))),
    )


def difference(before: DepthAreas, after: DepthAreas) -> str:
    """What differs between two plans; its numbers are those of the table.

    One sentence, and one more for each plan that sets some depths and leaves others open.
    """
    left_open = (
        f" {plan.label} leaves {plan.open_cm2:.0f} cm² without a depth."
        for plan in (before, after)
        if plan.total_cm2 and plan.open_cm2
    )
    return _differing(before, after) + "".join(left_open)


def _differing(before: DepthAreas, after: DepthAreas) -> str:
    if not after.total_cm2 or not before.total_cm2:
        return _one_is_empty(before, after)
    if before.by_depth == after.by_depth:
        return f"Both plans needle {after.total_cm2} cm² at the same depths."
    return (
        f"{after.label} needles {after.total_cm2} cm², "
        f"{_than(after.total_cm2 - before.total_cm2)} {before.label}, at "
        f"{wording.depth(after.mean_mm)} mm on average, {_deeper(before, after)}."
    )


def _one_is_empty(before: DepthAreas, after: DepthAreas) -> str:
    if before.total_cm2 == after.total_cm2:
        is_open = before.open_cm2 or after.open_cm2
        return "Neither plan sets a depth yet." if is_open else "Neither plan needles anything."
    full, empty = (before, after) if before.total_cm2 else (after, before)
    nothing = "sets no depth yet" if empty.open_cm2 else "needles nothing"
    return (
        f"{full.label} needles {full.total_cm2} cm² at {wording.depth(full.mean_mm)} mm on "
        f"average; {empty.label} {nothing}."
    )


def _than(more_cm2: int) -> str:
    if not more_cm2:
        return "as much as"
    return f"{abs(more_cm2)} cm² {'more' if more_cm2 > 0 else 'less'} than"


def _deeper(before: DepthAreas, after: DepthAreas) -> str:
    more_mm = round(after.mean_mm - before.mean_mm, 2)
    if not more_mm:
        return "as deep as before"
    word = "deeper" if more_mm > 0 else "shallower"
    return f"{wording.depth(abs(more_mm))} mm {word}"


def _depths(before: DepthAreas, after: DepthAreas) -> tuple[float, ...]:
    """Every depth in use, and the quarters between the least and the greatest."""
    used = {*before.by_depth, *after.by_depth}
    if not used:
        return ()
    first, last = math.ceil(min(used) / _QUARTER_MM), math.floor(max(used) / _QUARTER_MM)
    return tuple(sorted(used | {step * _QUARTER_MM for step in range(first, last + 1)}))


def _area(plan: DepthAreas, depth_mm: float) -> int:
    return plan.by_depth.get(depth_mm, 0)


def _listed(before: DepthAreas, after: DepthAreas) -> str:
    return " ".join(
        f"At {wording.depth(depth_mm)} mm {_area(before, depth_mm)}, then "
        f"{_area(after, depth_mm)} cm²."
        for depth_mm in _depths(before, after)
    )


def _key(pen: Pen, before: DepthAreas, after: DepthAreas, top: float) -> tuple[str, float]:
    """Which bar is which, and the heads of the columns."""
    parts = []
    for plan, fill in ((before, pen.filled_with("before")), (after, pen.colour("quiet"))):
        parts.append(_bar(pen, _LEFT, top, 24, fill))
        words = wrapped(f"{plan.label}, {plan.total_cm2} cm² in all", _SIZE, _WIDTH - _LEFT - 42)
        for line in words:
            parts.append(pen.text(line, _LEFT + 32, top + 12, size=_SIZE))
            top += _LINE_HEIGHT
        top += 3
    quiet = pen.colour("quiet")
    parts.append(pen.text("mm", 12, top + 16, size=_SIZE, fill=quiet))
    parts.append(pen.text("cm²", _LEFT, top + 16, size=_SIZE, fill=quiet))
    return "".join(parts), top + 26


def _row(
    pen: Pen, before: DepthAreas, after: DepthAreas, depth_mm: float, top: float
) -> Iterator[str]:
    colour = depth_paint(depth_mm, pen.theme)
    height = 2 * _BAR + 2
    yield element("rect", x=12.0, y=top, width=_SWATCH, height=height, fill=colour)
    yield pen.centred(
        wording.depth(depth_mm),
        12 + _SWATCH / 2,
        top + height / 2,
        size=_SIZE,
        fill=number_paint(depth_mm, pen.theme),
    )
    most = max(*before.by_depth.values(), *after.by_depth.values(), 1)
    fills = (pen.filled_with("before"), colour)
    for place, (plan, fill) in enumerate(zip((before, after), fills, strict=True)):
        area = _area(plan, depth_mm)
        y = top + place * (_BAR + 2)
        length = _LONGEST * area / most
        if area:
            yield _bar(pen, _LEFT, y, length, fill)
        yield pen.text(str(area), _LEFT + length + 6, y + _BAR - 3, size=_SIZE)


def _bar(pen: Pen, x: float, y: float, width: float, fill: str) -> str:
    ink = pen.colour("ink")
    return element(
        "rect", x=x, y=y, width=width, height=_BAR, fill=fill, stroke=ink, stroke_width=0.8
    )
