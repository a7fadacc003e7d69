"""Where no depth was published, a physician chooses one inside the limit; it is never advice."""

import tomllib

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Operator, Zone
from percuta.planning.case.case_file import parse_case
from percuta.planning.case.case_file_writing import case_file
from percuta.planning.plan.document import parse_plan, write_plan
from tests.people import a_case, a_plan, one_concern
from tests.spec.safety.reading import levels

RULE = "depth.no_published_depth"
HAND = one_concern("texture", "hand_left_dorsal")


def by(who: str, mm: float = 0.25) -> dict[str, object]:
    return {"hand_left_dorsal": {"mm": mm, "chosen_by": who}}


@pytest.mark.parametrize("operator", ["physician", "nurse", "esthetician"])
def test_hands_are_planned_for_a_physician_who_chose_a_depth(operator: str, facts: Facts) -> None:
    plan = a_plan(facts, concerns=HAND, depth_mm=by("physician"), operator=operator)
    assert [zone.zone for zone in plan.zones] == [Zone.HAND_LEFT_DORSAL]
    depth = plan.zones[0].depth_mm
    assert depth.chosen == pytest.approx(0.25)
    assert depth.chosen_by is Operator.PHYSICIAN
    assert depth.recommended is None
    assert levels(plan)[RULE] is Level.CAUTION


@pytest.mark.parametrize(
    "depth", [None, {"hand_left_dorsal": 0.25}, by("nurse"), by("esthetician")]
)
@pytest.mark.parametrize("operator", ["physician", "nurse"])
def test_hands_are_not_planned_without_a_physicians_choice(
    depth: dict[str, object] | None, operator: str, facts: Facts
) -> None:
    chosen = {} if depth is None else {"depth_mm": depth}
    plan = a_plan(facts, concerns=HAND, operator=operator, **chosen)
    assert not plan.is_made
    assert levels(plan)[RULE] is Level.REFER
    assert any("ask a physician" in finding.reason for finding in plan.findings)


def test_a_physicians_choice_stays_inside_the_limit(facts: Facts) -> None:
    plan = a_plan(facts, concerns=HAND, depth_mm=by("physician", 0.75))
    assert levels(plan)["depth.above_limit"] is Level.STOP
    assert not plan.is_made


def test_a_physicians_choice_stays_inside_the_licence(facts: Facts) -> None:
    chest = one_concern("texture", "decolletage")
    depth = {"decolletage": {"mm": 1.0, "chosen_by": "physician"}}
    licence = "example_arizona_esthetician"
    free = a_plan(facts, concerns=chest, depth_mm=depth, operator="esthetician")
    bound = a_plan(facts, concerns=chest, depth_mm=depth, operator="esthetician", licence=licence)
    assert free.is_made
    assert not bound.is_made


def test_a_physicians_choice_is_a_setting_of_the_device(facts: Facts) -> None:
    plan = a_plan(facts, concerns=HAND, depth_mm=by("physician", 0.3))
    assert levels(plan)["depth.not_a_setting"] is Level.STOP


def test_a_physician_loosens_no_published_limit(facts: Facts) -> None:
    depth = {"cheek_left": {"mm": 2.0, "chosen_by": "physician"}}
    plan = a_plan(facts, concerns=one_concern("texture", "cheek_left"), depth_mm=depth)
    assert levels(plan)["depth.above_limit"] is Level.STOP


def test_who_chose_is_kept_in_the_file_and_in_the_plan(facts: Facts) -> None:
    case = a_case(facts, concerns=HAND, depth_mm=by("physician"))
    assert parse_case(tomllib.loads(case_file(case)), facts) == case
    plan = a_plan(facts, concerns=HAND, depth_mm=by("physician"))
    assert parse_plan(write_plan(plan)) == plan


def test_a_bare_number_stays_readable_and_is_written_as_one(earlier: Facts) -> None:
    case = a_case(earlier, depth_mm={"cheek_left": 1.0})
    assert case.model_dump(mode="json")["depth_mm"] == {"cheek_left": 1.0}
    assert "[depth_mm]\ncheek_left = 1.0" in case_file(case)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mm": 0.0, "chosen_by": "physician"},
        {"mm": "0.25", "chosen_by": "physician"},
        {"mm": 0.25, "chosen_by": "patient"},
        {"mm": 0.25, "who": "physician"},
        {"chosen_by": "physician"},
        True,
    ],
)
def test_a_choice_that_cannot_be_meant_is_a_fault(wrong: object, facts: Facts) -> None:
    with pytest.raises(CaseError, match="depth_mm"):
        a_case(facts, concerns=HAND, depth_mm={"hand_left_dorsal": wrong})
