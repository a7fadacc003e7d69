"""How deep a needle truly ends, against what the dial says.

Rival laws stand side by side behind one interface: the reduced law (tolerance of the dial,
efficiency, spread), a bound without any loss for safety, and the formula behind the published
figures of the models review. Choosing is passing an object.
"""

from abc import ABC, abstractmethod
from enum import StrEnum

import numpy as np

from percuta.frozen import frozen
from percuta.science.numerics.normal import chance_above
from percuta.science.numerics.quantiles import quantiles
from percuta.science.numerics.sampling import Draws
from percuta.science.skin.thickness import SkinDraws


class DepthLaw(ABC):
    """Reached depth for a set depth, person by person."""

    @abstractmethod
    def reached(self, set_depth: float, *, efficiency: Draws, rng: np.random.Generator) -> Draws:
        """Depth at which needles end [m], not negative.

        Parameters
        ----------
        set_depth : float
            What the dial says [m].
        efficiency : Float[ndarray, "draws"]
            Achieved over set depth, each in 0..1.
        """


@frozen
class ReducedLaw(DepthLaw):
    """``d = (L + e) min(1, eta exp(eps))``: the law planned with.

    ``tolerance`` of the dial either side [m], ``spread`` of single needles on a log scale. The
    published ratios behind the efficiency already hold what the skin gives way, so nothing is
    taken away for it. A needle cannot end deeper than it sticks out, hence the 1.
    """

    tolerance: float
    spread: float

    def reached(self, set_depth: float, *, efficiency: Draws, rng: np.random.Generator) -> Draws:
        """See the base class; deeper settings never reach less with the same draws."""
        size = efficiency.shape
        dial = _dialled(set_depth, rng.uniform(-self.tolerance, self.tolerance, size))
        # In place: a plan draws millions, and fresh memory costs as much as the arithmetic.
        share = rng.normal(0.0, self.spread, size)
        np.exp(share, out=share)
        share *= efficiency
        np.minimum(1.0, share, out=share)
        share *= dial
        return share

    def sticks_out(self, set_depth: float, *, off: Draws) -> Draws:
        """How far needles of devices stick out [m]; ``off`` is each dial's error, in -1..1."""
        return _dialled(set_depth, self.tolerance * off)

    def share_deeper(self, depth: Draws, *, sticks_out: Draws, efficiency: Draws) -> Draws:
        """Share of one device's needles that end deeper than a depth, in 0..1, person by person.

        Parameters
        ----------
        depth : Float[ndarray, "people"]
            In the skin [m], above 0.
        sticks_out : Float[ndarray, "people"]
            How far the needles stick out [m]: the same for all needles of a device.
        efficiency : Float[ndarray, "people"]
            Achieved over set depth, each above 0, at most 1.
        """
        achieved = np.maximum(sticks_out * efficiency, np.finfo(np.float64).tiny)
        chance = chance_above(np.log(depth / achieved) / self.spread)
        return np.where(sticks_out > depth, chance, 0.0)


def _dialled(set_depth: float, error: Draws) -> Draws:
    dial: Draws = np.maximum(0.0, set_depth + error)
    return dial


@frozen
class LosslessLaw(DepthLaw):
    """The safety bound: no needle loses any depth, and the dial is off to the deep side.

    No draw of the law planned with is ever deeper.
    """

    tolerance: float

    def reached(self, set_depth: float, *, efficiency: Draws, rng: np.random.Generator) -> Draws:
        """See the base class; neither efficiency nor skin takes anything away."""
        return np.full(efficiency.shape, set_depth + self.tolerance)


@frozen
class PublishedJitterLaw(DepthLaw):
    """Normal jitter of a share of the achieved depth: behind the figures of the models review."""

    jitter_share: float

    def reached(self, set_depth: float, *, efficiency: Draws, rng: np.random.Generator) -> Draws:
        """See the base class; kept to reproduce those figures, not to plan with."""
        achieved = set_depth * efficiency
        jitter = rng.normal(0.0, 1.0, efficiency.shape) * self.jitter_share * achieved
        return np.maximum(0.0, achieved + jitter)


