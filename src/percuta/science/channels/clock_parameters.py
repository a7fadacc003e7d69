"""From fact rows to the three closure clocks."""

from percuta.facts.edition import Facts
from percuta.facts.parameters import ParameterRow
from percuta.science.channels.clocks import Clock, Closing, ClosingLaw, Lightness, closing_time
from percuta.units import to_si

_LIGHTNESS_STEP = 10.0
"""Units of L* for which the effect is told in the table."""


def closing(
    clock: Clock,
    *,
    covered: bool,
    site: str,
    length_mm: float,
    facts: Facts,
    lightness: float | None = None,
) -> Closing:
    """When one clock has run down at a site after needles of a length.

    Covered skin, and a soothing gel covers, is read by both published times: it never closes
    before skin in air.
    """
    length = to_si(length_mm, "mm")
    return Closing(
        tuple(
            closing_time(closing_law(clock, row, site, facts), length=length, lightness=lightness)
            for row in half_closed(clock, covered=covered, facts=facts)
        )
    )


def half_closed(clock: Clock, *, covered: bool, facts: Facts) -> tuple[ParameterRow, ...]:
    """The rows that tell the middle time; only the barrier was watched under cover too."""
    if clock is not Clock.BARRIER:
        return (facts.closure["half_closed", clock.value],)
    in_air = facts.closure["half_closed", "barrier_air"]
    return (in_air, facts.closure["half_closed", "barrier_covered"]) if covered else (in_air,)


def closing_law(clock: Clock, row: ParameterRow, site: str, facts: Facts) -> ClosingLaw:
    """The law of one clock read from one middle time."""
    measured = facts.closure.get(("site_factor", site))
    factor = measured.value if measured else 1.0
    length = facts.closure["length_effect", "any"]
    return ClosingLaw(
        half_closed=row.si() * factor,
        studies=row.log_spread,
        people=facts.closure["people_spread", clock.value].value,
        site=0.0 if measured else facts.closure["site_spread", "unmeasured"].value,
        length_power=length.value,
        length_belief=length.spread,
        length_reference=facts.closure["length_reference", "any"].si(),
        lightness=_lightness(facts),
    )


def _lightness(facts: Facts) -> Lightness:
    effect = facts.closure["lightness_effect", "any"]
    return Lightness(
        effect=effect.value / _LIGHTNESS_STEP,
        belief=effect.spread / _LIGHTNESS_STEP,
        middle=facts.closure["lightness_middle", "any"].value,
        spread=facts.closure["lightness_spread", "any"].value,
    )
