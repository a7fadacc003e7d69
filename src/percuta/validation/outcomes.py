"""What groups in studies had, as published, against the outcome model: V31, V32, V34."""

import math
from itertools import product

import numpy as np

from percuta.facts.edition import Facts
from percuta.facts.outcome import OutcomeCheck
from percuta.facts.vocabulary import Concern
from percuta.science.outcome.posterior import posterior_of
from percuta.science.outcome.prediction import Bands, GroupOutcome, group_outcome
from percuta.science.outcome.response import matured_share
from percuta.units import convert
from percuta.validation.asked import cell, done
from percuta.validation.predicted import Predicted, banded, exactly, of_draws, ranged

_FOUR_IN_FIVE, _NINETEEN_IN_TWENTY = 0.8, 0.95
_WEEKLY = ("heal.29", "heal.30", "heal.31", "heal.32")
_SESSIONS = 12.0
_ROUNDED = 0.005
"""Half of the last printed digit of a mean grade."""


def with_the_study(facts: Facts, arm: str) -> Predicted:
    """V31a to c [grades]: the group's mean with the study read, as the fit left it."""
    row = _check_of(facts, arm)
    return banded(row.fitted_low_80, row.fitted, row.fitted_high_80, share=_FOUR_IN_FIVE)


def without_the_study(facts: Facts, arm: str) -> Predicted:
    """V31d to f [grades]: the arm as all other studies predict it."""
    row = _check_of(facts, arm)
    return banded(row.low_80, row.middle, row.high_80, share=_FOUR_IN_FIVE)


def _check_of(facts: Facts, arm: str) -> OutcomeCheck:
    return next(row for row in facts.outcome_checks if row.key == f"check.{arm}")


def first_gain_from_the_last(facts: Facts) -> Predicted:
    """V31g [grades]: pace and end from the last steps, read at the end of the sessions.

    The sessions fill the three months that were printed, evenly. The ends are what printed means
    may be rounded from.
    """
    course = convert(
        cell(facts, "healing/heal.30", "time_high_days"), source="days", target="months"
    )
    printed = [cell(facts, f"healing/{row}") for row in _WEEKLY]
    ends = (
        _gain_at_the_end(course, *(mean + off for mean, off in zip(printed, away, strict=True)))
        for away in product((-_ROUNDED, _ROUNDED), repeat=len(printed))
    )
    return ranged(_gain_at_the_end(course, *printed), *ends)


def _gain_at_the_end(course: float, before: float, end: float, one: float, two: float) -> float:
    """From grades before, at the end, and one and two months later; all times in months."""
    first, second = end - one, one - two
    rate = -math.log(second / first)
    final = (before - two) + second * (second / first) / (1 - second / first)
    values = (np.asarray(value) for value in (0.0, 1 / rate, _SESSIONS, course / _SESSIONS))
    since_last, maturation, sessions, interval = values
    matured = matured_share(since_last, maturation, sessions=sessions, interval=interval)
    return final * float(matured)


def pace(facts: Facts) -> Predicted:
    """V31h [1/month]: the fitted pace of maturing."""
    months = convert(1.0, source="s", target="months") * posterior_of(facts).maturation
    return of_draws(1 / months, share=_FOUR_IN_FIVE)


def new_study(facts: Facts) -> Predicted:
    """V32 [grades]: what a new study of such a group may find."""
    return _four_in_five(_acne_grades(facts).mean)


def over_a_comparator(facts: Facts) -> Predicted | None:
    """V34a [grades]: what is left over an untreated side, where a trial has one."""
    bands = _acne_grades(facts).over_control
    if bands is None:
        return None
    low, high = bands.nineteen_in_twenty
    return banded(low, bands.middle, high, share=_NINETEEN_IN_TWENTY)


def low_end_over_a_comparator(facts: Facts) -> Predicted | None:
    """V34b [grades]: the low end of the same band."""
    bands = _acne_grades(facts).over_control
    return None if bands is None else exactly(bands.nineteen_in_twenty[0])


def _four_in_five(bands: Bands) -> Predicted:
    low, high = bands.four_in_five
    return banded(low, bands.middle, high, share=_FOUR_IN_FIVE)


def _acne_grades(facts: Facts) -> GroupOutcome:
    """Four monthly sessions of acne scars, three months later."""
    told = group_outcome(
        Concern.ACNE_SCARS,
        facts,
        sessions=done(facts, "sessions", "V32"),
        interval=done(facts, "interval", "V32"),
        since_last=done(facts, "since_last", "V32"),
    )
    return next(outcome for outcome in told if outcome.axis == "grades")
