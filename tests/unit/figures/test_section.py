"""The section: to scale, honest about the gap between dial and depth, readable as a table."""

import re
import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back
from dataclasses import replace
from itertools import pairwise

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.planning.depth.reached_depth import Ends, NestedRanges, Range
from percuta.report.figures.of_plan import figures_of, section_data
from percuta.report.figures.palette import Theme
from percuta.report.figures.section import SectionData, section, section_table
from tests.people import a_plan, one_concern

SVG = "{http://www.w3.org/2000/svg}"


def nested(middle: float, half: float, most: float, nearly_all: float) -> NestedRanges:
    """Bands that reach equally far to both sides of the middle."""
    four_in_five, nineteen_in_twenty, inner = (
        Ends(low=middle - reach, high=middle + reach) for reach in (most, nearly_all, half)
    )
    return NestedRanges(
        middle=middle,
        half=inner,
        four_in_five=four_in_five,
        nineteen_in_twenty=nineteen_in_twenty,
    )


DATA = SectionData(
    zone="Cheek, left",
    set_depth_mm=1.5,
    epidermis_mm=Range(low=0.05, middle=0.1, high=0.2),
    dermis_end_mm=nested(1.25, 0.15, 0.3, 0.45),
    reached_mm=nested(1.05, 0.1, 0.2, 0.3),
    beneath="fat <& vessels>",
    has_fat_beneath=True,
    limit_mm=1.5,
    limit_label="thin site: label of the <pen>",
    needle_diameter_mm=0.25,
)


def test_a_depth_that_nobody_has_set_is_not_said_of_the_dial() -> None:
    waiting = replace(DATA, is_set=False)
    svg = section(waiting, theme=Theme.LIGHT)
    assert "if set to 1.50" in svg
    assert "no depth set, shown for 1.50 mm" in svg
    assert "dial 1.50" not in svg
    assert "on the dial" not in svg
    assert "dial 1.50" in section(DATA, theme=Theme.LIGHT)


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def rectangles(svg: str, class_: str) -> list[tuple[float, float]]:
    """Top and bottom of every block of a kind."""
    found = [e for e in drawn(svg).iter(f"{SVG}rect") if (e.get("class") or "") == class_]
    tops = [(float(e.get("y", "nan")), float(e.get("height", "nan"))) for e in found]
    return [(top, top + height) for top, height in tops]


def hatched(svg: str, class_: str) -> tuple[float, float]:
    """How high and how far down the lines of a hatch reach."""
    paths = [e.get("d", "") for e in drawn(svg).iter(f"{SVG}path") if e.get("class") == class_]
    ends = [float(y) for path in paths for y in re.findall(r"[ML][\d.]+ ([\d.]+)", path)]
    return min(ends), max(ends)


def tips(svg: str) -> list[float]:
    """How far down each needle is drawn."""
    paths = [e.get("d", "") for e in drawn(svg).iter(f"{SVG}path") if e.get("class") == "needle"]
    return [float(re.findall(r"L[\d.]+ ([\d.]+)L", path)[0]) for path in paths]


def line(svg: str, class_: str) -> float:
    """The height of a line across the skin."""
    found = [e for e in drawn(svg).iter(f"{SVG}path") if e.get("class") == class_]
    assert len(found) == 1
    return float(re.findall(r"M[\d.]+ ([\d.]+)", found[0].get("d", ""))[0])


@pytest.mark.parametrize("theme", Theme)
def test_it_has_a_name_a_description_and_no_inline_style(theme: Theme) -> None:
    svg = section(DATA, theme=theme)
    root = drawn(svg)
    assert root.find(f"{SVG}title") is not None
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert "0.75 and 1.35 mm" in (description.text or "")
    assert "style=" not in svg
    assert svg == section(DATA, theme=theme)


@pytest.mark.parametrize("is_close", [False, True])
def test_every_depth_stands_on_one_scale(is_close: bool) -> None:
    svg = section(replace(DATA, limit_mm=1.25), is_close=is_close)
    surface, per_mm = line(svg, "surface"), (line(svg, "dial") - line(svg, "surface")) / 1.5

    def depth(y: float) -> float:
        return (y - surface) / per_mm

    for place, (low, high) in enumerate([(0.75, 1.35), (0.85, 1.25), (0.95, 1.15)], start=1):
        top, bottom = rectangles(svg, f"reached b{place}")[0]
        assert (depth(top), depth(bottom)) == pytest.approx((low, high), abs=1e-3)
    for kind, low, high in (("g3", 1.1, 1.4), ("g2", 0.95, 1.55), ("g1", 0.8, 1.7)):
        top, bottom = hatched(svg, f"dermis-end {kind}")
        assert (depth(top), depth(bottom)) == pytest.approx((low, high), abs=1e-3)
    assert depth(line(svg, "limit")) == pytest.approx(1.25, abs=1e-3)
    assert depth(rectangles(svg, "epidermis")[0][1]) == pytest.approx(0.1, abs=1e-3)


