"""Group bands: bands in each other, one axis that holds 0, every number in the table beside it."""

import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back
from dataclasses import replace
from itertools import pairwise

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.planning.depth.reached_depth import Ends, NestedRanges
from percuta.report.figures.group_bands import (
    GroupBandsData,
    GroupRow,
    group_bands,
    group_bands_table,
)
from percuta.report.figures.groups_of_plan import bands_data
from tests.people import a_plan, one_concern

SVG = "{http://www.w3.org/2000/svg}"
BANDS = NestedRanges(
    middle=0.6,
    half=Ends(low=0.4, high=0.9),
    four_in_five=Ends(low=0.1, high=1.2),
    nineteen_in_twenty=Ends(low=-0.2, high=1.9),
)
DATA = GroupBandsData(
    title="Groups <seen>", axis="Grades", rows=(GroupRow(name="A row", bands=BANDS),), digits=1
)


def rects(svg: str) -> list[tuple[float, float]]:
    root = ET.fromstring(svg)  # noqa: S314 - our own output
    found = [bar for bar in root.iter(f"{SVG}rect") if bar.get("class", "").startswith("band")]
    return [
        (float(bar.get("x", "")), float(bar.get("x", "")) + float(bar.get("width", "")))
        for bar in found
    ]


def test_each_band_lies_in_the_one_before_and_on_the_drawing() -> None:
    bars = rects(group_bands(DATA))
    assert len(bars) == 3
    assert all(out[0] < inner[0] < inner[1] < out[1] for out, inner in pairwise(bars))
    assert all(0 <= left < right <= 360 for left, right in bars)


def test_the_axis_holds_nothing_gained_and_the_end_of_the_scale() -> None:
    gained = replace(DATA, rows=(GroupRow(name="A", bands=_moved(2.0)),))
    assert ">0</text>" in group_bands(gained)
    assert ">100</text>" in group_bands(replace(gained, end=100.0))


def test_a_worse_group_stands_left_of_nothing_gained() -> None:
    better, worse = (rects(group_bands(_only(_moved(by))))[0] for by in (0.0, -3.0))
    assert worse[1] < better[1]
    assert ">-3</text>" in group_bands(_only(_moved(-3.0)))


def test_the_table_has_every_number_of_the_drawing() -> None:
    table = group_bands_table(DATA)
    assert table.rows == (("A row", "0.6", "0.4 to 0.9", "0.1 to 1.2", "-0.2 to 1.9"),)


def test_bands_that_cross_are_refused() -> None:
    crossed = BANDS.model_copy(update={"half": Ends(low=0.0, high=0.9)})
    with pytest.raises(FigureError, match="do not lie in each other"):
        group_bands(_only(crossed))
    with pytest.raises(FigureError, match="no row"):
        group_bands(replace(DATA, rows=()))


def test_a_plan_draws_each_forecast_and_what_a_comparator_leaves_of_it(earlier: Facts) -> None:
    plan = a_plan(earlier, concerns=one_concern("acne_scars", "cheek_left"))
    drawn = [bands_data(forecast) for forecast in plan.group_forecast]
    assert [len(data.rows) for data in drawn] == [2, 1]
    assert len({data.title for data in drawn}) == 2
    for data, forecast in zip(drawn, plan.group_forecast, strict=True):
        said = group_bands(data)
        assert f"{forecast.months_after:g} months on" in said
        assert "half of new studies" in said


def _only(bands: NestedRanges) -> GroupBandsData:
    return replace(DATA, rows=(GroupRow(name="A row", bands=bands),))


def _moved(by: float) -> NestedRanges:
    def ends(pair: Ends) -> Ends:
        return Ends(low=pair.low + by, high=pair.high + by)

    return NestedRanges(
        middle=BANDS.middle + by,
        half=ends(BANDS.half),
        four_in_five=ends(BANDS.four_in_five),
        nineteen_in_twenty=ends(BANDS.nineteen_in_twenty),
    )
