"""The course of a plan: every time has a band and a grade, nothing says how much."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.plan.collagen_timeline import between_sessions, pulse_days
from percuta.planning.plan.course import Course
from percuta.planning.recovery.closure_times import closing_times, waiting
from tests.people import a_plan, one_concern


def course_of(facts: Facts, **changes: object) -> Course:
    course = a_plan(facts, **changes).course
    assert course is not None
    return course


def test_no_time_without_a_band_a_grade_and_a_source(facts: Facts) -> None:
    course = course_of(facts)
    for time in (*course.closing, course.redness):
        assert time.hours.half < time.hours.four_in_five < time.hours.nineteen_in_twenty
        assert time.grade_words
        assert time.widened_by
        assert time.why.facts
        assert time.why.sources
    assert course.needling_min.low < course.needling_min.middle < course.needling_min.high


def test_nothing_says_how_much_collagen_or_how_likely_success(facts: Facts) -> None:
    told = a_plan(facts).model_dump_json(include={"course"}).lower()
    assert "%" not in told
    assert not re.search(r"success|gain|more collagen|percent|better by", told)


def test_advice_is_never_below_the_floor_of_the_leaflet(facts: Facts) -> None:
    floors = {row.instruction: row.until_h_lo for row in facts.aftercare}
    waits = course_of(facts).waiting
    assert len(waits) == len(facts.closure_advice)
    for wait in waits:
        assert wait.floor_h == floors[wait.instruction]
        assert wait.advised_h >= (wait.floor_h or 0)
        assert wait.clocks


def test_advice_is_the_latest_clock_that_applies(facts: Facts) -> None:
    course = course_of(facts)
    ends = {clock.what: clock.hours.nineteen_in_twenty for clock in course.closing}
    for wait in course.waiting:
        assert wait.advised_h >= max(ends[clock] for clock in wait.clocks)


def test_sunscreen_is_left_to_the_leaflet(facts: Facts) -> None:
    """Skin without it has a harm of its own, so no clock makes it wait longer."""
    assert "aftercare.no_sunscreen" not in {row.instruction for row in facts.closure_advice}


@given(
    depths=st.tuples(st.floats(0.1, 2.5), st.floats(0.1, 2.5)),
    zone=st.sampled_from([Zone.CHEEK_LEFT, Zone.ABDOMEN, Zone.FOREARM_LEFT]),
)
def test_a_longer_closure_never_means_earlier_advice(
    depths: tuple[float, float], zone: Zone, facts: Facts
) -> None:
    """Longer needles and cover close later; advice follows, instruction by instruction."""
    short, long = sorted(depths)
    early, late, in_air = (
        waiting({zone: mm}, covered=covered, facts=facts)
        for mm, covered in ((short, True), (long, True), (short, False))
    )
    for one, other, uncovered in zip(early, late, in_air, strict=True):
        assert other.advised_h >= one.advised_h >= uncovered.advised_h
        for clock in closing_times(zone, short, covered=True, facts=facts):
            if clock.what in one.clocks:
                assert one.advised_h >= clock.hours.nineteen_in_twenty


def test_deeper_is_red_for_longer(facts: Facts) -> None:
    times = [
        course_of(facts, depth_mm={"cheek_left": mm, "cheek_right": mm}).redness.hours
        for mm in (0.5, 1.0, 1.5)
    ]
    for shallow, deep in zip(times, times[1:], strict=False):
        assert shallow.half < deep.half
        assert shallow.nineteen_in_twenty < deep.nineteen_in_twenty


@pytest.mark.parametrize("phototype", ["I", "III", "VI"])
def test_a_phototype_moves_no_time(phototype: str, facts: Facts) -> None:
    """Its effect is unknown, and names of groups are no measurement."""
    usual, other = course_of(facts), course_of(facts, phototype=phototype)
    assert other.redness == usual.redness
    assert other.closing == usual.closing
    assert "phototype" in {cause.cause for cause in usual.redness.widened_by}
    assert "What skin colour does to it is unknown" in usual.redness.why.text


def test_the_three_widest_unknowns_are_told_widest_first(facts: Facts) -> None:
    unknowns = course_of(facts).unknowns
    factors = [unknown.factor for unknown in unknowns]
    assert len(unknowns) == 3
    assert factors == sorted(factors, reverse=True)
    assert "check-ins" in unknowns[0].text


def test_sessions_inside_a_pulse_are_noted_and_not_judged(facts: Facts) -> None:
    low, middle, high = pulse_days(facts)
    assert low < middle < high
    cases = ((low - 2, "is still"), (middle, "may still be"), (high + 2, None))
    for gap, words in cases:
        dates = (date(2027, 1, 1), date.fromordinal(date(2027, 1, 1).toordinal() + round(gap)))
        notes = list(between_sessions(dates, facts))
        assert [words in note for note in notes if words] == ([True] if words else [])
        for note in notes:
            assert "has not been studied" in note


def test_a_person_who_is_refused_has_no_course(facts: Facts) -> None:
    assert a_plan(facts, pregnancy="yes").course is None


def test_several_zones_are_told_by_the_slowest(facts: Facts) -> None:
    zones = ("forehead", "abdomen")
    both = course_of(facts, concerns=one_concern("texture", *zones))
    alone = [course_of(facts, concerns=one_concern("texture", zone)) for zone in zones]
    for place, clock in enumerate(both.closing):
        ends = [one.closing[place].hours.nineteen_in_twenty for one in alone]
        assert clock.hours.nineteen_in_twenty == max(ends)
