"""Where each patient of a list stands, in a word, without asking for each of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.consults.models import Consultation
from percuta.clinic.patients.models import Patient
from percuta.clinic.patients.queries import matching
from percuta.clinic.plans.models import PlanVersion
from percuta.report import wording


@dataclass(frozen=True)
class Standing:
    """One patient's state as a few words; ``is_to_sign`` where a draft waits."""

    words: str
    is_to_sign: bool = False


def standings(patients: Iterable[Patient], *, by: User, on: date) -> dict[UUID, Standing]:
    """The state of each of these patients by identifier: one query for all of them."""
    ids = [patient.pk for patient in patients]
    authorise(by, Permission.SEE_PATIENTS)
    rows = _newest_of(by).filter(patient_id__in=ids)
    told = rows.values_list("patient_id", "version", "signed", "until")
    waits = "to sign" if by.may(Permission.SIGN) else "draft, not signed"
    known = {patient: _standing(*row, waits=waits, on=on) for patient, *row in told}
    return {patient: known.get(patient, Standing("new")) for patient in ids}


def to_sign(text: str, *, by: User) -> QuerySet[Patient]:
    """Patients with a draft that waits, for those who may sign it."""
    authorise(by, Permission.SIGN)
    waiting = _newest_of(by).filter(version__isnull=False, signed__isnull=True)
    return matching(text, by=by).filter(Exists(waiting.filter(patient_id=OuterRef("pk"))))


def newest_drafts(by: User) -> QuerySet[Any]:
    """The draft of every patient whose newest plan is not signed, by its identifier."""
    authorise(by, Permission.SEE_PATIENTS)
    waiting = _newest_of(by).filter(version__isnull=False, signed__isnull=True)
    return waiting.values("version")


def _newest_of(by: User) -> QuerySet[Any]:
    """The newest consultation of each patient, with the newest version of its newest plan."""
    visits = Consultation.objects.filter(patient__clinic_id=by.clinic_id)
    newest = visits.filter(patient=OuterRef("patient")).order_by("-opened_at", "-id")
    versions = PlanVersion.objects.filter(plan__consultation=OuterRef("pk"))
    versions = versions.order_by("-plan__opened_at", "-plan_id", "-number")
    return visits.filter(pk=Subquery(newest.values("pk")[:1])).annotate(
        version=Subquery(versions.values("pk")[:1]),
        signed=Subquery(versions.values("signed_at")[:1]),
        until=Subquery(versions.values("valid_until")[:1]),
    )


def _standing(
    version: UUID | None,
    signed: datetime | None,
    until: date | None,
    *,
    waits: str,
    on: date,
) -> Standing:
    if version is None:
        return Standing("in consultation")
    if signed is None or until is None:
        return Standing(waits, is_to_sign=True)
    word = "expired" if on > until else "signed until"
    return Standing(f"{word} {wording.day(until)}")
