"""The section: to scale, honest about the gap between dial and depth, readable as a table."""

import re
import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back
from dataclasses import replace

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.planning.needling import Range
from percuta.report.figures.of_plan import figures_of
from percuta.report.figures.palette import Theme
from percuta.report.figures.section import SectionData, section, section_table
from tests.people import a_plan, one_concern

SVG = "{http://www.w3.org/2000/svg}"
DATA = SectionData(
    zone="Cheek, left",
    set_depth_mm=1.5,
    epidermis_mm=Range(low=0.05, middle=0.1, high=0.2),
    dermis_end_mm=Range(low=0.9, middle=1.25, high=1.6),
    reached_mm=Range(low=0.75, middle=1.05, high=1.4),
    beneath="fat <& vessels>",
    limit_mm=1.5,
    limit_label="label of the pen",
    needle_diameter_mm=0.25,
)


def rectangle(svg: str, class_: str) -> ET.Element:
    found = [e for e in drawn(svg).iter(f"{SVG}rect") if e.get("class") == class_]
    assert len(found) == 1
    return found[0]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def span(svg: str, class_: str) -> tuple[float, float]:
    box = rectangle(svg, class_)
    top = float(box.get("y", "nan"))
    return top, top + float(box.get("height", "nan"))


@pytest.mark.parametrize("theme", Theme)
def test_it_has_a_name_a_description_and_no_inline_style(theme: Theme) -> None:
    svg = section(DATA, theme=theme)
    root = drawn(svg)
    assert root.find(f"{SVG}title") is not None
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert "0.75 and 1.40 mm" in (description.text or "")
    assert "style=" not in svg
    assert svg == section(DATA, theme=theme)


def test_bands_are_to_one_scale() -> None:
    svg = section(DATA)
    reached, dermis = span(svg, "reached"), span(svg, "dermis-end")
    per_mm = (reached[1] - reached[0]) / (1.4 - 0.75)
    assert (dermis[1] - dermis[0]) / (1.6 - 0.9) == pytest.approx(per_mm, rel=0.02)
    assert (dermis[0] - reached[0]) / (0.9 - 0.75) == pytest.approx(per_mm, rel=0.05)


def test_needles_are_drawn_to_where_they_end_and_not_to_the_dial() -> None:
    shallow = section(replace(DATA, reached_mm=Range(low=0.3, middle=0.5, high=0.7)))
    deep = section(DATA)
    tips = [float(y) for y in re.findall(r"L[\d.]+ ([\d.]+)L", shallow)]
    others = [float(y) for y in re.findall(r"L[\d.]+ ([\d.]+)L", deep)]
    assert len(tips) == len(others) == 3
    assert max(tips) < min(others)


def test_no_two_labels_share_a_line() -> None:
    crowded = replace(DATA, set_depth_mm=1.06, dermis_end_mm=Range(low=1.0, middle=1.05, high=1.1))
    root = drawn(section(crowded))
    right = sorted(
        float(e.get("y", "nan")) for e in root.iter(f"{SVG}text") if float(e.get("x", "0")) > 268
    )
    assert all(below - above >= 14 for above, below in zip(right, right[1:], strict=False))
    box = [float(value) for value in (root.get("viewBox") or "").split()]
    assert right[-1] < box[3]


def test_the_table_holds_the_same_numbers() -> None:
    table = section_table(DATA)
    assert ("Needles end", "0.75", "1.05", "1.40") in table.rows
    assert ("Dial", "1.50", "1.50", "1.50") in table.rows


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(FigureError, match="set_depth_mm"):
        section(replace(DATA, set_depth_mm=0.0))


def test_a_plan_has_a_section_wherever_thickness_is_known(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("texture", "cheek_left", "hand_left_dorsal"))
    names = {figure.name for figure in figures_of(plan, facts)}
    assert {name for name in names if "section" in name} == {"section_cheek_left"}
