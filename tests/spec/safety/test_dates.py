"""No session comes too soon."""

from datetime import date, timedelta

from percuta.facts.edition import Facts
from tests.people import SESSION, a_plan


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
