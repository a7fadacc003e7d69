"""The fast normal tail against another library's."""

import numpy as np
import pytest
from scipy.special import ndtr

from percuta.science.numerics.normal import chance_above


def test_tails_agree_with_another_library_far_out() -> None:
    at = np.linspace(-37, 37, 2001)
    assert chance_above(at) == pytest.approx(ndtr(-at), rel=2e-7)


def test_an_end_that_is_nowhere_has_no_chance_above() -> None:
    assert chance_above(np.array([np.inf, -np.inf])).tolist() == [0.0, 1.0]
