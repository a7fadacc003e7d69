"""Which zones are numbed today, which on another visit: on both sheets and for the patient."""

from typing import Any

import pytest

from percuta.facts.edition import Facts
from percuta.planning.plan.plan import Plan
from percuta.report.brief import brief
from percuta.report.front import front
from percuta.report.patient import patient_page
from percuta.report.professional import professional_page
from tests.people import a_plan, one_concern
from tests.spec.safety.reading import CREAM, EMLA

FACE = (
    *("forehead", "cheek_left", "cheek_right", "jawline_left", "jawline_right", "chin"),
    *("perioral", "glabella", "nose", "temple_left", "temple_right"),
)


def _numbed(facts: Facts, *zones: str, **changes: Any) -> Plan:
    concerns = one_concern("acne_scars", *(zones or FACE), kind="rolling")
    return a_plan(facts, **{"numbing": EMLA, "concerns": concerns, **changes})


def _front(plan: Plan) -> str:
    told = [line for entry in front(plan, 35).session for line in entry.lines]
    return " ".join(told)


def _sheet(plan: Plan) -> dict[str, str]:
    return {entry.label: entry.text for entry in professional_page(plan).session}


def _patient(plan: Plan) -> str:
    return " ".join(item for part in patient_page(plan).sections for item in part.items)


def test_the_front_page_says_what_is_numbed_today(facts: Facts) -> None:
    plan = _numbed(facts)
    assert plan.numbing is not None
    assert plan.series is not None
    visits, sessions = len(plan.numbing.visits), plan.series.sessions or 0
    assert visits > sessions
    told = (
        f"Today only forehead. Numbing each zone once takes {visits} visits, more than the "
        f"{sessions} sessions of the series."
    )
    assert told in _front(plan)
    assert told in " ".join(" ".join(brief(plan)).split())
    assert told in _sheet(plan)["Numb on"]


def test_the_sheet_of_reasons_lists_every_visit(facts: Facts) -> None:
    plan = _numbed(facts)
    assert _sheet(plan)["By visit"] == (
        "Visit 1, today: forehead. Visit 2: cheek, left. Visit 3: cheek, right; jawline, left. "
        "Visit 4: jawline, right; chin; perioral; glabella. Visit 5: nose; temple, left and right."
    )


def test_visits_that_fit_into_the_series_are_told_beside_its_sessions(facts: Facts) -> None:
    plan = _numbed(facts, "cheek_left", "cheek_right")
    told = "Numbing each zone once takes 2 visits; the series has 4 sessions."
    assert f"Today only cheek, left. {told}" in _front(plan)
    assert "cheek, right" in _sheet(plan)["By visit"]


def test_zones_that_fit_on_no_visit_are_named(facts: Facts) -> None:
    plan = _numbed(facts, "cheek_left", "abdomen")
    assert "Not numbed on any visit: abdomen." in _front(plan)
    assert "We do not numb your belly." in _patient(plan)


def test_where_all_is_numbed_at_once_nothing_more_is_said(facts: Facts) -> None:
    plan = _numbed(facts, "cheek_left", numbing=CREAM)
    assert _sheet(plan)["Numb on"] == "Cheek, left."
    assert "By visit" not in _sheet(plan)
    assert "only a part" not in _patient(plan)


def test_the_patient_reads_that_only_a_part_is_numbed(facts: Facts) -> None:
    told = _patient(_numbed(facts))
    assert (
        "We may numb only a part of the skin on one visit: this time it is your forehead." in told
    )
    assert "To numb all of it once takes more visits than are planned: ask us how we do it." in told
    two = _patient(_numbed(facts, "cheek_left", "cheek_right"))
    assert "this time it is your left cheek" in two
    assert "more visits than are planned" not in two


@pytest.mark.parametrize("numbing", ["none", "lidocaine_5_cream"])
def test_without_amounts_no_visit_is_told(numbing: str, facts: Facts) -> None:
    plan = _numbed(facts, numbing=numbing)
    assert "By visit" not in _sheet(plan)
    assert "only a part" not in _patient(plan)


def test_an_earlier_plan_reads_as_it_did(earlier: Facts) -> None:
    plan = _numbed(earlier, "cheek_left", "cheek_right")
    assert _sheet(plan)["Numb on"] == "Cheek, left and right."
