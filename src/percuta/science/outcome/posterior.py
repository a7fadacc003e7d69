"""The shipped draws of the outcome model: beliefs after every fitted study was read."""

from functools import lru_cache

import numpy as np

from percuta.errors import FactError
from percuta.facts.edition import Facts
from percuta.frozen import frozen
from percuta.science.numerics.sampling import Draws
from percuta.science.outcome.arms import AXES, TOPICS, data_digest
from percuta.units import to_si

TABLE = "outcome_posterior"
REFIT = "run tools/fit_outcome.py"


@frozen(eq=False)
class Posterior:
    """Draws of every parameter, Float[ndarray, "draws"] each.

    ``maturation`` [s], ``half`` [sessions]; ``level`` by axis and topic, ``studies`` (spread
    between studies, the scale of a Student t where the edition names its degrees of freedom) and
    ``person_sd`` by axis; ``optimism`` [grades], nothing where blinding and comparator stand in
    the model in its place: a level is then that of blinded raters beside a comparator.
    """

    maturation: Draws
    half: Draws
    optimism: Draws
    level: dict[tuple[str, str], Draws]
    studies: dict[str, Draws]
    person_sd: dict[str, Draws]


@lru_cache(maxsize=4)
def posterior_of(facts: Facts) -> Posterior:
    """The draws of an edition.

    Raises
    ------
    FactError
        If they were made from other rows than the edition holds now.
    """
    made_from = facts.schema(TABLE).recipe.get("data_sha256", "")
    if made_from != data_digest(facts):
        raise FactError([f"{TABLE}.csv was not made from today's rows: {REFIT}"])
    rows = [row.cells for row in facts.table(TABLE)]

    def column(name: str) -> Draws:
        return np.array([row[name] for row in rows], dtype=np.float64)

    return Posterior(
        maturation=column("maturation_months") * to_si(1.0, "months"),
        half=column("half_sessions_n"),
        optimism=column("optimism_grades") if "optimism_grades" in rows[0] else np.zeros(len(rows)),
        level={(axis, topic): column(f"level_{topic}_{axis}") for axis, topic in TOPICS},
        studies={axis: column(f"studies_{axis}") for axis in AXES},
        person_sd={axis: column(f"person_sd_{axis}") for axis in AXES},
    )
