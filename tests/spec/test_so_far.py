"""What is said while the conversation goes on: never more than holds for every device."""

from datetime import date
from typing import Any

import pytest

from percuta.facts.edition import Facts
from percuta.planning.case.case_file import parse_case
from percuta.planning.judgement.findings import Verdict
from percuta.planning.screening.interim_assessment import Known, SoFar, say_so_far
from percuta.planning.screening.screening import screen
from tests.people import all_clear

ON = date(2026, 11, 23)
CHEEKS = [{"concern": "texture", "zones": ["cheek_left", "cheek_right"], "severity": 2}]
PERSON = {"age": 34, "sex": "female", "phototype": "III", "weight_kg": 60.0}


def said(facts: Facts, *, concerns: Any = CHEEKS, without: str = "", **changed: Any) -> SoFar:
    history = {**all_clear(facts), **changed}
    history.pop(without, None)
    parts = {"person": PERSON, "history": history, "concerns": concerns, "session": ON}
    return say_so_far(Known.model_validate(parts), facts)


def test_nothing_in_the_way(facts: Facts) -> None:
    assert said(facts).verdict is Verdict.SUITABLE


def test_nothing_is_decided_before_it_is_known_what_bothers(facts: Facts) -> None:
    told = said(facts, concerns=[])
    assert told.verdict is Verdict.INCOMPLETE
    assert [question.rule for question in told.questions] == ["concerns"]


def test_an_answer_not_given_is_asked_for(facts: Facts) -> None:
    told = said(facts, without="keloid")
    assert told.verdict is Verdict.INCOMPLETE
    assert [question.rule for question in told.questions] == ["keloid"]


@pytest.mark.parametrize("key", ["metal_allergy", "anaesthetic_allergy", "antiarrhythmic"])
def test_what_depends_on_device_or_numbing_waits_for_it(key: str, facts: Facts) -> None:
    assert said(facts, without=key).questions == ()
    assert said(facts, **{key: "yes"}).findings == said(facts).findings


def test_a_deferral_says_until_when_and_what_else_there_is(facts: Facts) -> None:
    told = said(facts, isotretinoin={"status": "past", "last": "2026-11-01"})
    assert told.verdict is Verdict.DEFER
    assert told.earliest_date == date(2027, 4, 30)
    assert told.alternatives


@pytest.mark.parametrize("key", ["pregnancy", "keloid", "open_wound_in_zone", "anticoagulant"])
def test_what_is_said_early_is_said_of_the_whole_case_too(key: str, facts: Facts) -> None:
    raw = {
        "person": PERSON,
        "history": {**all_clear(facts), key: "yes"},
        "concerns": CHEEKS,
        "setting": {
            "device": "generic_pen_12",
            "operator": "nurse",
            "date": "2026-11-23",
            "numbing": "none",
        },
    }
    early = said(facts, **{key: "yes"})
    whole = screen(parse_case(raw, facts), facts)
    assert set(early.findings) <= set(whole.findings)
    assert [finding.rule for finding in early.findings] == [key]
