"""The versions of a plan, each with one word for where it stands, and the way to the next."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.plans import actions, queries
from percuta.clinic.plans.lifecycle import State, states
from percuta.clinic.plans.queries import Plan, PlanVersion
from percuta.web.signed_in import actor, now
from percuta.web.standing import Standing, standing_in_words


@dataclass(frozen=True)
class Versions:
    """What ``_versions.html`` shows: all, newest first, and if the last signed one stands."""

    plan: Plan
    lines: tuple[tuple[PlanVersion, State], ...]
    standing: Standing | None


def versions_of(plan: Plan, *, by: User, on: date) -> Versions:
    """The versions of a plan for somebody who reads it; the newest signed one is checked again."""
    chain = tuple(queries.versions(plan, by=by))
    state = states(chain, on=on)
    newest_signed = next((version for version in chain if version.is_signed), None)
    return Versions(
        plan=plan,
        lines=tuple((version, state[version.number]) for version in chain),
        standing=standing_in_words(newest_signed, by=by, on=on) if newest_signed else None,
    )


@require_POST
def amend(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Begin the next draft of a signed plan; a second click begins no second one."""
    by = actor(request)
    plan = queries.plan(plan_id, by=by)
    actions.amend(by=by, at=now(), plan=plan)
    return redirect("plan", plan.pk)
