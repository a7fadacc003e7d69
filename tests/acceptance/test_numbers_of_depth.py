"""The numbers that a plan stands on: depth, who may choose one, and dose."""

import pytest

from percuta.facts.edition import editions, open_edition
from percuta.facts.vocabulary import Level
from tests.people import a_plan, one_concern
from tests.spec.safety.reading import levels

NEWEST = open_edition(editions()[-1])


def test_texture_of_lip_chin_mouth_and_jaw_is_no_deeper_than_the_forehead() -> None:
    places = ("forehead", "jawline_left", "chin", "perioral", "upper_lip")
    plan = a_plan(NEWEST, concerns=one_concern("texture", *places))
    depths = {zone.zone.value: zone.depth_mm.recommended or 0.0 for zone in plan.zones}
    assert max(depths[place] for place in places) <= depths["forehead"]
    assert depths == pytest.approx(
        {"forehead": 0.75, "jawline_left": 0.5, "chin": 0.5, "perioral": 0.5, "upper_lip": 0.5}
    )


@pytest.mark.parametrize("tone", ["II", "IV", "VI"])
def test_pigment_is_advised_a_quarter_millimetre(tone: str) -> None:
    pigment = one_concern("hyperpigmentation", "cheek_left")
    (cheek,) = a_plan(NEWEST, concerns=pigment, phototype=tone).zones
    assert cheek.depth_mm.recommended == pytest.approx(0.25)


def test_hands_are_planned_for_a_physician_who_chose_and_not_without() -> None:
    hand = one_concern("texture", "hand_left_dorsal")
    chosen = {"hand_left_dorsal": {"mm": 0.25, "chosen_by": "physician"}}
    assert a_plan(NEWEST, concerns=hand, depth_mm=chosen).is_made
    assert not a_plan(NEWEST, concerns=hand).is_made


def test_neck_wrinkles_name_the_trial_that_was_cleared() -> None:
    (neck,) = a_plan(NEWEST, concerns=one_concern("wrinkles", "neck_front")).zones
    assert any("2.5 mm" in why.text and "ALQAM2022" in why.sources for why in neck.why)


def test_five_passes_are_a_caution_and_two_and_a_half_millimetres_a_stop() -> None:
    scars = one_concern("acne_scars", "cheek_left")
    assert levels(a_plan(NEWEST, concerns=scars, passes=5))["passes.more_than_published"] is (
        Level.CAUTION
    )
    deep = a_plan(NEWEST, concerns=scars, depth_mm={"cheek_left": 2.5})
    assert levels(deep)["depth.above_limit"] is Level.STOP
