"""Whoever must not be needled is not."""

from datetime import date, timedelta

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.judgement.findings import Verdict
from percuta.planning.plan.plan import Plan
from tests.people import SESSION, a_plan
from tests.spec.safety.reading import levels


@pytest.mark.parametrize("item", ["skin_infection", "herpes_active", "systemic_infection"])
def test_no_needling_with_an_infection(facts: Facts, item: str) -> None:
    plan = a_plan(facts, **{item: "yes"})
    assert plan.verdict is Verdict.DEFER
    assert not plan.is_made


def test_no_needling_over_cancer(facts: Facts) -> None:
    here = {"status": "yes", "zones": ["cheek_left"]}
    for item in ("skin_cancer_in_zone", "suspicious_lesion_in_zone", "actinic_keratosis_in_zone"):
        plan = a_plan(facts, **{item: here})
        assert levels(plan)[item] is Level.STOP
        assert Zone.CHEEK_LEFT not in {zone.zone for zone in plan.zones}
        everywhere = a_plan(facts, **{item: "yes"})
        assert not everywhere.is_made


def test_a_clearance_counts_only_once_it_is_written(facts: Facts) -> None:
    def cleared(day: date) -> Plan:
        return a_plan(facts, systemic_corticosteroid={"status": "current", "cleared": day})

    assert not cleared(SESSION + timedelta(days=1)).is_made
    assert levels(cleared(SESSION))["systemic_corticosteroid"] is Level.CAUTION
    with pytest.raises(CaseError, match=r"skin_cancer_in_zone\.cleared"):
        a_plan(facts, skin_cancer_in_zone={"status": "yes", "cleared": SESSION})


def test_a_deferred_zone_waits(facts: Facts) -> None:
    burnt = {
        "status": "past",
        "last": SESSION - timedelta(days=3),
        "zones": ["cheek_left"],
    }
    plan = a_plan(facts, sunburn=burnt)
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_RIGHT]
    assert plan.series is not None
    (later,) = plan.series.later_zones
    assert later.zone is Zone.CHEEK_LEFT
    assert later.until == (SESSION + timedelta(days=11)).isoformat()


@pytest.mark.parametrize("item", ["pregnancy", "breastfeeding"])
@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_no_needling_in_pregnancy_or_while_nursing(facts: Facts, item: str, answer: str) -> None:
    plan = a_plan(facts, **{item: answer})
    assert plan.verdict is Verdict.DEFER
    assert not plan.is_made


def test_isotretinoin_waits_to_the_day(facts: Facts) -> None:
    def after(days: int) -> Plan:
        return a_plan(
            facts, isotretinoin={"status": "past", "last": SESSION - timedelta(days=days)}
        )

    assert after(179).verdict is Verdict.DEFER
    assert after(179).earliest_date == SESSION + timedelta(days=1)
    assert levels(after(180))["isotretinoin.recent"] is Level.CAUTION
    assert levels(after(364))["isotretinoin.recent"] is Level.CAUTION
    assert "isotretinoin.recent" not in levels(after(365))
    assert not a_plan(facts, isotretinoin="current").is_made
    assert not a_plan(facts, isotretinoin="unknown").is_made


def test_a_missing_answer_is_not_a_no(facts: Facts) -> None:
    """Every required item left unanswered leaves the plan unmade and is asked for by name."""
    asked_of_all = {
        rule.history_key
        for rule in facts.screening
        if rule.is_required and rule.applies_if == "always"
    }
    assert len(asked_of_all) > 20
    for item in sorted(asked_of_all):
        plan = a_plan(facts, **{item: None})
        assert plan.verdict is Verdict.INCOMPLETE, item
        assert not plan.is_made
        assert plan.questions


@pytest.mark.parametrize("who", ["age", "sex", "phototype"])
def test_nothing_about_the_person_is_assumed(facts: Facts, who: str) -> None:
    plan = a_plan(facts, **{who: None})
    assert plan.verdict is Verdict.INCOMPLETE
    assert f"person.{who}" in {question.rule for question in plan.questions}


def test_a_past_answer_without_its_date_is_asked_again(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin={"status": "past"})
    assert plan.verdict is Verdict.INCOMPLETE


def test_steel_allergy_stops_steel_needles(facts: Facts) -> None:
    plan = a_plan(facts, metal_allergy="yes")
    assert plan.verdict is Verdict.UNSUITABLE
    assert a_plan(facts, nickel_allergy="yes").verdict is Verdict.REFER