def test_needles_end_in_the_middle_and_at_both_ends_of_half_never_at_the_dial() -> None:
    svg = section(DATA)
    surface, per_mm = line(svg, "surface"), (line(svg, "dial") - line(svg, "surface")) / 1.5
    depths = sorted((tip - surface) / per_mm for tip in tips(svg))
    assert depths == pytest.approx([0.95, 1.05, 1.15], abs=1e-3)


def test_a_needle_is_as_wide_as_its_diameter_on_the_same_scale() -> None:
    svg = section(DATA)
    per_mm = (line(svg, "dial") - line(svg, "surface")) / 1.5
    path = next(e.get("d", "") for e in drawn(svg).iter(f"{SVG}path") if e.get("class") == "needle")
    found = re.match(r"M([\d.]+) .*L([\d.]+) [\d.]+V", path)
    assert found is not None
    left, right = (float(x) for x in found.groups())
    assert (right - left) / per_mm == pytest.approx(0.25, abs=1e-3)


def test_fat_is_drawn_only_where_it_lies_first_beneath() -> None:
    assert "lobules" in section(replace(DATA, limit_mm=2.5))
    assert "lobules" not in section(replace(DATA, limit_mm=2.5, has_fat_beneath=False))


def test_no_two_labels_share_a_line() -> None:
    crowded = replace(DATA, set_depth_mm=1.06, dermis_end_mm=nested(1.05, 0.01, 0.02, 0.03))
    root = drawn(section(crowded))
    right = sorted(
        float(e.get("y", "nan")) for e in root.iter(f"{SVG}text") if float(e.get("x", "0")) > 204
    )
    assert all(below - above >= 14 for above, below in pairwise(right))
    box = [float(value) for value in (root.get("viewBox") or "").split()]
    assert right[-1] < box[3]


def test_text_is_twelve_pixels_high_on_a_phone() -> None:
    root = drawn(section(DATA))
    width = float((root.get("viewBox") or "").split()[2])
    sizes = [float(e.get("font-size", "0")) for e in root.iter(f"{SVG}text")]
    assert min(sizes) * 358 / width >= 12


def test_the_limit_is_drawn_and_says_what_set_it() -> None:
    svg = section(replace(DATA, limit_mm=1.2))
    words = " ".join(e.text or "" for e in drawn(svg).iter(f"{SVG}text"))
    assert "limit 1.20, thin site" in words
    assert "The limit is 1.20 mm: thin site: label of the <pen>." in (
        drawn(svg).findtext(f"{SVG}desc") or ""
    )


def test_the_table_holds_the_same_numbers() -> None:
    table = section_table(DATA)
    assert table.header == ("", "middle", "half", "4 in 5", "19 in 20")
    assert (
        "Needles end",
        "1.05",
        "0.95 to 1.15",
        "0.85 to 1.25",
        "0.75 to 1.35",
    ) in table.rows
    assert ("Dial", "1.50", "", "", "") in table.rows
    assert ("Limit: thin site: label of the <pen>", "1.50", "", "", "") in table.rows


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(FigureError, match="set_depth_mm"):
        section(replace(DATA, set_depth_mm=0.0))


def test_a_plan_has_a_section_wherever_thickness_is_known(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("texture", "cheek_left", "hand_left_dorsal"))
    names = {figure.name for figure in figures_of(plan, facts)}
    assert {name for name in names if "section" in name} == {"section_cheek_left"}


def test_what_lies_beneath_is_read_from_the_facts(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("texture", "cheek_left", "periorbital_left"))
    device = plan.case.setting.device
    drawn_fat = {zone.zone: section_data(zone, facts, device) for zone in plan.zones}
    assert {zone: data.has_fat_beneath for zone, data in drawn_fat.items() if data} == {
        "cheek_left": True,
        "periorbital_left": False,
    }
