"""Two puncture fields side by side: one scale, each with its own numbers."""

import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back
from dataclasses import replace

import pytest

from percuta.report.figures.palette import Theme
from percuta.report.figures.puncture_field import PunctureData
from percuta.report.figures.puncture_pair import puncture_pair, puncture_pair_table

SVG = "{http://www.w3.org/2000/svg}"
ROLLER = PunctureData(
    label="Roller <192>",
    detail="15 passes",
    strikes_per_cm2=229,
    hole_diameter_um=70,
    over_dispersion=2,
    hole_distance_mm=0.31,
    twice_the_plan_pct=0.4,
)
PEN = replace(ROLLER, label="Pen & needles", detail="1 pass", strikes_per_cm2=664)


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


@pytest.mark.parametrize("theme", Theme)
def test_it_is_named_described_escaped_and_the_same_twice(theme: Theme) -> None:
    svg = puncture_pair(ROLLER, PEN, theme=theme)
    root = drawn(svg)
    assert "Roller <192>, 15 passes and Pen & needles, 1 pass" in (
        root.findtext(f"{SVG}title") or ""
    )
    assert "one sample" in (root.findtext(f"{SVG}desc") or "")
    assert "style=" not in svg
    assert svg == puncture_pair(ROLLER, PEN, theme=theme)


def test_both_squares_and_their_holes_have_one_scale() -> None:
    root = drawn(puncture_pair(ROLLER, PEN))
    sides = [e.get("width") for e in root.iter(f"{SVG}rect")]
    holes = [e for e in root.iter(f"{SVG}path") if e.get("class") == "holes"]
    assert len(sides) == len(holes) == 2
    assert len(set(sides)) == len({e.get("stroke-width") for e in holes}) == 1
    assert [e.get("d", "").count("M") for e in holes] == [len(d.holes_mm) for d in (ROLLER, PEN)]


def test_the_table_holds_the_numbers_of_both() -> None:
    table = puncture_pair_table(ROLLER, PEN)
    assert table.header == ("What", "Roller <192>, 15 passes", "Pen & needles, 1 pass")
    assert ("Holes planned per cm²", "229", "664") in table.rows
    words = {e.text for e in drawn(puncture_pair(ROLLER, PEN)).iter(f"{SVG}text")}
    assert all(set(row) <= words for row in table.rows)
