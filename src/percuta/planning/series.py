"""How many sessions, how far apart, on which dates."""

import math
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median_low
from typing import Annotated

from pydantic import Field

from percuta.facts.edition import Facts
from percuta.facts.evidence import SeriesRow
from percuta.facts.vocabulary import Level, Scope, Zone
from percuta.planning.case import LONGEST_WEEKS, Case, Frozen, StatedConcern
from percuta.planning.closing_times import Waiting
from percuta.planning.findings import Finding, Reason, because, blocked_zones
from percuta.planning.rest import Rest
from percuta.units import convert

RULE_INTERVAL = "series.interval_too_short"
RULE_REDNESS = "series.redness_may_last"
_SMALL = 1e-9


class LaterZone(Frozen):
    """A zone that must wait, and the first planned session that it may join."""

    zone: Zone
    until: str
    joins: date | None


class Series(Frozen):
    """The planned sessions. Without a published series only the first date stands."""

    sessions: int | None
    sessions_low: int | None
    sessions_high: int | None
    interval_weeks: Annotated[float, Field(gt=0, le=LONGEST_WEEKS)] | None
    dates: tuple[date, ...]
    later_zones: tuple[LaterZone, ...]
    why: tuple[Reason, ...]


def plan_series(
    concerns: Iterable[StatedConcern],
    deferrals: Iterable[Finding],
    rest: Rest,
    case: Case,
    facts: Facts,
) -> tuple[Series, tuple[Finding, ...]]:
    """Sessions and dates for all planned concerns together.

    For each concern the middle published number of sessions and interval is taken, studies of
    needling alone before combinations; over several concerns the larger of each. A chosen
    interval is kept unless it is shorter than any published one. No interval ends before the
    longest advice of the session before it.
    """
    per_concern = [rows for c in concerns if (rows := _rows(c, facts))]
    sessions = [_middle_sessions(rows) for rows in per_concern]
    intervals = [_middle_interval(rows) for rows in per_concern]
    shortest = [_shortest_interval(rows) for rows in per_concern]
    interval, findings = _interval(
        max((weeks for weeks in intervals if weeks is not None), default=None),
        max((weeks for weeks in shortest if weeks is not None), default=None),
        rest,
        case,
    )
    count = max((n for n in sessions if n is not None), default=None)
    dates = _dates(case.setting.date, count, interval)
    every = [row for rows in per_concern for row in rows]
    series = Series(
        sessions=count,
        sessions_low=min((r.sessions_lo_n for r in every if r.sessions_lo_n), default=None),
        sessions_high=max((r.sessions_hi_n for r in every if r.sessions_hi_n), default=None),
        interval_weeks=interval,
        dates=dates,
        later_zones=tuple(_later(deferrals, dates)),
        why=(because(_text(count, every), "series", *every),),
    )
    return series, findings


def _rows(stated: StatedConcern, facts: Facts) -> list[SeriesRow]:
    evidence = set(facts.concerns[stated.concern].evidence)
    rows = [
        row
        for row in facts.series
        if row.modality == "needling" and evidence & set(row.concern) and _fits(row, stated)
    ]
    return [row for row in rows if row.added == "none"] or rows


def _fits(row: SeriesRow, stated: StatedConcern) -> bool:
    kinds = set(row.scar_kind or ("any",))
    return stated.kind is None or bool(kinds & {"any", stated.kind.value})


def _middle_sessions(rows: list[SeriesRow]) -> int | None:
    middles = [
        (row.sessions_lo_n + row.sessions_hi_n) / 2
        for row in rows
        if row.sessions_lo_n is not None and row.sessions_hi_n is not None
    ]
    return math.floor(median_low(middles) + 0.5) if middles else None


def _middle_interval(rows: list[SeriesRow]) -> float | None:
    weeks = [row.interval_weeks_lo for row in rows if row.interval_weeks_lo is not None]
    return median_low(weeks) if weeks else None


def _shortest_interval(rows: list[SeriesRow]) -> float | None:
    weeks = [row.interval_weeks_lo for row in rows if row.interval_weeks_lo is not None]
    return min(weeks, default=None)


