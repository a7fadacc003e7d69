"""Signing a plan: read it back, accept each sentence by itself, and give the password again."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.plans import actions, queries
from percuta.clinic.plans.physician import for_a_physician, is_physician
from percuta.clinic.plans.queries import Plan, PlanVersion
from percuta.clinic.plans.signing import Reading, not_signable, reading, to_sign
from percuta.errors import Conflict, Faults, Sealed
from percuta.report.professional import professional_page
from percuta.web.forms import Form
from percuta.web.reauthentication import password_faults
from percuta.web.signed_in import actor, now, today
from percuta.web.standing import standing_in_words

_ESSENTIAL = {"Numbing", "Numb on", "Never", "Time", "Sessions", "Later"}
_CHANGED = "This plan changed after you read it. Nothing was signed. Read it again as it is now."


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The newest version of a plan, to be read and signed by a qualified professional."""
    by = actor(request)
    plan = queries.plan(plan_id, by=by)
    to_sign(plan, by=by)
    return _sign(request, plan, by) if request.method == "POST" else _page(request, plan, by)


def _sign(request: HttpRequest, plan: Plan, by: User) -> HttpResponse:
    password = request.POST.get("password", "")
    wrong = password_faults(request, by, password=password, called="Your password")
    form = Form(request.POST)
    number = form.require("version", form.whole("version"))
    sha256 = form.text("sha256", most=64)
    form.check()
    version = to_sign(plan, by=by, number=number)
    accepted = request.POST.getlist("accepted")
    lacking = _lacking(version, by, sha256=sha256, accepted=accepted)
    if wrong or lacking:
        faults, ticks = ((_CHANGED,), []) if lacking is None else (lacking, accepted)
        return _page(request, plan, by, faults=(*faults, *wrong), accepted=ticks, status=422)
    try:
        actions.sign(by=by, at=now(), version=version, sha256=sha256, accepted=accepted)
    except Conflict:
        return _page(request, plan, by, faults=(_CHANGED,), status=409)
    except Sealed:
        fresh = to_sign(plan, by=by, number=number)
        return _page(request, plan, by, faults=(_signed_by(fresh),), status=409)
    return redirect("sign", plan.pk)


def _lacking(
    version: PlanVersion, by: User, *, sha256: str, accepted: Iterable[str]
) -> tuple[str, ...] | None:
    """What else keeps it from being signed; ``None`` where what was read is not what stands now."""
    read, _ = _read(version, by)
    if read is None or read.sha256 != sha256:
        return None
    return () if version.is_signed else not_signable(read.plan, accepted, by=by)


def _signed_by(version: PlanVersion) -> str:
    return f"Version {version.number} is signed already, by {version.signed_by}. Nothing was added."


def _page(
    request: HttpRequest,
    plan: Plan,
    by: User,
    *,
    faults: tuple[str, ...] = (),
    accepted: Iterable[str] = (),
    status: int = 200,
) -> HttpResponse:
    version = to_sign(plan, by=by)
    read, unreadable = _read(version, by)
    page = professional_page(read.plan) if read else None
    told = {
        "patient": plan.consultation.patient,
        "plan": plan,
        "version": version,
        "read": read,
        "unreadable": unreadable,
        "told": page,
        "essentials": [e for e in (*page.session, *page.course) if e.label in _ESSENTIAL]
        if page
        else [],
        "standing": standing_in_words(version, by=by, on=today()),
        "is_day_past": read is not None and read.plan.asks_for_new_day(today()),
        "reserved": () if read is None or is_physician(by) else for_a_physician(read.plan),
        "faults": faults,
        "accepted": frozenset(accepted),
    }
    return render(request, "web/sign.html", told, status=status)


def _read(version: PlanVersion, by: User) -> tuple[Reading | None, tuple[str, ...]]:
    """What is to be read, or why there is nothing to read yet."""
    try:
        return reading(version, by=by), ()
    except Faults as error:
        return None, error.faults
