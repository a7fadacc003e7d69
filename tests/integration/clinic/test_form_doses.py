"""Drugs with milligrams, typed row by row."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from percuta.clinic.plans.models import PlanVersion
from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.web.forms import Form
from percuta.web.other_drugs import DRUG_ROWS
from tests.integration.clinic.newest_edition import in_force
from tests.integration.clinic.people import Practice, consult


def doses(fields: dict[str, str]) -> tuple[tuple[str, float], ...]:
    form = Form(fields)
    found = form.doses("drug", "mg", rows=DRUG_ROWS)
    form.check()
    return found


def test_drugs_with_amounts_are_read_and_empty_rows_go() -> None:
    rows = {"drug_1": "lidocaine", "mg_1": "40", "drug_3": "articaine", "mg_3": "20,5", "mg_2": ""}
    assert doses(rows) == (("lidocaine", 40.0), ("articaine", 20.5))
    assert doses({}) == ()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"drug_1": "lidocaine"}, "mg_1: is missing"),
        ({"mg_2": "40"}, "drug_2: is missing"),
        ({"drug_1": "lidocaine", "mg_1": "0"}, "mg_1: '0' is not allowed"),
        ({"drug_1": "lidocaine", "mg_1": "much"}, "mg_1: 'much' is not allowed"),
        ({"drug_1": "lidocaine", "mg_1": "nan"}, "mg_1: 'nan' is not allowed"),
    ],
)
def test_half_a_row_is_named_as_a_fault(row: dict[str, str], fault: str) -> None:
    with pytest.raises(Faults) as caught:
        doses(row)
    assert [fault in told for told in caught.value.faults] == [True]


@pytest.fixture(name="newest")
def _newest(monkeypatch: pytest.MonkeyPatch) -> Iterator[Facts]:
    with in_force(monkeypatch) as facts:
        yield facts


def test_a_new_plan_keeps_drugs_and_the_day_to_be_calm_and_shows_faults_as_typed(
    practice: Practice, newest: Facts
) -> None:
    visit = consult(practice, newest)
    client = Client()
    client.force_login(practice.practitioner, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/consultations/{visit.pk}/plan/"
    given = {
        "plan_id": str(uuid4()),
        "device": "skinpen_precision",
        "operator": "nurse",
        "date": "2026-11-23",
        "numbing": "lidocaine_prilocaine_cream",
        "other_drug_1": "Articaine",
        "other_mg_1": "40",
        "calm_by": "2027-06-05",
    }
    refused = client.post(address, {**given, "other_mg_1": "lots"})
    assert refused.status_code == 422
    assert 'value="lots"' in refused.text
    assert not PlanVersion.objects.exists()
    assert client.post(address, given).status_code == 302
    setting = PlanVersion.objects.get().wishes["setting"]
    assert setting["other_local_anaesthetics"] == [{"drug": "articaine", "amount_mg": 40.0}]
    assert setting["calm_by"] == "2027-06-05"
    plan = PlanVersion.objects.get().plan_id
    shown = client.get(f"/plans/{plan}/").text
    assert 'name="other_drug_1" value="articaine"' in shown
    assert 'name="other_mg_2" value=""' in shown
