"""From fact rows to pulses of making and to maturing."""

import numpy as np

from percuta.facts.edition import Facts
from percuta.facts.parameters import NINETY_IN_SIGMAS, ParameterRow
from percuta.frozen import frozen
from percuta.science.numerics.sampling import Draws
from percuta.science.remodelling.stimulus import Maturing, Pulse


def pulse_of(facts: Facts) -> Pulse:
    """The middle pulse."""
    rows = facts.remodelling
    return Pulse(peak=rows["peak_time", "any"].si(), shape=rows["pulse_shape", "any"].value)


def maturing_of(facts: Facts) -> Maturing:
    """The middle of maturing."""
    rows = facts.remodelling
    return Maturing(
        early_share=rows["early_young_share", "any"].value,
        normal_share=rows["normal_young_share", "any"].value,
        half_life=rows["maturing_half_life", "any"].si(),
    )


@frozen
class Beliefs:
    """What else pulse and maturing may be: ``Float[ndarray, "beliefs"]`` each, times in seconds."""

    peaks: Draws
    shapes: Draws
    half_lives: Draws


def drawn_beliefs(facts: Facts, draws: int, rng: np.random.Generator) -> Beliefs:
    """Beliefs drawn from the ranges of their rows."""
    rows = facts.remodelling
    return Beliefs(
        peaks=_drawn(rows["peak_time", "any"], draws, rng),
        shapes=_drawn(rows["pulse_shape", "any"], draws, rng, above=1.0),
        half_lives=_drawn(rows["maturing_half_life", "any"], draws, rng),
    )


def beliefs(
    facts: Facts, draws: int, rng: np.random.Generator
) -> tuple[tuple[Pulse, Maturing], ...]:
    """The same beliefs, each as its pulse and its maturing."""
    drawn, middle = drawn_beliefs(facts, draws, rng), maturing_of(facts)
    return tuple(
        (
            Pulse(peak=float(peak), shape=float(shape)),
            Maturing(middle.early_share, middle.normal_share, float(half_life)),
        )
        for peak, shape, half_life in zip(drawn.peaks, drawn.shapes, drawn.half_lives, strict=True)
    )


def _drawn(row: ParameterRow, draws: int, rng: np.random.Generator, *, above: float = 0.0) -> Draws:
    """Lognormal draws above a floor, through the row's middle and as wide as its ends."""
    middle, low, high = (row.si(end) - above for end in ("value", "low", "high"))
    spread = np.log(high / low) / NINETY_IN_SIGMAS
    drawn: Draws = above + middle * np.exp(spread * rng.standard_normal(draws))
    return drawn
