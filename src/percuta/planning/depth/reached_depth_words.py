"""Where needles end, told as part of a sentence."""

import math

from percuta.science.puncture.depth import Cause

_PARTS = 10
_SPOKEN = (
    (0.0, "hardly any needles"),
    (1 / 10, "about one in ten needles"),
    (1 / 4, "about one in four needles"),
    (1 / 3, "about one in three needles"),
    (1 / 2, "about half of the needles"),
    (2 / 3, "about two in three needles"),
    (3 / 4, "about three in four needles"),
    (9 / 10, "about nine in ten needles"),
    (1.0, "nearly all needles"),
)
_BLAME = {
    Cause.EFFICIENCY: "how much of the set depth this kind of device achieves",
    Cause.NEEDLES: "the spread of single needles",
    Cause.SKIN: "how much skin differs between people",
    Cause.SOURCES: "whose measurement of skin is right",
}


def where_needles_end(
    *,
    inside: float,
    passing: tuple[float, float],
    at_most: float,
    cause: Cause,
    sources: int = 1,
) -> str:
    """Share that ends in the dermis, band and bound of what passes it, what widens this most.

    Parameters
    ----------
    inside : float
        Share of needles that end in the dermis, in 0..1.
    passing : tuple of float
        Low and high end of the share that passes it, each in 0..1.
    at_most : float
        Share that passes it if no needle loses any depth, in 0..1.
    cause : Cause
        What widens the answer most.
    sources : int
        How many measurements of this skin the band of what passes was taken over.
    """
    by = "" if sources == 1 else f", depending on which of {sources} skin measurements is right"
    return (
        f"{spoken_share(inside)} end in the dermis here and {_band(*passing)} may pass it{by} "
        f"({_bound(at_most)} if none lost any depth); what widens this most is {_BLAME[cause]}"
    )


def spoken_share(share: float) -> str:
    """A share of needles in plain words: the nearest of a few."""
    return min(_SPOKEN, key=lambda spoken: abs(spoken[0] - share))[1]


def _band(low: float, high: float) -> str:
    """The band in tenths, its deep end rounded up: it is never told smaller than it is."""
    most = _up(high)
    return {0: "hardly any", 1: "at most one in ten"}.get(
        most, f"{math.floor(_PARTS * low)} to {most} in ten"
    )


def _bound(at_most: float) -> str:
    most = _up(at_most)
    return {0: "none", 1: "at most one in ten", _PARTS: "up to all"}.get(
        most, f"at most {most} in ten"
    )


def _up(share: float) -> int:
    return math.ceil(_PARTS * share - 1e-9)
