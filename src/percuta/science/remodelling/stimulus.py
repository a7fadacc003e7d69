"""When skin makes new collagen after sessions, and when that collagen matures: never how much.

Each session gives one pulse of making, all sessions equal ones: no study varied the dose, so
nothing tells one pulse from another. What comes out is relative to its own largest value.
"""

import math

import numpy as np
from numpy.typing import NDArray

from percuta.errors import OutsideValidity
from percuta.frozen import frozen
from percuta.science.numerics.quantiles import quantiles
from percuta.science.numerics.sampling import Draws

Curve = NDArray[np.float64]


_ROUNDS = 6
"""Of Newton's method, which doubles the digits each time: two more than any share here needs."""


@frozen
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
        return _making(since, peaks=np.array(self.peak), shapes=np.array(self.shape))

    def over_after(self, share: float) -> float:
        """Time after which making stays below ``share`` of its peak [s], where it falls."""
        return float(over_after(share, peaks=np.array(self.peak), shapes=np.array(self.shape)))


def over_after(share: float, *, peaks: Draws, shapes: Draws) -> Draws:
    """Time after which the making of each pulse stays below ``share`` of its peak [s].

    Parameters
    ----------
    share : float
        Above 0, below 1.
    peaks, shapes : Float[ndarray, "pulses"]
        As a ``Pulse`` has them, peaks in seconds.

    Notes
    -----
    In peaks it is the larger root of ``t - ln t = 1 + u`` with ``u = -ln(share) / (shape - 1)``.
    That side is convex, so Newton's method comes down to the root from the bound
    ``1 + sqrt(2 u) + u`` and never passes it.

    References
    ----------
    Chatzigeorgiou, IEEE Communications Letters 17 (2013) 1505-1508, for the bound
    """
    if not 0 < share < 1:
        raise OutsideValidity(f"making is never over below {share} of its peak: above 0, below 1")
    beyond = -math.log(share) / (shapes - 1)
    at = 1 + np.sqrt(2 * beyond) + beyond
    for _ in range(_ROUNDS):
        at = at - (at - np.log(at) - 1 - beyond) / (1 - 1 / at)
    found: Draws = peaks * at
    return found


def _making(since: Curve, *, peaks: Draws, shapes: Draws) -> Curve:
    steps = shapes - 1
    at = np.maximum(since, 0.0) / peaks
    found: Curve = at**steps * np.exp(steps * (1 - at))
    return found


@frozen
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


@frozen
class Stimulus:
    """Two curves over the times asked for, each over its own largest value, in 0..1.

    ``making`` is collagen being made, ``young`` collagen that has not matured yet:
    ``Float[ndarray, "times"]``, or ``Float[ndarray, "beliefs times"]`` for many beliefs.
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
    one = stimuli(
        times,
        sessions,
        peaks=np.array([pulse.peak]),
        shapes=np.array([pulse.shape]),
        half_lives=np.array([maturing.half_life]),
    )
    return Stimulus(making=one.making[0], young=one.young[0])


def stimuli(
    times: Curve, sessions: Curve, *, peaks: Draws, shapes: Draws, half_lives: Draws
) -> Stimulus:
    """The curves of many beliefs at once: ``peaks`` and ``half_lives`` in seconds."""
    since = times[:, None] - sessions[None, :]
    pulses = _making(since, peaks=peaks[:, None, None], shapes=shapes[:, None, None])
    making = pulses.sum(axis=2)
    if not np.all(making.max(axis=1) > 0):
        raise OutsideValidity("no session lies before the last time")
    step = times[1] - times[0]
    rate = math.log(2) / half_lives
    kept = np.exp(-rate * step)
    made = (making[:, :-1] + making[:, 1:]) / 2 * ((1 - kept) / rate)[:, None]
    young = np.zeros_like(making)
    for at in range(made.shape[1]):
        young[:, at + 1] = kept * young[:, at] + made[:, at]
    return Stimulus(making=_over_largest(making), young=_over_largest(young))


def _over_largest(curves: Draws) -> Draws:
    found: Draws = curves / curves.max(axis=1, keepdims=True)
    return found


@frozen
class StimulusBand:
    """Low, middle and high end of a relative curve at each time, 5 to 95 % of beliefs."""

    low: Curve
    middle: Curve
    high: Curve


def banded(curves: Draws) -> StimulusBand:
    """The band over ``curves`` of ``Float[ndarray, "beliefs times"]``."""
    low, middle, high = quantiles(curves, (0.05, 0.5, 0.95))
    return StimulusBand(low=low, middle=middle, high=high)
