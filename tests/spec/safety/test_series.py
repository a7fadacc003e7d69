"""How far apart sessions are, and on which days: the edition that is being written."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Level
from percuta.planning.plan.plan import Plan
from percuta.report import wording
from percuta.report.patient import patient_page
from percuta.report.professional import professional_page
from tests.delivered import asked, delivered
from tests.people import SESSION, a_case, a_plan, one_concern

# Concern, zone, phototype: sessions and weeks, by hand from the abstracts of the studies.
BY_HAND = (
    ("acne_scars", "cheek_left", "II", 4, 4),  # Dalwig-Nolda 2020: four, a month apart
    ("acne_scars", "cheek_left", "V", 4, 4),
    ("wrinkles", "forehead", "II", 4, 4),  # Ablon 2018: four, a month apart
    ("fine_lines", "cheek_left", "V", 4, 4),
    ("stretch_marks", "thigh_left", "II", 2, 4),  # Alster and Li 2020: 1 to 3, a month apart
    ("stretch_marks", "thigh_left", "V", 2, 4),
    ("hyperpigmentation", "cheek_left", "II", 2, 4),  # two, a month apart (BMCDERM2017)
    ("uneven_tone", "cheek_left", "VI", 2, 4),
    ("laxity", "cheek_left", "III", 4, 4),  # Ablon 2018
)


@pytest.mark.parametrize(("concern", "zone", "phototype", "sessions", "weeks"), BY_HAND)
def test_sessions_and_weeks_are_those_typed_by_hand(
    concern: str, zone: str, phototype: str, sessions: int, weeks: int, facts: Facts
) -> None:
    plan = a_plan(facts, concerns=one_concern(concern, zone), phototype=phototype)
    assert plan.series is not None
    assert (plan.series.sessions, plan.series.interval_weeks) == (sessions, weeks)


def test_stretch_marks_are_not_needled_every_two_weeks(facts: Facts) -> None:
    """One study did so, and 7 of its 32 people had dark marks."""
    for phototype in ("I", "II", "III", "IV", "V", "VI"):
        plan = a_plan(
            facts, concerns=one_concern("stretch_marks", "thigh_left"), phototype=phototype
        )
        assert plan.series is not None
        assert plan.series.interval_weeks == 4


def test_sessions_and_interval_come_from_one_study(facts: Facts) -> None:
    plan = a_plan(facts)
    assert plan.series is not None
    why = plan.series.why[0]
    pair = next(row for row in facts.series_pairs if f"series_pairs/{row.key}" == why.facts[0])
    assert pair.sessions_n == plan.series.sessions
    assert pair.interval_days == (plan.series.interval_weeks or 0) * 7
    assert pair.sources[0] in why.text


@pytest.mark.parametrize("phototype", ["IV", "V", "VI"])
@pytest.mark.parametrize("weeks", [0.5, 1.0, 2.0, 3.9])
def test_dark_skin_is_never_needled_again_before_four_weeks(
    phototype: str, weeks: float, facts: Facts
) -> None:
    for concern in ("acne_scars", "enlarged_pores"):  # with a published series and without one
        plan = a_plan(
            facts,
            phototype=phototype,
            interval_weeks=weeks,
            concerns=one_concern(concern, "nose"),
        )
        assert plan.series is not None
        assert plan.series.interval_weeks == 4
        assert "series.interval_for_pigment" in {finding.rule for finding in plan.findings}


@pytest.mark.parametrize("concern", ["hyperpigmentation", "uneven_tone"])
def test_pigment_is_never_needled_again_before_four_weeks(concern: str, facts: Facts) -> None:
    plan = a_plan(
        facts, phototype="I", interval_weeks=1.0, concerns=one_concern(concern, "cheek_left")
    )
    assert plan.series is not None
    assert plan.series.interval_weeks == 4


def test_light_skin_may_keep_a_shorter_interval_that_was_published(facts: Facts) -> None:
    plan = a_plan(facts, phototype="II", interval_weeks=2.0)
    assert plan.series is not None
    assert plan.series.interval_weeks == 2


def test_dark_skin_without_a_published_series_still_waits_four_weeks(facts: Facts) -> None:
    plan = a_plan(facts, phototype="V", concerns=one_concern("enlarged_pores", "nose"))
    assert plan.series is not None
    assert (plan.series.sessions, plan.series.interval_weeks) == (None, 4)
    assert "at least 4 weeks apart" in _on_paper(plan)


def test_an_interval_is_told_as_people_say_it(facts: Facts) -> None:
    for concern, zone in (("wrinkles", "forehead"), ("stretch_marks", "thigh_left")):
        paper = _on_paper(a_plan(facts, concerns=one_concern(concern, zone)))
        assert "every 4 weeks" in paper
        assert "4.3" not in paper


def test_a_test_spot_is_offered_to_dark_skin_and_to_no_other(facts: Facts) -> None:
    for phototype, is_offered in (("III", False), ("IV", True), ("VI", True)):
        told = {f.rule: f for f in a_plan(facts, phototype=phototype).findings}
        assert ("series.test_spot" in told) == is_offered
        if is_offered:
            assert told["series.test_spot"].level is Level.NOTE


def test_a_session_after_the_end_of_the_plan_is_marked(facts: Facts) -> None:
    plan = a_plan(facts, interval_weeks=6.0)
    assert plan.series is not None
    assert plan.valid_until == date(2027, 2, 21)
    assert plan.dates_after_end == (date(2027, 3, 29),)
    assert f"{wording.day(date(2027, 3, 29))} (needs a new plan)" in _on_paper(plan)
    assert f"{wording.day(date(2027, 2, 15))} (needs" not in _on_paper(plan)
    when = next(part for part in patient_page(plan).sections if part.heading == "When")
    assert ["plan anew" in day for day in when.items] == [False, False, False, True]


def test_a_plan_whose_first_day_is_past_asks_for_a_new_one(facts: Facts) -> None:
    plan = a_plan(facts)
    assert not plan.asks_for_new_day(SESSION)
    assert plan.asks_for_new_day(SESSION + timedelta(days=1))
    assert not a_plan(facts, pregnancy="yes").asks_for_new_day(date(2027, 1, 1))


@pytest.mark.parametrize("edition", ["2026-11-23", "2026-11-30"])
def test_no_session_falls_on_a_closed_day_and_none_comes_sooner(edition: str) -> None:
    """Christmas week closed, and each Monday; the first session was to be on a Monday."""
    facts = open_edition(edition)
    holidays = [date(2026, 12, 21) + timedelta(days=day) for day in range(7)]
    plan = a_plan(facts, closed_weekdays=["monday"], holidays=holidays)
    assert plan.series is not None
    dates = plan.series.dates
    assert dates[:2] == (date(2026, 11, 24), date(2026, 12, 29))
    assert not {day.weekday() for day in dates} & {0}
    assert not set(dates) & set(holidays)
    assert all((after - before).days >= 28 for before, after in pairwise(dates))


@pytest.mark.parametrize("edition", ["2026-11-23", "2026-11-30"])
def test_a_zone_that_waits_joins_on_an_open_day_after_its_deferral(edition: str) -> None:
    answer = {"status": "past", "last": date(2026, 11, 20), "zones": ["cheek_left"]}
    plan = a_plan(open_edition(edition), tan_or_sunbed=answer, holidays=[date(2026, 12, 21)])
    assert plan.series is not None
    later = plan.series.later_zones[0]
    assert later.until == "2026-12-04"
    assert later.joins == date(2026, 12, 22)


@pytest.mark.parametrize("edition", ["2026-11-23", "2026-11-30"])
@pytest.mark.parametrize("wedding", [date(2026, 11, 23), date(2026, 11, 25), date(2026, 12, 22)])
def test_skin_is_calm_on_the_day_it_must_be(edition: str, wedding: date) -> None:
    plan = a_plan(open_edition(edition), calm_by=wedding)
    assert plan.series is not None
    assert plan.course is not None
    assert plan.downtime_days is not None
    red_days = plan.course.redness.hours.nineteen_in_twenty / 24
    for day in plan.series.dates:
        if day <= wedding:
            assert (wedding - day).days >= red_days
            assert (wedding - day).days >= plan.downtime_days.upper
            assert all((wedding - day).days * 24 >= w.advised_h for w in plan.course.waiting)
    assert all((b - a).days >= 28 for a, b in pairwise(plan.series.dates))
    assert "series.calm_by" in {finding.rule for finding in plan.findings}


def test_a_day_of_calm_that_is_over_changes_nothing(facts: Facts) -> None:
    over = a_plan(facts, calm_by=SESSION - timedelta(days=1))
    assert over.series == a_plan(facts).series
    assert "series.calm_by" not in {finding.rule for finding in over.findings}


def test_the_sessions_still_to_come_keep_off_closed_days_too(earlier: Facts) -> None:
    """The next would be Monday 21 December; the clinic is closed on Mondays and on the 22nd."""
    plan = a_plan(earlier, closed_weekdays=["monday"], holidays=[date(2026, 12, 22)])
    done = delivered(plan, session=SESSION)
    answer = asked(plan, done, earlier)
    assert answer.dates == (date(2026, 12, 23), date(2027, 1, 20), date(2027, 2, 17))


def test_a_case_without_days_of_its_own_is_stored_as_before(earlier: Facts) -> None:
    stored = a_case(earlier).model_dump(mode="json")["setting"]
    assert not {"calm_by", "closed_weekdays", "holidays"} & stored.keys()


def _on_paper(plan: Plan) -> str:
    page = professional_page(plan)
    return " ".join(entry.text for entry in page.course)
