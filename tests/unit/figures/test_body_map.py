"""The body map: every zone once, sides right, numbers true, readable without its colours."""

import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back
from dataclasses import replace
from random import Random

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.report.figures.body_map import NO_DEPTH_WORD, MapZone, body_map, body_map_table
from percuta.report.figures.drawing import View, drawing, views_showing
from percuta.report.figures.of_plan import figures_of, map_zones
from percuta.report.figures.palette import Theme
from percuta.web.plans.why import Reasons
from percuta.web.plans.zone_panel import zone_panel
from tests.mirror import mirrored
from tests.people import a_plan, one_concern

SVG = "{http://www.w3.org/2000/svg}"
FACES = (View.FACE_FRONT, View.NECK, View.HANDS, View.BODY_FRONT)


def every_zone(facts: Facts) -> list[MapZone]:
    return [
        MapZone(zone=zone, name=row.name, depth_mm=0.25 * (1 + number % 8))
        for number, (zone, row) in enumerate(facts.zones.items())
    ]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def zones_in(svg: str) -> list[str]:
    return [e.get("data-zone", "") for e in drawn(svg).iter() if e.get("data-zone")]


def texts(svg: str) -> list[str]:
    return [(e.text or "").strip() for e in drawn(svg).iter(f"{SVG}text")]


def test_every_zone_is_shown_in_at_least_one_view_and_once_a_view() -> None:
    shown = [shape.zone for view in View for shape in drawing(view).shapes]
    assert set(shown) == set(Zone)
    for view in View:
        here = [shape.zone for shape in drawing(view).shapes]
        assert len(here) == len(set(here))


@pytest.mark.parametrize("view", FACES)
def test_the_patient_s_left_is_on_the_viewer_s_right(view: View) -> None:
    for shape in drawing(view).shapes:
        if "left" in shape.zone:
            other = drawing(view).shape(Zone(shape.zone.replace("left", "right")))
            assert other is not None
            assert shape.number[0] > other.number[0], shape.zone
    letters = dict(drawing(view).marks)
    assert letters["L"][0] > letters["R"][0]


def test_from_behind_the_sides_are_the_other_way_round() -> None:
    picture = drawing(View.BODY_BACK)
    left, right = picture.shape(Zone.THIGH_LEFT), picture.shape(Zone.THIGH_RIGHT)
    assert left is not None
    assert right is not None
    assert left.number[0] < right.number[0]
    letters = dict(picture.marks)
    assert letters["L"][0] < letters["R"][0]


def test_obliques_show_the_side_they_are_named_for() -> None:
    assert drawing(View.FACE_LEFT).shape(Zone.NECK_LEFT) is not None
    assert drawing(View.FACE_LEFT).shape(Zone.NECK_RIGHT) is None
    assert drawing(View.FACE_RIGHT).shape(Zone.NECK_RIGHT) is not None


@pytest.mark.parametrize("view", View)
def test_no_two_zones_share_skin(view: View) -> None:
    """Sampled: a point lies in at most one zone; seams may touch."""
    picture, rng = drawing(view), Random(7)
    x, y, width, height = picture.box
    both = 0
    for _ in range(4000):
        point = (x + rng.random() * width, y + rng.random() * height)
        both += sum(shape.holds(point) for shape in picture.shapes) > 1
    assert both <= 4


