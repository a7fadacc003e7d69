"""Agreement: one lane a row, places that rise with the ratio, misses seen without colour."""

import math
import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back
from dataclasses import replace

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.facts.validation import Kind
from percuta.report.figures.agreement import AgreementData, AgreementRow, agreement
from percuta.report.figures.of_validation import agreement_data, figures_of_validation
from percuta.report.figures.palette import Theme, paint
from percuta.validation.judgement import Judgement, judgement

SVG = "{http://www.w3.org/2000/svg}"
ROW = AgreementRow(
    key="V0",
    what="a <figure> & more",
    middle=2.0,
    low=0.5,
    high=8.0,
    is_band=True,
    tolerance=(1 / 3, 3.0),
    published=None,
    verdict="met",
    is_missed=False,
)


@pytest.fixture(name="told", scope="module")
def _told(facts: Facts) -> Judgement:
    return judgement(facts)


def drawn(*rows: AgreementRow, theme: Theme = Theme.LIGHT) -> ET.Element:
    data = AgreementData(title="Looked at", rows=rows, left_out="")
    return ET.fromstring(agreement(data, theme=theme))  # noqa: S314 - our own output


def dots(svg: ET.Element) -> list[ET.Element]:
    return list(svg.iter(f"{SVG}circle"))


def test_more_stands_further_right_in_equal_steps_of_ratio() -> None:
    svg = drawn(*(replace(ROW, middle=middle, low=0.1, high=10.0) for middle in (0.1, 1.0, 10.0)))
    low, one, high = (float(dot.get("cx", "nan")) for dot in dots(svg))
    assert low < one < high
    assert one - low == pytest.approx(high - one, abs=0.02)


def test_what_lies_outside_stands_at_the_end_and_an_arrow_says_that_it_goes_on() -> None:
    inside, outside = drawn(ROW), drawn(replace(ROW, high=1e6))
    ends = [
        max(
            float(path.get("d", "").split("H")[1])
            for path in svg.iter(f"{SVG}path")
            if path.get("stroke-width") == "1.8" and "H" in path.get("d", "")
        )
        for svg in (inside, outside)
    ]
    assert ends[0] < ends[1]
    assert ends[1] < float(inside.get("viewBox", "").split()[2])
    caps = [
        [path.get("d", "") for path in svg.iter(f"{SVG}path") if "L" in path.get("d", "")][-1]
        for svg in (inside, outside)
    ]
    x = [[float(point.split()[0]) for point in cap[1:].split("L")] for cap in caps]
    assert x[0][0] == x[0][1], "a bar"
    assert x[1][0] < x[1][1], "an arrow"


def test_rows_that_lie_close_get_an_axis_that_shows_it() -> None:
    near = replace(ROW, middle=1.05, low=1.0, high=1.1)
    alone, beside = (dots(svg)[0].get("cx") for svg in (drawn(near), drawn(near, ROW)))
    middle = (296.0 + 560.0) / 2
    assert float(alone or 0) - middle > 3 * (float(beside or 0) - middle) > 0


def test_a_miss_is_seen_without_colour() -> None:
    met, missed = drawn(ROW), drawn(replace(ROW, is_missed=True, verdict="missed"))
    assert dots(met)[0].get("fill") == paint("accent", Theme.LIGHT)
    assert dots(missed)[0].get("fill") == paint("paper", Theme.LIGHT)
    words = [text for text in missed.iter(f"{SVG}text") if text.text == "missed"]
    assert words[0].get("font-weight") == "600"


def test_an_interval_without_a_chance_is_dashed() -> None:
    def dashes(row: AgreementRow) -> list[str]:
        return [d for p in drawn(row).iter(f"{SVG}path") if (d := p.get("stroke-dasharray"))]

    assert not dashes(ROW)
    assert dashes(replace(ROW, is_band=False))


@pytest.mark.parametrize("middle", [0.0, -1.0, math.nan, math.inf])
def test_what_has_no_place_on_a_log_axis_is_refused(middle: float) -> None:
    with pytest.raises(FigureError, match="V0"):
        drawn(replace(ROW, middle=middle))


def test_a_figure_without_rows_is_refused() -> None:
    with pytest.raises(FigureError, match="at least one"):
        drawn()


def test_each_figure_holds_one_kind_and_every_row_of_it(told: Judgement) -> None:
    for kind in Kind:
        data = agreement_data(told, kind)
        shown = {row.key for row in data.rows}
        left_out = set(data.left_out.removeprefix("Not drawn: ").split(";")[0].split(", ")) - {""}
        assert not shown & left_out
        assert shown | left_out == {row.figure.key for row in told.of(kind)}


def test_tolerance_is_shaded_where_the_verdict_says(told: Judgement) -> None:
    judged = 0
    for kind in Kind:
        for row in agreement_data(told, kind).rows:
            if row.tolerance is not None:
                low, high = row.tolerance
                is_in = low - 1e-9 <= row.middle <= high + 1e-9
                assert is_in != row.is_missed, row.key
                judged += 1
    assert judged > 40


def test_every_kind_with_rows_is_drawn_in_every_theme(told: Judgement) -> None:
    figures = figures_of_validation(told)
    assert {figure.name for figure in figures} == {
        f"validation-{kind.replace('_', '-')}" for kind in Kind if told.of(kind)
    }
    for figure in figures:
        for theme in Theme:
            ET.fromstring(figure.draw(theme))  # noqa: S314 - our own output
        assert len(figure.table.rows) > 0
