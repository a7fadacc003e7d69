"""The days on which the demo clinic is open."""

from datetime import datetime, timedelta
from random import Random

_FIRST_HOUR, _LAST_HOUR = 8, 16
_SATURDAY = 5


def open_day(at: datetime, days_ago: int, chance: Random) -> datetime:
    """A moment on the last weekday that is at least so many days ago."""
    day = at - timedelta(days=days_ago)
    day -= timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
    hour, quarter = chance.randrange(_FIRST_HOUR, _LAST_HOUR), chance.randrange(4)
    return day.replace(hour=hour, minute=15 * quarter, second=0, microsecond=0)
