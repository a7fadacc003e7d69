"""Whether a signed version may still be used: under today's facts, answers, weight and date."""

from collections.abc import Iterator
from datetime import date

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.edition import facts_in_force, facts_of
from percuta.clinic.plans.models import PlanVersion
from percuta.clinic.plans.queries import current_case, planned
from percuta.errors import Faults, UnknownEdition
from percuta.facts.edition import Facts
from percuta.planning.plan.revalidation import Recheck, recheck


def standing(version: PlanVersion, *, by: User, on: date) -> Recheck:
    """Check a signed version again; whatever cannot be checked may not be used."""
    authorise(by, Permission.SEE_PATIENTS, [version])
    against = tuple(_not_the_newest(version))
    try:
        answer = _rechecked(version, by=by, on=on)
    except Faults as error:
        return _unusable(version, (*against, *error.faults), on)
    refusals = (*against, *answer.refusals)
    return answer.model_copy(update={"refusals": refusals, "may_be_used": not refusals})


def _rechecked(version: PlanVersion, *, by: User, on: date) -> Recheck:
    own: Facts | UnknownEdition
    try:
        own = facts_of(version.facts_edition)
    except UnknownEdition as error:
        own = error
    plan, today = planned(version, by=by), facts_in_force()
    case = current_case(version, by=by, facts=today)
    return recheck(plan, own=own, today=today, on=on, case=case)


def _not_the_newest(version: PlanVersion) -> Iterator[str]:
    later = PlanVersion.objects.filter(plan_id=version.plan_id, signed_at__isnull=False)
    newest = later.filter(number__gt=version.number).values_list("number", flat=True).first()
    if newest is not None:
        yield f"version {newest} was signed after it"


def _unusable(version: PlanVersion, refusals: tuple[str, ...], on: date) -> Recheck:
    return Recheck(
        may_be_used=False,
        refusals=refusals,
        changes=(),
        plan_edition=version.facts_edition,
        today_edition=facts_in_force().edition,
        plan_percuta="",
        on=on,
    )
