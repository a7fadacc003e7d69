"""The grid of a what-if against a fine one: less than 1 % of the highest value plotted."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from percuta.facts.edition import Facts
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.over_channels import draw_film, draw_skin, gone_in
from percuta.science.absorption.parameters import body, layered_skin, permeability, saturated_dose
from percuta.science.absorption.problem import Absorbed, Channels
from percuta.science.absorption.resolutions import FINE, LANES, WHAT_IF
from percuta.science.channels.parameters import barrier_clock
from percuta.science.numerics.sampling import stream
from percuta.units import to_si

SETS, SEED = 64, 3
BAND = (0.05, 0.5, 0.95)
DAY, HOUR = 86400.0, 3600.0


def absorbed(
    engine: FiniteVolumes, name: str, site: str | None, opened: bool, facts: Facts
) -> Absorbed:
    """A thick layer of an hour on random skins, with and without channels."""
    rng = stream(7, name)
    skin = layered_skin(
        name,
        facts,
        corneum_permeability=permeability(name, facts, site=site).draw(SETS, rng),
    )
    given = saturated_dose(
        name, facts, amount=np.full(SETS, 0.03), depth=np.full(SETS, 1e-3), removed_at=HOUR
    )
    channels = Channels(
        conductance=1e-9 * np.exp(rng.standard_normal(SETS)),
        closing=np.full(SETS, 4000.0),
        reach=rng.uniform(2e-4, 1.4e-3, (5, SETS)),
    )
    blood = body(
        facts, mass=np.full(SETS, 70.0), area=np.full(SETS, 0.02), depot=np.full(SETS, 60.0)
    )
    return engine.absorb(skin, given, until=DAY, channels=channels if opened else None, body=blood)


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("lidocaine", "face"),
        ("lidocaine", None),
        ("ascorbic_acid", None),
        ("tranexamic_acid", None),
    ],
)
@pytest.mark.parametrize("opened", [False, True])
def test_the_grid_of_a_what_if_is_good_enough(
    name: str, site: str | None, opened: bool, facts: Facts
) -> None:
    coarse = absorbed(FiniteVolumes(WHAT_IF), name, site, opened, facts)
    fine = absorbed(FiniteVolumes(FINE), name, site, opened, facts)
    for quantity in ("plasma", "absorbed"):
        plotted = np.quantile(getattr(coarse, quantity), BAND, axis=1)
        truth = np.quantile(getattr(fine, quantity), BAND, axis=1)
        for band, true in zip(plotted, truth, strict=True):
            error = np.abs(band - np.interp(coarse.time, fine.time, true)).max()
            assert error < 0.01 * truth.max(), quantity


@dataclass(frozen=True)
class Needling:
    """Strikes per cm2, the needle's length and the ends of its channels."""

    strikes_per_cm2: float
    length_mm: float
    reach_mm: tuple[float, float]


MEDIUM = Needling(strikes_per_cm2=229, length_mm=1.0, reach_mm=(0.2, 1.4))
SPARSE_AND_SHALLOW = Needling(strikes_per_cm2=30, length_mm=0.25, reach_mm=(0.05, 0.2))
DENSE_AND_SHALLOW = Needling(strikes_per_cm2=2000, length_mm=0.25, reach_mm=(0.05, 0.2))
DENSE = Needling(strikes_per_cm2=2000, length_mm=1.5, reach_mm=(0.2, 1.4))
DENSE_AND_DEEP = Needling(strikes_per_cm2=2000, length_mm=3.0, reach_mm=(1.0, 2.5))


def lane(
    resolution: Resolution,
    name: str,
    covered: bool,
    facts: Facts,
    needling: Needling = MEDIUM,
    *,
    is_needled: bool = True,
) -> NDArray[np.float64]:
    """The band of what has gone in, at every quarter of an hour of a day."""
    rng = np.random.default_rng(SEED)
    low, high = (to_si(end, "mm") for end in needling.reach_mm)
    skin = draw_skin(
        name,
        facts,
        density=to_si(needling.strikes_per_cm2, "per_cm2"),
        reach=rng.uniform(low, high, (1, SETS)),
        clock=barrier_clock(facts, covered=covered, site="cheek", length_mm=needling.length_mm),
        sets=SETS,
        seed=SEED,
        dermis_thickness=rng.uniform(6e-4, 3e-3, SETS),
    )
    film = draw_film(facts, concentration=5.0, sets=SETS, seed=SEED, removed_at=DAY)
    found = gone_in(
        name,
        facts,
        skin=skin,
        film=film,
        until=DAY,
        engine=FiniteVolumes(resolution),
        is_needled=is_needled,
    )
    shares: NDArray[np.float64] = np.quantile(
        found.at(np.arange(0, DAY + 1, HOUR / 4)), BAND, axis=1
    )
    return shares


@pytest.mark.parametrize("name", ["ascorbic_acid", "tranexamic_acid"])
@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize(
    "needling", [MEDIUM, SPARSE_AND_SHALLOW, DENSE_AND_SHALLOW, DENSE, DENSE_AND_DEEP]
)
def test_the_grid_of_the_lanes_is_good_enough(
    name: str, covered: bool, needling: Needling, facts: Facts
) -> None:
    plotted = lane(LANES, name, covered, facts, needling)
    truth = lane(FINE, name, covered, facts, needling)
    assert np.abs(plotted - truth).max() < 0.01 * truth.max()


@pytest.mark.parametrize("name", ["ascorbic_acid", "tranexamic_acid"])
def test_the_grid_of_the_lanes_is_good_enough_for_intact_skin(name: str, facts: Facts) -> None:
    plotted = lane(LANES, name, False, facts, is_needled=False)
    truth = lane(FINE, name, False, facts, is_needled=False)
    assert np.abs(plotted - truth).max() < 0.01 * truth.max()
