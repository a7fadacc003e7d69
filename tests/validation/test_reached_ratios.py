"""V6: reached over set depth as published, against the law before the one planned with.

The row is spent: the efficiencies were drawn around these same ratios, so that lying inside
says the law does not contradict them, and no more.
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.depth import ReducedLaw

# validation row, kind of device, whether the published ratio lies inside the 90 % band of the law
# that took indentation away once more
RATIOS = [
    ("V6a", "stamp", False),
    ("V6b", "stamp", True),
    ("V6c", "roller", True),
    ("V6d", "pen", False),
    ("V6e", "pen", False),
]
INDENTATION = (1e-4, 2e-4)
DRAWS = 100_000
Draws = NDArray[np.float64]


def with_indentation(set_depth: float, efficiency: Draws, rng: np.random.Generator) -> Draws:
    """The law as the models review writes it, with which Percuta planned at first."""
    law = ReducedLaw(tolerance=1.5e-4, spread=0.1)
    dial = set_depth + rng.uniform(-law.tolerance, law.tolerance, DRAWS)
    entered = np.maximum(0.0, efficiency * dial - rng.uniform(*INDENTATION, DRAWS))
    depth: Draws = entered * np.exp(rng.normal(0.0, law.spread, DRAWS))
    return depth


def band(ratio: Draws) -> tuple[float, float]:
    low, high = np.quantile(ratio, (0.05, 0.95))
    return float(low), float(high)


@pytest.mark.parametrize(("row", "kind", "was_inside"), RATIOS)
def test_v6_the_law_before_this_one_lay_below_three_of_five_published_ratios(
    row: str, kind: str, was_inside: bool, facts: Facts
) -> None:
    """With indentation taken away once more; the law planned with holds all five (V6a to V6e)."""
    rng, set_depth = stream(6, row), facts.validation_inputs["set_depth", row].si()
    published = facts.validation[row].published_lo
    alpha, beta = (facts.puncture[f"efficiency_{shape}", kind].value for shape in ("alpha", "beta"))
    efficiency = rng.beta(alpha, beta, DRAWS)
    low, high = band(with_indentation(set_depth, efficiency, rng) / set_depth)
    assert (low <= published <= high) == was_inside, (row, low, high)
    assert low <= published, (row, low, high)
