"""The figures of a plan: every view of the body that shows one of its zones."""

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from percuta.planning.findings import blocked_zones
from percuta.planning.plan import Plan
from percuta.planning.zone_plan import ZonePlan
from percuta.report.figures.body_map import MapZone, body_map
from percuta.report.figures.drawing import views_showing
from percuta.report.figures.palette import Theme
from percuta.report.figures.section import SectionData, section

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


def section_data(zone: ZonePlan, facts: Facts, device: str) -> SectionData | None:
    """What the section of a zone shows, or ``None`` where no thickness is known."""
    if zone.reach is None:
        return None
    return SectionData(
        zone=zone.name,
        set_depth_mm=zone.reach.set_depth_mm,
        epidermis_mm=zone.reach.epidermis_mm,
        dermis_end_mm=zone.reach.dermis_end_mm,
        reached_mm=zone.reach.reached_mm,
        beneath=zone.beneath,
        limit_mm=zone.depth_mm.limit,
        limit_label=zone.limit_reason.text,
        needle_diameter_mm=facts.devices[device].needle_diameter_mm,
    )


def sections_of(plan: Plan, facts: Facts, *, theme: Theme = Theme.LIGHT) -> dict[str, str]:
    """SVG text by zone, where a thickness is known."""
    device = plan.case.setting.device
    known = {zone.zone.value: section_data(zone, facts, device) for zone in plan.zones}
    return {
        f"section_{zone}": section(data, theme=theme, name=f"section-{zone}")
        for zone, data in known.items()
        if data is not None
    }


def maps_of(plan: Plan, facts: Facts, *, theme: Theme = Theme.LIGHT) -> dict[str, str]:
    """SVG text by view: only the views that show something of this plan."""
    zones = map_zones(plan, facts)
    views = views_showing(zone.zone for zone in zones)
    return {view.value: body_map(view, zones, theme=theme) for view in views}
