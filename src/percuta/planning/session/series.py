"""How many sessions, how far apart, on which dates."""

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Annotated, NamedTuple

from pydantic import Field

from percuta.facts.edition import Facts
from percuta.facts.policy import PolicyRow
from percuta.facts.vocabulary import Level, Scope, Zone
from percuta.planning.case.case import LONGEST_WEEKS, Case, Frozen, StatedConcern
from percuta.planning.judgement.findings import Finding, Reason, because, blocked_zones
from percuta.planning.recovery.closure_times import Waiting
from percuta.planning.recovery.recovery_interval import Rest
from percuta.planning.session.open_days import OpenDays, open_days
from percuta.planning.session.published_series import Published, least_interval, published_series
from percuta.units import convert

RULE_INTERVAL = "series.interval_too_short"
RULE_PIGMENT = "series.interval_for_pigment"
RULE_REDNESS = "series.redness_may_last"
RULE_CALM = "series.calm_by"
RULE_TEST_SPOT = "series.test_spot"
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
    *,
    calm_days: int,
) -> tuple[Series, tuple[Finding, ...]]:
    """Sessions and dates for all planned concerns together.

    Sessions and interval are those of one published study, where the edition holds such pairs.
    A chosen interval is kept unless it is shorter than any published one. No interval ends before
    the longest advice of the session before it, nor before the floor for pigment and dark skin.
    Dates move to open days, and away from a day on which skin must be calm: later, never earlier.
    """
    stated = tuple(concerns)
    floors = least_interval(stated, case, facts)
    least_days = int(floors[0].value) if floors else 0
    published = published_series(stated, least_days, facts)
    interval, findings = _interval(published, floors, rest, case)
    free = open_days(case.setting, calm_days=calm_days)
    dates = _dates(case.setting.date, published.sessions, interval, free)
    series = Series(
        sessions=published.sessions,
        sessions_low=published.sessions_low,
        sessions_high=published.sessions_high,
        interval_weeks=interval,
        dates=dates,
        later_zones=tuple(_later(deferrals, dates)),
        why=(
            because(published.text, published.table, *published.rows),
            *(because(_floor_text(row), "policy", row) for row in floors[:1]),
        ),
    )
    moved = (*_calm(case, free, calm_days), *_test_spot(case, facts))
    return series, (*findings, *moved)


class _Bound(NamedTuple):
    """What an interval must not be shorter than, and the sentence for one that is."""

    weeks: float
    rule: str
    text: str
    behind: Waiting | Reason | None = None


def _interval(
    published: Published, floors: list[PolicyRow], rest: Rest, case: Case
) -> tuple[float | None, tuple[Finding, ...]]:
    """The chosen or published interval, no shorter than any bound."""
    chosen, findings = case.setting.interval_weeks, []
    wanted = published.weeks if chosen is None else chosen
    if wanted is None:
        wanted = _least_weeks(floors)
    if wanted is None:
        return None, ()
    for bound in _bounds(published, floors, rest):
        if wanted < bound.weeks:
            text = f"{in_words(wanted)} between sessions {bound.text}"
            findings.append(_caution(bound.rule, text, bound.behind))
            wanted = bound.weeks
    return wanted, (*findings, *_redness(wanted, rest))


def _bounds(published: Published, floors: list[PolicyRow], rest: Rest) -> Iterator[_Bound]:
    shortest, least = published.shortest_weeks, _least_weeks(floors)
    if shortest is not None:
        text = (
            "is shorter than any published interval for these concerns; the shortest, "
            f"{in_words(shortest)}, is planned."
        )
        yield _Bound(shortest, RULE_INTERVAL, text)
    if least is not None:
        text = (
            "is too short for pigment and for skin of types IV to VI: "
            f"{in_words(least)} are planned."
        )
        yield _Bound(least, RULE_PIGMENT, text, because(text, "policy", *floors))
    healed = _weeks(rest.longest.advised_h)
    text = (
        "would end before the longest advice does "
        f"({rest.longest.instruction}, {rest.longest.advised_h:g} h); "
        f"{whole_days(healed)} days are planned."
    )
    yield _Bound(healed, RULE_INTERVAL, text, rest.longest)


def _least_weeks(floors: list[PolicyRow]) -> float | None:
    return convert(floors[0].value, source="days", target="weeks") if floors else None


def _floor_text(row: PolicyRow) -> str:
    return (
        f"Never under {in_words(convert(row.value, source='days', target='weeks'))}: {row.about}."
    )


def _calm(case: Case, free: OpenDays, days: int) -> Iterator[Finding]:
    """That sessions keep clear of the day of calm, where that day is still to come."""
    day = case.setting.calm_by
    if day is not None and day >= case.setting.date:
        text = (
            f"Skin must be calm on {day}: it may still show a session for {days} days, so none is "
            f"planned from {day - timedelta(days=days - 1)} to {day}."
        )
        yield _caution(RULE_CALM, text)


def _test_spot(case: Case, facts: Facts) -> Iterator[Finding]:
    """The offer of a test spot first, for skin that makes dark marks more often."""
    row = facts.policy.get(("test_spot_days", f"phototype_{case.person.phototype}"))
    if row is not None:
        text = (
            f"A test spot first can be offered to skin of type {case.person.phototype}: needle a "
            f"small spot as planned and look at it after {row.value:g} days."
        )
        offer = _caution(RULE_TEST_SPOT, text, because(text, "policy", row))
        yield offer.model_copy(update={"level": Level.NOTE})


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


def _dates(
    first: date, sessions: int | None, interval: float | None, free: OpenDays
) -> tuple[date, ...]:
    if sessions is None or interval is None:
        return (free.first(first),)
    return free.dates(first, sessions, whole_days(interval))


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
