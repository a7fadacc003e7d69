"""Signing in the browser: read back, accepted sentence by sentence, password again, once."""

import re
from html import unescape
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client

from percuta.clinic.accounts.models import User
from percuta.clinic.consults import actions as consults
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import version
from percuta.clinic.plans.signing import Reading, reading
from percuta.clinic.plans.wishes import Wishes
from percuta.facts.edition import Facts
from tests.integration.clinic.people import NOW, PASSWORD, Practice, consult, draft, sign, wishes

WRONG = "not the password"
OTHERS = "a password of somebody else"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(name="plan")
def _plan(practice: Practice, facts: Facts) -> Plan:
    return draft(practice, consult(practice, facts))


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    return signed_in(practice, "professional")


def signed_in(practice: Practice, role: str) -> Client:
    """A browser in which somebody of the clinic is signed in."""
    client = Client()
    client.force_login(getattr(practice, role), backend=BACKEND)
    return client


def filled(page: Client, plan: Plan) -> dict[str, object]:
    """The form as somebody sends it who read it all and ticked every sentence."""
    text = page.get(f"/plans/{plan.pk}/sign/").text
    hidden = dict(re.findall(r'type="hidden" name="(version|sha256)" value="([^"]+)"', text))
    keys = re.findall(r'name="accepted" value="([^"]+)"', text)
    return {**hidden, "accepted": [unescape(key) for key in keys], "password": PASSWORD}


def send(page: Client, plan: Plan, **changed: object) -> Any:
    """Send the filled form, some of it changed."""
    return page.post(f"/plans/{plan.pk}/sign/", {**filled(page, plan), **changed})


def signatures(plan: Plan) -> int:
    """How many versions of a plan are signed."""
    return PlanVersion.objects.filter(plan=plan, signed_at__isnull=False).count()


def test_it_reads_the_plan_back_and_spells_out_what_is_accepted(page: Client, plan: Plan) -> None:
    text = page.get(f"/plans/{plan.pk}/sign/").text
    for told in ("Cheek, left", "1.50", "Strikes per cm²", "Lidocaine", "15 Feb 2027"):
        assert told in text
    for accepted in (
        "1.50 mm was chosen; no depth is recommended here",
        "numbers are assumptions",
        "holds until",
    ):
        assert accepted in text


def test_what_was_read_and_accepted_is_signed(page: Client, plan: Plan, practice: Practice) -> None:
    assert send(page, plan).status_code == 302
    signed = version(plan, by=practice.professional)
    assert (signed.signed_by, signed.is_signed) == (practice.professional, True)
    text = page.get(f"/plans/{plan.pk}/sign/").text
    assert "Signed by Omar" in text
    assert "Valid until" in text
    assert signed.sha256 in text
    assert "Sign version" not in text


def test_a_sentence_left_unticked_is_named_and_the_other_ticks_stay(
    page: Client, plan: Plan
) -> None:
    answer = send(page, plan, accepted=["assumptions"])
    assert answer.status_code == 422
    assert "Not accepted: Ends. This signature holds until" in answer.text
    assert 'value="assumptions" checked' in answer.text
    assert 'value="ends" checked' not in answer.text
    assert signatures(plan) == 0


@pytest.mark.parametrize("password", ["", WRONG])
def test_without_the_password_nothing_is_signed_and_every_tick_stays(
    page: Client, plan: Plan, password: str
) -> None:
    answer = send(page, plan, password=password)
    assert answer.status_code == 422
    assert "assword" in answer.text
    assert 'value="ends" checked' in answer.text
    assert signatures(plan) == 0


def test_a_wrong_password_counts_as_at_the_door(
    page: Client, plan: Plan, practice: Practice
) -> None:
    send(page, plan, password=WRONG)
    attempt = AccessAttempt.objects.get(username=practice.professional.login)
    assert attempt.failures_since_start == 1


