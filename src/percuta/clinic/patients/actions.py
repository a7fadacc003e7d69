"""Writing patients: adding one, correcting what is known of them."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils import timezone

from percuta.clinic.accounts.acting import action
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.patients.age import birth_date_fault
from percuta.clinic.patients.models import Patient
from percuta.errors import Conflict, Faults
from percuta.facts.vocabulary import Sex


class Description(TypedDict):
    """What is known of a person; what is not known is ``None`` or empty."""

    given_name: str
    family_name: str
    birth_date: date | None
    sex: Sex | None
    record_number: str


@action("patients.add", Permission.WRITE_PATIENTS)
def add(
    *,
    by: User,
    at: datetime,
    patient_id: UUID,
    **described: Unpack[Description],
) -> Patient:
    """Add a patient to the clinic of who acts; the same ``patient_id`` twice adds one."""
    known = Patient.objects.filter(pk=patient_id, clinic_id=by.clinic_id).first()
    if known is not None:
        return known
    patient = Patient(id=patient_id, clinic=by.clinic, opened_at=at)
    _describe(patient, described, at)
    patient.save(force_insert=True)
    return patient


@action("patients.correct", Permission.WRITE_PATIENTS)
def correct(
    *,
    by: User,
    at: datetime,
    patient: Patient,
    seen: int,
    **described: Unpack[Description],
) -> Patient:
    """Correct what is known of a patient, as it was at revision ``seen``."""
    fresh = Patient.objects.get(pk=patient.pk)
    if fresh.revision != seen:
        raise Conflict("somebody else corrected this patient meanwhile: read it again")
    _describe(fresh, described, at)
    fresh.revision += 1
    fresh.save()
    return fresh


def _describe(patient: Patient, described: Description, at: datetime) -> None:
    given, family = described["given_name"].strip(), described["family_name"].strip()
    born, sex = described["birth_date"], described["sex"]
    faults = []
    if not given or not family:
        faults.append("given name and family name must not be empty")
    wrong = birth_date_fault(born, timezone.localdate(at))
    if wrong:
        faults.append(wrong)
    if faults:
        raise Faults(faults)
    patient.given_name, patient.family_name = given, family
    patient.birth_date, patient.sex = born, sex.value if sex else ""
    patient.record_number = described["record_number"].strip()
