"""When holes close, as published, against the closure clocks: V8 to V14."""

import math
from statistics import NormalDist

import numpy as np

from percuta.facts.edition import Facts
from percuta.science.channels.clock_parameters import closing
from percuta.science.channels.clocks import Clock
from percuta.science.numerics.lognormal import LognormalTime
from percuta.units import convert, to_si
from percuta.validation.asked import cell
from percuta.validation.predicted import Predicted, banded, exactly, ranged

_GROUPS = tuple(f"channels/chan.{number}" for number in range(1, 6))
_PEOPLE = "people"
_UNMEASURED = "cheek"
_ENDS = (0.05, 0.95)
_NINETY = (0.5, *_ENDS)
_ROUNDED = (-0.5, 0.0, 0.5)
"""A printed whole number stands for any that is rounded to it."""


def upper_arm_mean(facts: Facts) -> Predicted:
    """V8 [h]."""
    time = _covered_upper_arm(facts)
    return banded(_hours(time.by(0.05)), _mean_h(time), _hours(time.by(0.95)))


def from_half_life(facts: Facts, row: str) -> Predicted:
    """V9 [h]: openness halves in the printed half-life and is closed below the share."""
    share = facts.closure["closed_share", "any"]
    middle, low, high = (
        cell(facts, row) * math.log(1 / end) / math.log(2)
        for end in (share.value, share.high, share.low)
    )
    return ranged(middle, low, high)


def groups_error(facts: Facts) -> Predicted:
    """V10a [h]: one prediction for everybody; the ends are those for unmeasured lightness.

    The error falls and rises again over the range of what may be told, and turns at groups only.
    """
    time = _covered_upper_arm(facts)
    mean = _mean_h(time)
    between = _between_groups(time)
    low, high = (mean * between.by(share) / between.median for share in _ENDS)
    turns = (cell(facts, row) for row in _GROUPS)
    told = (low, high, *(turn for turn in turns if low < turn < high))
    return ranged(_mean_miss(facts, mean), *(_mean_miss(facts, one) for one in told))


def _mean_miss(facts: Facts, told: float) -> float:
    return float(np.mean([abs(cell(facts, row) - told) for row in _GROUPS]))


def groups_inside(facts: Facts) -> Predicted:
    """V10b: how many groups lie in the range of a group's middle."""
    between = _between_groups(_covered_upper_arm(facts))
    low, high = (_hours(between.by(share)) for share in _ENDS)
    return exactly(sum(low <= cell(facts, row) <= high for row in _GROUPS))


def _between_groups(time: LognormalTime) -> LognormalTime:
    """The middle of a group, people apart."""
    apart = tuple(spread for spread in time.spreads if spread.cause != _PEOPLE)
    return LognormalTime(time.median, apart)


def steps_in_order(facts: Facts, *, covered: bool) -> Predicted:
    """V11: neighbours among the three clocks in the published order, middle and early and late."""
    clocks = [_unmeasured_site(facts, clock, covered=covered) for clock in Clock]
    middle, early, late = (
        sum(a < b for a, b in zip(times, times[1:], strict=False))
        for times in (
            [getattr(clock, end) for clock in clocks] for end in ("middle", "low", "high")
        )
    )
    return ranged(middle, early, late)


def in_air(facts: Facts, clock: Clock) -> Predicted:
    """V12 [h]: a clock in air at a site that was not measured, at the reference length."""
    return _unmeasured_site(facts, clock, covered=False)


def _unmeasured_site(facts: Facts, clock: Clock, *, covered: bool) -> Predicted:
    found = closing(
        clock, covered=covered, site=_UNMEASURED, length_mm=_reference_mm(facts), facts=facts
    )
    middle, low, high = (_hours(found.closed_by(share)) for share in _NINETY)
    return banded(low, middle, high)


def epithelium_ratio(facts: Facts) -> Predicted:
    """V13: time of 84 over time of 50 in 100."""
    row = facts.closure["people_spread", "epithelium"]
    middle, low, high = (math.exp(end) for end in (row.value, row.low, row.high))
    return ranged(middle, low, high)


def still_seen_pct(facts: Facts) -> Predicted:
    """V14: a lognormal through days 7 and 14, read at day 28; the ends are those of rounding."""
    early, late, last = (
        math.log(cell(facts, f"channels/chan.{number}", "time_h")) for number in (29, 30, 31)
    )

    def left(rounded: float) -> float:
        seen = to_si(cell(facts, "channels/chan.29") + rounded, "pct")
        middle, sigma = (early + late) / 2, (late - early) / (2 * NormalDist().inv_cdf(seen))
        return convert(NormalDist().cdf((middle - last) / sigma), source="1", target="pct")

    low, middle, high = (left(rounded) for rounded in _ROUNDED)
    return ranged(middle, low, high)


def _covered_upper_arm(facts: Facts) -> LognormalTime:
    """The barrier under cover at the length of the arrays."""
    clock = closing(
        Clock.BARRIER, covered=True, site="upper_arm", length_mm=_reference_mm(facts), facts=facts
    )
    return clock.readings[-1]


def _reference_mm(facts: Facts) -> float:
    return facts.closure["length_reference", "any"].value


def _mean_h(time: LognormalTime) -> float:
    """Mean between people, with everything else at its middle."""
    people = next(spread.amount for spread in time.spreads if spread.cause == _PEOPLE)
    return _hours(time.median) * math.exp(people**2 / 2)


def _hours(time: float) -> float:
    return convert(time, source="s", target="h")
