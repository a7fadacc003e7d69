"""The list of devices: hardware and label apart, what is not cleared and not planned with said."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from percuta.facts.devices import Clearance
from percuta.facts.edition import Facts
from percuta.web.devices import device_groups
from tests.integration.clinic.newest_edition import in_force
from tests.integration.clinic.people import Practice, consult, draft


@pytest.fixture(name="newest", autouse=True)
def _newest(monkeypatch: pytest.MonkeyPatch) -> Iterator[Facts]:
    with in_force(monkeypatch) as facts:
        yield facts


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.practitioner, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&#x27;", "'").split())


def test_every_device_stands_once_under_its_own_standing(newest: Facts) -> None:
    told = {row.name: group.name for group in device_groups(newest) for row in group.rows}
    entries = newest.catalogue.values()
    assert len(told) == len({*newest.catalogue, *newest.devices})
    for entry in entries:
        is_cleared = entry.status is Clearance.CLEARED
        assert told[entry.name] == ("Cleared" if is_cleared else "No clearance found")
    choices = [key for group in device_groups(newest) for key, _ in group.choices]
    assert sorted(choices) == sorted(newest.devices)


def test_hardware_and_label_are_apart_and_what_is_unknown_is_said(
    page: Client, newest: Facts
) -> None:
    shown = text_of(page.get("/devices/").text)
    assert (
        "SkinPen Precision DEN160029, K202243, K220506 14 needles, 0.25 to 2.5 mm 1.5 mm, face"
        in shown
    )
    assert "Collagen P.I.N. K222199 not read no depth read Not planned with:" in shown
    assert "Dermapen before 2018 No clearance found 11 needles, 0.25 to 2.5 mm none" in shown
    for entry in newest.catalogue.values():
        if entry.key not in newest.devices:
            assert f"Not planned with: {entry.why_not_planned}" in shown


def test_a_plan_names_its_device_once_and_whose_label_limits_it(
    page: Client, practice: Practice, newest: Facts
) -> None:
    shown = page.get(f"/plans/{draft(practice, consult(practice, newest)).pk}/").text
    told = text_of(shown)
    assert "Clearance modelled on SkinPen Precision (DEN160029)" in told
    assert "Label SkinPen Precision limits it" in told
    assert 'optgroup label="Cleared"' in shown
    assert 'optgroup label="No clearance found"' in shown