class Cause(StrEnum):
    """What widens the band of reached depth against the skin most."""

    EFFICIENCY = "efficiency"
    NEEDLES = "needles"
    SKIN = "skin"
    SOURCES = "sources"


_BAND = (0.05, 0.5, 0.95)
_NESTED = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


@frozen
class Band:
    """A middle value with its 5 to 95 % band."""

    low: float
    middle: float
    high: float


Ends = tuple[float, float]


@frozen
class NestedBands:
    """A middle value inside the bands that hold a half, four in five and 19 in 20 of all."""

    middle: float
    half: Ends
    four_in_five: Ends
    nineteen_in_twenty: Ends


@frozen
class Puncture:
    """What a set depth does in this skin.

    ``reaches_dermis`` and ``passes_dermis`` are shares of needles; their bands are made by the
    uncertainty of the efficiency alone. ``reached``, ``epidermis`` and ``dermis_end`` are
    depths [m] over needles and people; the nested bands show two of them in full.
    """

    reaches_dermis: Band
    passes_dermis: Band
    reached: Band
    epidermis: Band
    dermis_end: Band
    reached_bands: NestedBands
    dermis_end_bands: NestedBands
    widest_cause: Cause


def puncture(
    law: DepthLaw,
    set_depth: float,
    *,
    skin: SkinDraws,
    efficiency: Draws,
    rng: np.random.Generator,
) -> Puncture:
    """Where needles end in a skin, for every efficiency that is believed.

    Parameters
    ----------
    law : DepthLaw
        How depth is lost.
    set_depth : float
        What the dial says [m].
    skin : SkinDraws
        Thickness in many people.
    efficiency : Float[ndarray, "beliefs"]
        Draws of the efficiency, each in 0..1: one belief each.

    Notes
    -----
    For each belief the chance over people and needles is a number; the band over beliefs says
    how much the unknown efficiency matters.
    """
    shape = (efficiency.size, skin.total.size)
    grid = np.broadcast_to(efficiency[:, None], shape)
    depth = law.reached(set_depth, efficiency=grid, rng=rng)
    total = skin.total
    reached, reached_bands = _banded(depth)
    dermis_end, dermis_end_bands = _banded(total)
    return Puncture(
        reaches_dermis=_band((depth > skin.epidermis).mean(axis=1)),
        passes_dermis=_band((depth > total).mean(axis=1)),
        reached=reached,
        epidermis=_band(skin.epidermis),
        dermis_end=dermis_end,
        reached_bands=reached_bands,
        dermis_end_bands=dermis_end_bands,
        widest_cause=_widest_cause(depth, skin),
    )


def _band(values: Draws) -> Band:
    low, middle, high = quantiles(values, _BAND)
    return Band(float(low), float(middle), float(high))


def _banded(values: Draws) -> tuple[Band, NestedBands]:
    """The band and the nested bands of the same draws."""
    told = quantiles(values.ravel(), (_BAND[0], _BAND[-1], *_NESTED))
    low, high, *ends = (float(end) for end in told)
    nested = NestedBands(
        middle=ends[3],
        half=(ends[2], ends[4]),
        four_in_five=(ends[1], ends[5]),
        nineteen_in_twenty=(ends[0], ends[6]),
    )
    return Band(low, nested.middle, high), nested


def _widest_cause(depth: Draws, skin: SkinDraws) -> Cause:
    """Variance between beliefs, within a belief, and between people's skins."""
    variances = {
        Cause.EFFICIENCY: float(depth.mean(axis=1).var()),
        Cause.NEEDLES: float(depth.var(axis=1).mean()),
        Cause.SKIN: float(skin.total.var()),
    }
    return max(variances, key=lambda cause: variances[cause])