def _interval(
    middle: float | None, shortest: float | None, rest: Rest, case: Case
) -> tuple[float | None, tuple[Finding, ...]]:
    """The chosen or middle interval, no shorter than what was published and what must heal."""
    chosen = case.setting.interval_weeks
    wanted = middle if chosen is None else chosen
    if wanted is None:
        return None, ()
    findings = []
    if shortest is not None and wanted < shortest:
        text = (
            f"{in_words(wanted)} between sessions is shorter than any published interval for these "
            f"concerns; the shortest, {in_words(shortest)}, is planned."
        )
        findings.append(_caution(RULE_INTERVAL, text))
        wanted = shortest
    healed = _weeks(rest.longest.advised_h)
    if wanted < healed:
        text = (
            f"{in_words(wanted)} between sessions would end before the longest advice does "
            f"({rest.longest.instruction}, {rest.longest.advised_h:g} h); "
            f"{whole_days(healed)} days are planned."
        )
        findings.append(_caution(RULE_INTERVAL, text, rest.longest))
        wanted = healed
    findings += _redness(wanted, rest)
    return wanted, tuple(findings)


def _weeks(hours: float) -> float:
    """Weeks of the whole days that hold so many hours."""
    days = math.ceil(convert(hours, source="h", target="days"))
    return convert(float(days), source="days", target="weeks")


def _redness(weeks: float, rest: Rest) -> Iterable[Finding]:
    last_h = rest.redness.hours.nineteen_in_twenty
    if convert(weeks, source="weeks", target="h") < last_h:
        days = math.ceil(convert(last_h, source="h", target="days"))
        text = (
            f"The next session comes after {whole_days(weeks)} days, and in 1 of 20 people redness "
            f"lasts longer than {days}: see that it is over first."
        )
        yield _caution(RULE_REDNESS, text, rest.redness.why)


def _caution(rule: str, text: str, behind: Waiting | Reason | None = None) -> Finding:
    return Finding(
        rule=rule,
        level=Level.CAUTION,
        scope=Scope.PERSON,
        reason=text,
        facts=behind.facts if behind else (),
        sources=behind.sources if behind else (),
    )


def in_words(weeks: float) -> str:
    """A time between sessions: in weeks, or in days where it is whole days but no whole weeks."""
    days = convert(weeks, source="weeks", target="days")
    if not weeks.is_integer() and abs(days - round(days)) < _SMALL:
        return f"{round(days)} days"
    return f"{weeks:g} week{'' if weeks == 1 else 's'}"


def whole_days(weeks: float) -> int:
    """Days between sessions; begun ones count in full."""
    return math.ceil(convert(weeks, source="weeks", target="days") - _SMALL)


def _dates(first: date, sessions: int | None, interval: float | None) -> tuple[date, ...]:
    if sessions is None or interval is None:
        return (first,)
    days = whole_days(interval)
    return tuple(first + timedelta(days=days * number) for number in range(sessions))


def _later(deferrals: Iterable[Finding], dates: tuple[date, ...]) -> Iterable[LaterZone]:
    known = tuple(deferrals)
    worst = blocked_zones(known)
    until: dict[Zone, str] = {}
    for finding in known:
        if finding.level is Level.DEFER and finding.until is not None:
            for zone in finding.zones:
                until[zone] = _later_of(until.get(zone), finding.until)
    for zone, end in until.items():
        if worst[zone] is not Level.DEFER:
            continue
        joins = (
            None
            if end.startswith("event:")
            else next((day for day in dates if day >= date.fromisoformat(end)), None)
        )
        yield LaterZone(zone=zone, until=end, joins=joins)


def _later_of(known: str | None, new: str) -> str:
    """The later of two ends; an event has no date, so it outlasts every date."""
    if known is None or new.startswith("event:"):
        return new
    return known if known.startswith("event:") else max(known, new)


def _text(count: int | None, rows: list[SeriesRow]) -> str:
    if count is None:
        return "No published series of needling for this concern: the professional decides."
    return f"{count} sessions is the middle of {len(rows)} published series."
