"""A finding takes away only what it is about: a zone, a product, a device."""

from datetime import date, timedelta
from typing import Any

import pytest

from percuta.facts.edition import Facts
from tests.people import SESSION, a_plan, one_concern
from tests.spec.screening_answers import days_ago, levels, told


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("tattoo_in_zone", "yes"),
        ("skin_cancer_in_zone", "unknown"),
        ("open_wound_in_zone", "yes"),
        ("recent_scar", "current"),
    ],
)
def test_a_blocked_zone_is_left_out_and_the_others_are_planned(
    key: str, answer: str, facts: Facts
) -> None:
    plan = a_plan(facts, **{key: {"status": answer, "zones": ["cheek_left"]}})
    assert plan.verdict == "suitable"
    assert [zone.zone.value for zone in plan.zones] == ["cheek_right"]
    (finding,) = told(plan)
    assert finding.zones == ("cheek_left",)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"tattoo_in_zone": "yes"}, "unsuitable"),
        ({"skin_cancer_in_zone": "unknown"}, "refer"),
        ({"open_wound_in_zone": "yes"}, "defer"),
        ({"open_wound_in_zone": "yes", "tattoo_in_zone": "yes"}, "unsuitable"),
        (
            {
                "open_wound_in_zone": "yes",
                "tattoo_in_zone": {"status": "yes", "zones": ["cheek_left"]},
            },
            "defer",
        ),
    ],
)
def test_where_no_zone_is_left_the_zones_speak_for_the_person(
    answers: dict[str, Any], outcome: str, facts: Facts
) -> None:
    plan = a_plan(facts, **answers)
    assert plan.verdict == outcome
    assert plan.zones == ()


def test_a_caution_in_a_zone_keeps_it(facts: Facts) -> None:
    plan = a_plan(facts, tattoo_in_zone="unknown")
    assert levels(plan) == {"tattoo_in_zone": "caution"}
    assert len(plan.zones) == 2


def test_a_zone_that_waits_joins_the_first_session_after_its_date(facts: Facts) -> None:
    plan = a_plan(facts, filler={**days_ago(4), "zones": ["cheek_left"]})
    assert plan.series is not None
    (later,) = plan.series.later_zones
    assert (later.zone, later.until) == ("cheek_left", "2026-12-03")
    assert later.joins == next(day for day in plan.series.dates if day >= date(2026, 12, 3))


def test_a_zone_that_this_device_may_never_needle_joins_no_session(facts: Facts) -> None:
    waiting = {**days_ago(4), "zones": ["neck_front"]}
    concerns = one_concern("wrinkles", "cheek_left", "neck_front")
    unhurt = a_plan(facts, device="roller_192_15", concerns=concerns)
    assert levels(unhurt)["depth.nothing_allowed"] == "stop"
    plan = a_plan(facts, device="roller_192_15", concerns=concerns, filler=waiting)
    assert plan.series is not None
    assert [later.joins for later in plan.series.later_zones if later.joins] == []


def test_a_zone_that_never_opens_does_not_set_the_day_to_screen_again(facts: Facts) -> None:
    plan = a_plan(
        facts,
        tattoo_in_zone={"status": "yes", "zones": ["cheek_left"]},
        tan_or_sunbed={**days_ago(10), "zones": ["cheek_left"]},
        filler={**days_ago(1), "zones": ["cheek_right"]},
    )
    assert plan.verdict == "defer"
    assert plan.earliest_date == SESSION + timedelta(days=13)


@pytest.mark.parametrize(
    ("answer", "numbing"),
    [
        ({"anaesthetic_allergy": "yes"}, "lidocaine_4_cream"),
        ({"anaesthetic_allergy": "unknown"}, "lidocaine_prilocaine_cream"),
        ({"antiarrhythmic": "yes"}, "lidocaine_4_cream"),
        ({"hepatic_disease": "yes"}, "lidocaine_tetracaine_peel"),
        ({"pseudocholinesterase_deficiency": "yes"}, "lidocaine_tetracaine_peel"),
        ({"soya_or_peanut_allergy": "yes"}, "lidocaine_4_cream"),
        ({"methaemoglobinaemia_or_g6pd": "yes"}, "lidocaine_prilocaine_cream"),
        ({"product_ingredient_allergy": "yes"}, "lidocaine_prilocaine_cream"),
    ],
)
def test_numbing_that_must_not_be_used_is_taken_away_and_the_plan_stays(
    answer: dict[str, str], numbing: str, facts: Facts
) -> None:
    with_numbing = a_plan(facts, numbing=numbing)
    assert with_numbing.numbing is not None
    plan = a_plan(facts, numbing=numbing, **answer)
    assert plan.verdict == "suitable"
    assert plan.numbing is None
    assert [zone.zone for zone in plan.zones] == [zone.zone for zone in with_numbing.zones]


@pytest.mark.parametrize(
    ("answer", "numbing"),
    [
        ({"methaemoglobinaemia_or_g6pd": "unknown"}, "lidocaine_prilocaine_cream"),
        ({"hepatic_disease": "unknown"}, "lidocaine_4_cream"),
        ({"soya_or_peanut_allergy": "yes"}, "lidocaine_tetracaine_peel"),
        ({"methaemoglobinaemia_or_g6pd": "yes"}, "lidocaine_4_cream"),
        ({"herpes_history": "yes"}, "lidocaine_4_cream"),
    ],
)
def test_a_caution_or_another_product_s_rule_leaves_the_numbing(
    answer: dict[str, str], numbing: str, facts: Facts
) -> None:
    assert a_plan(facts, numbing=numbing, **answer).numbing is not None


def test_an_ingredient_is_recognised_however_it_is_written(facts: Facts) -> None:
    allergy = {"status": "yes", "ingredients": ["Propylene glycol"]}
    plan = a_plan(facts, product_ingredient_allergy=allergy, glide="pectin_glide_gel")
    assert plan.glide is None or plan.glide.product != "pectin_glide_gel"


def test_a_metal_allergy_stops_a_steel_device(facts: Facts) -> None:
    plan = a_plan(facts, metal_allergy="yes")
    assert plan.verdict == "unsuitable"
    assert plan.findings[0].scope == "device"


def test_a_nickel_allergy_is_referred(facts: Facts) -> None:
    assert a_plan(facts, nickel_allergy="yes").verdict == "refer"
    assert a_plan(facts, nickel_allergy="unknown").verdict == "suitable"


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_a_device_finding_is_about_every_zone(answer: str, facts: Facts) -> None:
    concerns = one_concern("wrinkles", "forehead", "cheek_left")
    plan = a_plan(facts, metal_allergy=answer, concerns=concerns)
    assert plan.zones == ()
    assert plan.findings[0].zones == ()
