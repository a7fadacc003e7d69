"""The figures of a plan: body maps, sections, puncture fields, the course, group bands."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from percuta.planning.judgement.findings import blocked_zones
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan, set_depth
from percuta.report.figures.body_map import MapZone, body_map, body_map_table
from percuta.report.figures.course import CourseData, course, course_table
from percuta.report.figures.course_of_plan import course_data
from percuta.report.figures.drawing import View, views_showing
from percuta.report.figures.figure import Figure
from percuta.report.figures.group_bands import GroupBandsData, group_bands, group_bands_table
from percuta.report.figures.groups_of_plan import bands_data
from percuta.report.figures.palette import Theme
from percuta.report.figures.puncture_field import (
    PunctureData,
    field_data,
    puncture_field,
    puncture_field_table,
)
from percuta.report.figures.section import SectionData, section, section_table
from percuta.report.plain import sentence
from percuta.report.typesetting import places

_HOLDING = {Level.STOP, Level.REFER, Level.DEFER}


def map_zones(plan: Plan, facts: Facts) -> tuple[MapZone, ...]:
    """Planned zones with their depth, and those held back with the reason's level."""
    device = facts.devices[plan.case.setting.device]
    planned = tuple(
        MapZone(zone=zone.zone, name=zone.name, depth_mm=set_depth(zone.depth_mm, device))
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
        dermis_end_mm=zone.reach.dermis_end_bands_mm,
        reached_mm=zone.reach.reached_bands_mm,
        beneath=zone.beneath,
        has_fat_beneath="fat" in zone.beneath.partition(",")[0],
        limit_mm=zone.depth_mm.limit,
        limit_label=zone.limit_reason.text,
        needle_diameter_mm=facts.devices[device].needle_diameter_mm,
        is_set=not zone.depth_mm.to_choose,
    )


def figures_of(plan: Plan, facts: Facts) -> tuple[Figure, ...]:
    """Fewest maps, a section a known thickness, a field a density, the course, group bands."""
    return (
        *_maps(plan, facts),
        *_sections(plan, facts),
        *_fields(plan, facts),
        *_course(plan),
        *_groups(plan),
    )


def _maps(plan: Plan, facts: Facts) -> Iterator[Figure]:
    zones = map_zones(plan, facts)
    for view in views_showing(zone.zone for zone in zones):
        yield Figure(
            name=view.value,
            draw=partial(_body_map, view, zones),
            table=body_map_table(zones, view),
        )


def _body_map(view: View, zones: tuple[MapZone, ...], theme: Theme) -> str:
    return body_map(view, zones, theme=theme)


def _sections(plan: Plan, facts: Facts) -> Iterator[Figure]:
    for zone in plan.zones:
        data = section_data(zone, facts, plan.case.setting.device)
        if data is not None:
            name = f"section_{zone.zone}"
            yield Figure(name=name, draw=partial(_section, data, name), table=section_table(data))


def _section(data: SectionData, name: str, theme: Theme) -> str:
    return section(data, theme=theme, name=name)


def _course(plan: Plan) -> Iterator[Figure]:
    data = course_data(plan)
    if data is not None:
        yield Figure(name="course", draw=partial(_drawn_course, data), table=course_table(data))


def _drawn_course(data: CourseData, theme: Theme) -> str:
    return course(data, theme=theme, is_narrow=True)


def _groups(plan: Plan) -> Iterator[Figure]:
    for place, forecast in enumerate(plan.group_forecast, 1):
        data, name = bands_data(forecast), f"groups_{place}"
        draw = partial(_drawn_groups, data, name)
        yield Figure(name=name, draw=draw, table=group_bands_table(data))


def _drawn_groups(data: GroupBandsData, name: str, theme: Theme) -> str:
    return group_bands(data, theme=theme, name=name)


def _fields(plan: Plan, facts: Facts) -> Iterator[Figure]:
    """The puncture field of each density: zones of equal passes share one."""
    together: dict[int, list[ZonePlan]] = {}
    for zone in plan.zones:
        together.setdefault(zone.passes, []).append(zone)
    for passes, zones in sorted(together.items()):
        where = sentence(places((zone.zone for zone in zones), plan)).rstrip(".")
        data = replace(field_data(zones[0], facts), label=where)
        name = f"field_{passes}_passes"
        yield Figure(name=name, draw=partial(_field, data, name), table=puncture_field_table(data))


def _field(data: PunctureData, name: str, theme: Theme) -> str:
    return puncture_field(data, theme=theme, name=name)
