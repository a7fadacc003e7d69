"""On which days a session may be: not while the clinic is closed, not before a day of calm."""

import math
from datetime import date, timedelta

from percuta.facts.vocabulary import Weekday
from percuta.planning.case.case import Frozen, Setting
from percuta.planning.recovery.recovery_interval import Rest
from percuta.units import convert

_DAY = timedelta(days=1)
_WEEK = tuple(Weekday)


class OpenDays(Frozen):
    """Days that are free for a session.

    ``calm_by`` is a day on which skin must be calm, and ``calm_days`` is how long after a session
    it may not be: no session lies so close before that day, nor on it.
    """

    closed_weekdays: tuple[Weekday, ...] = ()
    holidays: tuple[date, ...] = ()
    calm_by: date | None = None
    calm_days: int = 0

    def first(self, day: date) -> date:
        """The first free day from a day on: later, never earlier."""
        free = day
        while self.is_closed(free) or self.is_too_close(free):
            free += _DAY
        return free

    def is_closed(self, day: date) -> bool:
        """Whether the clinic is closed."""
        return _WEEK[day.weekday()] in self.closed_weekdays or day in self.holidays

    def is_too_close(self, day: date) -> bool:
        """Whether skin needled on a day may still show it on the day of calm."""
        return self.calm_by is not None and 0 <= (self.calm_by - day).days < max(self.calm_days, 1)

    def dates(self, first: date, sessions: int, interval_days: int) -> tuple[date, ...]:
        """Days of a series: each the interval or more after the one before it."""
        found = [self.first(first)]
        while len(found) < sessions:
            found.append(self.first(found[-1] + interval_days * _DAY))
        return tuple(found)


def open_days(setting: Setting, *, calm_days: int) -> OpenDays:
    """The free days of a setting."""
    return OpenDays(
        closed_weekdays=setting.closed_weekdays,
        holidays=setting.holidays,
        calm_by=setting.calm_by,
        calm_days=calm_days,
    )


def calm_days(rest: Rest, *, downtime_upper_days: float) -> int:
    """Days after which skin is calm: no advice holds, redness gone in 19 of 20, nothing seen."""
    hours = max(rest.redness.hours.nineteen_in_twenty, rest.longest.advised_h)
    return math.ceil(max(convert(hours, source="h", target="days"), downtime_upper_days))
