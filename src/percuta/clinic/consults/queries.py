"""Reading consultations: only those of one's own clinic's patients."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.consults.models import (
    ConcernInZone,
    Consultation,
    HistoryAnswer,
    SkinTypeAnswer,
)
from percuta.clinic.patients.models import Patient
from percuta.errors import NotHere
from percuta.facts.vocabulary import Concern, Zone
from percuta.planning.case.case import Answer, Person
from percuta.planning.case.case_file import possible, shape_faults

__all__ = [
    "ConcernInZone",
    "Consultation",
    "HistoryAnswer",
    "SkinTypeAnswer",
    "answers",
    "as_answer",
    "as_case_parts",
    "concern",
    "concerns",
    "consultation",
    "consultations",
    "doubts",
    "skin_answers",
    "stands",
]


def consultations(patient: Patient, *, by: User) -> QuerySet[Consultation]:
    """Every consultation of a patient, newest first."""
    authorise(by, Permission.SEE_PATIENTS, [patient])
    return Consultation.objects.filter(patient=patient).select_related("patient", "opened_by")


def consultation(consultation_id: UUID, *, by: User) -> Consultation:
    """One consultation of a patient of this clinic.

    Raises
    ------
    NotHere
        If there is none of that identifier here.
    """
    authorise(by, Permission.SEE_PATIENTS)
    of_clinic = Consultation.objects.filter(patient__clinic_id=by.clinic_id)
    found = of_clinic.select_related("patient", "opened_by").filter(pk=consultation_id).first()
    if found is None:
        raise NotHere("no such consultation here")
    return found


def answers(consultation: Consultation, *, by: User) -> Mapping[str, HistoryAnswer]:
    """Every history answer by item, those still to be confirmed included."""
    authorise(by, Permission.SEE_PATIENTS, [consultation])
    return {part.key: part for part in consultation.historyanswers.select_related("by")}


def concerns(consultation: Consultation, *, by: User) -> QuerySet[ConcernInZone]:
    """What bothers the person, zone by zone."""
    authorise(by, Permission.SEE_PATIENTS, [consultation])
    return consultation.concerninzones.order_by("concern", "kind", "-severity", "zone")


def concern(consultation: Consultation, *, concern: Concern, zone: Zone, by: User) -> ConcernInZone:
    """One concern in one zone, with who said so.

    Raises
    ------
    NotHere
        If it is not stated there.
    """
    stated = concerns(consultation, by=by).filter(concern=concern.value, zone=zone.value)
    found = stated.select_related("by").first()
    if found is None:
        raise NotHere("no such concern here")
    return found


def skin_answers(consultation: Consultation, *, by: User) -> Mapping[str, SkinTypeAnswer]:
    """Answers to the questions behind the skin type, by question."""
    authorise(by, Permission.SEE_PATIENTS, [consultation])
    given = consultation.skintypeanswers.select_related("by")
    return {part.question: part for part in given}


def as_case_parts(consultation: Consultation, *, by: User, on: date) -> dict[str, Any]:
    """Person, history and concerns as a case file has them, with the age on a day.

    An answer that was carried over and not yet confirmed is left out: nobody gave it today.
    What cannot be right is left out as well, so that it is asked again: ``doubts`` names it.
    Parts that were fetched together with the consultation are not asked for again.
    """
    authorise(by, Permission.SEE_PATIENTS, [consultation])
    confirmed = (part for part in consultation.historyanswers.all() if part.is_confirmed)
    given = {part.key: as_answer(part) for part in confirmed}
    return {
        "person": possible(Person, _person(consultation, on)),
        "history": {key: given[key] for key in sorted(given) if "status" in given[key]},
        "concerns": _stated(sorted(consultation.concerninzones.all(), key=_as_listed)),
    }


def doubts(consultation: Consultation, *, by: User, on: date) -> tuple[str, ...]:
    """What is stored of a person and cannot be right, in words; it counts as not known."""
    authorise(by, Permission.SEE_PATIENTS, [consultation])
    born = consultation.patient.doubt_on(on)
    parts = consultation.historyanswers.order_by("key")
    return (
        *((born,) if born else ()),
        *shape_faults(Person, _person(consultation, on), "person"),
        *(fault for part in parts for fault in _answer_doubts(part)),
    )


def stands(part: HistoryAnswer) -> bool:
    """Whether an answer was given for today, in a word that can be one."""
    return part.is_confirmed and "status" in as_answer(part)


def as_answer(part: HistoryAnswer) -> dict[str, Any]:
    """One answer as a case file has it, without those details that cannot be right."""
    return possible(Answer, _answer(part))


def _answer_doubts(part: HistoryAnswer) -> Iterator[str]:
    yield from shape_faults(Answer, _answer(part), "history", part.key)
    if "status" not in as_answer(part):
        yield f"history.{part.key}.status: '{part.status}' is not an answer"


def _person(consultation: Consultation, on: date) -> dict[str, Any]:
    patient = consultation.patient
    known = {
        "age": patient.age_on(on),
        "sex": patient.sex or None,
        "phototype": consultation.phototype or None,
        "weight_kg": consultation.weight_kg,
    }
    return {key: value for key, value in known.items() if value is not None}


def _answer(part: HistoryAnswer) -> dict[str, Any]:
    last = "unknown" if part.is_last_unknown else part.last
    values = {
        "status": part.status,
        "last": last,
        "zones": part.zones,
        "cleared": part.cleared,
        "ingredients": part.ingredients,
    }
    return {key: value for key, value in values.items() if value}


def _as_listed(part: ConcernInZone) -> tuple[str, str, int, str]:
    return part.concern, part.kind, -part.severity, part.zone


def _stated(parts: Iterable[ConcernInZone]) -> list[dict[str, Any]]:
    stated = []
    alike = groupby(parts, key=lambda part: (part.concern, part.kind, part.severity))
    for (concern, kind, severity), group in alike:
        entry: dict[str, Any] = {"concern": concern, "zones": [part.zone for part in group]}
        entry |= {"severity": severity} | ({"kind": kind} if kind else {})
        stated.append(entry)
    return stated
