"""History answers: each is saved as it is given."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.consults import actions, queries
from percuta.clinic.consults.queries import Consultation, HistoryAnswer
from percuta.clinic.edition import facts_in_force
from percuta.errors import Conflict, Faults
from percuta.web.consults import words
from percuta.web.consults.lines import Told
from percuta.web.consults.meanwhile import Meanwhile, again
from percuta.web.consults.page import context, is_part, opened, saved, shown
from percuta.web.forms import Form
from percuta.web.signed_in import now


@require_POST
def answer(request: HttpRequest, consultation_id: UUID, key: str) -> HttpResponse:
    """Save one answer, or say what somebody else answered meanwhile."""
    by, found = opened(request, consultation_id)
    known = queries.answers(found, by=by).get(key)
    given: dict[str, Any] = {}
    try:
        form = Form(request.POST)
        seen = form.require("seen", form.whole("seen"))
        given = _given(request.POST, known, form)
        form.check()
        actions.answer(
            by=by,
            at=now(),
            consultation=found,
            key=key,
            given=given,
            seen=seen,
            facts=facts_in_force(),
        )
    except Conflict:
        fresh = queries.answers(found, by=by)[key]
        told = Told(about=key, meanwhile=(_meanwhile(found, fresh, given, request.POST),))
        return _line(request, found, key, by=by, told=told, status=409)
    except Faults as error:
        told = Told(about=key, faults=error.faults)
        return _line(request, found, key, by=by, told=told, status=422)
    return _line(request, found, key, by=by) if is_part(request) else _page(request, found, key, by)


@require_POST
def nothing_changed(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The answers of last time stand, for those items of a group that are asked so."""
    by, found = opened(request, consultation_id)
    keys = request.POST.getlist("key")
    actions.confirm(by=by, at=now(), consultation=found, keys=keys, facts=facts_in_force())
    return saved(request, found, f"group-{request.POST.get('group', '')[:40]}", by=by)


@require_POST
def none_of_these(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """A no, or a never, for those items of a group that nobody has answered yet."""
    by, found = opened(request, consultation_id)
    keys = request.POST.getlist("key")
    actions.rule_out(by=by, at=now(), consultation=found, keys=keys, facts=facts_in_force())
    return saved(request, found, f"group-{request.POST.get('group', '')[:40]}", by=by)


def _given(fields: QueryDict, known: HistoryAnswer | None, form: Form) -> dict[str, Any]:
    """The whole answer after this press, as in a case file."""
    before = queries.as_answer(known) if known is not None else {}
    if fields.get("same"):
        return before
    status = fields.get("status", "")
    stands = known is not None and known.is_confirmed
    if status or not stands:
        same = stands and status == before.get("status")
        return before if same else {"status": status}
    return {**before, **_details(fields, form)}


def _details(fields: QueryDict, form: Form) -> Mapping[str, Any]:
    """Those details that this press is about; each button sends what stands after it."""
    changed: dict[str, Any] = {}
    if "day" in fields:
        changed["last"] = form.day("day")
    if fields.get("day_unknown"):
        changed["last"] = "unknown"
    if "cleared" in fields:
        changed["cleared"] = form.day("cleared")
    if "zones" in fields:
        changed["zones"] = _several(fields.get("zones", ""))
    if "ingredients" in fields:
        others = [word.lower().replace(" ", "_") for word in _several(fields.get("others", ""))]
        changed["ingredients"] = list(
            dict.fromkeys([*_several(fields.get("ingredients", "")), *others])
        )
    return changed


def _several(text: str) -> list[str]:
    return [word for part in text[:1000].split(",") if (word := part.strip())]


def _meanwhile(
    found: Consultation, fresh: HistoryAnswer, given: Mapping[str, Any], fields: QueryDict
) -> Meanwhile:
    status = str(given.get("status", ""))
    more = " with other details" if status == fresh.status else ""
    return Meanwhile(
        about="answered",
        theirs=words.answer(fresh),
        mine=words.STATUS.get(status, status).lower() + more,
        address=reverse("answer", args=[found.pk, fresh.key]),
        target=f"#item-{fresh.key}",
        who=fresh.by.name,
        at=fresh.at,
        again=again(fields, seen=fresh.revision),
    )


def _line(
    request: HttpRequest,
    found: Consultation,
    key: str,
    *,
    by: User,
    told: Told | None = None,
    status: int = 200,
) -> HttpResponse:
    """The line of one item with the findings, or the page where there is no script."""
    if not is_part(request):
        return shown(request, found, by=by, told=told or Told(), status=status)
    everything = context(request, found, by=by, told=told or Told())
    for part in everything["parts"]:
        for line in part.lines:
            if line.item.key == key:
                everything |= {"line": line, "part": part}
    if "line" not in everything:
        return shown(request, found, by=by, told=told or Told(), status=status)
    return render(request, "web/consult/_answered.html", everything, status=status)


def _page(request: HttpRequest, found: Consultation, key: str, by: User) -> HttpResponse:
    return saved(request, found, f"item-{key}", by=by)
