"""The puncture field: true scale, the plan's own numbers, the same every time."""

import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back
from dataclasses import replace
from statistics import fmean, pvariance

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.report.figures.palette import Theme
from percuta.report.figures.puncture_field import (
    PunctureData,
    field_data,
    puncture_field,
    puncture_field_table,
)
from tests.people import a_plan

SVG = "{http://www.w3.org/2000/svg}"
DATA = PunctureData(
    label='Cheek <left> & "right"',
    detail="2 passes",
    strikes_per_cm2=200,
    hole_diameter_um=70,
    over_dispersion=2,
    hole_distance_mm=0.332,
    twice_the_plan_pct=0.05,
)


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


@pytest.mark.parametrize("theme", Theme)
def test_it_is_named_described_escaped_and_the_same_twice(theme: Theme) -> None:
    svg = puncture_field(DATA, theme=theme)
    root = drawn(svg)
    assert (root.findtext(f"{SVG}title") or "").startswith(DATA.label)
    assert "332" in (root.findtext(f"{SVG}desc") or "")
    assert "style=" not in svg
    assert svg == puncture_field(DATA, theme=theme)


def test_a_hole_is_as_wide_as_it_is_on_the_skin() -> None:
    root = drawn(puncture_field(DATA))
    side = next(float(e.get("width", "nan")) for e in root.iter(f"{SVG}rect"))
    holes = next(e for e in root.iter(f"{SVG}path") if e.get("class") == "holes")
    assert float(holes.get("stroke-width", "nan")) / side == pytest.approx(0.007, rel=0.01)
    assert holes.get("d", "").count("M") == len(DATA.holes_mm)


def test_counts_scatter_as_the_over_dispersion_says() -> None:
    for over_dispersion in (1.0, 4.0):
        data = replace(DATA, over_dispersion=over_dispersion)
        counts = [len(replace(data, seed=seed).holes_mm) for seed in range(1500)]
        assert fmean(counts) == pytest.approx(200, rel=0.02)
        assert pvariance(counts) / fmean(counts) == pytest.approx(over_dispersion, rel=0.15)


def test_given_positions_are_drawn_as_given() -> None:
    data = replace(DATA, positions_mm=((0.0, 0.0), (5.0, 10.0)))
    assert data.holes_mm == ((0.0, 0.0), (5.0, 10.0))
    assert ("Holes in this square", "2") in puncture_field_table(data).rows


def test_the_table_says_what_the_figure_says() -> None:
    words = {e.text for e in drawn(puncture_field(DATA)).iter(f"{SVG}text")}
    for row in puncture_field_table(DATA).rows:
        assert set(row) <= words


def test_a_plan_fills_it(facts: Facts) -> None:
    zone = a_plan(facts).zones[0]
    data = field_data(zone, facts)
    assert data.strikes_per_cm2 == pytest.approx(zone.density.strikes_per_cm2)
    assert data.hole_diameter_um == pytest.approx(70)


def test_every_fault_is_named() -> None:
    with pytest.raises(FigureError) as refused:
        replace(DATA, strikes_per_cm2=0, over_dispersion=0.5, positions_mm=((11.0, 0.0),))
    assert len(refused.value.faults) == 3
