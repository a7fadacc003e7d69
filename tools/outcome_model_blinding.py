"""The outcome model with blinding and comparator, for editions that tell designs.

Its text is hashed into the recipe of the draws.

``docs/explanation/outcome.md`` tells it in words. A second version, written apart, judges it in
``tests/verification``.
"""

from collections.abc import Mapping

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.stats import norm

from percuta.facts.outcome import OutcomePrior
from percuta.science.outcome.arms import AXES, TOPICS, Arms
from percuta.units import to_si

MONTH = to_si(1.0, "months")
TEST = 1.96
"""A mean so many errors above nothing is significant at the usual 5 %."""


def model(arms: Arms, priors: Mapping[str, OutcomePrior], weight: jax.Array) -> None:
    """Sample every parameter; ``weight`` is 0 for arms that are left out, else 1."""
    maturation = _positive("maturation_months", priors) * MONTH
    half = _positive("half_sessions_n", priors)
    middle = jnp.stack([numpyro.sample(f"level_{a}", _normal(priors[f"level_{a}"])) for a in AXES])
    topics = jnp.stack([_spread(f"topics_{axis}", priors) for axis in AXES])
    studies = jnp.stack([_spread(f"studies_{axis}", priors) for axis in AXES])
    person = jnp.stack([_positive(f"person_sd_{axis}", priors) for axis in AXES])
    unblinded = _by_axis("unblinded", priors)
    alone = _by_axis("alone", priors)
    of_topic = np.array([AXES.index(axis) for axis, _ in TOPICS])
    of_study = np.array([AXES.index(axis) for axis, _ in arms.studies])
    topic_z = numpyro.sample("topic_z", dist.Normal().expand([len(TOPICS)]))
    level = numpyro.deterministic("level", middle[of_topic] + topics[of_topic] * topic_z)
    study_z = numpyro.sample("study_z", dist.Normal().expand([len(arms.studies)]))
    effect = numpyro.deterministic("effect", studies[of_study] * study_z)

    since_last = _completed("unknown_months", arms.since_last / MONTH, priors) * MONTH
    sessions = _completed("unknown_sessions_n", arms.sessions, priors)
    reference = priors["reference_sessions_n"].middle
    gain = sessions / (sessions + half) * (reference + half) / reference
    step = arms.interval / maturation
    left = jnp.exp(-since_last / maturation)
    matured = 1 - left * jnp.expm1(-step * sessions) / (sessions * jnp.expm1(-step))
    linear = level[arms.topic] + effect[arms.study] / np.sqrt(arms.pooled)
    linear = linear + jnp.log(gain) + jnp.log(matured)
    linear = linear + unblinded[arms.axis] * arms.is_unblinded + alone[arms.axis] * arms.is_alone
    caused = jnp.where(arms.is_share, jax.nn.sigmoid(linear), jnp.exp(linear))
    mean = numpyro.deterministic("mean", caused)
    numpyro.factor("reported", jnp.sum(weight * _told(arms, mean, person[arms.axis])))


def _told(arms: Arms, mean: jax.Array, person: jax.Array) -> jax.Array:
    """Log likelihood of what each arm reported, a mean or people in bands."""
    people = np.where(np.isnan(arms.people), 1.0, arms.people)
    is_printed = ~np.isnan(arms.error)
    error = jnp.where(is_printed, np.where(is_printed, arms.error, 1.0), person / np.sqrt(people))
    printed = np.where(np.isnan(arms.mean), 0.0, arms.mean)
    of_mean = jnp.where(arms.has_counts, 0.0, dist.Normal(mean, error).log_prob(printed))
    below = norm.cdf((arms.edges - mean[:, None]) / person[:, None])
    chance = jnp.clip(jnp.diff(below, axis=1), 1e-12, 1.0)
    of_counts = jnp.sum(arms.counts * jnp.log(chance), axis=1)
    return jnp.where(arms.tested != 0, _of_test(arms, mean / error), of_mean + of_counts)


def _of_test(arms: Arms, off: jax.Array) -> jax.Array:
    """Log chance of what a test of the mean found, where no more was printed than that."""
    significant = jnp.clip(norm.cdf(off - TEST), 1e-12, 1 - 1e-12)
    return jnp.where(arms.tested > 0, jnp.log(significant), jnp.log1p(-significant))


def _normal(prior: OutcomePrior) -> dist.Distribution:
    return dist.Normal(prior.middle, prior.spread)


def _positive(name: str, priors: Mapping[str, OutcomePrior]) -> jax.Array:
    prior = priors[name]
    return numpyro.sample(name, dist.LogNormal(np.log(prior.middle), prior.spread))


def _by_axis(name: str, priors: Mapping[str, OutcomePrior]) -> jax.Array:
    return jnp.stack([numpyro.sample(f"{name}_{a}", _normal(priors[f"{name}_{a}"])) for a in AXES])


def _spread(name: str, priors: Mapping[str, OutcomePrior]) -> jax.Array:
    return numpyro.sample(name, dist.HalfNormal(priors[name].spread))


def _completed(name: str, known: np.ndarray, priors: Mapping[str, OutcomePrior]) -> jax.Array:
    """Known values with each unknown one drawn, never filled in."""
    holes = np.flatnonzero(np.isnan(known))
    law = dist.LogNormal(np.log(priors[name].middle), priors[name].spread)
    drawn = numpyro.sample(name, law.expand([len(holes)]))
    return jnp.asarray(np.nan_to_num(known)).at[holes].set(drawn)
