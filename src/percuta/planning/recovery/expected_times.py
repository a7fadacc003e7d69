"""Hours until something is over, with how sure that is and what widens it."""

from collections.abc import Iterable

from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen
from percuta.planning.judgement.findings import Reason
from percuta.planning.judgement.grades import Grade


class ByShare(Frozen):
    """Hours by which it is over in a half, four in five and 19 in 20 of people."""

    half: float
    four_in_five: float
    nineteen_in_twenty: float


SHARES = (0.5, 0.8, 0.95)
"""The shares of people of ``ByShare``, in its order."""


class Widening(Frozen):
    """One cause of not knowing a time: by what factor it may be out, 5 to 95 %."""

    cause: str
    factor: float


class ExpectedTime(Frozen):
    """When something is over: hours after the session, in the slowest zones of the plan."""

    what: str
    name: str
    hours: ByShare
    zones: tuple[Zone, ...]
    grade: Grade
    grade_words: str
    widened_by: tuple[Widening, ...]
    why: Reason


def slowest(times: Iterable[ExpectedTime]) -> ExpectedTime:
    """The one that is over last in most people, with every zone that takes just as long."""
    known = tuple(times)
    last = max(known, key=lambda time: time.hours.nineteen_in_twenty)
    alike = (time.zones for time in known if time.hours == last.hours)
    return last.model_copy(update={"zones": tuple(zone for zones in alike for zone in zones)})
