"""Figures of the plan page, drawn once for the same content: a press redraws what it changed."""

from functools import lru_cache

from percuta.facts.vocabulary import Zone
from percuta.report.figures.body_map import MapZone, body_map
from percuta.report.figures.course import CourseData, course
from percuta.report.figures.drawing import View
from percuta.report.figures.group_bands import GroupBandsData, group_bands
from percuta.report.figures.ruler import RulerData, ruler
from percuta.report.figures.section import SectionData, section


@lru_cache(maxsize=512)
def drawn_map(view: View, zones: tuple[MapZone, ...], selected: Zone | None) -> str:
    """The large map: depths in the zones, each zone a link."""
    return body_map(view, zones, selected=selected, has_scale=False, link=_choice)


def _choice(zone: Zone) -> str:
    return f"?zone={zone}"


@lru_cache(maxsize=512)
def drawn_thumb(view: View, zones: tuple[MapZone, ...], selected: Zone | None) -> str:
    """A small map: colours alone."""
    return body_map(
        view, zones, name="small", selected=selected, has_scale=False, has_numbers=False
    )


@lru_cache(maxsize=1024)
def drawn_section(data: SectionData | None) -> str:
    """The section of a zone; nothing where no thickness is known."""
    return "" if data is None else section(data, is_close=True)


@lru_cache(maxsize=1024)
def drawn_ruler(data: RulerData) -> str:
    """The ruler of a zone."""
    return ruler(data)


@lru_cache(maxsize=512)
def drawn_course(data: CourseData) -> tuple[str, str]:
    """The time line twice: for a wide screen, and for a narrow one."""
    return course(data, name="wide"), course(data, name="narrow", is_narrow=True)


@lru_cache(maxsize=256)
def drawn_groups(data: GroupBandsData, name: str) -> str:
    """What groups in studies had."""
    return group_bands(data, name=name)


@lru_cache(maxsize=256)
def drawn_pair(view: View, zones: tuple[MapZone, ...], side: str) -> str:
    """One of two maps that stand beside each other."""
    return body_map(view, zones, name=side, has_scale=False)
