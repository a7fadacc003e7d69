"""Nothing is written without a trace, and the trace cannot be changed."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models

from percuta.clinic.accounts.acting import ACTIONS
from percuta.clinic.audit.declaration import Record, declaration_of
from percuta.clinic.audit.models import Acting, Event, RowVersion
from percuta.clinic.patients import actions as patients
from percuta.clinic.patients.models import Patient
from percuta.errors import AccessDenied, NotHere
from percuta.facts.edition import Facts
from percuta.units import is_known
from tests.integration.clinic.people import NOW, Practice, consult, draft, sign

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
TRAIL = [Event, RowVersion]


def correct(practice: Practice, family_name: str = "Berg") -> Patient:
    """The practitioner corrects a family name."""
    return patients.correct(
        by=practice.practitioner,
        at=NOW,
        patient=practice.patient,
        seen=practice.patient.revision,
        given_name="Mara",
        family_name=family_name,
        birth_date=practice.patient.birth_date,
        sex=None,
        record_number="",
    )


def test_an_action_leaves_an_event_and_the_row_before_and_after(practice: Practice) -> None:
    correct(practice)
    event = Event.objects.get(action="patients.correct")
    assert (event.actor, event.patient) == (practice.practitioner.pk, practice.patient.pk)
    version = RowVersion.objects.get(action="patients.correct")
    assert version.actor == practice.practitioner.pk.hex
    assert (version.before or {})["family_name"] == "Lindqvist"
    assert (version.after or {})["family_name"] == "Berg"


def test_an_event_holds_names_of_fields_and_no_values(practice: Practice) -> None:
    correct(practice)
    told = str(list(Event.objects.values()))
    assert "family_name" in told
    assert "Lindqvist" not in told
    assert "Berg" not in told


def test_if_the_event_cannot_be_written_nothing_was_done(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError("the disk is full")

    versions = RowVersion.objects.count()
    monkeypatch.setattr(Event.objects, "create", fail)
    with pytest.raises(OSError, match="full"):
        correct(practice)
    practice.patient.refresh_from_db()
    assert practice.patient.family_name == "Lindqvist"
    assert RowVersion.objects.count() == versions
    assert not Acting.objects.exists()


@pytest.mark.parametrize("change", ["bulk", "raw"])
def test_a_write_past_the_actions_is_kept_as_nobodys(practice: Practice, change: str) -> None:
    if change == "bulk":
        Patient.objects.update(family_name="X")
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE patients_patient SET family_name = 'X'")
    newest = RowVersion.objects.first()
    assert newest is not None
    assert (newest.actor, newest.action) == (None, None)
    assert (newest.after or {})["family_name"] == "X"


@pytest.mark.parametrize("table", TRAIL, ids=lambda table: table.__name__)
@pytest.mark.parametrize("statement", ["UPDATE {} SET action = 'x'", "DELETE FROM {}"])
def test_the_trail_refuses_change(
    practice: Practice, table: type[models.Model], statement: str
) -> None:
    with pytest.raises(IntegrityError, match="only grows"), connection.cursor() as cursor:
        cursor.execute(statement.format(table._meta.db_table))


def test_a_signed_version_refuses_change(practice: Practice, facts: Facts) -> None:
    signed = sign(practice, draft(practice, consult(practice, facts)))
    with pytest.raises(IntegrityError, match="sealed"), connection.cursor() as cursor:
        cursor.execute("UPDATE plans_planversion SET document = 'x'")
    with pytest.raises(IntegrityError, match="sealed"):
        type(signed).objects.filter(pk=signed.pk).delete()


def test_passwords_are_in_no_version(practice: Practice) -> None:
    practice.professional.refresh_from_db()
    assert practice.professional.password
    assert practice.professional.password not in str(list(RowVersion.objects.values()))


@pytest.mark.parametrize("model", [*RECORDS, *TRAIL, Acting], ids=lambda model: model.__name__)
def test_every_field_of_the_record_is_declared(model: type[models.Model]) -> None:
    for field in model._meta.local_concrete_fields:
        found = declaration_of(field)
        assert found is not None, f"{model.__name__}.{field.name} is not declared"
        assert found.unit is None or is_known(found.unit)
        assert (found.unit is None) == (not field.name.endswith("_kg"))


@pytest.mark.django_db
@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_table_of_the_record_keeps_versions(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            [model._meta.db_table],
        )
        found = {name for (name,) in cursor.fetchall()}
    wanted = {f"version_{moment}_{model._meta.db_table}" for moment in ("insert", "update")}
    assert wanted <= found


def test_every_action_has_been_given_to_a_permission() -> None:
    assert all(ACTIONS.values())
    assert len(ACTIONS) == len(set(ACTIONS))


def test_another_clinics_row_is_not_here(practice: Practice, elsewhere: Practice) -> None:
    with pytest.raises(NotHere):
        patients.correct(
            by=elsewhere.practitioner,
            at=NOW,
            patient=practice.patient,
            seen=1,
            given_name="A",
            family_name="B",
            birth_date=None,
            sex=None,
            record_number="",
        )


def test_an_administrator_does_not_treat(practice: Practice) -> None:
    with pytest.raises(AccessDenied):
        patients.correct(
            by=practice.administrator,
            at=NOW,
            patient=practice.patient,
            seen=1,
            given_name="A",
            family_name="B",
            birth_date=None,
            sex=None,
            record_number="",
        )
