"""The shipped draws against a sampler written apart, and the truth found again in invented data."""

from typing import Protocol

import numpy as np
import pytest
from scipy.stats import norm, t

from percuta.facts.edition import Facts, open_edition
from percuta.science.outcome.arms import AXES
from percuta.science.outcome.posterior import posterior_of
from tests.outcome_judge import MONTH, Array, judge_of, sample, simulated


class Law(Protocol):
    """A law of how far studies lie off."""

    def sf(self, x: float) -> float:
        """Share beyond."""

    def logpdf(self, x: float) -> float:
        """Logarithm of the density."""


def shipped(facts: Facts) -> dict[str, Array]:
    draws = posterior_of(facts)
    found = {f"level {axis} {topic}": values for (axis, topic), values in draws.level.items()}
    found["maturation_months"] = draws.maturation / MONTH
    found["half_sessions_n"] = draws.half
    if not facts.outcome_designs:
        found["optimism_grades"] = draws.optimism
    for axis in AXES:
        found[f"studies_{axis}"] = draws.studies[axis]
        found[f"person_sd_{axis}"] = draws.person_sd[axis]
    return found


EDITIONS = ("2026-11-23", "2026-11-30")
LAWS = ((EDITIONS[0], norm()), (EDITIONS[1], t(4)))


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_shipped_draws_agree_with_a_sampler_written_apart(edition: str) -> None:
    facts = open_edition(edition)
    judge = judge_of(facts, rows=32)
    draws = sample(judge, np.random.default_rng(1), warm_up=120, sweeps=120)
    judged = judge.told(draws.reshape(-1, judge.size))
    for name, values in shipped(facts).items():
        quartiles = np.quantile(judged[name], (0.25, 0.5, 0.75))
        found = np.quantile(values, (0.25, 0.5, 0.75))
        spread = quartiles[2] - quartiles[0]
        assert found == pytest.approx(quartiles, abs=0.35 * spread), name


def covered(facts: Facts, *, sets: int, chains: int, warm_up: int, sweeps: int) -> dict[str, float]:
    """Share of data sets whose 90 % interval holds the truth, by parameter."""
    rng = np.random.default_rng(20261123)
    judge, truth = simulated(facts, sets=sets, chains=chains, rng=rng)
    draws = sample(judge, rng, warm_up=warm_up, sweeps=sweeps)
    flat = judge.told(draws.reshape(-1, judge.size))
    held = {}
    for name, true in judge.told(truth).items():
        of_set = flat[name].reshape(sweeps * chains, sets)
        low, high = np.quantile(of_set, (0.05, 0.95), axis=0)
        held[name] = float(((low <= true) & (true <= high)).mean())
    return held


@pytest.mark.parametrize(("edition", "law"), LAWS)
def test_the_judge_draws_studies_from_the_law_of_the_edition(edition: str, law: Law) -> None:
    judge = judge_of(open_edition(edition), rows=1)
    drawn = judge.believed(4000, np.random.default_rng(1))[:, judge.at["study_z"]]
    beyond = float((np.abs(drawn) > 3).mean())
    assert beyond == pytest.approx(2 * law.sf(3), rel=0.15)


@pytest.mark.parametrize(("edition", "law"), LAWS)
def test_the_judge_weighs_studies_by_the_law_of_the_edition(edition: str, law: Law) -> None:
    """One study moved from 1 to 4 while no study differs: only the belief in it changes."""
    judge = judge_of(open_edition(edition), rows=1)
    near = judge.centre[None, :].copy()
    far = near.copy()
    near[:, judge.at["study_z"].start], far[:, judge.at["study_z"].start] = 1.0, 4.0
    lost = judge.density(near) - judge.density(far)
    assert lost == pytest.approx(law.logpdf(1.0) - law.logpdf(4.0))


@pytest.mark.parametrize("edition", EDITIONS)
def test_invented_truth_is_found_again(edition: str) -> None:
    held = covered(open_edition(edition), sets=12, chains=4, warm_up=120, sweeps=120)
    assert 0.78 <= np.mean(list(held.values())) <= 0.98, held


@pytest.mark.soak
@pytest.mark.parametrize("edition", EDITIONS)
def test_ninety_per_cent_intervals_hold_the_truth_in_85_to_95_of_100(edition: str) -> None:
    held = covered(open_edition(edition), sets=200, chains=4, warm_up=400, sweeps=1200)
    assert all(0.85 <= share <= 0.95 for share in held.values()), held
