"""The day before which a next session must not be, and each thing that holds it back."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen
from percuta.planning.follow_up.delivered import Delivered
from percuta.planning.follow_up.reported_signs import (
    SignTold,
    cleared_on,
    days_of,
    is_red_at_last,
    last_still,
)
from percuta.planning.plan.plan import Plan
from percuta.planning.recovery.closure_times import waiting
from percuta.planning.recovery.redness_duration import redness_time
from percuta.planning.session.series import in_words, whole_days


class DateBound(Frozen):
    """One thing that holds a session back, and until when."""

    rule: str
    day: date
    reason: str
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def date_bounds(
    plan: Plan,
    delivered: Delivered,
    told: tuple[SignTold, ...],
    *,
    on: date,
    facts: Facts,
) -> tuple[DateBound, ...]:
    """Every bound, the latest first; a later session or a longer closure never makes one earlier.

    ``on`` is the day of asking. Where nothing was needled, nothing has to heal.
    """
    bounds = [DateBound(rule="next.today", day=max(on, delivered.session), reason=_TODAY)]
    bounds += _interval(plan, delivered)
    if delivered.needled:
        bounds += _aftercare(plan, delivered, facts)
        bounds += _redness(plan, delivered, facts)
    bounds += _reported(delivered, told)
    return latest_first(bounds)


def latest_first(bounds: Iterable[DateBound]) -> tuple[DateBound, ...]:
    """Bounds in the order in which they hold a session back."""
    return tuple(sorted(bounds, key=lambda bound: (-bound.day.toordinal(), bound.rule)))


def is_last_needling_untold(plan: Plan, delivered: Delivered) -> bool:
    """Whether an interval would count from a day that nobody told."""
    is_counted = interval_days(plan) is not None
    return is_counted and not delivered.needled and delivered.last_needled is None


_TODAY = "Not before the day on which this is asked."


def interval_days(plan: Plan) -> int | None:
    """Whole days between sessions, or ``None`` where none was published or chosen."""
    weeks = plan.series.interval_weeks if plan.series is not None else None
    if weeks is None:
        return None
    return whole_days(weeks)


def _interval(plan: Plan, delivered: Delivered) -> Iterator[DateBound]:
    series = plan.series
    weeks = series.interval_weeks if series is not None else None
    last = delivered.session if delivered.needled else delivered.last_needled
    if series is not None and weeks is not None and isinstance(last, date):
        since = "the session that was delivered" if delivered.needled else "the last needling"
        behind = series.why[0] if series.why else None
        yield DateBound(
            rule="next.series_interval",
            day=last + timedelta(days=whole_days(weeks)),
            reason=f"{in_words(weeks)} after {since}.",
            facts=behind.facts if behind else (),
            sources=behind.sources if behind else (),
        )


def _aftercare(plan: Plan, delivered: Delivered, facts: Facts) -> Iterator[DateBound]:
    """The longest aftercare, by the plan or by what was really set; never below the leaflet."""
    is_covered = plan.soothing is not None
    anew = waiting(_depths_mm(delivered), covered=is_covered, facts=facts)
    planned = plan.course.waiting if plan.course is not None else ()
    longest = max((*planned, *anew), key=lambda wait: wait.advised_h)
    yield DateBound(
        rule="next.aftercare",
        day=delivered.session + days_of(longest.advised_h),
        reason=f"Aftercare holds until then: {longest.instruction}.",
        facts=longest.facts,
        sources=longest.sources,
    )


def _redness(plan: Plan, delivered: Delivered, facts: Facts) -> Iterator[DateBound]:
    """Where nobody told that redness is over: when it is, in 19 of 20 people.

    Other people's check-ins may make it later than was published, never earlier.
    """
    kind = facts.devices[delivered.device].kind
    red = {
        zone: depth_mm
        for zone, depth_mm in _depths_mm(delivered).items()
        if is_red_at_last(zone, delivered)
    }
    if not red:
        return
    times = [
        redness_time(zone, depth_mm, kind, facts, clinic=clinic)
        for zone, depth_mm in red.items()
        for clinic in ((), plan.clinic_redness)
    ]
    if plan.course is not None:
        times.append(plan.course.redness)
    last = max(times, key=lambda time: time.hours.nineteen_in_twenty)
    yield DateBound(
        rule="next.redness_expected",
        day=delivered.session + days_of(last.hours.nineteen_in_twenty),
        reason="Nobody told that redness is over; by then it is in 19 of 20 people.",
        facts=last.why.facts,
        sources=last.why.sources,
    )


def _reported(delivered: Delivered, told: tuple[SignTold, ...]) -> Iterator[DateBound]:
    still_h, cleared = last_still(delivered), cleared_on(told)
    if still_h > 0:
        yield DateBound(
            rule="next.still_told",
            day=delivered.session + days_of(still_h),
            reason=f"The skin was not settled {still_h:g} h after the session.",
        )
    if cleared is not None:
        text = "A sign was told, and was cleared on that day."
        yield DateBound(rule="next.cleared", day=cleared, reason=text)


def _depths_mm(delivered: Delivered) -> Mapping[Zone, float]:
    return {told.zone: told.depth_mm for told in delivered.needled if told.depth_mm is not None}
