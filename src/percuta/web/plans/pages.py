"""The plan page: read it, change a draft press by press, read every version."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from percuta.clinic.accounts.roles import Permission
from percuta.clinic.accounts.signed_in import User
from percuta.clinic.edition import facts_in_force, facts_of
from percuta.clinic.plans import actions, queries
from percuta.clinic.plans.physician import for_a_physician, is_physician
from percuta.clinic.plans.queries import PlanVersion
from percuta.clinic.plans.wishes import Wishes, read_wishes
from percuta.errors import CaseError, Conflict, Faults, PlanError, UnknownEdition
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.absorption.curves import QUICK, REFINED
from percuta.planning.plan.plan import Plan
from percuta.report.figures.drawing import View
from percuta.web.forms import Form
from percuta.web.plans.conflict import Meanwhile, meanwhile
from percuta.web.plans.page import answer_page, time_line
from percuta.web.plans.setting_form import setting_form
from percuta.web.plans.wished import asked, dropped, refused
from percuta.web.signed_in import actor, now, today
from percuta.web.standing import standing_in_words
from percuta.web.versions import versions_of

Word = TypeVar("Word", bound=StrEnum)
Answer = Plan | CaseError
"""A plan, or why the answers and wishes do not make a case yet."""


@dataclass(frozen=True)
class Told:
    """What a press led to, beside the plan itself: refusals, losses, somebody else's change."""

    faults: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    meanwhile: Meanwhile | None = None
    is_setting_open: bool = False


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """The newest version of a plan; a press saves one change to a draft."""
    by = actor(request)
    found = queries.plan(plan_id, by=by)
    version = queries.version(found, by=by)
    if request.method == "POST":
        return _changed(request, version, by=by)
    return _shown(request, version, _answer(version, by), by=by)


@vary_on_headers("HX-Request")
@require_safe
def plan_version(request: HttpRequest, plan_id: UUID, number: int) -> HttpResponse:
    """One version of a plan, to be read only."""
    by = actor(request)
    found = queries.plan(plan_id, by=by)
    version = queries.version(found, by=by, number=number)
    return _shown(request, version, _answer(version, by), by=by, is_read_only=True)


@require_safe
def forecast(request: HttpRequest, plan_id: UUID, number: int) -> HttpResponse:
    """The time line with the draws of a kept plan: the page asks for it once it is shown."""
    by = actor(request)
    version = queries.version(queries.plan(plan_id, by=by), by=by, number=number)
    answer = _answer(version, by, REFINED)
    line = time_line(answer) if isinstance(answer, Plan) else None
    return render(request, "web/plan/_course.html", {"line": line})


def _changed(request: HttpRequest, version: PlanVersion, *, by: User) -> HttpResponse:
    facts, known = facts_in_force(), read_wishes(version.wishes)
    seen = -1
    try:
        form = Form(request.POST)
        seen = form.require("seen", form.whole("seen"))
        form.check()
        wishes = asked(request.POST, known, facts, by=by)
        answer = _proposed(version, wishes, by)
        faults = refused(wishes, known, answer) if seen == version.revision else ()
        if faults:
            raise Faults(faults)
        saved = actions.change(by=by, at=now(), version=version, seen=seen, wishes=wishes)
    except Conflict:
        fresh = queries.version(version.plan, by=by)
        wishes = asked(request.POST, read_wishes(fresh.wishes), facts, by=by)
        news = meanwhile(fresh, wishes, request.POST.dict(), seen=seen, by=by, facts=facts)
        told = Told(meanwhile=news)
        return _shown(request, fresh, _answer(fresh, by), by=by, told=told, status=409)
    except Faults as error:
        told = Told(faults=error.faults, is_setting_open=_is_setting(request))
        return _shown(request, version, _answer(version, by), by=by, told=told, status=422)
    if not _is_part(request):
        return redirect(_address(request, saved))
    told = Told(dropped=dropped(known, wishes, facts), is_setting_open=_is_setting(request))
    return _shown(request, saved, answer, by=by, told=told)


def _shown(
    request: HttpRequest,
    version: PlanVersion,
    answer: Answer | PlanError,
    *,
    by: User,
    told: Told | None = None,
    is_read_only: bool = False,
    status: int = 200,
) -> HttpResponse:
    facts = _facts_of(answer)
    zone, view = _word(request, "zone", Zone), _word(request, "view", View)
    is_draft = not version.is_signed
    may_change = is_draft and not is_read_only and by.may(Permission.PLAN)
    page = answer_page(answer, facts, zone=zone, view=view) if isinstance(answer, Plan) else None
    context = {
        "patient": version.plan.consultation.patient,
        "plan": version.plan,
        "version": version,
        "address": reverse("plan", args=[version.plan.pk]),
        "page": page,
        "faults": () if isinstance(answer, Plan) else answer.faults,
        "told": told or Told(),
        "is_older": is_read_only,
        "may_change": may_change,
        "may_sign": by.may(Permission.SIGN),
        "is_physician": is_physician(by),
        "asks_physician": isinstance(answer, Plan)
        and not is_physician(by)
        and bool(for_a_physician(answer)),
        "setting": setting_form(read_wishes(version.wishes), facts),
        "standing": standing_in_words(version, by=by, on=today()),
        "is_day_past": is_draft and isinstance(answer, Plan) and answer.asks_for_new_day(today()),
    }
    if _is_part(request):
        return render(request, "web/plan/_plan.html", context, status=status)
    context["versions"] = versions_of(version.plan, by=by, on=today())
    return render(request, "web/plan/plan.html", context, status=status)


def _answer(version: PlanVersion, by: User, draws: int = QUICK) -> Answer | PlanError:
    try:
        return queries.planned(version, by=by, draws=draws)
    except (CaseError, PlanError) as error:
        return error


def _proposed(version: PlanVersion, wishes: Wishes, by: User) -> Answer:
    try:
        return queries.proposed(version, wishes, by=by, draws=QUICK)
    except CaseError as error:
        return error


def _facts_of(answer: Answer | PlanError) -> Facts:
    """The edition that an answer was made from, or today's where it is not on this machine."""
    if not isinstance(answer, Plan):
        return facts_in_force()
    try:
        return facts_of(answer.provenance.facts_edition)
    except UnknownEdition:
        return facts_in_force()


def _word(request: HttpRequest, name: str, words: type[Word]) -> Word | None:
    """A word of a closed list from the form or the address; nothing for any other."""
    text = request.POST.get(name) or request.GET.get(name, "")
    return words(text) if text in list(words) else None


def _is_part(request: HttpRequest) -> bool:
    """Whether only the changing part is wanted; going back in the browser takes the whole."""
    asks = getattr(request, "htmx", None)
    return asks is not None and bool(asks) and not asks.history_restore_request


def _is_setting(request: HttpRequest) -> bool:
    return request.POST.get("what") == "setting"


def _address(request: HttpRequest, version: PlanVersion) -> str:
    zone = _word(request, "zone", Zone)
    address = reverse("plan", args=[version.plan.pk])
    return f"{address}?zone={zone}" if zone else address
