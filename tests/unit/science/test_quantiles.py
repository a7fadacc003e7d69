"""Quantiles are NumPy's own."""

import numpy as np
import pytest

from percuta.science.numerics.quantiles import quantiles

SHARES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


@pytest.mark.parametrize("shape", [(1,), (2,), (41,), (400, 7)])
def test_they_are_numpys_to_the_last_bit(shape: tuple[int, ...]) -> None:
    drawn = np.random.default_rng(1).lognormal(size=shape)
    assert np.array_equal(quantiles(drawn, SHARES), np.quantile(drawn, SHARES, axis=0))
