"""V19: the same finite dose of testosterone as other codes compute it."""

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.parameters import corneum_partition, layered_skin, substance
from percuta.science.absorption.problem import Absorbed, Dose, LayeredSkin
from percuta.units import to_si

DEPOSITED = 0.1  # share of the horny layer that the dose starts in, under a volatile vehicle
DAY = 86400.0


def dosed(facts: Facts, *, is_sink_below: bool) -> Absorbed:
    """0.53 ug/cm2 on partly hydrated skin with 0.5 mm of dermis, as guide S111 sets it up.

    The dose starts in the outer tenth of the horny layer: that tenth is the vehicle here.
    """
    permeable = facts.absorption["corneum_permeability", "testosterone"].si()
    whole = layered_skin(
        "testosterone",
        facts,
        corneum_permeability=np.array([permeable]),
        dermis_thickness=np.array([to_si(0.5, "mm")]),
        is_sink_below=is_sink_below,
    )
    below = np.array([[1 - DEPOSITED], [1.0], [1.0]])
    skin = LayeredSkin(
        whole.thickness * below,
        whole.diffusivity,
        whole.partition,
        whole.clearance,
        is_sink_below=is_sink_below,
    )
    chemical = substance("testosterone", facts)
    holds = DEPOSITED * whole.thickness[0] * corneum_partition(facts).of(chemical)
    dose = Dose(
        amount=np.array([to_si(0.53e-3, "mg_per_cm2")]),
        depth=holds,
        saturation=np.array([chemical.solubility]),
    )
    engine = FiniteVolumes(Resolution((40, 20, 40), (1.0, 1.0, 1.0), 300, 1.0))
    return engine.absorb(skin, dose, until=DAY)


def ug_per_cm2(amount: float) -> float:
    return float(amount / to_si(1e-3, "mg_per_cm2"))


@pytest.mark.parametrize(
    ("code", "is_sink_below", "published"),
    [("MoBi", False, 0.44), ("CDC calculator", False, 0.45), ("its Python port", True, 0.4382)],
)
def test_v19_testosterone_absorbed_in_a_day(
    code: str, is_sink_below: bool, published: float, facts: Facts
) -> None:
    done = dosed(facts, is_sink_below=is_sink_below)
    assert ug_per_cm2(done.absorbed[-1, 0]) == pytest.approx(published, rel=0.05), code


def test_v19_the_highest_rate(facts: Facts) -> None:
    """0.033 ug/cm2/h by MoBi, 0.037 by the CDC calculator."""
    done = dosed(facts, is_sink_below=False)
    rate = np.diff(done.absorbed[:, 0]) / np.diff(done.time) * to_si(1, "h")
    assert ug_per_cm2(rate.max()) == pytest.approx(0.033, rel=0.05)


def test_v20_the_measurement_itself_is_missed_as_those_codes_miss_it(facts: Facts) -> None:
    """0.241 ug/cm2 were measured: 1.8 times less. Inside a factor of 3, no more."""
    over = ug_per_cm2(dosed(facts, is_sink_below=False).absorbed[-1, 0]) / 0.241
    assert 1.5 < over < 3
