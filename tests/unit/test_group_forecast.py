"""What groups may have: bands inside bands, what is not known, and no word of one person."""

import io
import re

import pytest
from rich.console import Console

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern
from percuta.planning.depth.reached_depth import NestedRanges
from percuta.planning.plan.group_forecast import NOBODY, GroupForecast
from percuta.report import wording
from percuta.report.terminal import show_plan
from percuta.science.outcome.prediction import GroupOutcome, group_outcome
from percuta.units import to_si
from tests.people import a_plan, one_concern

WITH_ARMS = {
    Concern.ACNE_SCARS: {"grades", "share"},
    Concern.WRINKLES: {"grades"},
    Concern.FINE_LINES: {"grades"},
    Concern.LAXITY: {"grades"},
    Concern.TEXTURE: {"grades"},
    Concern.STRETCH_MARKS: {"share"},
    Concern.HYPERPIGMENTATION: set(),
    Concern.UNEVEN_TONE: set(),
    Concern.ENLARGED_PORES: set(),
}
PERSONAL = re.compile(r"\b(you|your|success|patient|guarantee|expect|chance that)\b", re.IGNORECASE)


def outcomes(
    concern: Concern, facts: Facts, *, sessions: float = 4, months: float = 3
) -> tuple[GroupOutcome, ...]:
    return group_outcome(
        concern,
        facts,
        sessions=sessions,
        interval=to_si(1, "months"),
        since_last=to_si(months, "months"),
    )


def forecasts(facts: Facts, concern: Concern) -> tuple[GroupForecast, ...]:
    return a_plan(facts, concerns=one_concern(concern.value, "cheek_left")).group_forecast


@pytest.mark.parametrize("concern", WITH_ARMS)
def test_a_concern_is_told_on_each_scale_that_was_studied_and_on_no_other(
    concern: Concern, facts: Facts
) -> None:
    assert {outcome.axis for outcome in outcomes(concern, facts)} == WITH_ARMS[concern]


@pytest.mark.parametrize("concern", WITH_ARMS)
def test_bands_lie_inside_each_other_and_say_grade_c(concern: Concern, facts: Facts) -> None:
    for outcome in outcomes(concern, facts):
        assert outcome.grade == "C"
        for bands in filter(None, (outcome.mean, outcome.improved, outcome.over_control)):
            (a, b), (c, d) = bands.nineteen_in_twenty, bands.four_in_five
            e, f = bands.half
            assert a <= c <= e <= bands.middle <= f <= d <= b
            assert a < b
        low, high = outcome.improved.nineteen_in_twenty
        assert 0 <= low <= high <= 1


def test_depth_and_the_dose_of_sessions_are_named_as_unknown_every_time(facts: Facts) -> None:
    for concern in Concern:
        for outcome in outcomes(concern, facts):
            told = " ".join(outcome.unknowns)
            assert "depth is not in this figure" in told
            assert "each further session" in told
            assert "time and hope" in told


def test_only_acne_scars_have_a_figure_over_a_comparator(earlier: Facts) -> None:
    compared = {
        (outcome.axis, outcome.topic)
        for concern in Concern
        for outcome in outcomes(concern, earlier)
        if outcome.over_control is not None
    }
    assert compared == {("grades", "acne_scars")}


def test_what_is_left_over_a_comparator_is_less_than_what_studies_report(earlier: Facts) -> None:
    grades = next(o for o in outcomes(Concern.ACNE_SCARS, earlier) if o.axis == "grades")
    assert grades.over_control is not None
    assert grades.over_control.middle < grades.mean.middle


@pytest.mark.parametrize(("sessions", "months"), [(0.5, 3), (30, 3), (4, -1), (4, 24)])
def test_nothing_is_said_outside_what_was_studied(
    sessions: float, months: float, facts: Facts
) -> None:
    with pytest.raises(OutsideValidity, match="studies"):
        outcomes(Concern.ACNE_SCARS, facts, sessions=sessions, months=months)


def test_more_sessions_and_more_time_never_lower_the_middle(facts: Facts) -> None:
    few, many = (outcomes(Concern.ACNE_SCARS, facts, sessions=n) for n in (2, 8))
    early, late = (outcomes(Concern.ACNE_SCARS, facts, months=m) for m in (0, 3))
    for less, more in zip((*few, *early), (*many, *late), strict=True):
        assert less.mean.middle < more.mean.middle


@pytest.mark.parametrize("concern", WITH_ARMS)
def test_every_concern_alone_makes_a_plan_with_its_forecasts(
    concern: Concern, facts: Facts
) -> None:
    told = forecasts(facts, concern)
    series = a_plan(facts, concerns=one_concern(concern.value, "cheek_left")).series
    assert series is not None
    expected = WITH_ARMS[concern] if series.sessions is not None else set()
    assert len(told) == len(expected)
    for forecast in told:
        assert (forecast.gain_grades is None) is not (forecast.removed_pct is None)
        assert forecast.facts
        assert forecast.sources


@pytest.mark.parametrize("concern", [concern for concern, arms in WITH_ARMS.items() if arms])
def test_the_sentence_speaks_of_groups_and_never_of_one_person(
    concern: Concern, facts: Facts
) -> None:
    for forecast in forecasts(facts, concern):
        line = wording.group_forecast(forecast)
        assert forecast.sentence.startswith("In studies like these, groups with ")
        assert forecast.sentence.endswith(f"; {NOBODY}.")
        assert "Reasoned, not measured." in line
        assert not PERSONAL.search(line), line
        assert "!" not in line
        assert all(unknown in line for unknown in forecast.unknowns)


def test_one_line_of_evidence_is_told_once(facts: Facts) -> None:
    both = [*one_concern("wrinkles", "forehead"), *one_concern("fine_lines", "forehead")]
    told = a_plan(facts, concerns=both).group_forecast
    assert [forecast.studied for forecast in told] == ["wrinkles"]


def test_the_same_case_gives_the_same_forecast(facts: Facts) -> None:
    assert forecasts(facts, Concern.ACNE_SCARS) == forecasts(facts, Concern.ACNE_SCARS)


def test_a_band_is_never_without_its_middle(facts: Facts) -> None:
    for forecast in forecasts(facts, Concern.STRETCH_MARKS):
        assert isinstance(forecast.removed_pct, NestedRanges)
        assert 0 < forecast.removed_pct.middle < 100


def test_the_terminal_shows_forecasts_and_the_bound_of_every_zero(facts: Facts) -> None:
    plan, shown = a_plan(facts), io.StringIO()
    show_plan(Console(file=shown, width=400), plan)
    for forecast in plan.group_forecast:
        assert forecast.sentence in shown.getvalue()
    for event in plan.seen_events:
        assert event.sentence in shown.getvalue()
