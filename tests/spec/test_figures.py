"""What a figure promises whoever reads it, in plain words."""

import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back

import pytest

from percuta.facts.vocabulary import Level, Zone
from percuta.report.figures.body_map import MapZone, body_map, body_map_table
from percuta.report.figures.drawing import View
from percuta.report.figures.palette import Theme

SVG = "{http://www.w3.org/2000/svg}"

# what is planned for the left cheek, how the map marks it, what the table says
TABLE = [
    (MapZone(zone=Zone.CHEEK_LEFT, name="Cheek, left", depth_mm=1.5), "planned", "1.50"),
    (MapZone(zone=Zone.CHEEK_LEFT, name="Cheek, left", held=Level.STOP), "held", "stopped"),
    (MapZone(zone=Zone.CHEEK_LEFT, name="Cheek, left", held=Level.REFER), "held", "referred"),
    (MapZone(zone=Zone.CHEEK_LEFT, name="Cheek, left", held=Level.DEFER), "held", "deferred"),
    (MapZone(zone=Zone.CHEEK_LEFT, name="Cheek, left"), "open", "no depth set"),
]


@pytest.mark.parametrize(("zone", "mark", "word"), TABLE)
def test_a_zone_is_marked_on_the_map_and_worded_in_the_table(
    zone: MapZone, mark: str, word: str
) -> None:
    root = ET.fromstring(body_map(View.FACE_FRONT, [zone]))  # noqa: S314 - our own output
    looks = {e.get("data-zone"): e.get("class") for e in root.iter() if e.get("data-zone")}
    assert looks.pop("cheek_left") == f"zone {mark}"
    assert set(looks.values()) == {"zone off"}
    assert body_map_table([zone]).rows == (("Cheek, left", word),)


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK, Theme.PRINT])
def test_a_figure_that_stands_alone_needs_no_style_sheet(theme: Theme) -> None:
    zone = MapZone(zone=Zone.CHEEK_LEFT, name="Cheek, left", depth_mm=1.6)
    svg = body_map(View.FACE_FRONT, [zone], theme=theme)
    assert "var(" not in svg
    assert "color-mix" not in svg


def test_the_dashed_edge_of_a_zone_without_a_depth_lies_over_its_neighbours() -> None:
    zone = MapZone(zone=Zone.FOREHEAD, name="Forehead")
    root = ET.fromstring(body_map(View.FACE_FRONT, [zone]))  # noqa: S314 - our own output
    paths = list(root.iter(f"{SVG}path"))
    dashed = next(place for place, e in enumerate(paths) if e.get("stroke-dasharray"))
    assert dashed > max(place for place, e in enumerate(paths) if e.get("data-zone"))
