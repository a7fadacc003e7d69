"""The patient's page: the whole story on one line, in a fixed number of queries."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from percuta.clinic.accounts.models import User
from percuta.clinic.consults import actions as consults
from percuta.clinic.consults.models import Consultation
from percuta.clinic.patients import actions as patients
from percuta.clinic.patients.models import Patient
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import version
from percuta.clinic.story.entries import Kind, Step
from percuta.clinic.story.queries import story
from percuta.clinic.story.states import standings, to_sign
from percuta.errors import AccessDenied, NotHere
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex
from tests.integration.clinic.people import NOW, Practice, consult, draft, sign

BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = NOW.date()
MUCH_LATER = TODAY + timedelta(days=400)


def another(practice: Practice, family_name: str) -> Practice:
    """The same clinic with another patient in the chair."""
    added = patients.add(
        by=practice.practitioner,
        at=NOW,
        patient_id=uuid4(),
        given_name="Ines",
        family_name=family_name,
        birth_date=date(1980, 2, 3),
        sex=Sex.FEMALE,
        record_number="",
    )
    return replace(practice, patient=added)


def answer(practice: Practice, visit: Consultation, key: str, facts: Facts, **given: Any) -> None:
    """One answer changed on top of the first one."""
    consults.answer(
        by=practice.practitioner,
        at=NOW,
        consultation=visit,
        key=key,
        given=given,
        seen=1,
        facts=facts,
    )


def sentences(practice: Practice, kind: Kind, on: date = TODAY) -> list[str]:
    """What the time line says of one kind, newest first."""
    told = story(practice.patient, by=practice.professional, on=on)
    return [entry.sentence for entry in (*told.ahead, *told.past) if entry.kind is kind]


def step(practice: Practice, by: User, on: date = TODAY) -> Step:
    """What usually comes next."""
    return story(practice.patient, by=by, on=on).next.step


def age(signed: PlanVersion) -> date:
    """The day after a signed version ended."""
    assert signed.valid_until is not None
    return signed.valid_until + timedelta(days=1)


def test_a_consultation_is_told_by_its_answer(practice: Practice, facts: Facts) -> None:
    visit = consult(practice, facts)
    assert sentences(practice, Kind.CONSULTATION) == [
        "Suitable. Rolling acne scars: cheek, left and right. With Nadia."
    ]
    answer(practice, visit, "isotretinoin", facts, status="past", last=date(2026, 8, 1))
    told = sentences(practice, Kind.CONSULTATION)[0]
    assert told.startswith("Deferred until ")
    assert "isotretinoin" in told
    answer(practice, visit, "pregnancy", facts, status="yes")
    assert "pregnancy" in sentences(practice, Kind.CONSULTATION)[0]


def test_a_consultation_that_is_not_finished_says_how_much_is_missing(practice: Practice) -> None:
    visit = consults.open_consultation(
        by=practice.practitioner, at=NOW, consultation_id=uuid4(), patient=practice.patient
    )
    assert sentences(practice, Kind.CONSULTATION) == ["Begun. With Nadia."]
    assert visit.pk


def test_the_line_runs_from_the_last_session_ahead_back_to_the_first_word(
    practice: Practice, facts: Facts
) -> None:
    sign(practice, draft(practice, consult(practice, facts)))
    told = story(practice.patient, by=practice.professional, on=TODAY)
    ahead = [entry.on for entry in told.ahead]
    assert ahead == sorted(ahead, reverse=True)
    assert [entry.kind for entry in told.ahead].count(Kind.SESSION) == 3
    assert [entry.kind for entry in told.ahead].count(Kind.END) == 1
    assert {entry.kind for entry in told.past} == {Kind.CONSULTATION, Kind.SIGNATURE}
    assert (
        "version 1 signed by Omar. Valid until 21 Feb 2027."
        in sentences(practice, Kind.SIGNATURE)[0]
    )


def test_an_amended_plan_tells_every_version_and_one_end(practice: Practice, facts: Facts) -> None:
    plan = draft(practice, consult(practice, facts))
    sign(practice, plan)
    plans.amend(by=practice.practitioner, at=NOW, plan=plan)
    sign(practice, plan)
    plans.amend(by=practice.practitioner, at=NOW, plan=plan)
    assert len(sentences(practice, Kind.SIGNATURE)) == 2
    assert sentences(practice, Kind.DRAFT)[0].startswith("Plan 1, draft 3. Waits for a signature.")
    assert [told[:17] for told in sentences(practice, Kind.END)] == ["Plan 1, version 2"]


def test_only_the_newest_signed_plan_has_sessions_ahead(practice: Practice, facts: Facts) -> None:
    visit = consult(practice, facts)
    for _ in range(2):
        sign(practice, draft(practice, visit))
    assert len(sentences(practice, Kind.SESSION)) == 3


def test_the_next_step_follows_from_the_story(practice: Practice, facts: Facts) -> None:
    nurse, doctor = practice.practitioner, practice.professional
    assert step(practice, nurse) is Step.BEGIN
    visit = consult(practice, facts)
    assert step(practice, nurse) is Step.MAKE_PLAN
    plan = draft(practice, visit)
    assert step(practice, nurse) is Step.OPEN_PLAN
    assert step(practice, doctor) is Step.SIGN
    signed = sign(practice, plan)
    assert step(practice, nurse) is Step.OPEN_PLAN
    assert step(practice, nurse, on=age(signed)) is Step.BEGIN
    answer(practice, visit, "herpes_history", facts, status="yes")
    assert step(practice, nurse) is Step.AMEND


def test_a_no_is_gone_on_with_today_and_asked_anew_later(practice: Practice, facts: Facts) -> None:
    answer(practice, consult(practice, facts), "pregnancy", facts, status="yes")
    assert step(practice, practice.practitioner) is Step.GO_ON
    assert step(practice, practice.practitioner, on=MUCH_LATER) is Step.BEGIN


def test_the_number_of_queries_does_not_grow_with_the_story(
    practice: Practice, facts: Facts
) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            story(practice.patient, by=practice.professional, on=TODAY)
        return len(caught)

    visit = consult(practice, facts)
    sign(practice, draft(practice, visit))
    few = count()
    for _ in range(3):
        plan = draft(practice, visit)
        sign(practice, plan)
        plans.amend(by=practice.practitioner, at=NOW, plan=plan)
        sign(practice, plan)
    consults.open_consultation(
        by=practice.practitioner,
        at=NOW - timedelta(days=1),
        consultation_id=uuid4(),
        patient=practice.patient,
    )
    for _ in range(2):
        sign(practice, draft(practice, visit))
    assert count() == few
    assert few <= 10


def test_every_state_of_a_list_comes_in_one_query(practice: Practice, facts: Facts) -> None:
    new, talking, waiting, done = (
        another(practice, name) for name in ("Abel", "Berg", "Cole", "Dahl")
    )
    consult(talking, facts)
    draft(waiting, consult(waiting, facts))
    sign(done, draft(done, consult(done, facts)))
    everybody = [who.patient for who in (new, talking, waiting, done)]
    with CaptureQueriesContext(connection) as caught:
        doctor = standings(everybody, by=practice.professional, on=TODAY)
    assert len(caught) == 1
    told = [doctor[who.pk].words for who in everybody]
    assert told == ["new", "in consultation", "to sign", "signed until 21 Feb 2027"]
    nurse = standings(everybody, by=practice.practitioner, on=MUCH_LATER)
    told = [nurse[who.pk].words for who in everybody]
    assert told == ["new", "in consultation", "draft, not signed", "expired 21 Feb 2027"]


def test_what_waits_for_a_signature_is_found_by_those_who_sign(
    practice: Practice, elsewhere: Practice, facts: Facts
) -> None:
    signed, waiting = another(practice, "Abel"), another(practice, "Berg")
    sign(signed, draft(signed, consult(signed, facts)))
    draft(waiting, consult(waiting, facts))
    draft(elsewhere, consult(elsewhere, facts))
    assert list(to_sign("", by=practice.professional)) == [waiting.patient]
    assert list(to_sign("be", by=practice.professional)) == [waiting.patient]
    assert list(to_sign("ab", by=practice.professional)) == []
    with pytest.raises(AccessDenied):
        to_sign("", by=practice.practitioner)


def test_another_clinics_story_is_not_here(practice: Practice, elsewhere: Practice) -> None:
    with pytest.raises(NotHere):
        story(practice.patient, by=elsewhere.practitioner, on=TODAY)


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.professional, backend=BACKEND)
    return client


def test_the_page_leads_to_what_comes_next_with_one_filled_button(
    page: Client, practice: Practice, facts: Facts
) -> None:
    plan = draft(practice, consult(practice, facts))
    text = page.get(f"/patients/{practice.patient.pk}/").text
    assert text.count("btn main") == 1
    assert f'/plans/{plan.pk}/sign/">Read and sign the plan' in text
    assert "Rolling acne scars: cheek, left and right" in text


def test_the_list_says_where_each_patient_stands(
    page: Client, practice: Practice, facts: Facts
) -> None:
    draft(practice, consult(practice, facts))
    another(practice, "Abel")
    text = page.get("/patients/").text
    assert "to sign" in text
    assert ">new<" in text
    narrowed = page.post("/patients/", {"only": "to_sign"}).text
    assert "Lindqvist" in narrowed
    assert "Abel" not in narrowed
    page.force_login(practice.practitioner, backend=BACKEND)
    assert "To sign" not in page.get("/patients/").text
    assert page.post("/patients/", {"only": "to_sign"}).status_code == 403


def test_nobody_else_is_on_a_persons_line(practice: Practice, facts: Facts) -> None:
    other = another(practice, "Abel")
    sign(other, draft(other, consult(other, facts)))
    told = story(practice.patient, by=practice.professional, on=TODAY)
    assert (told.ahead, told.past) == ((), ())
    assert Patient.objects.count() > 1
    assert Plan.objects.count() == 1
    assert version(Plan.objects.get(), by=practice.professional).is_signed
