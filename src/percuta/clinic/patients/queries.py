"""Reading patients: only those of one's own clinic, only for those who treat."""

from uuid import UUID

from django.db.models import Q, QuerySet

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.patients.models import Patient
from percuta.errors import NotHere


def patients(*, by: User) -> QuerySet[Patient]:
    """Every patient of this clinic."""
    authorise(by, Permission.SEE_PATIENTS)
    return Patient.objects.filter(clinic_id=by.clinic_id)


def patient(patient_id: UUID, *, by: User) -> Patient:
    """One patient of this clinic.

    Raises
    ------
    NotHere
        If there is none of that identifier here.
    """
    found = patients(by=by).filter(pk=patient_id).first()
    if found is None:
        raise NotHere("no such patient here")
    return found


def matching(text: str, *, by: User) -> QuerySet[Patient]:
    """Patients whose names or record number begin with every word of ``text``."""
    found = patients(by=by)
    for word in text.split():
        found = found.filter(
            Q(given_name__istartswith=word)
            | Q(family_name__istartswith=word)
            | Q(family_name__icontains=f" {word}")
            | Q(record_number__istartswith=word)
        )
    return found
