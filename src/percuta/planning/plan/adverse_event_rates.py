"""What went wrong in studies of needling, each count with the rate that it leaves possible."""

import math
from collections.abc import Iterable
from functools import lru_cache

from percuta.facts.edition import Facts
from percuta.facts.outcome import EventRow
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen
from percuta.science.outcome.event_rates import exact_interval
from percuta.units import convert


class SeenEvent(Frozen):
    """How often an event was seen, and the exact 95 % interval of its rate.

    ``upper_pct`` is rounded up and ``low_pct`` down: a few people cannot rule more out.
    """

    event: str
    events_n: int
    people_n: int
    low_pct: float
    upper_pct: float
    population: str
    sentence: str
    fact: str
    sources: tuple[str, ...]


def seen_events(zones: Iterable[Zone], facts: Facts) -> tuple[SeenEvent, ...]:
    """Events of needling that were counted in a known number of people, gravest bound first.

    Only counts of skin that is planned, and of needling alone. Where nobody counted at the site of
    a zone, every count of needling alone stands: none counted there is not none seen.
    """
    every = _counted(facts)
    scopes = {f"adverse_events/{scope.event}": scope for scope in facts.event_scopes}
    if not scopes:
        return every
    alone = {fact: s.sites for fact, s in scopes.items() if s.procedure == "needling_alone"}
    words = [set(facts.zones[zone].sites) - {"any"} for zone in zones]
    if any(not any(own & set(sites) for sites in alone.values()) for own in words):
        return tuple(seen for seen in every if seen.fact in alone)
    ours = {"any"}.union(*words)
    return tuple(seen for seen in every if ours & set(alone.get(seen.fact, ())))


@lru_cache(maxsize=4)
def _counted(facts: Facts) -> tuple[SeenEvent, ...]:
    """Every such count.

    Case reports count cases without people, and a row whose source made no rate gets none here.
    """
    found = [
        _seen(row, row.events_n, row.people_n)
        for row in facts.events
        if row.modality == "needling"
        and row.rate_pct_lo is not None
        and row.events_n is not None
        and row.people_n is not None
    ]
    return tuple(sorted(found, key=lambda seen: (-seen.upper_pct, seen.fact)))


def _seen(row: EventRow, events: int, people: int) -> SeenEvent:
    rate = exact_interval(events, people)
    low, upper = (convert(end, source="1", target="pct") for end in (rate.low, rate.high))
    low, upper = math.floor(low * 10) / 10, math.ceil(upper * 10) / 10
    who = "None" if events == 0 else f"{events}"
    bound = f"up to {upper:g} % cannot be ruled out"
    span = bound if events == 0 else f"{low:g} to {upper:g} % is possible"
    return SeenEvent(
        event=row.event,
        events_n=events,
        people_n=people,
        low_pct=low,
        upper_pct=upper,
        population=row.provenance.population,
        sentence=f"{row.event[:1].upper()}{row.event[1:]}: {who} of {people:,}; {span}.",
        fact=f"adverse_events/{row.key}",
        sources=row.sources,
    )
