"""What the mean of a new study may be, and how many of its people may be improved."""

import numpy as np

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.facts.outcome import OutcomeArm
from percuta.facts.vocabulary import Concern
from percuta.frozen import frozen
from percuta.science.numerics.normal import chance_above
from percuta.science.numerics.quantiles import quantiles
from percuta.science.numerics.sampling import Draws, stream
from percuta.science.outcome.arms import fitted_rows
from percuta.science.outcome.posterior import Posterior, posterior_of
from percuta.science.outcome.response import group_mean, matured_share, session_gain
from percuta.units import convert

SEED = 1
GRADE = "C"
"""Priors still carry what no study tells, and nothing was tested on data it never saw."""

_STUDIES_A_DRAW = 10
_LEVELS = (0.5, 0.8, 0.95)


@frozen
class Bands:
    """A middle inside the bands that hold a half, four in five and 19 in 20 of new studies."""

    middle: float
    half: tuple[float, float]
    four_in_five: tuple[float, float]
    nineteen_in_twenty: tuple[float, float]


@frozen
class GroupOutcome:
    """What a new study of a group may find; it says nothing of one person.

    ``mean`` in grades or in shares of the baseline as ``axis`` says, as studies without a control
    report it; ``improved`` in shares of people; ``over_control`` only where a comparison was ever
    pooled. ``unknowns`` are what the data cannot tell.
    """

    axis: str
    topic: str
    sessions: float
    people: int
    mean: Bands
    improved: Bands
    over_control: Bands | None
    grade: str
    unknowns: tuple[str, ...]
    arms: tuple[OutcomeArm, ...]


def group_outcome(
    concern: Concern, facts: Facts, *, sessions: float, interval: float, since_last: float
) -> tuple[GroupOutcome, ...]:
    """What new studies of a concern may find, one outcome for each axis that has arms.

    Parameters
    ----------
    concern : Concern
    facts : Facts
    sessions : float        sessions had, within what was studied on the axis
    interval : float        between sessions [s]
    since_last : float      since the last session [s], within what was studied on the axis

    Raises
    ------
    OutsideValidity         if sessions or time lie outside what any study on the axis had
    """
    rows = [row for row in fitted_rows(facts) if concern in row.speaks_for]
    groups = dict.fromkeys((row.axis, row.topic) for row in rows)
    return tuple(
        _outcome(axis, topic, facts, sessions, interval, since_last) for axis, topic in groups
    )


def _outcome(
    axis: str, topic: str, facts: Facts, sessions: float, interval: float, since_last: float
) -> GroupOutcome:
    _check(axis, facts, sessions, since_last)
    arms = tuple(row for row in fitted_rows(facts) if (row.axis, row.topic) == (axis, topic))
    people = int(facts.outcome_priors["new_study_people_n"].middle)
    edge = facts.outcome_priors[f"improved_{axis}"].middle
    draws = posterior_of(facts)
    rng = stream(SEED, "outcome", axis, topic)
    caused = _caused(draws, axis, topic, facts, rng, sessions, interval, since_last)
    optimism = np.repeat(draws.optimism, _STUDIES_A_DRAW) if axis == "grades" else 0.0
    sd = np.repeat(draws.person_sd[axis], _STUDIES_A_DRAW)
    error = sd / np.sqrt(people) * rng.standard_normal(sd.size)
    above = chance_above((edge - caused - optimism) / sd)
    other_arm = sd / np.sqrt(people) * rng.standard_normal(sd.size)
    is_compared = any(row.control == "contrast" for row in arms)
    return GroupOutcome(
        axis=axis,
        topic=topic,
        sessions=sessions,
        people=people,
        mean=_bands(caused + optimism + error),
        improved=_bands(rng.binomial(people, above) / people),
        over_control=_bands(caused + error - other_arm) if is_compared else None,
        grade=GRADE,
        unknowns=tuple(_unknowns(arms, facts, is_compared=is_compared)),
        arms=arms,
    )


def _check(axis: str, facts: Facts, sessions: float, since_last: float) -> None:
    rows = [row for row in fitted_rows(facts) if row.axis == axis]
    counts = [row.sessions_n for row in rows if row.sessions_n is not None]
    months = [row.since_last_months for row in rows if row.since_last_months is not None]
    asked = convert(since_last, source="s", target="months")
    if not min(counts) <= sessions <= max(counts):
        raise OutsideValidity(
            f"{sessions:g} sessions: studies gave {min(counts):g} to {max(counts):g}"
        )
    if not 0 <= asked <= max(months):
        raise OutsideValidity(
            f"{asked:g} months after the last session: studies looked at 0 to {max(months):g}"
        )


def _caused(
    draws: Posterior,
    axis: str,
    topic: str,
    facts: Facts,
    rng: np.random.Generator,
    sessions: float,
    interval: float,
    since_last: float,
) -> Draws:
    """Mean improvement in new studies, without what a missing control adds."""

    def several(values: Draws) -> Draws:
        return np.repeat(values, _STUDIES_A_DRAW)

    reference = facts.outcome_priors["reference_sessions_n"].middle
    count = np.asarray(sessions, dtype=np.float64)
    gain = session_gain(count, several(draws.half), reference=reference)
    matured = matured_share(
        np.asarray(since_last, dtype=np.float64),
        several(draws.maturation),
        sessions=count,
        interval=np.asarray(interval, dtype=np.float64),
    )
    study = several(draws.studies[axis]) * _off(gain.size, facts, rng)
    level = several(draws.level[axis, topic]) + study
    return group_mean(level, gain, matured, is_share=axis == "share")


def _off(studies: int, facts: Facts, rng: np.random.Generator) -> Draws:
    """How far new studies lie off, in spreads between studies.

    From Student's t where the edition names its degrees of freedom, else from the normal law.
    """
    tails = facts.outcome_priors.get("studies_df_n")
    return rng.standard_normal(studies) if tails is None else rng.standard_t(tails.middle, studies)


def _bands(values: Draws) -> Bands:
    ends = [(1 - level) / 2 for level in _LEVELS]
    middle, *found = (
        float(end) for end in quantiles(values, [0.5, *ends, *(1 - end for end in ends)])
    )
    return Bands(middle, *zip(found[: len(ends)], found[len(ends) :], strict=True))


def _unknowns(arms: tuple[OutcomeArm, ...], facts: Facts, *, is_compared: bool) -> list[str]:
    told = [
        "No study compares depths with enough people: depth is not in this figure.",
        "How much each further session adds is hardly known.",
    ]
    if is_compared:
        told.append("How much time and hope alone would give rests on one pooled comparison.")
    else:
        told.append("No study had an untreated control: time and hope are in this figure.")
    blinded = {arm.study for arm in arms if _is_blinded(arm, facts)}
    if facts.outcome_designs:
        count = len({arm.study for arm in arms})
        told.append(
            f"Told as blinded raters would find it; {len(blinded)} of {count} studies were blinded."
        )
    if len({arm.study for arm in arms}) == 1:
        told.append("One study speaks for this: how far studies differ is taken from others.")
    return told


def _is_blinded(arm: OutcomeArm, facts: Facts) -> bool:
    design = facts.outcome_designs.get(arm.key)
    return design is not None and design.is_blinded