@pytest.mark.parametrize("view", View)
def test_a_number_stands_in_its_zone_or_points_to_it(view: View) -> None:
    for shape in drawing(view).shapes:
        at = shape.number if shape.aside is None else shape.aside.target
        assert shape.holds(at), shape.zone


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("view", View)
def test_a_figure_has_a_title_a_description_and_no_inline_style(
    view: View, theme: Theme, facts: Facts
) -> None:
    svg = body_map(view, every_zone(facts), theme=theme)
    root = drawn(svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert "style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg
    assert zones_in(svg) == [shape.zone.value for shape in drawing(view).shapes]
    assert svg == body_map(view, every_zone(facts), theme=theme)


@pytest.mark.parametrize("view", View)
def test_a_mirrored_plan_is_drawn_mirrored(view: View, facts: Facts) -> None:
    """Each zone has the colour of its depth in its own view as its twin has in the mirrored one."""
    zones = every_zone(facts)
    turned = [replace(zone, zone=Zone(mirrored(zone.zone))) for zone in zones]
    opposite = {View.FACE_LEFT: View.FACE_RIGHT, View.FACE_RIGHT: View.FACE_LEFT}
    here, there = fills(body_map(view, zones)), fills(body_map(opposite.get(view, view), turned))
    assert {mirrored(name): fill for name, fill in here.items()} == there


def fills(svg: str) -> dict[str, str]:
    return {
        e.get("data-zone", ""): e.get("fill", "") for e in drawn(svg).iter() if e.get("data-zone")
    }


def test_lids_and_lips_are_holes() -> None:
    assert not [zone for zone in zones_in(body_map(View.FACE_FRONT, [])) if "lid" in zone]


def test_the_table_holds_the_numbers_of_the_map(facts: Facts) -> None:
    zones = every_zone(facts)
    for view in View:
        table = body_map_table(zones, view)
        printed = texts(body_map(view, zones))
        assert {row[0] for row in table.rows} == {
            facts.zones[shape.zone].name for shape in drawing(view).shapes
        }
        for zone in zones:
            if drawing(view).shape(zone.zone) is not None:
                assert zone.depth_mm is not None
                assert any(float(t) == zone.depth_mm for t in printed if is_number(t))


def is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def test_a_held_zone_has_no_number_but_a_word(facts: Facts) -> None:
    held = MapZone(zone=Zone.NOSE, name=facts.zones[Zone.NOSE].name, held=Level.STOP)
    assert held.word == "stopped"
    assert ("Nose", "stopped") in body_map_table([held]).rows
    assert "url(#" in body_map(View.FACE_FRONT, [held], theme=Theme.PRINT)


@pytest.mark.parametrize(
    "wrong",
    [
        [MapZone(zone=Zone.NOSE, name="Nose", depth_mm=-1.0)],
        [MapZone(zone=Zone.NOSE, name="Nose", depth_mm=float("nan"))],
        [MapZone(zone=Zone.NOSE, name="Nose", depth_mm=1.0, held=Level.STOP)],
        [MapZone(zone=Zone.NOSE, name="Nose"), MapZone(zone=Zone.NOSE, name="Nose")],
    ],
)
def test_what_cannot_be_drawn_truthfully_is_refused(wrong: list[MapZone]) -> None:
    with pytest.raises(FigureError, match="nose"):
        body_map(View.FACE_FRONT, wrong)


def test_hostile_names_are_escaped() -> None:
    hostile = MapZone(zone=Zone.NOSE, name='<b onclick="x">&', depth_mm=0.5)
    svg = body_map(View.FACE_FRONT, [hostile])
    assert "<b " not in svg
    drawn(svg)


def test_a_plan_s_maps_show_its_depths_and_what_is_held(facts: Facts) -> None:
    asked = one_concern("wrinkles", "cheek_left", "cheek_right", "neck_front")
    answer = {"status": "yes", "zones": ["cheek_left"]}
    plan = a_plan(facts, concerns=asked, tattoo_in_zone=answer)
    by_zone = {zone.zone: zone for zone in map_zones(plan, facts)}
    assert by_zone[Zone.CHEEK_LEFT].held is Level.STOP
    assert by_zone[Zone.CHEEK_RIGHT].depth_mm == plan.zones[0].depth_mm.recommended
    views = {view.value for view in views_showing(by_zone)}
    assert views <= {figure.name for figure in figures_of(plan, facts)}


@pytest.mark.parametrize("concern", ["acne_scars", "texture"])
def test_a_roller_s_map_shows_the_one_length_that_its_panel_tells(
    concern: str, facts: Facts
) -> None:
    asked = one_concern(concern, "cheek_left", "cheek_right")
    plan = a_plan(facts, concerns=asked, device="roller_192_05", operator="esthetician")
    zones = map_zones(plan, facts)
    assert {zone.word for zone in zones} == {"0.50"}
    told = drawn(body_map(View.FACE_FRONT, zones)).findtext(f"{SVG}desc") or ""
    assert "Cheek, left: 0.50 mm" in told
    assert NO_DEPTH_WORD not in told
    question = zone_panel(plan.zones[0], plan, facts, Reasons(plan, facts)).why.question
    assert question == "Why 0.50 mm?"


def test_a_pen_s_map_shows_no_depth_before_somebody_has_set_one(facts: Facts) -> None:
    assert {zone.word for zone in map_zones(a_plan(facts), facts)} == {NO_DEPTH_WORD}


def test_with_links_each_planned_zone_is_one_link_named_with_its_depth(facts: Facts) -> None:
    depths = {"cheek_left": 1.5, "cheek_right": 1.25}
    zones = map_zones(a_plan(facts, depth_mm=depths), facts)
    svg = body_map(View.FACE_FRONT, zones, link=lambda zone: f"/plan?zone={zone}")
    links = {e.get("href"): e.get("aria-label") for e in drawn(svg).iter(f"{SVG}a")}
    assert links == {
        "/plan?zone=cheek_left": "Cheek, left: 1.50 mm",
        "/plan?zone=cheek_right": "Cheek, right: 1.25 mm",
    }
    assert drawn(svg).get("role") == "group"


def test_a_small_map_prints_no_number(facts: Facts) -> None:
    zones = map_zones(a_plan(facts), facts)
    assert texts(body_map(View.FACE_FRONT, zones, has_scale=False, has_numbers=False)) == []


def test_links_lie_over_everything_and_leave_the_zones_their_ids(facts: Facts) -> None:
    zones = map_zones(a_plan(facts), facts)
    svg = body_map(View.FACE_FRONT, zones, link=lambda zone: f"#{zone}", has_scale=False)
    parts = list(drawn(svg))
    first = next(place for place, e in enumerate(parts) if e.tag == f"{SVG}a")
    assert all(e.tag == f"{SVG}a" for e in parts[first:])
    for part in parts[first:]:
        assert [path.get("class") for path in part] == ["halo", "ring"]
    by_zone = {e.get("data-zone"): e for e in drawn(svg).iter() if e.get("data-zone")}
    for place in zones:
        assert by_zone[place.zone].get("id") == f"map-face_front-{place.zone}"


def test_what_was_set_last_time_is_told_only_where_it_differs() -> None:
    changed = MapZone(zone=Zone.CHEEK_LEFT, name="Cheek, left", depth_mm=1.5, was_mm=1.25)
    same = MapZone(zone=Zone.CHEEK_RIGHT, name="Cheek, right", depth_mm=1.0, was_mm=1.0)
    svg = body_map(View.FACE_FRONT, [changed, same])
    assert [text for text in texts(svg) if "was" in text] == ["was 1.25"]
    assert "Cheek, left: 1.50 mm, was 1.25;" in (drawn(svg).findtext(f"{SVG}desc") or "")
    table = body_map_table([changed, same])
    assert table.header == ("Zone", "Set depth, mm", "Last time, mm")
    assert table.rows == (("Cheek, left", "1.50", "1.25"), ("Cheek, right", "1.00", "1.00"))


def test_a_zone_too_small_for_the_past_leaves_it_to_the_table() -> None:
    small = MapZone(zone=Zone.GLABELLA, name="Glabella", depth_mm=0.5, was_mm=0.75)
    assert "was 0.75" not in texts(body_map(View.FACE_FRONT, [small]))
    assert ("Glabella", "0.50", "0.75") in body_map_table([small]).rows
