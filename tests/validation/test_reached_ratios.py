"""V6: reached over set depth as published, against the law planned with and the one before it.

The row is spent: the efficiencies were drawn around these same ratios, so that lying inside
says the law does not contradict them, and no more.
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.depth import ReducedLaw
from percuta.science.puncture.parameters import reduced_law
from percuta.units import to_si

# what, kind of device, set depth [mm], published ratio, whether it lies inside the 90 % band of
# the law that took indentation away once more
RATIOS = [
    ("polymer needles (S95)", "stamp", 0.6, 460 / 600, False),
    ("hydrogel needles (S26)", "stamp", 0.6, 300 / 600, True),
    ("roller in the rat (S20)", "roller", 0.77, 152.5 / 770, True),
    ("pen, facelift sample (S28)", "pen", 0.5, 1.0, False),
    ("pen, facelift sample (S28)", "pen", 1.5, 1.0, False),
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


@pytest.mark.parametrize(("what", "kind", "set_mm", "published", "was_inside"), RATIOS)
def test_v6_the_law_planned_with_contradicts_no_published_ratio(
    what: str, kind: str, set_mm: float, published: float, was_inside: bool, facts: Facts
) -> None:
    """All five inside; with indentation taken away once more three of five lay above the band."""
    rng, set_depth = stream(6, kind, str(set_mm)), to_si(set_mm, "mm")
    alpha, beta = (facts.puncture[f"efficiency_{shape}", kind].value for shape in ("alpha", "beta"))
    efficiency = rng.beta(alpha, beta, DRAWS)
    law = reduced_law(facts.devices["generic_pen_6"], facts)
    low, high = band(law.reached(set_depth, efficiency=efficiency, rng=rng) / set_depth)
    assert low <= published <= high, (what, low, high)
    low, high = band(with_indentation(set_depth, efficiency, rng) / set_depth)
    assert (low <= published <= high) == was_inside, (what, low, high)
    assert low <= published, (what, low, high)
