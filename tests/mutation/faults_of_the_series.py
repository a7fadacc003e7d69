"""Planted faults in sessions and dates."""

from tests.mutation.noticing import Group, Judge
from tests.mutation.planting import Fault

FAULTS = (
    Fault("the shorter interval on ties", "published_series._middle_pair", "max((pair for pair in kept if pair.sessions_n == middle), key=lambda pair: pair.interval_days)", "min((pair for pair in kept if pair.sessions_n == middle), key=lambda pair: pair.interval_days)"),
    Fault("studies under the floor count", "published_series._middle_pair", "[pair for pair in pairs if pair.interval_days >= least_days]", "[pair for pair in pairs]"),
    Fault("dark skin as any skin", "published_series.least_interval", "[f'phototype_{phototype}' for phototype in types]", "[]"),
    Fault("pigment as any concern", "published_series.least_interval", "subjects = [concern.concern.value for concern in concerns]", "subjects: list[str] = []"),
    Fault("the concern with the shortest interval", "published_series._of_one_study", "max(chosen, key=lambda one: (one.interval_days, one.sessions_n))", "min(chosen, key=lambda one: (one.interval_days, one.sessions_n))"),
    Fault("a wish under the floor", "series._bounds", "_Bound(least, RULE_PIGMENT, text, because(text, 'policy', *floors))", "_Bound(0.0, RULE_PIGMENT, text, because(text, 'policy', *floors))"),
    Fault("no floor without a series", "series._interval", "_least_weeks(floors)", "None"),
    Fault("weekdays counted from Sunday", "open_days.OpenDays.is_closed", "day.weekday()", "day.weekday() - 1"),
    Fault("open on holidays", "open_days.OpenDays.is_closed", "_WEEK[day.weekday()] in self.closed_weekdays or day in self.holidays", "_WEEK[day.weekday()] in self.closed_weekdays"),
    Fault("earlier in place of later", "open_days.OpenDays.first", "free += _DAY", "free -= _DAY"),
    Fault("interval from the day before the move", "open_days.OpenDays.dates", "found[-1] + interval_days * _DAY", "first + len(found) * interval_days * _DAY"),
    Fault("red at the wedding", "open_days.OpenDays.is_too_close", "max(self.calm_days, 1)", "1"),
    Fault("calm as soon as nothing is seen", "open_days.calm_days", "max(rest.redness.hours.nineteen_in_twenty, rest.longest.advised_h)", "0.0"),
    Fault("calm while signs are seen", "open_days.calm_days", "max(convert(hours, source='h', target='days'), downtime_upper_days)", "convert(hours, source='h', target='days')"),
)  # fmt: skip

GROUP = Group(Judge("2026-11-30"), FAULTS)
