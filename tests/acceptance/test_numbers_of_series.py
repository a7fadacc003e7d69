"""The numbers that a plan stands on: series, what groups had, collagen, events, uptake."""

import pytest

from percuta.facts.edition import open_edition
from percuta.planning.plan.collagen_timeline import pulse_days
from tests.people import a_plan, one_concern

# --- Series ---


def test_stretch_marks_of_dark_skin_are_two_sessions_four_weeks_apart() -> None:
    """It was two sessions, two weeks apart: of no dermatologist, and 7 of 32 had dark marks."""
    facts = open_edition("2026-11-30")
    plan = a_plan(facts, concerns=one_concern("stretch_marks", "thigh_left"), phototype="V")
    assert plan.series is not None
    assert (plan.series.sessions, plan.series.interval_weeks) == (2, 4)


# --- What groups had ---


def test_a_blinded_study_of_the_neck_lies_within_what_is_foretold_for_its_like() -> None:
    """Alqam 2022 printed 0.86; the model of before gave 1.22, with 0.86 at its 6th percentile."""
    check = next(
        row for row in open_edition("2026-11-30").outcome_checks if row.study == "ALQAM2022"
    )
    assert check.published == 0.86
    assert check.low_80 <= 0.86 <= check.high_80


# --- Collagen, events, uptake ---


def test_the_pulse_of_collagen_ends_where_200_000_draws_end_it() -> None:
    """A referee's own draws gave 17.3 to 44.2 days."""
    low, _, high = pulse_days(open_edition())
    assert low == pytest.approx(17.3, abs=0.5)
    assert high == pytest.approx(44.2, abs=0.8)


def test_nothing_of_stretch_marks_stands_on_a_face_plan() -> None:
    plan = a_plan(open_edition("2026-11-30"))
    assert not [seen for seen in plan.seen_events if "striae" in seen.population]


def test_eleven_in_a_hundred_of_tranexamic_acid_is_told_and_no_curve_drawn() -> None:
    plan = a_plan(open_edition("2026-11-30"), topicals=["tranexamic_acid_solution"])
    assert plan.course is not None
    assert not [lane for lane in plan.course.absorption if "tranexamic" in lane.product]
    assert [told for told in plan.course.no_lane if "found 11 (9 to 14)" in told.why.text]
