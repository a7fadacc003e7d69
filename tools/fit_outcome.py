"""Fit the outcome model again and write its draws, recipe and check into the newest edition.

Needs the packages of the dependency group ``inference``, which nothing else needs:

    python -m venv FOLDER
    FOLDER/bin/pip install --group inference .
    FOLDER/bin/python tools/fit_outcome.py

Run it after any change of outcome_arms.csv, outcome_priors.csv or of the model. The same rows,
seed and versions give the same draws on one machine.
"""

import argparse
import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import jax
import numpy as np
import numpyro
import outcome_model
import outcome_model_tails
from numpyro.diagnostics import effective_sample_size, gelman_rubin
from numpyro.infer import MCMC, NUTS, init_to_median
from scipy.stats import norm

from percuta.facts.edition import Facts, open_edition
from percuta.science.outcome import response
from percuta.science.outcome.arms import AXES, TOPICS, Arms, data_digest, fitted_arms

SEED = 20261123
KEPT = 400
TEST = outcome_model_tails.TEST
ENDS = {"low_95": 2.5, "low_80": 10, "low_50": 25, "middle": 50}
ENDS |= {"high_50": 75, "high_80": 90, "high_95": 97.5}
CHECKED = ("maturation_months", "half_sessions_n", "level", "effect")
CHECKED += tuple(f"{name}_{axis}" for name in ("studies", "topics", "person_sd") for axis in AXES)

COVARIATES = tuple(f"{name}_{axis}" for name in ("unblinded", "alone") for axis in AXES)

Draws = dict[str, np.ndarray]


class Run(NamedTuple):
    """How long and how carefully the sampler runs."""

    chains: int
    warm_up: int
    draws: int
    accept: float


WHOLE = Run(chains=4, warm_up=1000, draws=1000, accept=0.95)
LEFT_OUT = Run(chains=1, warm_up=500, draws=1000, accept=0.9)


def main() -> None:
    """Fit to all studies, then to all but each, and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="folder of the edition; the newest if left out")
    options = parser.parse_args()
    facts = Facts(options.folder) if options.folder else open_edition()
    jax.config.update("jax_enable_x64", True)
    arms = fitted_arms(facts)
    whole, by_chain = _fit(WHOLE, arms, facts, np.ones(len(arms.keys)))
    diagnostics = _diagnostics(by_chain, (*CHECKED, *extra_of(facts)))
    print(*(f"{name}: {value}" for name, value in diagnostics.items()), sep="\n")
    checks = list(_left_out(arms, facts, whole))
    _write_draws(whole, facts, {**_recipe(facts), **diagnostics})
    _write(facts.folder / "outcome_checks.csv", checks)
    for level in (50, 80, 95):
        told = [row for row in checks if not str(row["quantity"]).startswith("significant")]
        inside = [row[f"low_{level}"] <= row["published"] <= row[f"high_{level}"] for row in told]
        print(f"left out and predicted: {sum(inside)} of {len(inside)} inside the {level} % band")


def model_of(facts: Facts) -> ModuleType:
    """The model of an edition: with designs and heavier tails where it tells the designs."""
    return outcome_model_tails if facts.outcome_designs else outcome_model


def extra_of(facts: Facts) -> tuple[str, ...]:
    """Parameters that only this edition's model has."""
    return COVARIATES if facts.outcome_designs else ("optimism_grades",)


def model_digest(facts: Facts) -> str:
    """Digest of the texts that make the model."""
    digest = hashlib.sha256()
    own = () if model_of(facts) is outcome_model else (outcome_model_tails.__file__,)
    for path in (outcome_model.__file__, *own, response.__file__):
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()


def _fit(run: Run, arms: Arms, facts: Facts, weight: np.ndarray) -> tuple[Draws, Draws]:
    kernel = NUTS(
        model_of(facts).model, init_strategy=init_to_median, target_accept_prob=run.accept
    )
    sampler = MCMC(
        kernel,
        num_warmup=run.warm_up,
        num_samples=run.draws,
        num_chains=run.chains,
        chain_method="vectorized",
        progress_bar=False,
    )
    sampler.run(jax.random.PRNGKey(SEED), arms, dict(facts.outcome_priors), jax.numpy.array(weight))
    by_chain = {k: np.asarray(v) for k, v in sampler.get_samples(group_by_chain=True).items()}
    return {name: value.reshape(-1, *value.shape[2:]) for name, value in by_chain.items()}, by_chain


def _diagnostics(by_chain: Draws, checked: Sequence[str]) -> dict[str, str]:
    worst_rhat = max(float(np.max(gelman_rubin(by_chain[name]))) for name in checked)
    least = min(float(np.min(effective_sample_size(by_chain[name]))) for name in checked)
    return {"worst_rhat": f"{worst_rhat:.4f}", "least_effective_draws": f"{least:.0f}"}


