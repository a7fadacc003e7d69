"""From fact rows to the parameters of channels."""

from percuta.facts.edition import Facts
from percuta.science.channels.closure import BarrierClock
from percuta.science.channels.open_area import Effectiveness

OCCLUDED = "occluded"
"""Under a film, a patch, a cream or a soothing gel."""

OPEN = "open"
"""In air."""


def barrier_clock(facts: Facts, *, covered: bool, end: str = "value") -> BarrierClock:
    """The clock of the barrier; a soothing gel covers as a film does.

    ``end`` chooses the middle (``value``), the shortest (``low``) or the longest (``high``)
    published lifetime.
    """
    subject = OCCLUDED if covered else OPEN
    return BarrierClock(
        lifetime=facts.absorption["barrier_lifetime", subject].si(end),
        spread=facts.absorption["barrier_lifetime_spread", "any"].value,
        closed_share=facts.absorption["closed_share", "any"].value,
    )


def effectiveness(facts: Facts) -> Effectiveness:
    """What acts of the open area."""
    return Effectiveness(
        median=facts.absorption["channel_effectiveness", "any"].value,
        spread=facts.absorption["channel_effectiveness_spread", "any"].value,
    )
