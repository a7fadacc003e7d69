"""What new studies of the planned concerns may find in groups, told as a band with its grade."""

from collections.abc import Iterable

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern
from percuta.planning.case.case import Frozen, StatedConcern
from percuta.planning.depth.reached_depth import Ends, NestedRanges
from percuta.planning.judgement.grades import Grade
from percuta.planning.session.series import Series
from percuta.science.outcome.prediction import Bands, GroupOutcome, group_outcome
from percuta.units import convert, to_si

NOBODY = "no study says what one person will have"
TOPIC_WORDS = {
    "acne_scars": "acne scars",
    "wrinkles": "wrinkles",
    "laxity": "loss of firmness",
    "texture": "rough texture",
    "stretch_marks": "stretch marks",
    "melasma": "melasma",
}
"""Each line of evidence as a sentence names it."""

_IMPROVED = {
    "grades": "gained a grade or more",
    "share": "lost half or more of what was counted",
}


class GroupForecast(Frozen):
    """What a new study of such a group may find; never a forecast for one person.

    Either ``gain_grades`` or ``removed_pct`` is set, by the scale of the studies; both tell what
    studies without a control report. ``gain_over_control_grades`` is what may be left of it
    against a comparator, where that was ever pooled.
    """

    concern: Concern
    studied: str
    sessions: int
    months_after: float
    people_n: int
    gain_grades: NestedRanges | None
    removed_pct: NestedRanges | None
    improved_pct: NestedRanges
    improved_means: str
    gain_over_control_grades: NestedRanges | None
    grade: Grade
    unknowns: tuple[str, ...]
    sentence: str
    facts: tuple[str, ...]
    sources: tuple[str, ...]


def group_forecasts(
    concerns: Iterable[StatedConcern], series: Series, facts: Facts
) -> tuple[GroupForecast, ...]:
    """One forecast a concern and scale, where studies allow one.

    Without a number of sessions there is none. A line of evidence that speaks for two concerns
    is told for the first.
    """
    if series.sessions is None:
        return ()
    weeks, months = series.interval_weeks, facts.outcome_priors["new_study_months"].middle
    usual = to_si(facts.outcome_priors["unknown_interval_months"].middle, "months")
    told: dict[tuple[str, str], GroupForecast] = {}
    for concern in dict.fromkeys(stated.concern for stated in concerns):
        for outcome in group_outcome(
            concern,
            facts,
            sessions=series.sessions,
            interval=usual if weeks is None else to_si(weeks, "weeks"),
            since_last=to_si(months, "months"),
        ):
            forecast = _forecast(concern, outcome, series.sessions, months)
            told.setdefault((outcome.axis, outcome.topic), forecast)
    return tuple(told.values())


def _forecast(
    concern: Concern, outcome: GroupOutcome, sessions: int, months: float
) -> GroupForecast:
    is_grades = outcome.axis == "grades"
    over = outcome.over_control
    return GroupForecast(
        concern=concern,
        studied=outcome.topic,
        sessions=sessions,
        months_after=months,
        people_n=outcome.people,
        gain_grades=_ranges(outcome.mean, 1.0, 2) if is_grades else None,
        removed_pct=None if is_grades else _percent(outcome.mean),
        improved_pct=_percent(outcome.improved),
        improved_means=_IMPROVED[outcome.axis],
        gain_over_control_grades=None if over is None else _ranges(over, 1.0, 2),
        grade=Grade(outcome.grade),
        unknowns=outcome.unknowns,
        sentence=_sentence(outcome, sessions, months),
        facts=tuple(f"outcome_arms/{arm.key}" for arm in outcome.arms),
        sources=tuple(dict.fromkeys(key for arm in outcome.arms for key in arm.sources)),
    )


def _sentence(outcome: GroupOutcome, sessions: int, months: float) -> str:
    if outcome.axis == "grades":
        found, digits, unit = _ranges(outcome.mean, 1.0, 1), 1, "grades"
        told = f"gained about {found.middle:.{digits}f} {unit}"
    else:
        found, digits, unit = _percent(outcome.mean), 0, "%"
        told = f"lost about {found.middle:.{digits}f} {unit} of what was counted"
    ends = found.four_in_five
    count = "one session" if sessions == 1 else f"{sessions} sessions"
    return (
        f"In studies like these, groups with {TOPIC_WORDS[outcome.topic]} {told}, "
        f"{months:g} months after {count} (four in five new studies: {ends.low:.{digits}f} to "
        f"{ends.high:.{digits}f} {unit}); {NOBODY}."
    )


def _percent(bands: Bands) -> NestedRanges:
    return _ranges(bands, convert(1.0, source="1", target="pct"), 0)


def _ranges(bands: Bands, factor: float, digits: int) -> NestedRanges:
    def ends(pair: tuple[float, float]) -> Ends:
        return Ends(low=round(pair[0] * factor, digits), high=round(pair[1] * factor, digits))

    return NestedRanges(
        middle=round(bands.middle * factor, digits),
        half=ends(bands.half),
        four_in_five=ends(bands.four_in_five),
        nineteen_in_twenty=ends(bands.nineteen_in_twenty),
    )
