"""What is asked, of whom, before a verdict."""

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from tests.people import a_case, a_plan, raw_case
from tests.spec.screening_answers import (
    ASKED,
    KEYS,
    NUMBING,
    OF_WOMEN,
    REQUIRED,
    WITH_NUMBING,
    levels,
    questions,
    setting_for,
    told,
)
from tests.spec.screening_table import LINES, Line


@pytest.mark.parametrize("line", [each for each in ASKED if each.is_required], ids=lambda x: x.rule)
def test_a_missing_answer_is_asked_for_and_nothing_else_is(line: Line, facts: Facts) -> None:
    plan = a_plan(facts, **{line.key: None}, **setting_for(line))
    assert plan.verdict == "incomplete"
    assert not plan.is_made
    (question,) = plan.questions
    assert question.rule in {each.rule for each in LINES if each.key == line.key}
    assert question.question == facts.row(f"screening/{question.rule}").cells["question"]


@pytest.mark.parametrize(
    "line", [each for each in ASKED if not each.is_required], ids=lambda x: x.rule
)
def test_an_answer_that_is_not_required_may_be_left_out(line: Line, facts: Facts) -> None:
    plan = a_plan(facts, **{line.key: None}, **setting_for(line))
    assert plan.verdict == "suitable"
    assert plan.questions == ()
    assert levels(plan).get(line.rule) == ("note" if line.level == "stop" else None)


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("numbing", sorted(NUMBING))
def test_an_empty_history_is_asked_for_everything_that_applies_and_only_that(
    sex: str, numbing: str, facts: Facts
) -> None:
    nothing = dict.fromkeys(KEYS)
    plan = a_plan(facts, sex=sex, numbing=numbing, **nothing)
    asked = {line.key for line in ASKED if line.rule in questions(plan)}
    expected = REQUIRED - OF_WOMEN - WITH_NUMBING | NUMBING[numbing]
    assert asked == (expected | OF_WOMEN if sex == "female" else expected)
    assert len(plan.questions) == len(asked)


def test_nobody_asks_a_man_about_pregnancy(facts: Facts) -> None:
    plan = a_plan(facts, sex="male", pregnancy=None, breastfeeding=None)
    assert plan.questions == ()
    assert plan.verdict == "suitable"


def test_a_man_s_answer_about_pregnancy_changes_nothing(facts: Facts) -> None:
    assert levels(a_plan(facts, sex="male", pregnancy="no", breastfeeding="unknown")) == {}


@pytest.mark.parametrize("item", ["pregnancy", "breastfeeding"])
def test_a_pregnant_man_is_a_slip_of_the_pen_and_not_ignored(item: str, facts: Facts) -> None:
    with pytest.raises(CaseError, match=f"history.{item}: 'yes' does not fit person.sex 'male'"):
        a_case(facts, sex="male", **{item: "yes"})


@pytest.mark.parametrize("missing", ["age", "sex", "phototype"])
def test_who_the_person_is_must_be_known(missing: str, facts: Facts) -> None:
    plan = a_plan(facts, **{missing: None})
    assert plan.verdict == "incomplete"
    assert questions(plan) == {f"person.{missing}"}


def test_the_weight_is_asked_for_only_when_something_numbs(facts: Facts) -> None:
    assert a_plan(facts, weight_kg=None).verdict == "suitable"
    plan = a_plan(facts, weight_kg=None, numbing="lidocaine_prilocaine_cream")
    assert questions(plan) == {"person.weight_kg"}


def test_a_question_is_asked_once_though_two_rules_need_it(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin=None, diabetes=None)
    assert questions(plan) == {"isotretinoin.current", "diabetes.controlled"}


def test_unknown_is_an_answer_but_it_is_not_no(facts: Facts) -> None:
    plan = a_plan(facts, keloid="unknown")
    assert plan.questions == ()
    assert levels(plan) == {"keloid": "refer"}
    assert plan.verdict == "refer"


@pytest.mark.parametrize(
    "line",
    [each for each in ASKED if "past" in each.fires and each.is_required],
    ids=lambda x: x.rule,
)
def test_a_past_without_its_date_asks_for_the_date(line: Line, facts: Facts) -> None:
    plan = a_plan(facts, **{line.key: "past"})
    assert plan.verdict == "incomplete"
    assert questions(plan) == {line.rule}
    assert told(plan) == ()


@pytest.mark.parametrize(
    "line",
    [each for each in ASKED if "past" in each.fires and not each.is_required],
    ids=lambda x: x.rule,
)
def test_where_the_date_is_not_required_a_past_without_one_is_an_unknown_answer(
    line: Line, facts: Facts
) -> None:
    plan = a_plan(facts, **{line.key: "past"})
    assert plan.questions == ()
    assert levels(plan) == {line.rule: line.unknown}


def test_the_healthy_person_of_these_specs_has_answered_everything(facts: Facts) -> None:
    assert sorted(raw_case(facts)["history"]) == KEYS
