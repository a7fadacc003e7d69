"""The gravest answer makes the verdict."""

from datetime import timedelta
from typing import Any

import pytest

from percuta.facts.edition import Facts
from tests.people import SESSION, a_plan
from tests.spec.screening_answers import days_ago, told

STOP = {"bleeding_disorder": "yes"}


MISSING = {"epilepsy": None}


REFER = {"keloid": "yes"}


DEFER = {"isotretinoin": days_ago(10)}


CAUTION = {"herpes_history": "yes"}


NOTE = {"smoking": "yes"}


GRAVEST_FIRST: list[tuple[str, dict[str, Any]]] = [
    ("unsuitable", STOP),
    ("incomplete", MISSING),
    ("refer", REFER),
    ("defer", DEFER),
    ("suitable", CAUTION),
    ("suitable", NOTE),
]


@pytest.mark.parametrize("first", range(len(GRAVEST_FIRST)))
def test_the_gravest_answer_decides_whatever_else_was_said(first: int, facts: Facts) -> None:
    outcome, _ = GRAVEST_FIRST[first]
    answers: dict[str, Any] = {}
    for _, more in GRAVEST_FIRST[first:]:
        answers |= more
    plan = a_plan(facts, **answers)
    assert plan.verdict == outcome
    assert plan.is_made == (outcome == "suitable")


def test_nobody_under_eighteen_is_planned(facts: Facts) -> None:
    assert a_plan(facts, age=17).verdict == "unsuitable"
    assert a_plan(facts, age=18).verdict == "suitable"


@pytest.mark.parametrize("numbing", ["lidocaine_tetracaine_peel", "lidocaine_4_cream"])
def test_an_optional_stop_that_was_not_asked_is_said(numbing: str, facts: Facts) -> None:
    rule = {
        "lidocaine_tetracaine_peel": "pseudocholinesterase_deficiency",
        "lidocaine_4_cream": "soya_or_peanut_allergy",
    }[numbing]
    plan = a_plan(facts, numbing=numbing, **{rule: None})
    finding = next(f for f in plan.findings if f.rule == rule)
    assert finding.level == "note"
    assert finding.reason.startswith("Not asked: ")


def test_the_day_to_screen_again_respects_every_zone(facts: Facts) -> None:
    plan = a_plan(
        facts, self_tan=days_ago(1), tan_or_sunbed=days_ago(1), isotretinoin=days_ago(179)
    )
    assert plan.earliest_date == SESSION + timedelta(days=13)


def test_nothing_to_say_is_suitable(facts: Facts) -> None:
    plan = a_plan(facts)
    assert (plan.verdict, told(plan), plan.questions) == ("suitable", (), ())


def test_a_deferral_with_a_date_says_from_when_to_screen_again(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin=days_ago(10), chemotherapy_or_radiotherapy=days_ago(1))
    assert plan.earliest_date == SESSION + timedelta(days=170)


def test_a_deferral_until_an_event_has_no_date(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin=days_ago(10), pregnancy="yes")
    assert plan.verdict == "defer"
    assert plan.earliest_date is None
