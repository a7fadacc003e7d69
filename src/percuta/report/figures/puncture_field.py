"""The puncture field: one square centimetre of skin with its holes at true scale."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.planning.zone_plan import ZonePlan
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element, number
from percuta.report.figures.table import DataTable
from percuta.science.puncture.density import over_dispersion
from percuta.science.puncture.parameters import hand_unevenness, hole_radius
from percuta.units import convert, to_si

_SIDE_MM = 10.0
_PER_MM = 31.0
_LEFT, _RIGHT, _TOP, _WIDTH = 25.0, 335.0, 12.0, 360.0
_SIZE, _LINE_HEIGHT = 13.0, 18.0
_MOST_HOLES = 5000

PositionMm = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class PunctureData:
    """What the field shows.

    ``over_dispersion`` is the variance of the count in a square centimetre over its mean, 1 or
    more. ``hole_distance_mm`` is the distance within which half of all holes have another,
    ``twice_the_plan_pct`` the share of square centimetres that get more than twice the plan.
    ``positions_mm`` are holes in the square [0, 10] x [0, 10] mm; left out, they are drawn at
    random from ``seed``.
    """

    zone_name: str
    strikes_per_cm2: float
    hole_diameter_um: float
    over_dispersion: float
    hole_distance_mm: float
    twice_the_plan_pct: float
    positions_mm: tuple[PositionMm, ...] | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise FigureError(faults)

    @property
    def holes_mm(self) -> tuple[PositionMm, ...]:
        """Where the holes of this square lie: as given, else drawn."""
        if self.positions_mm is not None:
            return self.positions_mm
        return tuple(_thrown(self))


def field_data(zone: ZonePlan, facts: Facts) -> PunctureData:
    """What the field of a planned zone shows."""
    scatter = over_dispersion(
        convert(zone.density.strikes_per_cm2, source="per_cm2", target="per_m2"),
        area=to_si(1, "cm2"),
        unevenness=hand_unevenness(facts),
    )
    return PunctureData(
        zone_name=zone.name,
        strikes_per_cm2=zone.density.strikes_per_cm2,
        hole_diameter_um=convert(2 * hole_radius(facts), source="m", target="um"),
        over_dispersion=scatter,
        hole_distance_mm=zone.density.hole_distance_mm,
        twice_the_plan_pct=zone.density.twice_the_plan_pct,
    )


def puncture_field(data: PunctureData, *, theme: Theme = Theme.PAGE, name: str = "field") -> str:
    """One square centimetre with its holes, square and holes to one scale, as SVG.

    One such square of many: the next one holds other holes, and more or fewer of them.
    """
    pen = Pen(theme, name)
    holes = data.holes_mm
    floor = _TOP + _SIDE_MM * _PER_MM + 46
    words = "".join(
        pen.text(what, _LEFT, floor + place * _LINE_HEIGHT, size=_SIZE, fill=pen.colour("quiet"))
        + pen.text(value, _RIGHT, floor + place * _LINE_HEIGHT, size=_SIZE, anchor="end")
        for place, (what, value) in enumerate(_facts(data, len(holes)))
    )
    return pen.figure(
        _square(pen, holes, data.hole_diameter_um) + "".join(_ruler(pen)) + words,
        title=f"{data.zone_name}: one square centimetre with its holes, to scale",
        description="; ".join(f"{what}: {value}" for what, value in _facts(data, len(holes))) + ".",
        box=(0, 0, _WIDTH, floor + 5 * _LINE_HEIGHT - 4),
        class_="puncture-field",
    )


def puncture_field_table(data: PunctureData) -> DataTable:
    """The numbers of the field as a table."""
    return DataTable(
        caption=f"{data.zone_name}: holes in one square centimetre",
        header=("What", "Value"),
        rows=_facts(data, len(data.holes_mm)),
    )


def _faults(data: PunctureData) -> Iterator[str]:
    above_zero = {
        "strikes per cm2": data.strikes_per_cm2,
        "hole diameter um": data.hole_diameter_um,
        "hole distance mm": data.hole_distance_mm,
    }
    for name, value in above_zero.items():
        if not (math.isfinite(value) and value > 0):
            yield f"{name} {value} should be a number above 0"
    if not data.over_dispersion >= 1 or math.isinf(data.over_dispersion):
        yield f"over-dispersion {data.over_dispersion} should be a number from 1 up"
    if not 0 <= data.twice_the_plan_pct <= 100:
        yield f"twice the plan {data.twice_the_plan_pct} % should be from 0 to 100"
    count = data.strikes_per_cm2 if data.positions_mm is None else len(data.positions_mm)
    if count > _MOST_HOLES:
        yield f"{count:g} holes are more than the {_MOST_HOLES} that can be told apart"
    outside = [p for p in data.positions_mm or () if not all(0 <= x <= _SIDE_MM for x in p)]
    if outside:
        yield f"{len(outside)} holes lie outside the square, the first at {outside[0]} mm"


def _thrown(data: PunctureData) -> Iterator[PositionMm]:
    """Holes anywhere in the square; an uneven hand is one gamma rate for the whole of it."""
    draw = random.Random(data.seed)  # noqa: S311 - a picture, the same every time
    rate, excess = data.strikes_per_cm2, data.over_dispersion - 1
    if excess > 0:
        rate = draw.gammavariate(rate / excess, excess)
    for _ in range(_poisson(rate, draw)):
        yield draw.random() * _SIDE_MM, draw.random() * _SIDE_MM


def _poisson(rate: float, draw: random.Random) -> int:
    """A count with mean ``rate``: arrivals at unit rate before that time."""
    count, time = 0, draw.expovariate(1.0)
    while time < rate:
        count, time = count + 1, time + draw.expovariate(1.0)
    return count


def _square(pen: Pen, holes: tuple[PositionMm, ...], diameter_um: float) -> str:
    side = _SIDE_MM * _PER_MM
    ground = element(
        "rect",
        x=_LEFT,
        y=_TOP,
        width=side,
        height=side,
        fill=pen.colour("sunk"),
        stroke=pen.colour("edge"),
    )
    # A line of no length with a round end is a dot as wide as its stroke.
    dots = "".join(
        f"M{number(_LEFT + x * _PER_MM)} {number(_TOP + y * _PER_MM)}h.01" for x, y in holes
    )
    return ground + element(
        "path",
        class_="holes",
        d=dots or "M0 0",
        fill="none",
        stroke=pen.colour("ink"),
        stroke_width=convert(diameter_um, source="um", target="mm") * _PER_MM,
        stroke_linecap="round",
    )


def _ruler(pen: Pen) -> Iterator[str]:
    bottom = _TOP + _SIDE_MM * _PER_MM
    ticks = "".join(
        f"M{number(_LEFT + mm * _PER_MM)} {number(bottom)}v{7 if mm % 5 == 0 else 4}"
        for mm in range(int(_SIDE_MM) + 1)
    )
    yield element("path", d=ticks, fill="none", stroke=pen.colour("edge"))
    for mm in (0, 5, 10):
        x = _LEFT + mm * _PER_MM
        text = f"{mm} mm" if mm == 10 else str(mm)
        yield pen.text(text, x, bottom + 20, size=_SIZE, anchor="middle", fill=pen.colour("quiet"))


def _facts(data: PunctureData, shown: int) -> tuple[tuple[str, str], ...]:
    """The numbers of figure, description and table, worded once."""
    return (
        ("Holes planned per cm²", f"{data.strikes_per_cm2:.0f}"),
        ("Holes in this square", str(shown)),
        ("Width of a hole", f"{data.hole_diameter_um:.0f} µm"),
        ("Half have another hole within", f"{data.hole_distance_mm:g} mm"),
        ("Squares with over twice the plan", _chance(data.twice_the_plan_pct)),
    )


def _chance(percent: float) -> str:
    return "under 0.01 %" if percent < 0.01 else f"{percent:.2f} %"
