"""From fact rows to the parameters of channels."""

from percuta.facts.edition import Facts
from percuta.science.channels.clock_parameters import closing
from percuta.science.channels.clocks import Clock
from percuta.science.channels.closure import BarrierClock
from percuta.science.channels.open_area import Effectiveness


def barrier_clock(facts: Facts, *, covered: bool, site: str, length_mm: float) -> BarrierClock:
    """The clock of the barrier at a site; a soothing gel covers as a film does.

    It closes when the clock that advice is read off says so: one truth for both.
    """
    return BarrierClock(
        closing=closing(
            Clock.BARRIER, covered=covered, site=site, length_mm=length_mm, facts=facts
        ),
        closed_share=facts.closure["closed_share", "any"].value,
    )


def effectiveness(facts: Facts) -> Effectiveness:
    """What acts of the open area."""
    return Effectiveness(
        median=facts.absorption["channel_effectiveness", "any"].value,
        spread=facts.absorption["channel_effectiveness_spread", "any"].value,
    )
