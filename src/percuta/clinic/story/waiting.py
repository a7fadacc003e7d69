"""Drafts that wait for a physician: a depth that none published, amounts that no label gives."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.consults.models import HistoryAnswer
from percuta.clinic.edition import facts_in_force
from percuta.clinic.patients.models import Patient
from percuta.clinic.plans.models import PlanVersion
from percuta.clinic.plans.queries import current_case
from percuta.clinic.story.states import newest_drafts
from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.planning.session.awaited import Awaited, awaited

MOST_DRAFTS = 100
"""Drafts that are looked at, newest first: a clinic with more has other troubles."""


@dataclass(frozen=True)
class Waiting:
    """One draft that a physician is asked about, and what for."""

    patient: Patient
    plan_id: UUID
    awaited: Awaited


def waiting_for_physician(*, by: User) -> tuple[Waiting, ...]:
    """Every draft of this clinic that waits, those that wait longest first."""
    authorise(by, Permission.SEE_PATIENTS)
    facts = facts_in_force()
    if not facts.depth_advice:
        return ()
    drafts = PlanVersion.objects.filter(pk__in=newest_drafts(by))
    related = drafts.select_related("plan__consultation__patient")
    # why: no answer of the history says what waits, and reading them took most of the time
    answers = Prefetch("plan__consultation__historyanswers", HistoryAnswer.objects.none())
    parts = answers, "plan__consultation__concerninzones"
    newest = related.prefetch_related(*parts).order_by("-changed_at", "-pk")[:MOST_DRAFTS]
    found = (_waiting(version, by, facts) for version in newest)
    return tuple(waits for waits in found if waits is not None)[::-1]


def _waiting(version: PlanVersion, by: User, facts: Facts) -> Waiting | None:
    try:
        told = awaited(current_case(version, by=by, facts=facts), facts)
    except CaseError:
        return None  # what is missing is asked of whoever consults, before any physician
    plan = version.plan
    return None if told.is_nothing else Waiting(plan.consultation.patient, plan.pk, told)
