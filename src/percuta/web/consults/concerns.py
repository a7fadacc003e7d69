"""What bothers: stated zone by zone, and taken back."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.consults import actions, queries
from percuta.clinic.consults.queries import Consultation
from percuta.clinic.edition import facts_in_force
from percuta.errors import Conflict, Faults
from percuta.facts.vocabulary import KINDS, Concern, ScarKind, Zone
from percuta.web.consults import words
from percuta.web.consults.bothers import what
from percuta.web.consults.lines import Told
from percuta.web.consults.meanwhile import Meanwhile
from percuta.web.consults.page import opened, saved, shown
from percuta.web.forms import Form
from percuta.web.signed_in import now


@require_POST
def state_concern(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Say how much something bothers, in every zone that was chosen."""
    by, found = opened(request, consultation_id)
    try:
        refused = tuple(_state(request.POST, found, by))
    except Faults as error:
        told = Told(about="concerns", faults=error.faults)
        return shown(request, found, by=by, told=told, status=422)
    if refused:
        told = Told(about="concerns", meanwhile=refused)
        return shown(request, found, by=by, told=told, status=409)
    return saved(request, found, "concerns", by=by)


@require_POST
def withdraw_concern(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Take a concern back from a zone."""
    by, found = opened(request, consultation_id)
    form = Form(request.POST)
    concern = form.require("concern", form.word("concern", Concern))
    zone = form.require("zone", form.word("zone", Zone))
    seen = form.require("seen", form.whole("seen"))
    form.check()
    try:
        actions.withdraw_concern(
            by=by, at=now(), consultation=found, concern=concern, zone=zone, seen=seen
        )
    except Conflict:
        theirs = _other(found, concern, zone, mine="take it back", by=by)
        told = Told(about="concerns", meanwhile=(theirs,))
        return shown(request, found, by=by, told=told, status=409)
    return saved(request, found, "concerns", by=by)


def _state(fields: QueryDict, found: Consultation, by: User) -> Iterator[Meanwhile]:
    """State the concern in every zone; what somebody else said meanwhile comes back."""
    form = Form(fields)
    concern = form.require("concern", form.word("concern", Concern))
    severity = form.require("severity", form.whole("severity"))
    kind = form.word("kind", ScarKind)
    form.check()
    zones = [zone for zone in Zone if zone.value in fields.getlist("zone")]
    if not zones:
        raise Faults(["zone: is missing: choose where it is"])
    seen = _seen(fields)
    for zone in zones:
        try:
            actions.state_concern(
                by=by,
                at=now(),
                consultation=found,
                concern=concern,
                zone=zone,
                severity=severity,
                kind=kind if kind in KINDS.get(concern, ()) else None,
                seen=seen.get((concern.value, zone.value), 0),
            )
        except Conflict:
            mine = words.SEVERITY[severity].lower()
            again = {"severity": severity, "kind": kind.value if kind else ""}
            yield _other(found, concern, zone, mine=mine, by=by, again=again)


def _seen(fields: QueryDict) -> dict[tuple[str, str], int]:
    """What the page had shown: concern, zone and revision, joined by dots."""
    shown_before = {}
    for text in fields.getlist("seen"):
        concern, _, rest = text.partition(".")
        zone, _, revision = rest.partition(".")
        if revision.isdecimal():
            shown_before[concern, zone] = int(revision)
    return shown_before


def _other(
    found: Consultation,
    concern: Concern,
    zone: Zone,
    *,
    mine: str,
    by: User,
    again: Mapping[str, object] | None = None,
) -> Meanwhile:
    part = queries.concern(found, concern=concern, zone=zone, by=by)
    where = facts_in_force().zones[zone].name.lower()
    seen: object = part.revision
    if again is not None:
        seen = f"{concern.value}.{zone.value}.{part.revision}"
    sent = {"concern": concern.value, "zone": zone.value, "seen": seen, **(again or {})}
    name = "state_concern" if again is not None else "withdraw_concern"
    return Meanwhile(
        about=f"said of {what(part.concern, part.kind).lower()}, {where}",
        theirs=words.SEVERITY[part.severity].lower(),
        mine=mine,
        address=reverse(name, args=[found.pk]),
        target="#consult",
        who=part.by.name,
        at=part.at,
        again=tuple((field, str(value)) for field, value in sent.items()),
    )
