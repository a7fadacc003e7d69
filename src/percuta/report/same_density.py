"""A plan's densities told on every other device: so many passes there leave as many strikes."""

from collections.abc import Iterator

from percuta.planning.dose.density import SameDensity
from percuta.planning.dose.passes import counted
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.report import typesetting


def same_density(plan: Plan) -> tuple[tuple[str, str], ...]:
    """For each density of the plan: its zones, and the passes that leave it, device by device."""
    together: dict[int, list[ZonePlan]] = {}
    for zone in plan.zones:
        together.setdefault(zone.passes, []).append(zone)
    return tuple(
        (typesetting.places((zone.zone for zone in zones), plan), _told(zones[0], plan))
        for _, zones in sorted(together.items())
    )


def _told(zone: ZonePlan, plan: Plan) -> str:
    here = typesetting.device(plan.case.setting.device)
    others = "; ".join(_others(zone)) or "no other device here comes near with whole passes"
    passes = counted(zone.passes)
    return f"{zone.strikes_per_cm2:.0f} per cm²: {passes} of this {here}; {others}."


def _others(zone: ZonePlan) -> Iterator[str]:
    """Devices that need as many passes are told once, whatever their needles' length."""
    told: dict[str, SameDensity] = {}
    for other in zone.same_density:
        told.setdefault(typesetting.device(other.device).partition(" of ")[0], other)
    for name, other in told.items():
        mark = "" if other.is_published else " (outside what is published)"
        yield f"{other.passes:.3g} of a {name}{mark}"
