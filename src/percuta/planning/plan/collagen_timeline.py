"""When new collagen is made over a series, and whether the next session comes inside a pulse."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np

from percuta.facts.edition import Facts
from percuta.planning.case.case import Frozen
from percuta.planning.judgement.findings import Reason, because
from percuta.planning.judgement.grades import Grade
from percuta.science.numerics.quantiles import quantiles
from percuta.science.numerics.sampling import stream
from percuta.science.remodelling.parameters import drawn_beliefs, pulse_of
from percuta.science.remodelling.stimulus import StimulusBand, banded, over_after, stimuli
from percuta.units import convert, to_si

SEED = 1
PULSE_DRAWS = 20_000
"""Of the pulse's end: another seed then moves neither end of its band by half a day."""
CURVE_DRAWS = 400
"""Of the curves, which are told to a hundredth of their largest value."""
AFTER_WEEKS = 26
"""Weeks that are shown after the last session: maturing takes months."""

_TEXT = (
    "When, not how much: each curve is over its own largest value. Sessions count alike, because "
    "no study varied the dose. In the rat, making was over by day 11, earlier than here."
)


class RelativeCurve(Frozen):
    """A curve over its own largest value at each week: middle and 5 to 95 % ends."""

    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


class NewCollagen(Frozen):
    """When it is made, and when what was made is still young, week by week; never how much."""

    weeks: tuple[int, ...]
    making: RelativeCurve
    young: RelativeCurve
    pulse_days_low: float
    pulse_days: float
    pulse_days_high: float
    grade: Grade
    grade_words: str
    why: Reason


def new_collagen(dates: tuple[date, ...], facts: Facts) -> NewCollagen:
    """The curves over a series of sessions."""
    return _curves(tuple((day - dates[0]).days for day in dates), facts)


@lru_cache(maxsize=512)
def _curves(days: tuple[int, ...], facts: Facts) -> NewCollagen:
    last = int(convert(days[-1], source="days", target="weeks"))
    weeks = range(last + AFTER_WEEKS + 1)
    times = np.array([to_si(float(week), "weeks") for week in weeks])
    sessions = np.array([to_si(float(day), "days") for day in days])
    drawn = drawn_beliefs(facts, CURVE_DRAWS, stream(SEED, "new collagen"))
    found = stimuli(
        times, sessions, peaks=drawn.peaks, shapes=drawn.shapes, half_lives=drawn.half_lives
    )
    low, middle, high = pulse_days(facts)
    return NewCollagen(
        weeks=tuple(weeks),
        making=_relative(banded(found.making)),
        young=_relative(banded(found.young)),
        pulse_days_low=low,
        pulse_days=middle,
        pulse_days_high=high,
        grade=Grade.C,
        grade_words=Grade.C.words,
        why=because(_TEXT, "remodelling", *facts.remodelling.values()),
    )


def _relative(band: StimulusBand) -> RelativeCurve:
    low, middle, high = (
        tuple(round(float(value), 2) for value in curve)
        for curve in (band.low, band.middle, band.high)
    )
    return RelativeCurve(low=low, middle=middle, high=high)


@lru_cache(maxsize=8)
def pulse_days(facts: Facts) -> tuple[float, float, float]:
    """Days after which making counts as over: 5 %, middle, 95 % of what is believed."""
    share = facts.remodelling["pulse_over_below", "any"].value
    drawn = drawn_beliefs(facts, PULSE_DRAWS, stream(SEED, "new collagen"))
    over = over_after(share, peaks=drawn.peaks, shapes=drawn.shapes)
    ends = quantiles(over, (0.05, 0.95))
    found = (float(ends[0]), pulse_of(facts).over_after(share), float(ends[1]))
    low, middle, high = (round(convert(end, source="s", target="days"), 1) for end in found)
    return low, middle, high


def between_sessions(dates: tuple[date, ...], facts: Facts) -> Iterator[str]:
    """A note for each length of wait after which skin may still be making collagen."""
    low, _, high = pulse_days(facts)
    for gap in sorted({(after - before).days for before, after in pairwise(dates)}):
        if gap > high:
            continue
        still = "is still" if gap < low else "may still be"
        yield (
            f"{gap} days between sessions: the skin {still} making collagen when the next "
            "session comes. Whether that is better or worse has not been studied."
        )