def test_the_account_rests_after_five_wrong_passwords(page: Client, plan: Plan) -> None:
    statuses = [send(page, plan, password=WRONG).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    assert send(page, plan).status_code == 429
    assert signatures(plan) == 0


STALE = "0" * 64
"""The digest of no plan: what was read has changed since."""


@pytest.mark.parametrize(("password", "told"), [("", "is missing"), (WRONG, "does not fit")])
def test_the_password_is_asked_for_whatever_else_has_changed(
    page: Client, plan: Plan, practice: Practice, password: str, told: str
) -> None:
    answer = send(page, plan, sha256=STALE, password=password)
    assert answer.status_code == 422
    assert f"Your password {told}" in answer.text
    assert "changed after you read it" in answer.text
    assert "checked" not in answer.text
    tries = AccessAttempt.objects.filter(username=practice.professional.login)
    assert sum(attempt.failures_since_start for attempt in tries) == bool(password)


def test_no_digest_gives_more_than_five_guesses(page: Client, plan: Plan) -> None:
    statuses = [send(page, plan, sha256=STALE, password=WRONG).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]


def test_a_form_that_cannot_be_read_is_a_guess_too(page: Client, plan: Plan) -> None:
    for _ in range(5):
        send(page, plan, version="no number", password=WRONG)
    assert send(page, plan).status_code == 429


def test_a_signed_version_asks_for_the_password_as_well(page: Client, plan: Plan) -> None:
    form = filled(page, plan)
    page.post(f"/plans/{plan.pk}/sign/", form)
    answer = page.post(f"/plans/{plan.pk}/sign/", {**form, "password": ""})
    assert answer.status_code == 422
    assert "Your password is missing" in answer.text


@pytest.mark.parametrize("password", ["", WRONG])
def test_a_plan_that_changes_and_changes_back_meanwhile_is_not_signed_without_the_password(
    page: Client,
    plan: Plan,
    practice: Practice,
    monkeypatch: pytest.MonkeyPatch,
    password: str,
) -> None:
    form = filled(page, plan)
    shallower = wishes().model_copy(update={"depth_mm": {"cheek_left": 1.0, "cheek_right": 1.5}})

    def wish(wanted: Wishes) -> None:
        newest = version(plan, by=practice.practitioner)
        seen = newest.revision
        plans.change(by=practice.practitioner, at=NOW, version=newest, seen=seen, wishes=wanted)

    def read_while_it_is_another(looked_at: PlanVersion, *, by: User) -> Reading:
        wish(shallower)
        try:
            return reading(version(plan, by=by), by=by)
        finally:
            wish(wishes())

    monkeypatch.setattr("percuta.web.sign.reading", read_while_it_is_another)
    answer = page.post(f"/plans/{plan.pk}/sign/", {**form, "password": password})
    assert answer.status_code == 422
    assert signatures(plan) == 0


def test_another_persons_password_signs_nothing(
    page: Client, plan: Plan, practice: Practice
) -> None:
    practice.practitioner.set_password(OTHERS)
    practice.practitioner.save()
    assert send(page, plan, password=OTHERS).status_code == 422
    assert signatures(plan) == 0


def test_a_plan_that_changed_meanwhile_is_shown_as_it_is_now(
    page: Client, plan: Plan, practice: Practice
) -> None:
    form = filled(page, plan)
    shallower = wishes().model_copy(update={"depth_mm": {"cheek_left": 1.0, "cheek_right": 1.5}})
    newest = version(plan, by=practice.practitioner)
    plans.change(by=practice.practitioner, at=NOW, version=newest, seen=1, wishes=shallower)
    answer = page.post(f"/plans/{plan.pk}/sign/", form)
    assert answer.status_code == 409
    assert "changed after you read it" in answer.text
    assert "1.00 mm was chosen; no depth is recommended here" in answer.text
    assert "checked" not in answer.text
    assert signatures(plan) == 0


def test_a_double_click_signs_once(page: Client, plan: Plan) -> None:
    form = filled(page, plan)
    for _ in range(2):
        assert page.post(f"/plans/{plan.pk}/sign/", form).status_code == 302
    assert signatures(plan) == 1


def test_the_form_of_a_signed_version_does_not_sign_the_draft_after_it(
    page: Client, plan: Plan, practice: Practice
) -> None:
    form = filled(page, plan)
    page.post(f"/plans/{plan.pk}/sign/", form)
    plans.amend(by=practice.practitioner, at=NOW, plan=plan)
    assert page.post(f"/plans/{plan.pk}/sign/", form).status_code == 302
    assert not version(plan, by=practice.professional).is_signed


def test_the_second_of_two_people_is_told_who_signed(
    page: Client, plan: Plan, practice: Practice
) -> None:
    form = filled(page, plan)
    sign(practice, plan)
    other = type(practice.professional).objects.create(
        login="second",
        name="Ruth",
        clinic=practice.professional.clinic,
        role=practice.professional.role,
        operator=practice.professional.operator,
        password=practice.professional.password,
    )
    page.force_login(other, backend=BACKEND)
    answer = page.post(f"/plans/{plan.pk}/sign/", form)
    assert answer.status_code == 409
    assert "signed already, by Omar" in answer.text
    assert signatures(plan) == 1


def test_a_practitioner_does_not_sign(practice: Practice, plan: Plan) -> None:
    nurse = signed_in(practice, "practitioner")
    assert nurse.get(f"/plans/{plan.pk}/sign/").status_code == 403
    assert nurse.post(f"/plans/{plan.pk}/sign/").status_code == 403


def test_where_needling_is_not_allowed_there_is_nothing_to_sign(
    page: Client, plan: Plan, practice: Practice, facts: Facts
) -> None:
    consults.answer(
        by=practice.practitioner,
        at=NOW,
        consultation=plan.consultation,
        key="pregnancy",
        given={"status": "yes"},
        seen=1,
        facts=facts,
    )
    answer = page.get(f"/plans/{plan.pk}/sign/")
    assert answer.status_code == 200
    assert "Nothing to sign" in answer.text
    assert "Sign version" not in answer.text


def test_a_signed_plan_that_is_stricter_today_says_so_in_words(
    page: Client, plan: Plan, practice: Practice, facts: Facts
) -> None:
    sign(practice, plan)
    consults.answer(
        by=practice.practitioner,
        at=NOW,
        consultation=plan.consultation,
        key="herpes_history",
        given={"status": "yes"},
        seen=1,
        facts=facts,
    )
    text = page.get(f"/plans/{plan.pk}/sign/").text
    assert "Not to be used" in text
    assert "New finding, caution: History of herpes labialis" in text
    assert "Still stands" not in text
