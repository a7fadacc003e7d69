"""The whole page of a consultation, and its parts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from percuta.clinic.accounts.roles import Permission
from percuta.clinic.accounts.signed_in import User
from percuta.clinic.consults import queries
from percuta.clinic.consults.queries import Consultation
from percuta.clinic.consults.sheet import sheet
from percuta.clinic.edition import facts_in_force
from percuta.clinic.plans.conversation import conversation
from percuta.web.consults.bothers import bothers
from percuta.web.consults.lines import Told, parts
from percuta.web.consults.said import said
from percuta.web.consults.skin import skin
from percuta.web.consults.where import chosen_in
from percuta.web.signed_in import actor, today

NOTHING_TOLD = Told()


def opened(request: HttpRequest, consultation_id: UUID) -> tuple[User, Consultation]:
    """Who asks, and the consultation that they ask for."""
    by = actor(request)
    return by, queries.consultation(consultation_id, by=by)


def context(
    request: HttpRequest, found: Consultation, *, by: User, told: Told = NOTHING_TOLD
) -> dict[str, Any]:
    """Everything that the page shows."""
    facts, day = facts_in_force(), today()
    so_far = conversation(found, by=by, on=day, facts=facts)
    sections = sheet(found, by=by, screened=so_far.screened, facts=facts)
    patient = found.patient
    return {
        "consultation": found,
        "patient": patient,
        "age": patient.age_on(day),
        "doubts": queries.doubts(found, by=by, on=day),
        "today": day,
        "is_past": timezone.localdate(found.opened_at) < day,
        "may_write": by.may(Permission.CONSULT),
        "bothers": bothers(queries.concerns(found, by=by), chosen_in(request), facts),
        "skin": skin(found.weight_kg, found.phototype, queries.skin_answers(found, by=by), facts),
        "parts": parts(sections, so_far.screened.requested_zones, facts, told),
        "said": said(so_far, facts),
        "plan": so_far.plan,
        "told": told,
    }


def shown(
    request: HttpRequest,
    found: Consultation,
    *,
    by: User,
    told: Told = NOTHING_TOLD,
    status: int = 200,
) -> HttpResponse:
    """The page, or everything in it that can change where only that is asked for."""
    name = _part_wanted(request) if is_part(request) else "consult"
    told_all = context(request, found, by=by, told=told)
    return render(request, f"web/consult/{name}.html", told_all, status=status)


def saved(request: HttpRequest, found: Consultation, anchor: str, *, by: User) -> HttpResponse:
    """What follows a press that was saved: the changed part, or the page at that place."""
    if is_part(request):
        return shown(request, queries.consultation(found.pk, by=by), by=by)
    return redirect(f"{reverse('consultation', args=[found.pk])}#{anchor}")


def is_part(request: HttpRequest) -> bool:
    """Whether only the changing part is wanted."""
    return bool(getattr(request, "htmx", False))


def _part_wanted(request: HttpRequest) -> str:
    """Another picture of the body alone, or everything that can change."""
    target = getattr(getattr(request, "htmx", None), "target", None)
    return "_map" if target == "map" else "_consult"
