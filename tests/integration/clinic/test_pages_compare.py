"""Plans side by side: what differs is told in words, of one person only."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from percuta.clinic.consults import actions as consults
from percuta.clinic.patients import actions as patients
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.models import Plan
from percuta.clinic.plans.queries import planned, version
from percuta.facts.edition import Facts
from tests.integration.clinic.people import NOW, Practice, consult, draft, sign, wishes


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.practitioner, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(name="plan")
def _plan(practice: Practice, facts: Facts) -> Plan:
    return draft(practice, consult(practice, facts))


def beside(page: Client, plan: Plan, other: object) -> str:
    shown = page.get(f"/plans/{plan.pk}/compare/", {"with": str(other)})
    assert shown.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", shown.text).split())


def test_a_shallower_draft_beside_what_was_signed(
    page: Client, plan: Plan, practice: Practice
) -> None:
    sign(practice, plan)
    amended = plans.amend(by=practice.practitioner, at=NOW, plan=plan)
    shallower = wishes().model_copy(update={"depth_mm": {"cheek_left": 1.0}})
    plans.change(by=practice.practitioner, at=NOW, version=amended, seen=1, wishes=shallower)
    said = beside(page, plan, 1)
    assert "Version 1, signed" in said
    assert "Version 2, draft" in said
    assert "Cheek, left: chosen, mm 1.50 1.00" in said
    assert "0.50 mm shallower" in said


def test_the_same_density_on_another_pen(page: Client, plan: Plan, practice: Practice) -> None:
    here = planned(version(plan, by=practice.practitioner), by=practice.practitioner).zones[0]
    said = beside(page, plan, "generic_pen_12")
    found = re.search(r"Cheek, left: strikes per cm² (\d+) (\d+)", said)
    assert found is not None
    before, after = float(found[1]), float(found[2])
    assert before == here.strikes_per_cm2
    assert abs(after - before) < before / 2


def test_where_another_device_may_not_be_used_the_page_says_so(page: Client, plan: Plan) -> None:
    said = beside(page, plan, "roller_192_10")
    assert "ways in which the second allows less" in said
    assert "The same on another device needles nothing" in said


def test_two_plans_of_one_person(
    page: Client, plan: Plan, practice: Practice, facts: Facts
) -> None:
    other = draft(practice, plan.consultation)
    assert "Nothing that has words" in beside(page, plan, other.pk)


@pytest.mark.parametrize("wished", ["7", "sewing_machine", "00000000-0000-0000-0000-000000000000"])
def test_what_there_is_not_cannot_be_put_beside(page: Client, plan: Plan, wished: str) -> None:
    assert page.get(f"/plans/{plan.pk}/compare/", {"with": wished}).status_code == 404


def test_another_person_s_plan_is_not_put_beside(
    page: Client, plan: Plan, practice: Practice
) -> None:
    by = practice.practitioner
    somebody = patients.add(
        by=by,
        at=NOW,
        patient_id=uuid4(),
        given_name="Ines",
        family_name="Okafor",
        birth_date=None,
        sex=None,
        record_number="",
    )
    opened = consults.open_consultation(by=by, at=NOW, consultation_id=uuid4(), patient=somebody)
    other = draft(practice, opened)
    answer = page.get(f"/plans/{plan.pk}/compare/", {"with": str(other.pk)})
    assert answer.status_code == 404
    assert "Okafor" not in answer.text
