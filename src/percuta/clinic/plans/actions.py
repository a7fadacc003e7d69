"""Writing plans: draft, change, sign, amend. What is signed is never changed again."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from percuta.clinic.accounts.acting import action
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.consults.models import Consultation
from percuta.clinic.plans.acceptance import statements
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.physician import refuse_for_others
from percuta.clinic.plans.queries import planned
from percuta.clinic.plans.signing import digest_of, is_signed_so, not_signable
from percuta.clinic.plans.wishes import Wishes, read_wishes
from percuta.errors import Conflict, Faults, Sealed
from percuta.planning.plan.document import write_plan


@action("plans.open", Permission.PLAN)
def open_plan(
    *, by: User, at: datetime, plan_id: UUID, consultation: Consultation, wishes: Wishes
) -> Plan:
    """Begin a plan with its first draft; the same identifier twice begins one."""
    known = Plan.objects.filter(pk=plan_id, consultation=consultation).first()
    if known is not None:
        return known
    _refuse_day(consultation, wishes, at)
    stored = wishes.model_dump(mode="json")
    refuse_for_others(read_wishes(stored), None, by=by)
    plan = Plan.objects.create(id=plan_id, consultation=consultation, opened_at=at, opened_by=by)
    _draft(plan, 1, stored, by=by, at=at)
    return plan


@action("plans.change", Permission.PLAN)
def change(
    *, by: User, at: datetime, version: PlanVersion, seen: int, wishes: Wishes
) -> PlanVersion:
    """Change the wishes of a draft as it was at revision ``seen``.

    Raises
    ------
    Faults
        If nobody can have the patient's age on the day that is wished for, or somebody else than a
        physician writes what only a physician may.
    Sealed
        If it is signed: amend it instead.
    Conflict
        If somebody else changed it since.
    """
    fresh = _unsealed(version)
    stored = wishes.model_dump(mode="json")
    if fresh.wishes == stored:
        return fresh
    if fresh.revision != seen:
        raise Conflict("somebody else changed this draft meanwhile")
    _refuse_day(fresh.plan.consultation, wishes, at)
    refuse_for_others(read_wishes(stored), read_wishes(fresh.wishes), by=by)
    fresh.wishes, fresh.changed_at, fresh.changed_by = stored, at, by
    fresh.revision += 1
    fresh.save(update_fields=["wishes", "changed_at", "changed_by", "revision"])
    return fresh


@action("plans.sign", Permission.SIGN)
def sign(
    *, by: User, at: datetime, version: PlanVersion, sha256: str, accepted: Iterable[str]
) -> PlanVersion:
    """Sign a draft: its bytes, and every statement that was accepted, are sealed.

    The same person signing the same bytes again, by a double click or a reload, signs once.

    Parameters
    ----------
    sha256 : str
        Digest of the plan that was read before signing.
    accepted : iterable of str
        Keys of the statements that were ticked.

    Raises
    ------
    Faults
        If no plan may be made, or a statement was not accepted.
    Conflict
        If the plan is no longer the one that was read.
    Sealed
        If somebody else signed it, or other bytes were signed.
    """
    if is_signed_so(version, by=by, sha256=sha256):
        return PlanVersion.objects.get(pk=version.pk)
    fresh = _unsealed(version)
    plan = planned(fresh, by=by)
    if digest_of(plan) != sha256:
        raise Conflict("the plan changed after it was read: read it again before signing")
    faults = not_signable(plan, accepted, by=by)
    if faults:
        raise Faults(faults)
    fresh.document, fresh.sha256 = write_plan(plan), sha256
    fresh.facts_edition = plan.provenance.facts_edition
    fresh.valid_until = plan.valid_until
    fresh.accepted = [statement.model_dump(mode="json") for statement in statements(plan)]
    fresh.signed_at, fresh.signed_by = at, by
    fresh.save()
    return fresh


@action("plans.amend", Permission.PLAN)
def amend(*, by: User, at: datetime, plan: Plan) -> PlanVersion:
    """The draft after the signed version: the same wishes, to be changed and signed anew."""
    newest = PlanVersion.objects.select_for_update().filter(plan=plan).first()
    if newest is None:
        raise Faults(["this plan has no version to amend"])
    if not newest.is_signed:
        return newest
    return _draft(plan, newest.number + 1, newest.wishes, by=by, at=at)


def _refuse_day(consultation: Consultation, wishes: Wishes, at: datetime) -> None:
    """A date of birth that is right today and cannot be on the day is a mistyped day."""
    patient, day = consultation.patient, wishes.setting.date
    found = "" if patient.doubt_on(timezone.localdate(at)) else patient.doubt_on(day)
    if found:
        raise Faults([f"setting.date: '{day}' is not allowed: {found}"])


def _unsealed(version: PlanVersion) -> PlanVersion:
    related = PlanVersion.objects.select_related("plan__consultation__patient")
    fresh = related.get(pk=version.pk)
    if fresh.is_signed:
        raise Sealed("this version is signed: amend it to make a new one")
    return fresh


def _draft(plan: Plan, number: int, wishes: object, *, by: User, at: datetime) -> PlanVersion:
    return PlanVersion.objects.create(
        plan=plan, number=number, wishes=wishes, changed_at=at, changed_by=by
    )
