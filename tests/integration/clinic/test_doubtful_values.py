"""What cannot be right is refused where it is written, and closes no page where it is stored."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from percuta.clinic.consults import actions as consults
from percuta.clinic.consults.models import Consultation, HistoryAnswer
from percuta.clinic.patients.age import age, birth_date_fault, doubt
from percuta.clinic.patients.models import Patient
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.models import PlanVersion
from percuta.errors import Faults
from percuta.facts.edition import Facts
from tests.integration.clinic.people import NOW, Practice, consult, draft, sign, wishes

BACKEND = "django.contrib.auth.backends.ModelBackend"
MISTYPED = date(1900, 1, 1)
AHEAD = date(2199, 1, 1)


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.professional, backend=BACKEND)
    return client


def store(table: str, row: Any, **values: str | float | date) -> None:
    """Write values past every action, as an earlier version may have written them."""
    names = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {names} WHERE id = %s",  # noqa: S608 - names of this file
            [*values.values(), row.pk.hex],
        )


def born_on(practice: Practice, day: date) -> None:
    """A date of birth that was written before anybody looked at it."""
    store("patients_patient", practice.patient, birth_date=day)


def open_pages(page: Client, practice: Practice, consultation: Consultation) -> dict[str, str]:
    """The pages of a person, each of which opens."""
    addresses = {
        "patient": f"/patients/{practice.patient.pk}/",
        "consultation": f"/consultations/{consultation.pk}/",
        "correct": f"/patients/{practice.patient.pk}/correct/",
        "patients": "/patients/",
        "plan form": f"/consultations/{consultation.pk}/plan/",
    }
    answers = {name: page.get(address) for name, address in addresses.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        addresses, 200
    )
    return {name: answer.text for name, answer in answers.items()}


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(1905, 11, 24), date(2026, 11, 23), 120),
        (date(1905, 11, 23), date(2026, 11, 23), None),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 24), date(2026, 11, 23), None),
        (date(1992, 2, 29), date(2026, 2, 28), 33),
        (None, date(2026, 11, 23), None),
    ],
)
def test_an_age_is_known_where_somebody_can_have_it(
    born: date | None, on: date, years: int | None
) -> None:
    assert age(born, on) == years
    assert bool(doubt(born, on)) is (born is not None and years is None)
    assert bool(birth_date_fault(born, on)) is bool(doubt(born, on))


@pytest.mark.parametrize("born", [MISTYPED, date(1, 1, 1), AHEAD])
def test_a_date_of_birth_that_nobody_has_is_refused_by_name(
    page: Client, practice: Practice, born: date
) -> None:
    fields = {"given_name": "Ines", "family_name": "Okafor", "birth_date": born.isoformat()}
    address = f"/patients/{practice.patient.pk}/correct/"
    for answer in (
        page.post("/patients/new/", {**fields, "patient_id": str(uuid4())}),
        page.post(address, {**fields, "seen": "1"}),
    ):
        assert answer.status_code == 422
        assert f"Date of birth: &#x27;{born}&#x27; is not allowed: " in answer.text
        assert "should" in answer.text
        assert f'value="{born}"' in answer.text
    assert not Patient.objects.filter(family_name="Okafor").exists()


def test_the_oldest_age_that_somebody_can_have_is_taken(page: Client) -> None:
    born = date(timezone.localdate().year - 120, 12, 31)
    fields = {"given_name": "Ines", "family_name": "Okafor", "birth_date": born.isoformat()}
    answer = page.post("/patients/new/", {**fields, "patient_id": str(uuid4())})
    assert answer.status_code == 302


@pytest.mark.parametrize("born", [MISTYPED, date(1, 1, 1), AHEAD])
def test_a_record_that_holds_one_opens_says_so_and_leads_to_the_form_that_corrects_it(
    page: Client, practice: Practice, facts: Facts, born: date
) -> None:
    consultation = consult(practice, facts)
    born_on(practice, born)
    shown = open_pages(page, practice, consultation)
    for name in ("patient", "consultation"):
        assert f"Date of birth {born} " in shown[name]
        assert "age not known" in shown[name]
        assert f'href="/patients/{practice.patient.pk}/correct/">Correct the date' in shown[name]
    assert "How old are you?" in shown["consultation"]
    assert f'value="{born}"' in shown["correct"]


def test_once_it_is_corrected_the_age_is_told_again(
    page: Client, practice: Practice, facts: Facts
) -> None:
    consultation = consult(practice, facts)
    born_on(practice, MISTYPED)
    fields = {"seen": "1", "given_name": "Mara", "family_name": "Berg", "sex": "female"}
    address = f"/patients/{practice.patient.pk}/correct/"
    assert page.post(address, {**fields, "birth_date": "1992-03-01"}).status_code == 302
    shown = open_pages(page, practice, consultation)
    for name in ("patient", "consultation"):
        assert re.search(r"\b3\d years", shown[name])
        assert "Cannot be right" not in shown[name]


@pytest.mark.parametrize("is_signed", [False, True])
def test_plans_of_such_a_record_open_and_are_not_used(
    page: Client, practice: Practice, facts: Facts, is_signed: bool
) -> None:
    consultation = consult(practice, facts)
    plan = draft(practice, consultation)
    if is_signed:
        sign(practice, plan)
    born_on(practice, MISTYPED)
    open_pages(page, practice, consultation)
    for address in (f"/plans/{plan.pk}/", f"/plans/{plan.pk}/sign/"):
        answer = page.get(address)
        assert answer.status_code == 200
        told = "Not to be used" if is_signed else "How old are you?"
        assert told in answer.text
    assert PlanVersion.objects.get(plan=plan).is_signed is is_signed


def test_a_visit_before_the_corrected_birth_closes_nothing(
    page: Client, practice: Practice, facts: Facts
) -> None:
    consultation = consult(practice, facts)
    born_on(practice, NOW.date() + timedelta(days=1))
    open_pages(page, practice, consultation)


def test_somebody_who_grows_older_than_anybody_on_record_closes_nothing(
    page: Client, practice: Practice, facts: Facts
) -> None:
    today = timezone.localdate()
    consultation = consult(practice, facts)
    long_ago = datetime(today.year - 2, 1, 5, 9, tzinfo=NOW.tzinfo)
    Consultation.objects.filter(pk=consultation.pk).update(opened_at=long_ago)
    born_on(practice, date(today.year - 122, 1, 1))
    shown = open_pages(page, practice, consultation)
    assert "makes 122 years" in shown["patient"]


@pytest.mark.parametrize("day", [AHEAD, date(1980, 1, 1)])
def test_a_day_on_which_nobody_can_have_that_age_is_refused(
    page: Client, practice: Practice, facts: Facts, day: date
) -> None:
    consultation = consult(practice, facts)
    choices = {"device": "generic_pen_14", "operator": "nurse", "numbing": "none"}
    sent = {**choices, "plan_id": str(uuid4()), "date": day.isoformat()}
    answer = page.post(f"/consultations/{consultation.pk}/plan/", sent)
    assert answer.status_code == 422
    told = f"Setting.date: &#x27;{day}&#x27; is not allowed: date of birth 1992-03-01 "
    assert told in answer.text
    assert f'value="{day}"' in answer.text
    plan = draft(practice, consultation)
    newest = PlanVersion.objects.get(plan=plan)
    other = wishes().model_copy(
        update={"setting": wishes().setting.model_copy(update={"date": day})}
    )
    with pytest.raises(Faults, match=r"setting\.date: .* date of birth 1992-03-01"):
        plans.change(by=practice.practitioner, at=NOW, version=newest, seen=1, wishes=other)


@pytest.mark.parametrize("day", [AHEAD, date(1980, 1, 1)])
def test_a_draft_that_holds_such_a_day_opens(
    page: Client, practice: Practice, facts: Facts, day: date
) -> None:
    consultation = consult(practice, facts)
    plan = draft(practice, consultation)
    newest = PlanVersion.objects.get(plan=plan)
    stored = {**newest.wishes, "setting": {**newest.wishes["setting"], "date": day.isoformat()}}
    PlanVersion.objects.filter(pk=newest.pk).update(wishes=stored)
    open_pages(page, practice, consultation)
    assert page.get(f"/plans/{plan.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "1800-01-01"),
        ("date", "2300-01-01"),
        ("other_local_anaesthetic_mg", "-5"),
        ("other_local_anaesthetic_mg", "99999"),
    ],
)
def test_a_choice_that_no_plan_can_hold_is_refused_by_name(
    page: Client, practice: Practice, facts: Facts, field: str, value: str
) -> None:
    consultation = consult(practice, facts)
    choices = {"device": "generic_pen_14", "operator": "nurse", "numbing": "none"}
    sent = {**choices, "plan_id": str(uuid4()), "date": "2026-11-23", field: value}
    answer = page.post(f"/consultations/{consultation.pk}/plan/", sent)
    assert answer.status_code == 422
    assert f"Setting.{field}: &#x27;{value}" in answer.text


@pytest.mark.parametrize("weight_kg", [0.5, 4000.0])
def test_a_stored_weight_that_nobody_has_is_asked_again(
    page: Client, practice: Practice, facts: Facts, weight_kg: float
) -> None:
    consultation = consult(practice, facts)
    store("consults_consultation", consultation, weight_kg=weight_kg)
    shown = open_pages(page, practice, consultation)
    assert f"Person.weight_kg: &#x27;{weight_kg}&#x27; is not allowed" in shown["consultation"]
    consults.weigh(
        by=practice.practitioner,
        at=NOW,
        consultation=consultation,
        shown_kg=weight_kg,
        weight_kg=62.0,
    )
    assert "Cannot be right" not in open_pages(page, practice, consultation)["consultation"]


@pytest.mark.parametrize(
    "values",
    [
        {"status": "past", "last": "1800-01-01"},
        {"status": "past", "last": "2300-01-01"},
        {"status": "yes", "zones": '["lid_left"]'},
        {"status": "yes", "cleared": "1800-01-01"},
        {"status": "perhaps"},
    ],
)
def test_a_stored_answer_that_nobody_can_give_is_asked_again(
    page: Client, practice: Practice, facts: Facts, values: Mapping[str, str]
) -> None:
    consultation = consult(practice, facts)
    key = "isotretinoin"
    answer = HistoryAnswer.objects.get(consultation=consultation, key=key)
    store("consults_historyanswer", answer, **values)
    shown = open_pages(page, practice, consultation)["consultation"]
    assert f"History.{key}." in shown
    assert "Cannot be right" in shown
    seen = HistoryAnswer.objects.get(pk=answer.pk).revision
    address = f"/consultations/{consultation.pk}/history/{key}/"
    assert page.post(address, {"status": "never", "seen": seen}).status_code == 302
    assert "Cannot be right" not in open_pages(page, practice, consultation)["consultation"]
