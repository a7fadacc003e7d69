"""The line of measured blood levels: as fitted, as shipped, and judged with studies left out."""

import math

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.science.absorption.measured_peak import Exposure
from percuta.science.absorption.peak_fit import highest_of, spread_of_highest
from percuta.science.absorption.peak_parameters import deviations, fit, peak_law
from percuta.validation.peaks import binomial_interval, checked_peaks


def test_the_line_that_is_shipped_is_the_fit_of_the_rows(facts: Facts) -> None:
    shipped, again = peak_law(facts), fit(facts)
    assert np.allclose(shipped.coefficients, again.coefficients, atol=1e-5)
    assert np.allclose(shipped.covariance, again.covariance, atol=1e-5)
    assert shipped.study_spread == pytest.approx(again.study_spread, abs=1e-5)
    assert shipped.person_spread == pytest.approx(again.person_spread, abs=1e-5)


def test_more_of_anything_never_lowers_the_limit_and_more_weight_never_raises_it(
    facts: Facts,
) -> None:
    law, far = peak_law(facts), deviations(facts)
    rng = np.random.default_rng(3)
    for _ in range(400):
        rate, area, time, mass = rng.uniform((0.02, 1e-4, 900, 35), (0.25, 0.09, 18000, 140))
        cover, face = rng.integers(0, 2, 2)
        base = Exposure(rate, area, time, mass, float(cover), float(face))
        level = law.limit(base, deviations=far)
        assert (
            law.limit(Exposure(rate, area, time * 1.1, mass, cover, face), deviations=far) > level
        )
        assert (
            law.limit(Exposure(rate, area * 1.1, time, mass, cover, face), deviations=far) > level
        )
        assert (
            law.limit(Exposure(rate, area, time, mass * 1.1, cover, face), deviations=far) < level
        )
        assert law.limit(Exposure(rate, area, time, mass, 1.0, face), deviations=far) >= level
        assert law.limit(Exposure(rate, area, time, mass, cover, 1.0), deviations=far) >= level


def test_the_highest_of_people_by_a_million_draws() -> None:
    draws = np.random.default_rng(5).standard_normal((40_000, 25)).max(axis=1)
    mean, variance = highest_of(25)
    assert mean == pytest.approx(draws.mean(), abs=0.01)
    assert variance == pytest.approx(draws.var(), abs=0.01)
    assert highest_of(1) == pytest.approx((0.0, 1.0), abs=1e-6)
    spread, _ = spread_of_highest(1.0, math.exp(mean * 0.5), 25)
    assert spread == pytest.approx(0.5)


def test_the_highest_of_people_lies_where_the_line_expects_it(facts: Facts) -> None:
    """Of nine highest ones with a known number of people, few lie in either tail."""
    chances = [c for one in checked_peaks(facts) if (c := one.chance_of_highest) is not None]
    assert len(chances) == 8
    assert sum(chance > 0.95 for chance in chances) == 0
    assert sum(chance < 0.05 for chance in chances) == 2


def test_an_exact_interval_of_a_share() -> None:
    low, high = binomial_interval(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.555, 0.997)
    assert binomial_interval(0, 5)[0] == 0
    assert binomial_interval(5, 5)[1] == 1


def test_another_drug_of_the_same_cream_was_never_used_to_fit(facts: Facts) -> None:
    fitted = [row for row in facts.plasma_peaks if row.use == "fitted"]
    assert {row.drug for row in fitted} == {"lidocaine"}
    assert all(row.site in {"face", "body", "unknown"} for row in fitted)
    assert len(fitted) == 10
