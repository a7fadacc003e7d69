"""Until when holes are open in a zone, clock by clock, and what must wait for that."""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from statistics import NormalDist

from percuta.facts.edition import Facts
from percuta.facts.parameters import ParameterRow
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen
from percuta.planning.judgement.findings import because
from percuta.planning.judgement.grades import Grade
from percuta.planning.recovery.expected_times import SHARES, ByShare, ExpectedTime, Widening
from percuta.science.channels.clock_parameters import closing, half_closed
from percuta.science.channels.clocks import Clock, Closing
from percuta.units import convert

_NAMES = {
    Clock.BARRIER: "Barrier open",
    Clock.EPITHELIUM: "Epidermis not whole",
    Clock.VISIBLE: "Holes seen by imaging",
}
CLOCK_GRADES = {Clock.BARRIER: Grade.B, Clock.EPITHELIUM: Grade.C, Clock.VISIBLE: Grade.C}
_WORDS = {
    Clock.BARRIER: "After needle arrays, {cover}: no pen was measured on a face.",
    Clock.EPITHELIUM: "Carried over from small laser zones: needles were not measured.",
    Clock.VISIBLE: "Between pores still seen at a day and laser zones, which lose tissue.",
}
NINETY_FIVE = NormalDist().inv_cdf(0.95)


class Waiting(Frozen):
    """An instruction, the leaflet's floor, and the hour until which it is advised to hold."""

    instruction: str
    floor_h: float | None
    advised_h: float
    clocks: tuple[str, ...]
    facts: tuple[str, ...]
    sources: tuple[str, ...]


def closing_times(
    zone: Zone, depth_mm: float, *, covered: bool, facts: Facts
) -> tuple[ExpectedTime, ...]:
    """The three clocks of one zone; ``covered`` by a soothing gel, film or cream."""
    return tuple(_closing_time(clock, zone, depth_mm, covered, facts) for clock in Clock)


@lru_cache(maxsize=2048)
def _closing_time(
    clock: Clock, zone: Zone, depth_mm: float, covered: bool, facts: Facts
) -> ExpectedTime:
    site = facts.zones[zone].site
    found = closing(clock, covered=covered, site=site, length_mm=depth_mm, facts=facts)
    grade = CLOCK_GRADES[clock]
    text = _WORDS[clock].format(cover="under cover" if covered else "in air")
    return ExpectedTime(
        what=clock.value,
        name=_NAMES[clock],
        hours=ByShare(**dict(zip(ByShare.model_fields, _hours(found), strict=True))),
        zones=(zone,),
        grade=grade,
        grade_words=grade.words,
        widened_by=tuple(
            Widening(cause=cause.cause, factor=round(math.exp(NINETY_FIVE * cause.amount), 2))
            for cause in found.spreads
            if cause.amount > 0
        ),
        why=because(text, "closure", *_rows(clock, site, covered, facts)),
    )


def _hours(found: Closing) -> Iterator[float]:
    for share in SHARES:
        yield round(convert(found.closed_by(share), source="s", target="h"), 1)


def _rows(clock: Clock, site: str, covered: bool, facts: Facts) -> Iterator[ParameterRow]:
    yield from half_closed(clock, covered=covered, facts=facts)
    yield facts.closure["people_spread", clock.value]
    measured = facts.closure.get(("site_factor", site))
    yield measured or facts.closure["site_spread", "unmeasured"]
    for quantity in ("length_effect", "length_reference", "lightness_effect", "lightness_spread"):
        yield facts.closure[quantity, "any"]


@lru_cache(maxsize=2048)
def _advised_h(clock: str, zone: Zone, depth_mm: float, covered: bool, facts: Facts) -> float:
    site = facts.zones[zone].site
    found = closing(Clock(clock), covered=covered, site=site, length_mm=depth_mm, facts=facts)
    share = convert(facts.policy["advice_closed_pct", "any"].value, source="pct", target="1")
    return math.ceil(convert(found.closed_by(share), source="s", target="h"))


def waiting(depths_mm: Mapping[Zone, float], *, covered: bool, facts: Facts) -> tuple[Waiting, ...]:
    """Until when each instruction is advised to hold, over all zones.

    The latest of the clocks that it waits for, and never below the floor of the leaflet.
    """
    policy = facts.policy["advice_closed_pct", "any"]
    floors = {row.key: row for row in facts.aftercare}
    told = []
    for row in facts.closure_advice:
        floor = floors[row.instruction]
        ends = [
            _advised_h(clock, zone, depth_mm, covered, facts)
            for clock in row.clocks
            for zone, depth_mm in depths_mm.items()
        ]
        told.append(
            Waiting(
                instruction=floor.instruction,
                floor_h=floor.until_h_lo,
                advised_h=max(floor.until_h_lo or 0.0, *ends),
                clocks=row.clocks,
                facts=(
                    f"closure_advice/{row.key}",
                    f"aftercare/{floor.key}",
                    f"policy/{policy.key}",
                ),
                sources=tuple(dict.fromkeys((*floor.sources, *row.sources))),
            )
        )
    return tuple(told)
