"""What stands against a signature: an empty depth, and a physician's depth under another's hand."""

from percuta.clinic.accounts.models import User
from percuta.clinic.plans.acceptance import About, statements
from percuta.clinic.plans.signing import not_signable
from percuta.facts.edition import Facts
from percuta.planning.plan.plan import Plan
from tests.people import a_plan, one_concern


def faults(plan: Plan, operator: str) -> tuple[str, ...]:
    accepted = [statement.key for statement in statements(plan)]
    return not_signable(plan, accepted, by=User(operator=operator))


def test_nobody_signs_an_empty_depth(facts: Facts) -> None:
    scars = one_concern("acne_scars", "cheek_left")
    (fault,) = faults(a_plan(facts, concerns=scars), "physician")
    assert fault == "Cheek, left: no depth is advised here; choose one, at most 1.5 mm"
    assert not faults(a_plan(facts, concerns=scars, depth_mm={"cheek_left": 1.0}), "nurse")


def test_a_depth_that_was_chosen_and_not_advised_is_told_so(facts: Facts) -> None:
    scars = one_concern("acne_scars", "cheek_left")
    plan = a_plan(facts, concerns=scars, depth_mm={"cheek_left": 1.0})
    (told,) = (statement for statement in statements(plan) if statement.about is About.CHOSEN)
    assert told.about.value == "Chosen, not advised"
    assert told.text == "Cheek, left: 1.00 mm was chosen; no depth is recommended here."


def test_a_physicians_depth_is_signed_by_a_physician(facts: Facts) -> None:
    hand = one_concern("texture", "hand_left_dorsal")
    chosen = {"hand_left_dorsal": {"mm": 0.25, "chosen_by": "physician"}}
    plan = a_plan(facts, concerns=hand, depth_mm=chosen)
    assert not faults(plan, "physician")
    (fault,) = faults(plan, "nurse")
    assert "ask a physician to sign" in fault


def test_plans_of_earlier_editions_are_signed_as_before(earlier: Facts) -> None:
    assert not faults(
        a_plan(earlier, concerns=one_concern("enlarged_pores", "cheek_left")), "nurse"
    )
