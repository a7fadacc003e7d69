"""What usually comes next for a patient, and for the person who asks."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.consults.models import Consultation
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import planned
from percuta.clinic.plans.standings import standing
from percuta.clinic.story.entries import Next, Step
from percuta.clinic.story.first_answer import first_answer
from percuta.errors import CaseError
from percuta.planning.judgement.findings import Verdict


def next_step(visits: Sequence[Consultation], *, by: User, on: date) -> Next:
    """The next step after the newest consultation; ``visits`` come newest first."""
    if not visits:
        return Next(Step.BEGIN)
    newest = visits[0]
    plan = next(iter(newest.plans.all()), None)
    if plan is None:
        return _after_talking(newest, by=by, on=on)
    version = plan.versions.all()[0]
    if version.is_signed:
        return _after_signing(version, by=by, on=on)
    return _with_draft(plan, version, by=by)


def _after_talking(visit: Consultation, *, by: User, on: date) -> Next:
    """Go on while answers are missing; once it is another day, a no is asked anew."""
    answer, _ = first_answer(visit, by=by)
    if answer.verdict is Verdict.SUITABLE:
        return Next(Step.MAKE_PLAN, visit.pk)
    is_of_today = timezone.localtime(visit.opened_at).date() == on
    if answer.verdict is Verdict.INCOMPLETE or is_of_today:
        return Next(Step.GO_ON, visit.pk)
    return Next(Step.BEGIN)


def _with_draft(plan: Plan, version: PlanVersion, *, by: User) -> Next:
    try:
        is_made = planned(version, by=by).is_made
    except CaseError:
        is_made = False
    if not is_made:
        return Next(Step.GO_ON, plan.consultation_id)
    return Next(Step.SIGN if by.may(Permission.SIGN) else Step.OPEN_PLAN, plan.pk)


def _after_signing(version: PlanVersion, *, by: User, on: date) -> Next:
    """An ended plan begins with new answers; one that became stricter is amended."""
    if version.valid_until is not None and on > version.valid_until:
        return Next(Step.BEGIN)
    stands = standing(version, by=by, on=on).may_be_used
    return Next(Step.OPEN_PLAN if stands else Step.AMEND, version.plan_id)
