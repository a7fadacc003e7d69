"""The ruler: range, limit and setting stand where their millimetres are."""

import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back

import pytest

from percuta.errors import FigureError
from percuta.report.figures.ruler import RulerData, ruler

SVG = "{http://www.w3.org/2000/svg}"


def data(**changes: float | None) -> RulerData:
    values: dict[str, float | None] = {
        "low_mm": 0.5,
        "high_mm": 1.5,
        "limit_mm": 1.5,
        "advised_mm": 1.25,
        "set_mm": 1.0,
        "end_mm": 2.5,
        **changes,
    }
    return RulerData(zone="Chin", limit_label="label of a pen", **values)  # type: ignore[arg-type]


def part(svg: str, name: str) -> ET.Element:
    found = ET.fromstring(svg).iter()  # noqa: S314 - our own output
    return next(element for element in found if element.get("class") == name)


def test_twice_as_deep_stands_twice_as_far_from_the_surface() -> None:
    at = [float(part(ruler(data(set_mm=mm)), "set").get("cx", "")) for mm in (0.5, 1.0, 2.0)]
    surface = 2 * at[0] - at[1]
    assert at[2] - surface == pytest.approx(4 * (at[0] - surface))


def test_the_range_is_as_long_as_its_millimetres() -> None:
    def length(low: float, high: float) -> float:
        drawn = part(ruler(data(low_mm=low, high_mm=high)), "range")
        return float(drawn.get("width", "")) - 2

    assert length(0.5, 1.5) == pytest.approx(2 * length(0.5, 1.0), abs=0.02)


def test_nothing_is_marked_where_nothing_is_advised_or_set() -> None:
    bare = ruler(data(advised_mm=None, set_mm=None))
    assert 'class="advised"' not in bare
    assert 'class="set"' not in bare
    assert "Nothing is advised. No depth is set." in bare


def test_the_limit_is_named_with_who_set_it() -> None:
    assert "Limit 1.50 mm, label of a pen." in ruler(data())


@pytest.mark.parametrize(
    "changes", [{"limit_mm": 0.0}, {"set_mm": -1.0}, {"low_mm": 2.0}, {"end_mm": float("nan")}]
)
def test_depths_that_cannot_be_are_refused(changes: dict[str, float]) -> None:
    with pytest.raises(FigureError):
        ruler(data(**changes))
