"""No session comes too soon."""

from datetime import date, timedelta

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from tests.people import SESSION, a_plan, one_concern


def test_sessions_keep_their_distance_over_year_end_and_leap_day(facts: Facts) -> None:
    for first in (SESSION, date(2027, 12, 20), date(2028, 2, 10)):
        series = a_plan(facts, date=first).series
        assert series is not None
        assert series.interval_weeks is not None
        gaps = [b - a for a, b in zip(series.dates, series.dates[1:], strict=False)]
        assert all(gap >= timedelta(weeks=series.interval_weeks) for gap in gaps)


def test_a_waiting_time_is_counted_in_calendar_days(facts: Facts) -> None:
    """14 days after 20 February 2028, a leap year, is 5 March."""
    tanned = {"status": "past", "last": date(2028, 2, 20)}
    plan = a_plan(facts, tan_or_sunbed=tanned, date=date(2028, 3, 1))
    assert plan.earliest_date == date(2028, 3, 5)


@pytest.mark.parametrize("weeks", [0.01, 0.5, 1.0, 4.0])
@pytest.mark.parametrize("concern", ["acne_scars", "enlarged_pores"])
def test_no_interval_ends_before_the_longest_advice(
    weeks: float, concern: str, facts: Facts
) -> None:
    """With a published series or without one."""
    plan = a_plan(facts, concerns=one_concern(concern, "nose"), interval_weeks=weeks)
    assert plan.series is not None
    assert plan.series.interval_weeks is not None
    assert plan.course is not None
    longest_h = max(wait.advised_h for wait in plan.course.waiting)
    assert plan.series.interval_weeks * 7 * 24 >= longest_h
    raised = plan.series.interval_weeks > weeks
    assert raised == ("series.interval_too_short" in {finding.rule for finding in plan.findings})


def test_sites_that_close_late_are_given_longer(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("stretch_marks", "abdomen"), interval_weeks=0.1)
    assert plan.course is not None
    longest_h = max(wait.advised_h for wait in plan.course.waiting)
    assert plan.series is not None
    assert (plan.series.interval_weeks or 0.0) * 7 * 24 >= longest_h


@pytest.mark.parametrize(("weeks", "is_told"), [(1.0, True), (4.0, False)])
def test_a_session_that_may_find_red_skin_is_said(
    weeks: float, is_told: bool, facts: Facts
) -> None:
    plan = a_plan(facts, interval_weeks=weeks)
    assert plan.course is not None
    last_h = plan.course.redness.hours.nineteen_in_twenty
    assert (last_h > weeks * 7 * 24) == is_told
    told = {finding.rule: finding for finding in plan.findings}
    assert ("series.redness_may_last" in told) == is_told
    if is_told:
        assert told["series.redness_may_last"].level is Level.CAUTION
        assert told["series.redness_may_last"].facts
