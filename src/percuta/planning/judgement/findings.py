"""Findings and verdicts: clinical judgements as data, never as exceptions."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from percuta.facts.doors import Fact
from percuta.facts.vocabulary import Level, Scope, Zone
from percuta.planning.case.case import Frozen


class Verdict(StrEnum):
    """The answer in one word."""

    SUITABLE = "suitable"
    DEFER = "defer"
    REFER = "refer"
    UNSUITABLE = "unsuitable"
    INCOMPLETE = "incomplete"


class Finding(Frozen):
    """One judgement.

    ``zones`` empty means the whole person (or, by ``scope``, a device or a product); ``until``
    is an ISO date or ``event:`` and what must happen; ``facts`` are the rows it rests on.
    """

    rule: str
    level: Level
    scope: Scope
    zones: tuple[Zone, ...] = ()
    until: str | None = None
    reason: str
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Question(Frozen):
    """Something that must be known before a plan can be made."""

    rule: str
    question: str


class Reason(Frozen):
    """Why a number is what it is: a sentence, the fact rows, their sources."""

    text: str
    facts: tuple[str, ...]
    sources: tuple[str, ...]


def because(text: str, table: str, *rows: Fact) -> Reason:
    """A reason resting on rows of one table."""
    return Reason(
        text=text,
        facts=tuple(f"{table}/{row.key}" for row in rows),
        sources=tuple(dict.fromkeys(source for row in rows for source in row.sources)),
    )


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that say the same of several zones, told once; gravest first."""
    together: dict[Finding, list[Zone]] = {}
    for finding in findings:
        zones = together.setdefault(finding.model_copy(update={"zones": ()}), [])
        zones.extend(zone for zone in finding.zones if zone not in zones)
    told = [f.model_copy(update={"zones": tuple(zones)}) for f, zones in together.items()]
    return sorted(told, key=lambda finding: -finding.level.weight)


_BLOCKING = (Level.STOP, Level.REFER, Level.DEFER)


def blocked_zones(findings: Iterable[Finding]) -> dict[Zone, Level]:
    """Zones that must not be needled, each with its gravest level."""
    worst: dict[Zone, Level] = {}
    for finding in findings:
        if finding.scope is Scope.ZONE and finding.level in _BLOCKING:
            for zone in finding.zones:
                known = worst.get(zone, finding.level)
                worst[zone] = max(known, finding.level, key=lambda level: level.weight)
    return worst


def verdict(
    findings: Iterable[Finding], questions: Iterable[Question], requested: Iterable[Zone]
) -> Verdict:
    """Weigh findings and open questions.

    A stop that holds whatever else is answered comes first, then open questions, then the
    gravest finding about the person or device. Zone findings count only when no zone is left.
    """
    known = tuple(findings)
    whole = {f.level for f in known if f.scope in {Scope.PERSON, Scope.DEVICE}}
    blocked = blocked_zones(known)
    if Level.STOP in whole:
        return Verdict.UNSUITABLE
    if any(questions):
        return Verdict.INCOMPLETE
    if Level.REFER in whole:
        return Verdict.REFER
    if Level.DEFER in whole:
        return Verdict.DEFER
    if set(requested) - set(blocked):
        return Verdict.SUITABLE
    levels = set(blocked.values())
    if Level.REFER in levels:
        return Verdict.REFER
    return Verdict.DEFER if Level.DEFER in levels else Verdict.UNSUITABLE


def earliest_date(
    outcome: Verdict, findings: Iterable[Finding], requested: Iterable[Zone]
) -> date | None:
    """The day from which a deferred person may be screened again, where deferrals have dates."""
    if outcome is not Verdict.DEFER:
        return None
    deferrals = [f for f in findings if f.level is Level.DEFER]
    whole = [f for f in deferrals if f.scope is Scope.PERSON]
    blocked = blocked_zones(findings)
    zones = [zone for zone, level in blocked.items() if level is Level.DEFER]
    days = [_latest([f for f in deferrals if zone in f.zones]) for zone in zones]
    first_zone = min((day for day in days if day is not None), default=None)
    if not whole:
        return first_zone
    end = _latest(whole)
    is_every_zone_held = set(requested) <= set(blocked)
    if end is None or (is_every_zone_held and first_zone is None):
        return None
    return max(end, first_zone) if is_every_zone_held and first_zone else end


def _latest(deferrals: list[Finding]) -> date | None:
    ends = [finding.until for finding in deferrals]
    if any(end is None or end.startswith("event:") for end in ends):
        return None
    return max(date.fromisoformat(end) for end in ends if end is not None)
