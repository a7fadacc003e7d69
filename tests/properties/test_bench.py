"""Simulated benches with a known efficiency judge what bench data are taken to say."""

from dataclasses import replace

import numpy as np
import pytest

from percuta.errors import OutsideValidity
from percuta.facts.devices import Device, DeviceKind
from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.bench import Bench, measured_efficiency
from percuta.science.puncture.depth import ReducedLaw
from percuta.science.puncture.efficiency import EfficiencyPrior, MeasuredEfficiency
from percuta.science.puncture.parameters import bench_of, efficiency_prior, reduced_law
from percuta.units import to_si

DEVICES = ["generic_pen_6", "generic_pen_14", "roller_192_15", "stamp"]
SET_MM = [0.5, 1.0, 1.5]


def device_of(key: str, facts: Facts) -> Device:
    """A device of the table; it holds no stamp, so a stamp is a roller that is pressed."""
    if key == "stamp":
        return replace(facts.devices["roller_192_15"], key=key, kind=DeviceKind.STAMP)
    return facts.devices[key]


def simulated(
    device: Device, seed: int, facts: Facts, *, shared: bool, needles: int = 30
) -> tuple[float, MeasuredEfficiency]:
    """The truth of one bench, and what its data are taken to say.

    Everything is drawn as the law believes it: efficiency, dial error (``shared`` by all needles
    or each needle's own), spread, error of the reading; needles that leave no mark are read as 0.
    """
    rng = stream(seed, "bench", device.key, str(shared))
    law, prior, bench = reduced_law(device, facts), efficiency_prior(device, facts), bench_of(facts)
    truth = float(rng.beta(prior.alpha, prior.beta))
    set_depth = to_si(1.0, "mm") * rng.choice(SET_MM, needles)
    error = rng.uniform(-law.tolerance, law.tolerance, 1 if shared else needles)
    scatter = np.exp(rng.normal(0, rng.uniform(*bench.spreads), needles))
    reached = (set_depth + error) * np.minimum(1, truth * scatter)
    read = reached + rng.normal(0, bench.reading_error, needles)
    return truth, measured_efficiency(
        prior,
        law,
        set_depth=set_depth,
        reached=np.where(read < bench.shallowest, 0, read),
        bench=bench,
        source="simulated",
    )


def held(device: Device, seeds: range, facts: Facts, *, shared: bool) -> float:
    """Share of benches whose 90 % interval holds the truth."""
    found = []
    for seed in seeds:
        truth, measured = simulated(device, seed, facts, shared=shared)
        low, high = measured.interval(0.9)
        found.append(low <= truth <= high)
    return float(np.mean(found))


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("key", DEVICES)
def test_bench_data_recover_a_known_efficiency(key: str, shared: bool, facts: Facts) -> None:
    """16 of 20: fewer would happen to a right interval four times in a hundred runs."""
    assert held(device_of(key, facts), range(20), facts, shared=shared) >= 16 / 20


@pytest.mark.soak
@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("key", DEVICES)
def test_bench_data_recover_a_known_efficiency_over_two_hundred_sets(
    key: str, shared: bool, facts: Facts
) -> None:
    """Whether the dial is off alike for all needles or for each, 85 to 95 of 100 hold it."""
    assert 0.85 <= held(device_of(key, facts), range(200), facts, shared=shared) <= 0.95


@pytest.mark.parametrize("key", DEVICES)
def test_bench_data_narrow_the_belief(key: str, facts: Facts) -> None:
    device = device_of(key, facts)
    prior = efficiency_prior(device, facts).draw(1001)
    low, high = simulated(device, 1, facts, shared=True)[1].interval(0.9)
    assert high - low < np.quantile(prior, 0.95) - np.quantile(prior, 0.05)


def test_needles_that_failed_to_enter_lower_the_belief(facts: Facts) -> None:
    device = facts.devices["roller_192_05"]
    found = []
    for failed in (0, 10):
        reached = np.array([1e-4] * 10 + [0.0] * failed)
        posterior = measured_efficiency(
            efficiency_prior(device, facts),
            reduced_law(device, facts),
            set_depth=np.full(reached.shape, 5e-4),
            reached=reached,
            bench=bench_of(facts),
            source="simulated",
        )
        found.append(posterior.interval(0.5))
    assert found[1] < found[0]


@pytest.mark.parametrize("reached", [[], [-1.0], [0.5], [1.3e-3]])
def test_what_no_needle_can_do_is_refused(reached: list[float]) -> None:
    with pytest.raises(OutsideValidity):
        measured_efficiency(
            EfficiencyPrior(4, 4),
            ReducedLaw(tolerance=1e-4, spread=0.1),
            set_depth=np.array([1e-3] * len(reached)),
            reached=np.array(reached),
            bench=Bench(reading_error=1e-5, shallowest=3e-5, spreads=(0.05, 0.2)),
            source="nobody",
        )
