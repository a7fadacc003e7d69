"""The outcome model with blinding and comparator, and heavier tails between studies.

For editions that tell designs. Its text, that of ``outcome_model`` and that of ``response`` are
hashed into the recipe of the draws. What both models have in common is imported from
``outcome_model``, whose text a sealed edition was made with and which therefore stays as it is.

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
from outcome_model import MONTH
from outcome_model import _completed as completed
from outcome_model import _normal as normal
from outcome_model import _positive as positive
from outcome_model import _spread as spread
from outcome_model import _told as told_in_numbers

from percuta.facts.outcome import OutcomePrior
from percuta.science.outcome.arms import AXES, TOPICS, Arms

TEST = 1.96
"""A mean so many errors above nothing is significant at the usual 5 %."""


def model(arms: Arms, priors: Mapping[str, OutcomePrior], weight: jax.Array) -> None:
    """Sample every parameter; ``weight`` is 0 for arms that are left out, else 1."""
    maturation = positive("maturation_months", priors) * MONTH
    half = positive("half_sessions_n", priors)
    unblinded = _by_axis("unblinded", priors)
    alone = _by_axis("alone", priors)
    person = jnp.stack([positive(f"person_sd_{axis}", priors) for axis in AXES])
    level = _levels(priors)
    effect = _effects(arms, priors)

    since_last = completed("unknown_months", arms.since_last / MONTH, priors) * MONTH
    sessions = completed("unknown_sessions_n", arms.sessions, priors)
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


def _levels(priors: Mapping[str, OutcomePrior]) -> jax.Array:
    """Level of every topic around the middle of its axis."""
    middle = jnp.stack([numpyro.sample(f"level_{a}", normal(priors[f"level_{a}"])) for a in AXES])
    topics = jnp.stack([spread(f"topics_{axis}", priors) for axis in AXES])
    of_topic = np.array([AXES.index(axis) for axis, _ in TOPICS])
    topic_z = numpyro.sample("topic_z", dist.Normal().expand([len(TOPICS)]))
    return numpyro.deterministic("level", middle[of_topic] + topics[of_topic] * topic_z)


def _effects(arms: Arms, priors: Mapping[str, OutcomePrior]) -> jax.Array:
    """How far every study lies off, drawn from Student's t so that one may lie far off.

    The spread between studies is the scale of the t, not its standard deviation.
    """
    studies = jnp.stack([spread(f"studies_{axis}", priors) for axis in AXES])
    of_study = np.array([AXES.index(axis) for axis, _ in arms.studies])
    tails = dist.StudentT(priors["studies_df_n"].middle)
    study_z = numpyro.sample("study_z", tails.expand([len(arms.studies)]))
    return numpyro.deterministic("effect", studies[of_study] * study_z)


def _told(arms: Arms, mean: jax.Array, person: jax.Array) -> jax.Array:
    """Log likelihood of what each arm reported, a mean, people in bands, or a test's outcome."""
    in_numbers = told_in_numbers(arms, mean, person)
    return jnp.where(arms.tested != 0, _of_test(arms, mean, person), in_numbers)


def _of_test(arms: Arms, mean: jax.Array, person: jax.Array) -> jax.Array:
    """Log chance of what a test of the mean found, where no more was printed than that."""
    people = np.where(np.isnan(arms.people), 1.0, arms.people)
    off = mean / (person / np.sqrt(people))
    significant = jnp.clip(norm.cdf(off - TEST), 1e-12, 1 - 1e-12)
    return jnp.where(arms.tested > 0, jnp.log(significant), jnp.log1p(-significant))


def _by_axis(name: str, priors: Mapping[str, OutcomePrior]) -> jax.Array:
    return jnp.stack([numpyro.sample(f"{name}_{a}", normal(priors[f"{name}_{a}"])) for a in AXES])
