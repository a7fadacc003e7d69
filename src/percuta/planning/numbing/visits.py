"""Which zones are numbed on which visit: whole zones in the order of work, none thinner.

A visit takes zones in order until the next does not fit, so that less room only ever drops the
last of them.
"""

from collections.abc import Iterable

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Case

AREA_RULE = "Each zone counts with the large end of its area."

_SLACK = 1e-9


def in_order(zones: Iterable[Zone], case: Case, facts: Facts) -> tuple[Zone, ...]:
    """Zones in the order of work; of two sides, the one that the case names first."""
    named = [zone for stated in case.concerns for zone in stated.zones]
    firsts: dict[str, int] = {}
    for zone, row in facts.zones.items():
        number = firsts.get(zone.without_side, row.order_n)
        firsts[zone.without_side] = min(number, row.order_n)
    return tuple(sorted(zones, key=lambda zone: (firsts[zone.without_side], named.index(zone))))


def visits(zones: Iterable[Zone], most_cm2: float, facts: Facts) -> tuple[tuple[Zone, ...], ...]:
    """Runs of zones that fit on a visit each; a zone larger than a visit is on none."""
    found: list[tuple[Zone, ...]] = []
    run: list[Zone] = []
    for zone in zones:
        if run and large_area((*run, zone), facts) > most_cm2 + _SLACK:
            found.append(tuple(run))
            run = []
        if facts.zones[zone].area_hi_cm2 <= most_cm2 + _SLACK:
            run.append(zone)
    return tuple([*found, tuple(run)] if run else found)


def large_area(zones: Iterable[Zone], facts: Facts) -> float:
    """Skin of a person with large zones [cm2]."""
    return sum(facts.zones[zone].area_hi_cm2 for zone in zones)
