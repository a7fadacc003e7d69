"""Depth ceilings, typed by hand from the labels and policy, for people as they come."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.depth.ceilings import depth_ceiling
from tests.people import a_case, a_plan, one_concern

# zone, sex, device, concern, ceiling in mm, the row that bites
TABLE = [
    ("cheek_left", "female", "generic_pen_14", "acne_scars", 1.5, "depths/depth.2"),
    ("cheek_left", "male", "generic_pen_14", "acne_scars", 1.5, "depths/depth.2"),
    ("cheek_right", "female", "generic_pen_12", "acne_scars", 1.5, "depths/depth.2"),
    ("cheek_right", "female", "generic_pen_6", "wrinkles", 1.5, "depths/depth.5"),
    ("cheek_right", "female", "generic_pen_6", "texture", 1.5, "depths/depth.4"),
    ("cheek_left", "female", "roller_192_05", "texture", 0.5, "devices/roller_192_05"),
    ("cheek_left", "female", "roller_192_10", "acne_scars", 1.0, "devices/roller_192_10"),
    ("cheek_left", "female", "roller_192_15", "acne_scars", 1.5, "depths/depth.2"),
    ("forehead", "female", "generic_pen_12", "wrinkles", 1.5, "depths/depth.2"),
    ("glabella", "male", "generic_pen_6", "wrinkles", 1.5, "depths/depth.5"),
    ("periorbital_left", "female", "generic_pen_12", "fine_lines", 0.5, "policy/thin_site_ceiling_mm.periorbital"),
    ("periorbital_right", "male", "generic_pen_6", "wrinkles", 0.5, "policy/thin_site_ceiling_mm.periorbital"),
    ("temple_left", "female", "generic_pen_14", "acne_scars", 0.75, "policy/thin_site_ceiling_mm.temple"),
    ("nose", "male", "generic_pen_12", "enlarged_pores", 0.75, "policy/thin_site_ceiling_mm.nose"),
    ("neck_front", "female", "generic_pen_14", "wrinkles", 0.75, "policy/thin_site_ceiling_mm.neck"),
    ("neck_left", "male", "generic_pen_12", "laxity", 0.75, "policy/thin_site_ceiling_mm.neck"),
    ("hand_left_dorsal", "female", "generic_pen_12", "texture", 0.5, "policy/thin_site_ceiling_mm.hand_dorsal"),
    ("hand_right_dorsal", "male", "generic_pen_14", "uneven_tone", 0.5, "policy/thin_site_ceiling_mm.hand_dorsal"),
    ("decolletage", "female", "generic_pen_12", "wrinkles", 1.5, "policy/unpublished_site_ceiling_mm.any"),
    ("decolletage", "female", "generic_pen_14", "wrinkles", 1.5, "depths/depth.42"),
    ("decolletage", "female", "generic_pen_6", "wrinkles", 1.5, "policy/unpublished_site_ceiling_mm.any"),
    ("breast_left", "female", "generic_pen_12", "stretch_marks", 0.75, "policy/thin_site_ceiling_mm.breast"),
    ("forearm_left", "male", "generic_pen_12", "texture", 1.5, "policy/unpublished_site_ceiling_mm.any"),
    ("abdomen", "female", "generic_pen_12", "stretch_marks", 2.5, "depths/depth.18"),
    ("abdomen", "female", "generic_pen_14", "stretch_marks", 1.5, "depths/depth.42"),
    ("thigh_left", "female", "generic_pen_12", "stretch_marks", 2.5, "devices/generic_pen_12"),
    ("back_upper", "male", "generic_pen_14", "acne_scars", 1.5, "depths/depth.42"),
    ("upper_lip", "female", "generic_pen_14", "fine_lines", 1.5, "depths/depth.42"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "sex", "device", "concern", "ceiling", "row"), TABLE)
def test_the_ceiling_of_a_zone(
    zone: str, sex: str, device: str, concern: str, ceiling: float, row: str, facts: Facts
) -> None:
    case = a_case(facts, sex=sex, device=device, concerns=one_concern(concern, zone))
    found = depth_ceiling(Zone(zone), case, facts)
    assert found.limit_mm == pytest.approx(ceiling)
    assert found.bound.fact == row


def test_rolling_scars_of_the_cheek_may_be_needled_at_1_5_mm(facts: Facts) -> None:
    plan = a_plan(facts, device="generic_pen_12", depth_mm={"cheek_left": 1.5})
    cheek = next(zone for zone in plan.zones if zone.zone == "cheek_left")
    assert cheek.depth_mm.chosen == pytest.approx(1.5)
    assert cheek.depth_mm.recommended is None, "a study of the face names no cheek"
    assert plan.verdict == "suitable"


def test_1_0_mm_beside_the_eye_is_refused(facts: Facts) -> None:
    asked = one_concern("fine_lines", "periorbital_left", "cheek_left")
    plan = a_plan(facts, concerns=asked, depth_mm={"periorbital_left": 1.0})
    refusal = next(f for f in plan.findings if f.rule == "depth.above_limit")
    assert refusal.level == "stop"
    assert refusal.zones == (Zone.PERIORBITAL_LEFT,)
    assert "0.5 mm" in refusal.reason
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_LEFT]


@pytest.mark.parametrize("zone", ["decolletage", "hand_left_dorsal", "hand_right_dorsal"])
def test_hands_and_decolletage_have_no_published_depth(zone: str, facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("texture", zone))
    finding = next(f for f in plan.findings if f.rule == "depth.no_published_depth")
    assert "no published depth" in finding.reason
    assert not plan.is_made
    chosen = {zone: {"mm": 0.25, "chosen_by": "physician"}}
    by_physician = a_plan(facts, concerns=one_concern("texture", zone), depth_mm=chosen)
    assert by_physician.zones[0].depth_mm.recommended is None
    by_nurse = a_plan(facts, concerns=one_concern("texture", zone), operator="nurse")
    assert by_nurse.verdict == "refer"
    assert not by_nurse.is_made


def test_a_roller_longer_than_the_limit_does_not_touch_the_zone(facts: Facts) -> None:
    asked = one_concern("fine_lines", "periorbital_left", "cheek_left")
    plan = a_plan(facts, device="roller_192_10", concerns=asked)
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_LEFT]
    assert any(f.rule == "depth.nothing_allowed" for f in plan.findings)


def test_a_licence_that_allows_nothing_refuses_every_zone(facts: Facts) -> None:
    plan = a_plan(facts, operator="esthetician", licence="example_california_esthetician")
    assert plan.verdict == "unsuitable"


def test_a_licence_lowers_the_limit_and_says_so(facts: Facts) -> None:
    plan = a_plan(facts, operator="esthetician", licence="example_arizona_esthetician")
    assert {zone.depth_mm.limit for zone in plan.zones} == {0.5}
    assert plan.zones[0].depth_mm.limited_by == "licences/example_arizona_esthetician"
    runner_up = plan.zones[0].runner_up
    assert runner_up is not None
    assert runner_up.fact == "depths/depth.2"


def test_the_lids_are_no_zone_at_all() -> None:
    assert not [zone for zone in Zone if "lid" in zone]


def test_radiofrequency_depths_are_never_used(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("laxity", "cheek_left", "neck_front", "nose"))
    assert {"depths/depth.21", "depths/depth.22", "depths/depth.23", "depths/depth.25"}.isdisjoint(
        plan.provenance.facts
    )
