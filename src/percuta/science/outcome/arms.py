"""The arms that the outcome model is fitted to, as arrays, with the digest of what they say."""

import hashlib
import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from percuta.facts.edition import Facts
from percuta.facts.outcome import OutcomeArm
from percuta.frozen import frozen
from percuta.science.numerics.sampling import Draws
from percuta.units import to_si

AXES = ("grades", "share")
TOPICS = (
    ("grades", "acne_scars"),
    ("grades", "wrinkles"),
    ("grades", "laxity"),
    ("grades", "texture"),
    ("share", "acne_scars"),
    ("share", "stretch_marks"),
    ("share", "melasma"),
)
"""Every axis and topic that has an arm; a level belongs to each."""

FAR = 1e3
"""An edge beyond every improvement, where a band is open."""

_QUARTERS = (0.25, 0.5, 0.75)
_CELLS = 4


@frozen(eq=False)
class Arms:
    """Arms as arrays; ``nan`` is unknown.

    ``topic``, ``study`` : Int[ndarray, "arms"], positions in ``TOPICS`` and ``studies`` (a study
    counts once an axis). ``sessions`` [1], ``interval`` and ``since_last`` [s], ``people``,
    ``pooled`` (studies in one figure), ``mean`` and ``error`` (on the axis) :
    Float[ndarray, "arms"]. ``edges`` : Float[ndarray, "arms 5"] and ``counts`` :
    Float[ndarray, "arms 4"], all zero where a mean was reported. ``is_unblinded`` and
    ``is_alone`` (without a comparator) are covariates. ``tested`` is 1 where all that was printed
    is that the gain was significant, -1 that it was not, 0 where more was.
    """

    keys: tuple[str, ...]
    studies: tuple[tuple[str, str], ...]
    topic: NDArray[np.int64]
    study: NDArray[np.int64]
    is_contrast: NDArray[np.bool_]
    sessions: Draws
    interval: Draws
    since_last: Draws
    people: Draws
    pooled: Draws
    mean: Draws
    error: Draws
    edges: Draws
    counts: Draws
    is_unblinded: NDArray[np.bool_]
    is_alone: NDArray[np.bool_]
    tested: NDArray[np.int64]

    @property
    def is_share(self) -> NDArray[np.bool_]:
        """Whether each arm lies on the axis that ends at 1."""
        return np.array([TOPICS[topic][0] == "share" for topic in self.topic])

    @property
    def axis(self) -> NDArray[np.int64]:
        """Position of each arm's axis in ``AXES``."""
        return self.is_share.astype(np.int64)

    @property
    def has_counts(self) -> NDArray[np.bool_]:
        """Whether each arm was reported as people in bands."""
        return np.asarray(self.counts.sum(axis=1) > 0)


def fitted_rows(facts: Facts) -> tuple[OutcomeArm, ...]:
    """Rows that the model is fitted to, in table order."""
    return tuple(row for row in facts.outcome_arms if row.use == "fitted")


def fitted_arms(facts: Facts) -> Arms:
    """Those rows as arrays."""
    rows = fitted_rows(facts)
    studies = tuple(dict.fromkeys((row.axis, row.study) for row in rows))
    reported = [_reported(row, facts) for row in rows]
    bands = [_bands(row, facts) for row in rows]
    return Arms(
        keys=tuple(row.key for row in rows),
        studies=studies,
        topic=np.array([TOPICS.index((row.axis, row.topic)) for row in rows]),
        study=np.array([studies.index((row.axis, row.study)) for row in rows]),
        is_contrast=np.array([row.control == "contrast" for row in rows]),
        sessions=_numbers([row.sessions_n for row in rows]),
        interval=np.array([_interval(row, facts) for row in rows]),
        since_last=np.array([_months(row.since_last_months) for row in rows]),
        people=_numbers([row.people_n for row in rows]),
        pooled=_numbers([row.studies_n for row in rows]),
        mean=np.array([mean for mean, _ in reported]),
        error=np.array([error for _, error in reported]),
        edges=np.array([edges for edges, _ in bands]),
        counts=np.array([counts for _, counts in bands]),
        is_unblinded=np.array([_has(row, facts, "is_blinded", False) for row in rows]),
        is_alone=np.array([_has(row, facts, "is_alone", True) for row in rows]),
        tested=np.array([_TESTED.get(row.report, 0) for row in rows]),
    )


