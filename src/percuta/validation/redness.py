"""How long redness lasts, each study predicted from all other statements: V38."""

import numpy as np

from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import Draws
from percuta.science.redness.parameters import prior_of, published
from percuta.science.redness.resolution import Report, fit
from percuta.units import to_si
from percuta.validation.predicted import Predicted, of_draws

_SEED = 38


def left_out(facts: Facts, statement: str) -> Predicted:
    """The same study predicted from all other statements [h]."""
    reports = dict(
        zip((row.key for row in facts.redness_statements), published(facts), strict=True)
    )
    report = reports.pop(statement)
    prior = prior_of(facts)
    posterior = fit(prior, tuple(reports.values()))
    times = posterior.middle(report.depth, pen=False) / to_si(1.0, "h")
    power = prior.depth_power.at(posterior.points[:, 1])
    spread = times * np.exp(power * _depth_spread(report, posterior.points.shape[0]))
    return of_draws(spread)


def _depth_spread(report: Report, draws: int) -> Draws:
    """Log depth over its middle, spread evenly in chance."""
    rng = np.random.default_rng(_SEED)
    spread: Draws = report.depth_spread * rng.standard_normal(draws)
    return spread
