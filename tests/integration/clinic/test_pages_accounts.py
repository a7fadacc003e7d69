"""Signing in, staying out, passwords, and the trail as an administrator reads it."""

import pytest
from django.test import Client, override_settings

from percuta.clinic.accounts.models import User
from percuta.clinic.audit.models import Event
from percuta.site import settings as real
from tests.integration.clinic.access_site import BACKEND
from tests.integration.clinic.people import PASSWORD, Practice

NEW = "a much longer word 7"


def browser_of(person: User) -> Client:
    """A browser in which somebody signed in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def sign_in(login: str, password: str) -> int:
    """The status that a fresh browser gets."""
    given = {"username": login, "password": password}
    return Client().post("/sign-in/", given).status_code


@pytest.mark.parametrize("login", ["nadia.here", "NADIA.here"])
def test_one_signs_in_with_name_and_password(practice: Practice, login: str) -> None:
    assert sign_in(login, PASSWORD) == 302


@pytest.mark.parametrize("login", ["nadia.here", "nobody.here"])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(
    practice: Practice, login: str
) -> None:
    answer = Client().post("/sign-in/", {"username": login, "password": "wrong"})
    assert answer.status_code == 200
    assert "Name and password do not fit" in answer.text


@override_settings(PASSWORD_HASHERS=real.PASSWORD_HASHERS)
def test_after_five_wrong_passwords_the_right_one_waits_too(practice: Practice) -> None:
    for person in (practice.practitioner, practice.professional):
        person.set_password(PASSWORD)
        person.save()
    assert practice.practitioner.password.startswith("argon2$argon2id$")
    assert [sign_in("nadia.here", "wrong") for _ in range(5)] == [200, 200, 200, 200, 429]
    answer = Client().post("/sign-in/", {"username": "nadia.here", "password": PASSWORD})
    assert answer.status_code == 429
    assert "This account rests" in answer.text
    assert "ask an administrator" in answer.text
    assert sign_in("omar.here", PASSWORD) == 302, "a colleague at the same desk still signs in"


def test_a_wrong_password_in_another_case_of_the_name_counts_too(practice: Practice) -> None:
    for login in ("nadia.here", "Nadia.here", "NADIA.here", "nadia.HERE", "nADIA.here"):
        sign_in(login, "wrong")
    assert sign_in("nadia.here", PASSWORD) == 429


def test_an_administrator_opens_a_locked_account_with_a_new_password(practice: Practice) -> None:
    for _ in range(5):
        sign_in("nadia.here", "wrong")
    nurse = browser_of(practice.practitioner)
    address = f"/people/{practice.practitioner.pk}/password/"
    given = {"new": NEW, "again": NEW}
    assert browser_of(practice.administrator).post(address, given).status_code == 302
    assert sign_in("nadia.here", NEW) == 302
    assert sign_in("nadia.here", PASSWORD) == 200
    assert nurse.get("/patients/").status_code == 302, "what was open has ended"
    assert Event.objects.filter(action="accounts.reset_password").count() == 1


def test_one_changes_ones_own_password_and_stays_signed_in_here_only(practice: Practice) -> None:
    here, there = browser_of(practice.practitioner), browser_of(practice.practitioner)
    answer = here.post("/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 302
    assert here.get("/patients/").status_code == 200
    assert there.get("/patients/").status_code == 302
    assert sign_in("nadia.here", NEW) == 302


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"old": "wrong", "new": NEW, "again": NEW}, "does not fit"),
        ({"old": PASSWORD, "new": NEW, "again": NEW + "8"}, "not the same"),
        ({"old": PASSWORD, "new": "x9 short", "again": "x9 short"}, "too short"),
        ({"old": PASSWORD, "new": "password1234", "again": "password1234"}, "too common"),
        ({"old": PASSWORD, "new": "nadia.here.1", "again": "nadia.here.1"}, "too similar"),
    ],
)
def test_a_password_that_cannot_be_taken_is_told_why(
    practice: Practice, given: dict[str, str], told: str
) -> None:
    answer = browser_of(practice.practitioner).post("/password/", given)
    assert answer.status_code == 422
    assert told in answer.text
    assert given["new"] not in answer.text
    assert sign_in("nadia.here", PASSWORD) == 302


def test_ones_own_password_is_guessed_five_times_and_no_more(practice: Practice) -> None:
    nurse = browser_of(practice.practitioner)
    guess = {"old": "wrong", "new": NEW, "again": NEW}
    statuses = [nurse.post("/password/", guess).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    right = {**guess, "old": PASSWORD}
    assert nurse.post("/password/", right).status_code == 429
    assert sign_in("nadia.here", PASSWORD) == 429, "what was guessed here counts at the door"


def test_an_account_that_rests_rests_at_the_password_too(practice: Practice) -> None:
    nurse = browser_of(practice.practitioner)
    for _ in range(5):
        sign_in("nadia.here", "wrong")
    right = {"old": PASSWORD, "new": NEW, "again": NEW}
    assert nurse.post("/password/", right).status_code == 429


@pytest.mark.parametrize(("new", "again"), [(NEW, "another one 8"), ("short", "short"), ("", "")])
def test_a_guess_counts_whatever_else_is_wrong(practice: Practice, new: str, again: str) -> None:
    nurse = browser_of(practice.practitioner)
    guess = {"old": "wrong", "new": new, "again": again}
    assert [nurse.post("/password/", guess).status_code for _ in range(5)][-1] == 429


def test_an_old_password_that_is_missing_is_named_and_is_no_guess(practice: Practice) -> None:
    nurse = browser_of(practice.practitioner)
    answers = [nurse.post("/password/", {"new": NEW, "again": "other"}) for _ in range(6)]
    assert {answer.status_code for answer in answers} == {422}
    assert "Your old password is missing" in answers[0].text
    assert "not the same" in answers[0].text


def test_nobody_resets_their_own_password_without_the_old_one(practice: Practice) -> None:
    address = f"/people/{practice.administrator.pk}/password/"
    answer = browser_of(practice.administrator).post(address, {"new": NEW, "again": NEW})
    assert answer.status_code == 422
    assert sign_in("ada.here", PASSWORD) == 302


def test_the_trail_tells_who_did_what_and_no_value(practice: Practice, elsewhere: Practice) -> None:
    shown = browser_of(practice.administrator).get("/trail/").text
    assert "patients: add" in shown
    assert practice.practitioner.name in shown
    assert "Lindqvist" not in shown
    assert shown.count("patients: add") == 1, "the other clinic has a trail of its own"


def test_somebody_whose_access_was_taken_away_is_out_at_once(practice: Practice) -> None:
    nurse = browser_of(practice.practitioner)
    address = f"/people/{practice.practitioner.pk}/"
    given = {"role": "practitioner", "operator": "nurse", "is_active": "no"}
    assert browser_of(practice.administrator).post(address, given).status_code == 302
    assert nurse.get("/patients/").status_code == 302
    assert sign_in("nadia.here", PASSWORD) == 200
