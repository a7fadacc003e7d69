"""What screening anew on the day calls for: never milder than its verdict."""

from collections.abc import Iterator
from datetime import date

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Advice, Level, Scope
from percuta.planning.follow_up.earliest_date import DateBound
from percuta.planning.follow_up.reasons import NextReason, reason_for
from percuta.planning.judgement.findings import Finding
from percuta.planning.plan.plan import Plan

_CALLS_FOR = {
    Level.DEFER: Advice.HOLD,
    Level.REFER: Advice.ASK_PHYSICIAN,
    Level.STOP: Advice.STOP,
}


def screening_reasons(fresh: Plan, facts: Facts) -> Iterator[NextReason]:
    """A reason for each finding that keeps the whole person, or a zone, from needling."""
    for finding in _blocking(fresh):
        reason = reason_for("sign_again", facts, zones=finding.zones, detail=finding.reason)
        yield reason.model_copy(
            update={
                "advice": _CALLS_FOR[finding.level],
                "until": finding.until if _is_event(finding) else None,
                "facts": tuple(dict.fromkeys((*reason.facts, *finding.facts))),
                "sources": tuple(dict.fromkeys((*reason.sources, *finding.sources))),
            }
        )


def deferral_bounds(fresh: Plan) -> Iterator[DateBound]:
    """Until when screening defers the whole person, where that has a date."""
    if fresh.earliest_date is not None:
        text = "Screening on the day defers until then."
        yield DateBound(rule="next.deferred", day=fresh.earliest_date, reason=text)
    for finding in _blocking(fresh):
        if finding.until is not None and not finding.zones and not _is_event(finding):
            yield DateBound(
                rule="next.deferred",
                day=date.fromisoformat(finding.until),
                reason=finding.reason,
                facts=finding.facts,
                sources=finding.sources,
            )


def _blocking(fresh: Plan) -> Iterator[Finding]:
    for finding in fresh.findings:
        is_of_skin = finding.scope in {Scope.PERSON, Scope.DEVICE, Scope.ZONE}
        if is_of_skin and finding.level in _CALLS_FOR:
            yield finding


def _is_event(finding: Finding) -> bool:
    return finding.until is not None and finding.until.startswith("event:")
