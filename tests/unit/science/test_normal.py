"""The fast normal tail against another library's."""

import numpy as np
import pytest
from scipy.special import ndtr

from percuta.science.numerics.normal import chance_above, even_normals


def test_tails_agree_with_another_library_far_out() -> None:
    at = np.linspace(-37, 37, 2001)
    assert chance_above(at) == pytest.approx(ndtr(-at), rel=2e-7)


def test_an_end_that_is_nowhere_has_no_chance_above() -> None:
    assert chance_above(np.array([np.inf, -np.inf])).tolist() == [0.0, 1.0]


def test_even_draws_have_the_quantiles_of_the_law_in_any_order() -> None:
    one, other = (even_normals(255, np.random.default_rng(seed)) for seed in (1, 2))
    assert sorted(one) == pytest.approx(sorted(other))
    assert list(one) != list(other)
    assert np.quantile(one, [0.05, 0.5, 0.95]) == pytest.approx([-1.645, 0, 1.645], abs=0.02)
