"""The dose of a zone: minutes, seconds, strikes and passes as one quantity, and which was set."""

from collections.abc import Iterator
from dataclasses import dataclass

from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan


@dataclass(frozen=True)
class Dose:
    """One form of the quantity: what a press of it says, its field, its value now.

    ``rules`` marks the one that was set, from which the others follow.
    """

    what: str
    field: str
    label: str
    value: str
    rules: bool


def doses(zone: ZonePlan, plan: Plan) -> tuple[Dose, ...]:
    """Every form but passes, which have a dial of their own."""
    return tuple(_doses(zone, plan))


def contact_words(zone: ZonePlan) -> str:
    """How long needles touch the zone; nothing under an edition that does not tell."""
    told = zone.contact
    if told is None:
        return ""
    return f"{told.seconds_per_cm2:.3g} s per cm², {told.minutes:.1f} min of contact"


def _doses(zone: ZonePlan, plan: Plan) -> Iterator[Dose]:
    case, told = plan.case, zone.contact
    strikes = zone.target_strikes_per_cm2 or zone.strikes_per_cm2
    if told is not None:
        minutes = case.minutes.get(zone.zone)
        seconds = case.seconds_per_cm2.get(zone.zone)
        yield _dose("minutes", "Minutes of contact", minutes, round(told.minutes, 1))
        yield _dose("seconds_per_cm2", "Seconds per cm²", seconds, round(told.seconds_per_cm2, 1))
    asked = case.strikes_per_cm2.get(zone.zone)
    yield _dose("strikes_per_cm2", "Strikes per cm²", asked, round(strikes))


def _dose(field: str, label: str, asked: float | None, value: float) -> Dose:
    what = "density" if field == "strikes_per_cm2" else field
    shown = f"{value if asked is None else asked:g}"
    return Dose(what=what, field=field, label=label, value=shown, rules=asked is not None)
