"""The puncture field: one square centimetre of skin with its holes at true scale."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.planning.dose.density import Density
from percuta.planning.dose.passes import counted
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.report.figures.palette import Theme
from percuta.report.figures.square import SIDE_MM, PositionMm, Square
from percuta.report.figures.svg import Pen, wrapped
from percuta.report.figures.table import DataTable
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.density import over_dispersion
from percuta.science.puncture.parameters import hand_unevenness, hole_radius
from percuta.units import convert, to_si

_PER_MM = 31.0
_LEFT, _RIGHT, _WIDTH = 25.0, 335.0, 360.0
_SIZE, _LINE_HEIGHT = 13.0, 18.0
_MOST_HOLES = 5000


@dataclass(frozen=True, kw_only=True)
class PunctureData:
    """What the field shows: of what (``label``), after what (``detail``, such as "3 passes").

    ``over_dispersion`` is the variance of the count in a square centimetre over its mean, 1 or
    more. ``hole_distance_mm`` is the distance within which half of all holes have another,
    ``twice_the_plan_pct`` the share of square centimetres that get more than twice the plan.
    ``positions_mm`` are holes in the square [0, 10] x [0, 10] mm; left out, they are drawn at
    random from ``seed``.
    """

    label: str
    detail: str
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
    def name(self) -> str:
        """What the field is of and after what, in one."""
        return f"{self.label}, {self.detail}"

    @property
    def holes_mm(self) -> tuple[PositionMm, ...]:
        """Where the holes of this square lie: as given, else drawn."""
        if self.positions_mm is not None:
            return self.positions_mm
        return tuple(_thrown(self))


def field_data(zone: ZonePlan, facts: Facts) -> PunctureData:
    """What the field of a planned zone shows."""
    return density_data(zone.name, zone.passes, zone.density, facts)


def density_data(name: str, passes: int, density: Density, facts: Facts) -> PunctureData:
    """What the field of a density shows, wherever it comes from."""
    scatter = over_dispersion(
        convert(density.strikes_per_cm2, source="per_cm2", target="per_m2"),
        area=to_si(1, "cm2"),
        unevenness=hand_unevenness(facts),
    )
    return PunctureData(
        label=name,
        detail=counted(passes),
        strikes_per_cm2=density.strikes_per_cm2,
        hole_diameter_um=convert(2 * hole_radius(facts), source="m", target="um"),
        over_dispersion=scatter,
        hole_distance_mm=density.hole_distance_mm,
        twice_the_plan_pct=density.twice_the_plan_pct,
    )


def puncture_field(data: PunctureData, *, theme: Theme = Theme.PAGE, name: str = "field") -> str:
    """One square centimetre with its holes, square and holes to one scale, as SVG.

    One such square of many: the next one holds other holes, and more or fewer of them.
    """
    pen = Pen(theme, name)
    holes = data.holes_mm
    heading = wrapped(data.name, _SIZE, _RIGHT - _LEFT)
    square = Square(_LEFT, len(heading) * _LINE_HEIGHT + 12, _PER_MM)
    floor = square.bottom + 46
    words = "".join(
        pen.text(what, _LEFT, floor + place * _LINE_HEIGHT, size=_SIZE, fill=pen.colour("quiet"))
        + pen.text(value, _RIGHT, floor + place * _LINE_HEIGHT, size=_SIZE, anchor="end")
        for place, (what, value) in enumerate(field_facts(data, len(holes)))
    )
    field = square.drawn(pen, holes, diameter_um=data.hole_diameter_um, text_size=_SIZE)
    return pen.figure(
        pen.lines(heading, _LEFT, 18, size=_SIZE, step=_LINE_HEIGHT) + field + words,
        title=f"{data.name}: one square centimetre with its holes, to scale",
        description=described(data),
        box=(0, 0, _WIDTH, floor + 5 * _LINE_HEIGHT - 4),
        class_="puncture-field",
    )


def described(data: PunctureData) -> str:
    """The numbers of the field in a sentence."""
    facts = field_facts(data, len(data.holes_mm))
    return "; ".join(f"{what}: {value}" for what, value in facts) + "."


def puncture_field_table(data: PunctureData) -> DataTable:
    """The numbers of the field as a table."""
    return DataTable(
        caption=f"{data.name}: holes in one square centimetre",
        header=("What", "Value"),
        rows=field_facts(data, len(data.holes_mm)),
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
    outside = [p for p in data.positions_mm or () if not all(0 <= x <= SIDE_MM for x in p)]
    if outside:
        yield f"{len(outside)} holes lie outside the square, the first at {outside[0]} mm"


def _thrown(data: PunctureData) -> Iterator[PositionMm]:
    """Holes anywhere in the square; an uneven hand is one gamma rate for the whole of it."""
    draw = stream(data.seed, "punctures")
    rate, excess = data.strikes_per_cm2, data.over_dispersion - 1
    if excess > 0:
        rate = draw.gamma(rate / excess, excess)
    for along, across in draw.random((draw.poisson(rate), 2)) * SIDE_MM:
        yield float(along), float(across)


def field_facts(data: PunctureData, shown: int) -> tuple[tuple[str, str], ...]:
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
