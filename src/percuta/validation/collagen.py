"""When new collagen is made and matures, as published: V36, V37."""

from dataclasses import fields

import numpy as np

from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import stream
from percuta.science.remodelling.parameters import beliefs, maturing_of, pulse_of
from percuta.science.remodelling.stimulus import Stimulus
from percuta.units import to_si
from percuta.validation.asked import cell, done
from percuta.validation.predicted import Predicted, banded, exactly, ranged

_BELIEFS = 400
_NINETY = (0.05, 0.95)


def peak_day(facts: Facts) -> Predicted:
    """V36a [days]."""
    row = facts.remodelling["peak_time", "any"]
    return ranged(row.value, row.low, row.high)


def young_ratio(facts: Facts) -> Predicted:
    """V36b: collagen made at the peak, six months after the wound."""
    since = to_si(cell(facts, "healing/heal.24", "time_high_days"), "days")
    middle = maturing_of(facts).ratio_to_normal(since - pulse_of(facts).peak)
    others = [
        maturing.ratio_to_normal(since - pulse.peak)
        for pulse, maturing in beliefs(facts, _BELIEFS, stream(36, "V36b"))
    ]
    low, high = (float(end) for end in np.quantile(others, _NINETY))
    return banded(low, middle, high)


def still_made(facts: Facts) -> Predicted:
    """V36c: making on a day over its peak."""
    day = np.array([done(facts, "day", "V36c")])
    middle = float(pulse_of(facts).making(day)[0])
    others = [
        float(pulse.making(day)[0]) for pulse, _ in beliefs(facts, _BELIEFS, stream(36, "V36c"))
    ]
    low, high = (float(end) for end in np.quantile(others, _NINETY))
    return banded(low, middle, high)


def elastin_curves(_: Facts) -> Predicted:
    """V37."""
    return exactly(sum("elastin" in field.name for field in fields(Stimulus)))
