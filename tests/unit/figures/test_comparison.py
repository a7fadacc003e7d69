"""Two plans side by side: one sentence, and the same numbers in picture and table."""

import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.report.figures.comparison import (
    DepthAreas,
    comparison,
    comparison_table,
    depth_areas,
    difference,
)
from percuta.report.figures.palette import Theme
from tests.people import a_plan

SVG = "{http://www.w3.org/2000/svg}"
BEFORE = DepthAreas(label="First <plan>", areas=((0.5, 40), (1.0, 60)))
AFTER = DepthAreas(label="Second & last", areas=((0.5, 40), (1.5, 80)))
NOTHING = DepthAreas(label="Empty", areas=())


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


@pytest.mark.parametrize("theme", Theme)
def test_it_is_named_described_escaped_and_the_same_twice(theme: Theme) -> None:
    svg = comparison(BEFORE, AFTER, theme=theme)
    root = drawn(svg)
    assert "First <plan> and Second & last" in (root.findtext(f"{SVG}title") or "")
    assert difference(BEFORE, AFTER) in (root.findtext(f"{SVG}desc") or "")
    assert "style=" not in svg
    assert svg == comparison(BEFORE, AFTER, theme=theme)


def test_the_sentence_says_what_differs() -> None:
    assert difference(BEFORE, AFTER) == (
        "Second & last needles 120 cm², 20 cm² more than First <plan>, "
        "at 1.17 mm on average, 0.37 mm deeper."
    )
    assert difference(BEFORE, BEFORE) == "Both plans needle 100 cm² at the same depths."
    assert difference(NOTHING, NOTHING) == "Neither plan needles anything."
    assert "Empty needles nothing" in difference(BEFORE, NOTHING)


def test_a_depth_that_nobody_chose_yet_is_not_told_as_nothing() -> None:
    part = DepthAreas(label="Part", areas=((1.0, 60),), open_cm2=40.0)
    none = DepthAreas(label="Open", areas=(), open_cm2=100.0)
    assert difference(none, none) == "Neither plan sets a depth yet."
    assert difference(BEFORE, none).endswith("Open sets no depth yet.")
    assert difference(BEFORE, part).endswith("Part leaves 40 cm² without a depth.")


def test_picture_and_table_hold_the_same_numbers() -> None:
    table = comparison_table(BEFORE, AFTER)
    assert table.rows == (
        ("0.50", "40", "40"),
        ("0.75", "0", "0"),
        ("1.00", "60", "0"),
        ("1.25", "0", "0"),
        ("1.50", "0", "80"),
        ("All", "100", "120"),
    )
    words = [e.text for e in drawn(comparison(BEFORE, AFTER)).iter(f"{SVG}text")]
    printed = [word for word in words if word and word.replace(".", "").isdigit()]
    assert printed == [value for row in table.rows[:-1] for value in row]


def test_bars_are_as_long_as_their_areas() -> None:
    bars = [
        float(e.get("width", "nan"))
        for e in drawn(comparison(BEFORE, AFTER)).iter(f"{SVG}rect")
        if e.get("height") == "15" and e.get("width") != "24"
    ]
    assert bars == pytest.approx([112, 112, 168, 224])


def test_a_depth_between_the_steps_keeps_its_own_row() -> None:
    odd = DepthAreas(label="Odd", areas=((0.6, 10),))
    assert [row[0] for row in comparison_table(BEFORE, odd).rows] == [
        *("0.50", "0.60", "0.75", "1.00"),
        "All",
    ]


def test_plans_with_nothing_can_be_compared() -> None:
    assert drawn(comparison(NOTHING, NOTHING)).findtext(f"{SVG}title")
    assert comparison_table(NOTHING, NOTHING).rows == (("All", "0", "0"),)


def test_a_plan_fills_it(facts: Facts) -> None:
    plan = a_plan(facts, depth_mm={"cheek_left": 1.5, "cheek_right": 1.5})
    assert depth_areas(plan, "Now", facts.devices).by_depth == {1.5: 120}
    assert depth_areas(a_plan(facts), "Now", facts.devices).by_depth == {}


def test_a_roller_needles_at_its_one_length(facts: Facts) -> None:
    plan = a_plan(facts, device="roller_192_05", operator="esthetician")
    assert depth_areas(plan, "Now", facts.devices).by_depth == {0.5: 120}


def test_an_impossible_area_is_refused() -> None:
    with pytest.raises(FigureError, match="above 0"):
        DepthAreas(label="Wrong", areas=((1.0, -5),))
