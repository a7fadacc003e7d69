"""The figures of a plan: every view of the body that shows one of its zones."""

from collections.abc import Mapping

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from percuta.planning.findings import blocked_zones
from percuta.planning.plan import Plan
from percuta.report.figures.body_map import MapZone, body_map
from percuta.report.figures.drawing import views_showing
from percuta.report.figures.palette import Theme

_HOLDING = {Level.STOP, Level.REFER, Level.DEFER}


def map_zones(plan: Plan, facts: Facts) -> tuple[MapZone, ...]:
    """Planned zones with their depth, and those held back with the reason's level."""
    planned = tuple(
        MapZone(
            zone=zone.zone,
            name=zone.name,
            depth_mm=zone.depth_mm.chosen or zone.depth_mm.recommended,
        )
        for zone in plan.zones
    )
    held = tuple(
        MapZone(zone=zone, name=facts.zones[zone].name, held=level)
        for zone, level in blocked_zones(plan.findings).items()
        if level in _HOLDING
    )
    return (*planned, *held)


def maps_of(plan: Plan, facts: Facts, *, theme: Theme = Theme.LIGHT) -> Mapping[str, str]:
    """SVG text by view: only the views that show something of this plan."""
    zones = map_zones(plan, facts)
    views = views_showing(zone.zone for zone in zones)
    return {view.value: body_map(view, zones, theme=theme) for view in views}
