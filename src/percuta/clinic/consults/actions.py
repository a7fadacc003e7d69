"""Writing consultations: every answer is saved as it is given, and nobody overwrites another.

``seen`` is the revision that the page showed, 0 where there was nothing yet. The same answer
given twice changes nothing; a different one on top of a newer one is a conflict.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import models

from percuta.clinic.accounts.acting import action
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.consults.models import (
    ConcernInZone,
    Consultation,
    HistoryAnswer,
    PartOfConsultation,
    SkinTypeAnswer,
)
from percuta.clinic.patients.models import Patient
from percuta.errors import Conflict, Faults
from percuta.facts.edition import Facts
from percuta.facts.questionnaire import Asked
from percuta.facts.vocabulary import KINDS, Concern, Phototype, ScarKind, Zone
from percuta.planning.case.case import Answer, Person, StatedConcern
from percuta.planning.case.case_file import answer_faults, shape_faults

Part = TypeVar("Part", bound=PartOfConsultation)


@action("consults.open", Permission.CONSULT)
def open_consultation(
    *, by: User, at: datetime, consultation_id: UUID, patient: Patient
) -> Consultation:
    """Begin a consultation with what was known last; the same identifier twice begins one."""
    known = Consultation.objects.filter(pk=consultation_id, patient=patient).first()
    if known is not None:
        return known
    previous = Consultation.objects.filter(patient=patient).first()
    opened = Consultation.objects.create(
        id=consultation_id,
        patient=patient,
        opened_at=at,
        opened_by=by,
        previous=previous,
        phototype=previous.phototype if previous else "",
    )
    if previous is not None:
        _carry(previous.historyanswers.all(), opened, is_confirmed=False)
        _carry(previous.skintypeanswers.all(), opened)
        _carry(previous.concerninzones.all(), opened)
    return opened


@action("consults.weigh", Permission.CONSULT)
def weigh(
    *,
    by: User,
    at: datetime,
    consultation: Consultation,
    shown_kg: float | None,
    weight_kg: float | None,
) -> Consultation:
    """Set the weight, ``None`` for not known, on top of the one that the page showed."""
    _refuse(shape_faults(Person, {"weight_kg": weight_kg}, "person"))
    return _describe(consultation, "weight_kg", shown_kg, weight_kg)


@action("consults.choose_skin_type", Permission.CONSULT)
def choose_skin_type(
    *,
    by: User,
    at: datetime,
    consultation: Consultation,
    shown: Phototype | None,
    phototype: Phototype | None,
) -> Consultation:
    """Set the skin type, ``None`` for not known, on top of the one that the page showed."""
    before, wanted = (kind.value if kind else "" for kind in (shown, phototype))
    return _describe(consultation, "phototype", before, wanted)


@action("consults.answer", Permission.CONSULT)
def answer(
    *,
    by: User,
    at: datetime,
    consultation: Consultation,
    key: str,
    given: Mapping[str, Any],
    seen: int,
    facts: Facts,
) -> HistoryAnswer:
    """Save one history answer, written as in a case file.

    Raises
    ------
    Faults
        If it does not fit its item.
    Conflict
        If somebody else gave another answer since ``seen``.
    """
    _refuse(answer_faults(key, dict(given), facts, session=at.date()))
    read = Answer.model_validate(given)
    values = {
        "status": read.status,
        "last": None if read.last == "unknown" else read.last,
        "is_last_unknown": read.last == "unknown",
        "zones": [zone.value for zone in read.zones],
        "cleared": read.cleared,
        "ingredients": list(read.ingredients),
        "is_confirmed": True,
    }
    return _save(HistoryAnswer, {"key": key}, values, consultation, seen, by=by, at=at)


@action("consults.confirm", Permission.CONSULT)
def confirm(
    *, by: User, at: datetime, consultation: Consultation, keys: Iterable[str], facts: Facts
) -> Consultation:
    """Nothing has changed: the answers of last time, for these items, stand for today.

    Raises
    ------
    Faults
        If one of them is asked anew at each visit.
    """
    keys = tuple(keys)
    faults = [
        f"{key}: is asked anew at each visit"
        for key in keys
        if key not in facts.questionnaire
        or facts.questionnaire[key].asked is not Asked.WHAT_CHANGED
    ]
    if faults:
        raise Faults(faults)
    waiting = consultation.historyanswers.filter(key__in=keys, is_confirmed=False)
    waiting.update(is_confirmed=True, by=by, at=at, revision=models.F("revision") + 1)
    return consultation


@action("consults.rule_out", Permission.CONSULT)
def rule_out(
    *, by: User, at: datetime, consultation: Consultation, keys: Iterable[str], facts: Facts
) -> Consultation:
    """None of these applies: a no, or a never, for each of these items still without an answer.

    An answer that somebody gave today stands, and so does one of last time that only asks
    whether anything has changed.

    Raises
    ------
    Faults
        If one of them is no history item.
    """
    keys = tuple(dict.fromkeys(keys))
    faults = [f"{key}: is not a history item" for key in keys if key not in facts.questionnaire]
    if faults:
        raise Faults(faults)
    known = {part.key: part for part in consultation.historyanswers.filter(key__in=keys)}
    stale = [
        part.pk
        for key, part in known.items()
        if not part.is_confirmed and facts.questionnaire[key].asked is Asked.EACH_VISIT
    ]
    consultation.historyanswers.filter(pk__in=stale).delete()
    kinds = {rule.history_key: rule.answer_kind for rule in facts.screening}
    HistoryAnswer.objects.bulk_create(
        HistoryAnswer(consultation=consultation, by=by, at=at, key=key, status=kinds[key].denial)
        for key in keys
        if key not in known or known[key].pk in stale
    )
    return consultation


@action("consults.answer_skin_question", Permission.CONSULT)
def answer_skin_question(
    *,
    by: User,
    at: datetime,
    consultation: Consultation,
    question: str,
    choice: str,
    seen: int,
    facts: Facts,
) -> SkinTypeAnswer:
    """Save the answer to one question behind the skin type: the row key of a choice."""
    offered = [c.key for c in facts.skin_type_choices if c.question == question]
    if choice not in offered:
        raise Faults([f"{question}: '{choice}' is not an answer; there are {', '.join(offered)}"])
    name, values = {"question": question}, {"choice": choice}
    return _save(SkinTypeAnswer, name, values, consultation, seen, by=by, at=at)


@action("consults.state_concern", Permission.CONSULT)
def state_concern(
    *,
    by: User,
    at: datetime,
    consultation: Consultation,
    concern: Concern,
    zone: Zone,
    severity: int,
    kind: ScarKind | None,
    seen: int,
) -> ConcernInZone:
    """Say how much something bothers in one zone, from 1 mild to 4 severe."""
    stated = {"concern": concern, "zones": (zone,), "severity": severity}
    _refuse(shape_faults(StatedConcern, stated))
    if kind is not None and kind not in KINDS.get(concern, ()):
        raise Faults([f"kind: '{kind}' is not allowed: it is no kind of {concern}"])
    name = {"concern": concern.value, "zone": zone.value}
    values = {"severity": severity, "kind": kind.value if kind else ""}
    return _save(ConcernInZone, name, values, consultation, seen, by=by, at=at)


@action("consults.withdraw_concern", Permission.CONSULT)
def withdraw_concern(
    *, by: User, at: datetime, consultation: Consultation, concern: Concern, zone: Zone, seen: int
) -> Consultation:
    """Take a concern back from a zone; its versions stay in the trail."""
    known = consultation.concerninzones.filter(concern=concern.value, zone=zone.value).first()
    if known is not None and known.revision != seen:
        raise Conflict("this concern was changed by somebody else meanwhile")
    if known is not None:
        known.delete()
    return consultation


def _refuse(faults: Iterable[str]) -> None:
    found = tuple(faults)
    if found:
        raise Faults(found)


def _save(
    table: type[Part],
    name: Mapping[str, str],
    values: Mapping[str, Any],
    consultation: Consultation,
    seen: int,
    *,
    by: User,
    at: datetime,
) -> Part:
    known = table._default_manager.filter(consultation=consultation, **name).first()
    if known is None:
        return table._default_manager.create(
            consultation=consultation, by=by, at=at, **name, **values
        )
    if all(getattr(known, field) == value for field, value in values.items()):
        return known
    if known.revision != seen:
        raise Conflict(f"{' '.join(name.values())}: somebody else answered this meanwhile")
    for field, value in {**values, "by": by, "at": at, "revision": known.revision + 1}.items():
        setattr(known, field, value)
    known.save()
    return known


def _carry(parts: Iterable[Part], to: Consultation, **changed: object) -> None:
    """Copy parts with the day on which they were given and who took them."""
    for part in parts:
        part.consultation, part.revision = to, 1
        for field, value in changed.items():
            setattr(part, field, value)
        part.pk = uuid4()
        part.save(force_insert=True)


def _describe(
    consultation: Consultation, field: str, shown: object, wanted: object
) -> Consultation:
    """Set one field unless somebody else changed this very field since it was shown."""
    fresh = Consultation.objects.select_related("patient").get(pk=consultation.pk)
    found = getattr(fresh, field)
    if found == wanted:
        return fresh
    if found != shown:
        raise Conflict("somebody else changed this meanwhile")
    setattr(fresh, field, wanted)
    fresh.revision += 1
    fresh.save(update_fields=[field, "revision"])
    return fresh
