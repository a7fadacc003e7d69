"""Pages about patients: found in two keystrokes, added once, corrected without losing anything."""

from uuid import uuid4

import pytest
from django.test import Client

from percuta.clinic.patients.models import Patient
from tests.integration.clinic.people import Practice


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.practitioner, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("typed", ["ma", "li", "Li", "mara l"])
def test_two_letters_of_a_name_find_a_person(page: Client, typed: str) -> None:
    found = page.post("/patients/", {"find": typed}, headers={"HX-Request": "true"})
    assert "Lindqvist, Mara" in found.text
    assert "<html" not in found.text


def test_a_name_that_nobody_has_finds_nobody(page: Client) -> None:
    assert "Nobody of that name" in page.post("/patients/", {"find": "zz"}).text


def test_a_second_click_adds_nobody_twice(page: Client) -> None:
    fields = {"patient_id": str(uuid4()), "given_name": "Ines", "family_name": "Okafor"}
    for _ in range(2):
        assert page.post("/patients/new/", fields).status_code == 302
    assert Patient.objects.filter(family_name="Okafor").count() == 1


def test_what_was_typed_is_kept_when_it_cannot_be_saved(page: Client) -> None:
    fields = {"patient_id": str(uuid4()), "given_name": "Ines", "birth_date": "31.2.1990"}
    answer = page.post("/patients/new/", fields)
    assert answer.status_code == 422
    assert 'value="Ines"' in answer.text
    assert "31.2.1990" in answer.text
    assert "a day like 2026-11-22" in answer.text


def test_two_people_correct_one_patient(page: Client, practice: Practice) -> None:
    address = f"/patients/{practice.patient.pk}/correct/"
    fields = {"seen": "1", "given_name": "Mara", "family_name": "Berg"}
    assert page.post(address, fields).status_code == 302
    answer = page.post(address, {**fields, "family_name": "Other"})
    assert answer.status_code == 409
    assert Patient.objects.get(pk=practice.patient.pk).family_name == "Berg"
