"""The professional's sheet as data: times compared like with like."""

from percuta.facts.edition import Facts
from percuta.planning.plan.plan import Plan
from percuta.report.patient import patient_page
from percuta.report.professional import professional_page
from tests.people import a_plan, one_concern
from tests.spec.safety.reading import EMLA

BODY = ("abdomen", "thigh_left", "thigh_right", "buttock_left", "buttock_right")


def _time(plan: Plan) -> str:
    return next(entry.text for entry in professional_page(plan).course if entry.label == "Time")


def _of_patient(plan: Plan) -> str:
    sections = patient_page(plan).sections
    return next(part.lead for part in sections if part.heading == "How long a visit takes")


def test_a_whole_visit_is_compared_with_published_visits(facts: Facts) -> None:
    """Numbing takes 60 minutes, so that this visit outlasts every published one."""
    plan = a_plan(facts, numbing=EMLA)
    assert plan.duration is not None
    assert (plan.duration_min or 0) < plan.duration.published_high_min
    assert (plan.duration.visit_min or 0) > plan.duration.published_high_min
    assert "with numbing" in _time(plan)
    assert "Longer than those" in _time(plan)
    assert "This is longer than usual" in _of_patient(plan)
    assert "several days" not in _time(plan) + _of_patient(plan), "numbing would not get shorter"


def test_a_visit_without_numbing_is_short(facts: Facts) -> None:
    plan = a_plan(facts)
    assert "Longer" not in _time(plan)
    assert "longer" not in _of_patient(plan)


def test_long_needling_is_offered_on_several_days(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("stretch_marks", *BODY))
    assert plan.duration is not None
    assert (plan.duration_min or 0) > plan.duration.published_high_min
    assert "Longer than those: consider several days." in _time(plan)
    assert "on several days" in _of_patient(plan)


def test_where_sessions_are_published_the_session_is_compared(earlier: Facts) -> None:
    plan = a_plan(earlier, numbing=EMLA)
    assert plan.duration is not None
    assert plan.duration.visit_min is None
    assert "Longer" not in _time(plan)
