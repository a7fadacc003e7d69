"""The figures of a plan's document: maps, sections, the course, groups, each with its table."""

import xml.etree.ElementTree as ET  # noqa: S405 - only our own drawings are read
from collections.abc import Iterator
from dataclasses import replace

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen
from percuta.planning.plan.course import Course
from percuta.planning.plan.plan import Plan
from percuta.report import wording
from percuta.report.figures.body_map import body_map, body_map_table
from percuta.report.figures.course import course, course_table
from percuta.report.figures.course_of_plan import course_data
from percuta.report.figures.drawing import views_showing
from percuta.report.figures.group_bands import group_bands, group_bands_table
from percuta.report.figures.groups_of_plan import bands_data
from percuta.report.figures.of_plan import map_zones, section_data
from percuta.report.figures.palette import Theme
from percuta.report.figures.section import SectionData, section, section_table
from percuta.report.figures.table import DataTable
from percuta.report.plain import sentence
from percuta.report.typesetting import places, typeset

_TALLEST = 1.4
_TALLEST_READ = 2.0
"""Height over a column's width; more for a drawing whose words are to be read."""

_WORDY = 18
_SVG = "{http://www.w3.org/2000/svg}"


class FigureTable(Frozen):
    """A table as a document sets it; where cells hold words, every column gets room for them."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_wordy: bool


class DocumentFigure(Frozen):
    """A drawing for paper, its title, what it says to those who do not see it, its numbers.

    ``share`` is how much of a column's width it takes: a tall drawing takes less. ``notes`` say
    what it does not show, and why.
    """

    title: str
    alt: str
    svg: str
    share: float
    table: FigureTable
    notes: tuple[str, ...]


def document_figures(plan: Plan, facts: Facts) -> tuple[DocumentFigure, ...]:
    """Every figure of a plan's document, in reading order; none where no plan was made."""
    if not plan.is_made:
        return ()
    return (*_maps(plan, facts), *_sections(plan, facts), *_course(plan), *_groups(plan))


def _maps(plan: Plan, facts: Facts) -> Iterator[DocumentFigure]:
    zones = map_zones(plan, facts)
    for view in views_showing(zone.zone for zone in zones):
        drawn = body_map(view, zones, theme=Theme.PRINT)
        yield _figure(drawn, body_map_table(zones, view))


def _sections(plan: Plan, facts: Facts) -> Iterator[DocumentFigure]:
    """One section for all zones that share it, as both sides of a body do."""
    together: dict[SectionData, list[Zone]] = {}
    for zone in plan.zones:
        data = section_data(zone, facts, plan.case.setting.device)
        if data is not None:
            together.setdefault(replace(data, zone=""), []).append(zone.zone)
    for place, (shared, zones) in enumerate(together.items()):
        data = replace(shared, zone=sentence(places(zones, plan)).rstrip("."))
        drawn = section(data, theme=Theme.PRINT, name=f"section-{place}")
        yield _figure(drawn, section_table(data))


def _course(plan: Plan) -> Iterator[DocumentFigure]:
    data = course_data(plan)
    if data is not None:
        drawn = course(data, theme=Theme.PRINT, is_narrow=True)
        notes = tuple(typeset(note) for note in _of_products(plan.course))
        yield _figure(drawn, course_table(data), tallest=_TALLEST_READ, notes=notes)


def _of_products(told: Course | None) -> Iterator[str]:
    """What each curve takes for granted, and why another product has none."""
    if told is not None:
        yield from wording.lanes(told.absorption)
        yield from (f"{none.name}: {none.why.text}" for none in told.no_lane)


def _groups(plan: Plan) -> Iterator[DocumentFigure]:
    for place, forecast in enumerate(plan.group_forecast):
        data = bands_data(forecast)
        drawn = group_bands(data, theme=Theme.PRINT, name=f"groups-{place}")
        yield _figure(drawn, group_bands_table(data))


def _figure(
    svg: str, table: DataTable, *, tallest: float = _TALLEST, notes: tuple[str, ...] = ()
) -> DocumentFigure:
    root = ET.fromstring(svg)  # noqa: S314 - our own output
    return DocumentFigure(
        title=root.findtext(f"{_SVG}title") or "",
        alt=root.findtext(f"{_SVG}desc") or "",
        svg=svg,
        share=_share(root, tallest),
        table=FigureTable(
            caption=table.caption,
            header=table.header,
            rows=table.rows,
            is_wordy=any(len(cell) > _WORDY for row in table.rows for cell in row[1:]),
        ),
        notes=notes,
    )


def _share(root: ET.Element, tallest: float) -> float:
    _, _, width, height = (float(value) for value in root.get("viewBox", "").split())
    return round(min(1.0, tallest * width / height), 3)