def _recipe(facts: Facts) -> dict[str, str]:
    return {
        "made_by": "tools/fit_outcome.py",
        "data_sha256": data_digest(facts),
        "model_sha256": model_digest(facts),
        "arms": str(len(fitted_arms(facts).keys)),
        "seed": str(SEED),
        "sampler": f"numpyro {numpyro.__version__} NUTS on jax {jax.__version__}",
        "draws": f"{KEPT} of {WHOLE.chains} x {WHOLE.draws}, after {WHOLE.warm_up} to warm up",
    }


def _left_out(arms: Arms, facts: Facts, whole: Draws) -> Iterable[dict[str, float | str]]:
    """Each arm as all other studies predict it, with what was published."""
    rng = np.random.default_rng(SEED)
    names = [study for _, study in arms.studies]
    for study in dict.fromkeys(names):
        mine = [position for position, name in enumerate(names) if name == study]
        is_mine = np.isin(arms.study, mine)
        draws, _ = _fit(LEFT_OUT, arms, facts, np.where(is_mine, 0.0, 1.0))
        for arm in np.flatnonzero(is_mine):
            yield _check(arm, study, arms, facts, draws, whole, rng)
        print(f"without {study}: done", flush=True)


def _check(
    arm: int,
    study: str,
    arms: Arms,
    facts: Facts,
    draws: Draws,
    whole: Draws,
    rng: np.random.Generator,
) -> dict[str, float | str]:
    axis = AXES[arms.axis[arm]]
    row = next(row for row in facts.outcome_arms if row.key == arms.keys[arm])
    quantity, published = "mean", arms.mean[arm]
    told, fitted = _mean_again(arm, arms, draws, axis, rng), whole["mean"][:, arm]
    if arms.has_counts[arm]:
        quantity = "improved"
        edge = facts.outcome_priors[f"improved_{axis}"].middle
        is_above = arms.edges[arm, :-1] >= edge
        published = float(arms.counts[arm, is_above].sum() / arms.counts[arm].sum())
        people = int(arms.counts[arm].sum())
        above = norm.sf((edge - draws["mean"][:, arm]) / draws[f"person_sd_{axis}"])
        told = rng.binomial(people, above) / people
        fitted = norm.sf((edge - fitted) / whole[f"person_sd_{axis}"])
    if arms.tested[arm]:
        quantity, published = "significant", float(arms.tested[arm] > 0)
        errors = draws[f"person_sd_{axis}"] / np.sqrt(arms.people[arm])
        told = norm.cdf(draws["mean"][:, arm] / errors - TEST)
        fitted = norm.cdf(fitted / (whole[f"person_sd_{axis}"] / np.sqrt(arms.people[arm])) - TEST)
    ends = {name: _short(np.percentile(told, at)) for name, at in ENDS.items()}
    return {
        "row": f"check.{row.key.removeprefix('arm.')}",
        "study": study,
        "quantity": f"{quantity}_{axis}",
        "published": _short(published),
        "fitted": _short(np.mean(fitted)),
        "fitted_low_80": _short(np.percentile(fitted, ENDS["low_80"])),
        "fitted_high_80": _short(np.percentile(fitted, ENDS["high_80"])),
        **ends,
        "source": ";".join(row.sources),
        "locator": "tools/fit_outcome.py",
        "basis": "derived",
        "population": row.provenance.population,
        "note": "",
    }


def _mean_again(
    arm: int, arms: Arms, draws: Draws, axis: str, rng: np.random.Generator
) -> np.ndarray:
    error = arms.error[arm]
    spread = draws[f"person_sd_{axis}"] / np.sqrt(arms.people[arm]) if np.isnan(error) else error
    return draws["mean"][:, arm] + spread * rng.standard_normal(len(draws["mean"]))


def _write_draws(whole: Draws, facts: Facts, recipe: dict[str, str]) -> None:
    step = len(whole["maturation_months"]) // KEPT
    plain = ["maturation_months", "half_sessions_n", *extra_of(facts)]
    plain += [f"{name}_{axis}" for name in ("studies", "person_sd") for axis in AXES]
    rows = []
    for place in range(KEPT):
        draw = {name: _short(whole[name][place * step]) for name in plain}
        for topic, (axis, name) in enumerate(TOPICS):
            draw[f"level_{name}_{axis}"] = _short(whole["level"][place * step, topic])
        who = {"source": "PERCUTA", "locator": "tools/fit_outcome.py", "basis": "derived"}
        rows.append({"row": f"draw.{place}", **draw, **who, "population": "groups in studies"})
        rows[-1]["note"] = ""
    _write(facts.folder / "outcome_posterior.csv", rows)
    _write_recipe(facts.folder / "outcome_posterior.toml", recipe)


def _write_recipe(path: Path, recipe: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8").split("[recipe]")[0].rstrip()
    lines = [f'{name} = "{value}"' for name, value in recipe.items()]
    path.write_text("\n".join([text, "", "[recipe]", *lines, ""]), encoding="utf-8")


def _write(path: Path, rows: Sequence[dict[str, float | str]]) -> None:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")


def _short(value: float) -> float:
    return float(f"{value:.5g}")


if __name__ == "__main__":
    main()
