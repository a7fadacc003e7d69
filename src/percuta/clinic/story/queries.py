"""Reading a patient's story: a fixed number of queries, however long the story is."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.consults.models import Consultation
from percuta.clinic.patients.models import Patient
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import planned
from percuta.clinic.story.entries import Entry, Kind, Story
from percuta.clinic.story.first_answer import first_answer
from percuta.clinic.story.next_step import next_step
from percuta.clinic.story.sentences import answer_told, concerns_told
from percuta.errors import CaseError, PlanError
from percuta.planning.plan.plan import Plan as Planned
from percuta.report import wording

_TURN = {kind: turn for turn, kind in enumerate(Kind)}
"""What comes after what at one and the same moment."""


def story(patient: Patient, *, by: User, on: date) -> Story:
    """Everything that is known of a patient, newest first."""
    authorise(by, Permission.SEE_PATIENTS, [patient])
    visits = _visits(patient)
    plans = [plan for visit in visits for plan in visit.plans.all()]
    entries = [_of_consultation(visit, by) for visit in visits]
    for number, plan in enumerate(sorted(plans, key=lambda plan: plan.opened_at), start=1):
        entries += _of_plan(plan, number, by=by, on=on)
    entries += _sessions_ahead(plans, by=by, on=on)
    entries.sort(key=lambda entry: (entry.at, _TURN[entry.kind]), reverse=True)
    return Story(
        ahead=tuple(entry for entry in entries if entry.on > on),
        past=tuple(entry for entry in entries if entry.on <= on),
        next=next_step(visits, by=by, on=on),
    )


def _visits(patient: Patient) -> list[Consultation]:
    """Every consultation, newest first, with all that hangs on it."""
    versions = PlanVersion.objects.select_related("signed_by", "changed_by")
    plans = Plan.objects.prefetch_related(Prefetch("versions", queryset=versions))
    found = Consultation.objects.filter(patient=patient).select_related("patient", "opened_by")
    parts = ("historyanswers", "concerninzones", Prefetch("plans", queryset=plans))
    return list(found.prefetch_related(*parts))


def _of_consultation(visit: Consultation, by: User) -> Entry:
    answer, known = first_answer(visit, by=by)
    sentence = answer_told(answer, known.concerns) if known.history else "Begun."
    told = f"{sentence} With {visit.opened_by}."
    return _entry(Kind.CONSULTATION, visit.opened_at, told, visit.pk)


def _of_plan(plan: Plan, number: int, *, by: User, on: date) -> Iterator[Entry]:
    chain = tuple(plan.versions.all())
    newest_signed = next((version for version in chain if version.is_signed), None)
    for version in chain:
        if version.signed_at is None:
            yield _of_draft(version, number, by)
        else:
            yield _of_signature(version, number)
    if newest_signed is not None:
        yield from _of_end(newest_signed, number, on)


def _of_draft(version: PlanVersion, number: int, by: User) -> Entry:
    try:
        plan = planned(version, by=by)
    except CaseError:
        told = "Something is missing before it can be made."
    else:
        concerns = plan.case.concerns
        waits = f"Waits for a signature. {concerns_told(concerns)}"
        told = waits if plan.is_made else answer_told(plan, concerns)
    sentence = f"Plan {number}, draft {version.number}. {told}"
    return _entry(Kind.DRAFT, version.changed_at, sentence, version.plan_id, version.number)


def _of_signature(version: PlanVersion, number: int) -> Entry:
    at = version.signed_at or version.changed_at
    if not version.is_as_signed:
        sentence = (
            f"Plan {number}, version {version.number}: what is stored is not what was signed. "
            "Nobody may be needled on it."
        )
        return _entry(Kind.SIGNATURE, at, sentence, version.plan_id, version.number)
    until = f" Valid until {wording.day(version.valid_until)}." if version.valid_until else ""
    sentence = f"Plan {number}, version {version.number} signed by {version.signed_by}.{until}"
    return _entry(Kind.SIGNATURE, at, sentence, version.plan_id, version.number)


def _of_end(version: PlanVersion, number: int, on: date) -> Iterator[Entry]:
    end = version.valid_until
    if end is not None:
        ends = "ends" if end >= on else "ended"
        told = (
            f"Plan {number}, version {version.number} {ends}. Nobody is needled on it after that."
        )
        yield _entry(Kind.END, _evening(end), told, version.plan_id, version.number)


def _sessions_ahead(plans: Iterable[Plan], *, by: User, on: date) -> Iterator[Entry]:
    """The sessions to come of what was signed last: an older plan has none any more."""
    signed = [
        (version.signed_at, version)
        for plan in plans
        for version in plan.versions.all()
        if version.signed_at is not None
    ]
    if not signed:
        return
    _, newest = max(signed, key=lambda pair: (pair[0], pair[1].number))
    plan = _readable(newest, by)
    if plan is None or plan.series is None:
        return
    days, where = plan.series.dates, concerns_told(plan.case.concerns)
    for session, day in enumerate(days, start=1):
        if on < day:
            ends = " This plan ends before it." if day in plan.dates_after_end else ""
            told = f"Session {session} of {len(days)}, as planned.{ends} {where}"
            yield _entry(Kind.SESSION, _noon(day), told, newest.plan_id, newest.number)


def _readable(version: PlanVersion, by: User) -> Planned | None:
    try:
        return planned(version, by=by)
    except PlanError:
        return None


def _entry(
    kind: Kind, at: datetime, sentence: str, about: UUID, number: int | None = None
) -> Entry:
    day = timezone.localtime(at).date()
    return Entry(kind=kind, at=at, on=day, sentence=sentence, about=about, number=number)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
