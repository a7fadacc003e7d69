"""Nested bands hold the shares that they are named for, and the plan carries them in mm."""

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.planning.depth.reached_depth import NestedRanges
from percuta.science.numerics.sampling import Draws, stream
from percuta.science.puncture.depth import DepthLaw, puncture
from percuta.science.skin.thickness import SkinDraws
from tests.people import a_plan, one_concern

SET_DEPTH = 0.001
PEOPLE = 4001


class EvenLaw(DepthLaw):
    """Needles end evenly anywhere between the surface and what the dial says."""

    def reached(self, set_depth: float, *, efficiency: Draws, rng: np.random.Generator) -> Draws:
        """See the base class."""
        shuffled = rng.permuted(np.linspace(0.0, set_depth, efficiency.size))
        return shuffled.reshape(efficiency.shape)


def test_of_even_depths_each_band_holds_its_share() -> None:
    people = np.linspace(0.0, 1.0, PEOPLE)
    found = puncture(
        EvenLaw(),
        SET_DEPTH,
        skin=SkinDraws(epidermis=0.0001 + 0 * people, dermis=0.001 * people),
        efficiency=np.ones(1),
        rng=stream(1, "even"),
    )
    bands = found.reached_bands
    for ends, share in (
        (bands.half, 0.5),
        (bands.four_in_five, 0.8),
        (bands.nineteen_in_twenty, 0.95),
    ):
        low, high = ends
        assert (high - low) / SET_DEPTH == pytest.approx(share, abs=1e-3)
        assert (low + high) / 2 == pytest.approx(bands.middle, abs=1e-6)
    low, high = found.dermis_end_bands.half
    assert (low, high) == pytest.approx((0.00035, 0.00085), abs=1e-6)


@pytest.mark.parametrize("zone", ["cheek_left", "temple_left", "periorbital_left", "neck_front"])
def test_bands_lie_inside_one_another_around_the_middle(zone: str, facts: Facts) -> None:
    reach = a_plan(facts, concerns=one_concern("texture", zone)).zones[0].reach
    assert reach is not None
    for bands, middle in (
        (reach.reached_bands_mm, reach.reached_mm.middle),
        (reach.dermis_end_bands_mm, reach.dermis_end_mm.middle),
    ):
        assert bands.middle == middle
        assert ends(bands) == sorted(ends(bands))
    assert reach.reached_bands_mm.nineteen_in_twenty.low <= reach.reached_mm.low
    assert reach.reached_bands_mm.four_in_five.high <= reach.reached_mm.high


def ends(bands: NestedRanges) -> list[float]:
    """Every end from the shallow one to the deep one."""
    inward = (bands.nineteen_in_twenty, bands.four_in_five, bands.half)
    return [b.low for b in inward] + [bands.middle] + [b.high for b in reversed(inward)]
