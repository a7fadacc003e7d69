"""When skin makes new collagen after sessions, and when that collagen matures: never how much.

Each session gives one pulse of making, all sessions equal ones: no study varied the dose, so
nothing tells one pulse from another. What comes out is relative to its own largest value.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from percuta.errors import OutsideValidity
from percuta.science.numerics.sampling import Draws

Curve = NDArray[np.float64]


_ROUNDS = 6
"""Of Newton's method, which doubles the digits each time: two more than any share here needs."""


@dataclass(frozen=True)
class Pulse:
    """Making after one session: a Gamma law with ``shape`` steps and a ``peak`` [s].

    ``shape`` is above 1: a pulse begins at nothing.
    """

    peak: float
    shape: float

    def __post_init__(self) -> None:
        if not (self.peak > 0 and self.shape > 1):
            raise OutsideValidity("a pulse needs a peak after the session and a shape above 1")

    def making(self, since: Curve) -> Curve:
        """Making over its own peak, in 0..1; nothing before the session."""
        steps = self.shape - 1
        at = np.maximum(since, 0.0) / self.peak
        found: Curve = at**steps * np.exp(steps * (1 - at))
        return found

    def over_after(self, share: float) -> float:
        """Time after which making stays below ``share`` of its peak [s], where it falls.

        Notes
        -----
        In peaks it is the larger root of ``t - ln t = 1 + u`` with ``u = -ln(share) / (shape -
        1)``. That side is convex, so Newton's method comes down to the root from the bound
        ``1 + sqrt(2 u) + u`` and never passes it.

        References
        ----------
        Chatzigeorgiou, IEEE Communications Letters 17 (2013) 1505-1508, for the bound
        """
        if not 0 < share < 1:
            raise OutsideValidity(
                f"making is never over below {share} of its peak: above 0, below 1"
            )
        beyond = -math.log(share) / (self.shape - 1)
        at = 1 + math.sqrt(2 * beyond) + beyond
        for _ in range(_ROUNDS):
            at -= (at - math.log(at) - 1 - beyond) / (1 - 1 / at)
        return self.peak * at


@dataclass(frozen=True)
class Maturing:
    """Type III gives way to type I until the share of normal skin is left.

    ``early_share`` of what was just made and ``normal_share`` are shares of type III in 0..1,
    ``half_life`` [s] that of the surplus.
    """

    early_share: float
    normal_share: float
    half_life: float

    def share(self, age: float) -> float:
        """Share of type III in collagen of one age [s], falling to that of normal skin."""
        left = math.pow(0.5, age / self.half_life)
        return self.normal_share + (self.early_share - self.normal_share) * left

    def ratio_to_normal(self, age: float) -> float:
        """Ratio of type III to type I in collagen of one age, over that of normal skin."""
        share, normal = self.share(age), self.normal_share
        return share / (1 - share) / (normal / (1 - normal))


@dataclass(frozen=True)
class Stimulus:
    """Two curves over the times asked for, each over its own largest value, in 0..1.

    ``making`` is collagen being made, ``young`` collagen that has not matured yet.
    """

    making: Curve
    young: Curve


def stimulus(times: Curve, sessions: Curve, *, pulse: Pulse, maturing: Maturing) -> Stimulus:
    """Relative making and maturing over a series.

    Parameters
    ----------
    times : Float[ndarray, "times"]
        Rising in equal steps, from the first session on [s].
    sessions : Float[ndarray, "sessions"]
        When each session was [s]; at least one lies before the last time.

    Notes
    -----
    ``making = sum of pulses``; ``d young / dt = making - young ln 2 / half-life``, solved exactly
    over each step with making taken as even between its ends. Loss of old collagen takes years
    and is left out.
    """
    making = pulse.making(times[:, None] - sessions[None, :]).sum(axis=1)
    if not making.max() > 0:
        raise OutsideValidity("no session lies before the last time")
    step = times[1] - times[0]
    rate = math.log(2) / maturing.half_life
    kept = math.exp(-rate * step)
    made = (making[:-1] + making[1:]) / 2 * (1 - kept) / rate
    young = np.zeros_like(making)
    young[1:] = np.convolve(made, kept ** np.arange(len(made)))[: len(made)]
    return Stimulus(making=making / making.max(), young=young / young.max())


@dataclass(frozen=True)
class StimulusBand:
    """Low, middle and high end of a relative curve at each time, 5 to 95 % of beliefs."""

    low: Curve
    middle: Curve
    high: Curve


def banded(curves: Draws) -> StimulusBand:
    """The band over ``curves`` of ``Float[ndarray, "beliefs times"]``."""
    low, middle, high = np.quantile(curves, (0.05, 0.5, 0.95), axis=0)
    return StimulusBand(low=low, middle=middle, high=high)