_TESTED = {"significant": 1, "not_significant": -1}


def _has(row: OutcomeArm, facts: Facts, name: str, value: bool) -> bool:  # noqa: FBT001
    """Whether the design of an arm is so; never where the edition tells no designs."""
    design = facts.outcome_designs.get(row.key)
    return design is not None and getattr(design, name) is value


_NOT_FITTED = {"provenance", "speaks_for", "fact"}


def data_digest(facts: Facts) -> str:
    """Digest of everything that the draws were made from: fitted arms and assumptions."""
    digest = hashlib.sha256()
    designs = [facts.outcome_designs.get(row.key) for row in fitted_rows(facts)]
    told_of = [row for row in designs if row is not None]
    for row in (*fitted_rows(facts), *facts.outcome_priors.values(), *told_of):
        told = sorted((name, value) for name, value in vars(row).items() if name not in _NOT_FITTED)
        digest.update(repr(told).encode())
    return digest.hexdigest()


def _numbers(values: list[float | None] | list[int | None]) -> Draws:
    return np.array([np.nan if value is None else float(value) for value in values])


def _months(value: float | None) -> float:
    return math.nan if value is None else to_si(value, "months")


def _interval(row: OutcomeArm, facts: Facts) -> float:
    """Time between sessions; the usual one where it is unknown or there is only one session."""
    usual = facts.outcome_priors["unknown_interval_months"].middle
    return _months(row.interval_months or usual)


def _reported(row: OutcomeArm, facts: Facts) -> tuple[float, float]:
    """Mean improvement and its standard error; ``nan`` where it was not reported."""
    if row.report == "means":
        return _from_means(row, facts)
    if row.report != "change" or row.change_mean is None:
        return math.nan, math.nan
    if row.change_low is None or row.change_high is None or row.interval_pct is None:
        return row.change_mean, math.nan
    level = to_si(row.interval_pct, "pct")
    width = 2 * NormalDist().inv_cdf(0.5 + level / 2)
    return row.change_mean, (row.change_high - row.change_low) / width


def _from_means(row: OutcomeArm, facts: Facts) -> tuple[float, float]:
    before, after = row.baseline_mean, row.followup_mean
    sd_before, sd_after, people = row.baseline_sd, row.followup_sd, row.people_n
    if before is None or after is None or sd_before is None or sd_after is None or people is None:
        return math.nan, math.nan
    correlation = facts.outcome_priors["change_correlation"].middle
    spread = math.sqrt(sd_before**2 + sd_after**2 - 2 * correlation * sd_before * sd_after)
    whole = before if row.axis == "share" else 1.0
    return (before - after) / whole, spread / whole / math.sqrt(people)


def _bands(row: OutcomeArm, facts: Facts) -> tuple[list[float], list[float]]:
    """Edges and people of each band, from least to most improved."""
    if row.report == "improved" and row.improved_n is not None and row.people_n is not None:
        edge = facts.outcome_priors["improved_grades"].middle
        counts = [row.people_n - row.improved_n, row.improved_n, 0, 0]
        return [-FAR, edge, FAR, FAR, FAR], [float(count) for count in counts]
    if row.report == "bands":
        told = (row.under_25_n, row.from_25_n, row.from_50_n, row.from_75_n)
        lowest = -FAR if row.under_25_n is None else _QUARTERS[0]
        return [-FAR, lowest, *_QUARTERS[1:], FAR], [float(count or 0) for count in told]
    return [-FAR, *_QUARTERS, FAR], [0.0] * _CELLS
