"""None seen is not none possible: the exact interval of a rate."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.plan.adverse_event_rates import seen_events
from percuta.science.outcome.event_rates import chance_of_at_most, exact_interval


@pytest.mark.parametrize(
    ("events", "people", "low", "high"),
    [(0, 31, 0.0, 0.1122), (5, 30, 0.0564, 0.3472), (0, 1845, 0.0, 0.0020), (10, 10, 0.6915, 1.0)],
)  # published tables of Clopper and Pearson
def test_the_interval_is_the_exact_one(events: int, people: int, low: float, high: float) -> None:
    rate = exact_interval(events, people)
    assert (rate.low, rate.high) == pytest.approx((low, high), abs=5e-5)


def test_nobody_seen_bounds_the_rate_in_closed_form() -> None:
    for people in (1, 10, 100, 2000):
        assert exact_interval(0, people).high == pytest.approx(1 - 0.025 ** (1 / people))


def test_it_holds_the_true_rate_at_least_as_often_as_it_says() -> None:
    people = 25
    ends = [exact_interval(events, people) for events in range(people + 1)]
    for share in (0.001, 0.01, 0.05, 0.1, 0.2, 0.37, 0.5):
        chance = [chance_of_at_most(n, people, share) for n in range(people + 1)]
        single = [now - before for now, before in zip(chance, [0.0, *chance], strict=False)]
        held = sum(p for p, e in zip(single, ends, strict=True) if e.low <= share <= e.high)
        assert held >= 0.95 - 1e-9, share


def test_counts_that_cannot_be_are_refused() -> None:
    for events, people in ((-1, 5), (6, 5), (0, 0)):
        with pytest.raises(ValueError, match="cannot be"):
            exact_interval(events, people)


def test_every_zero_of_a_study_carries_its_upper_bound(facts: Facts) -> None:
    told = {seen.fact: seen for seen in seen_events([Zone.CHEEK_LEFT], facts)}
    zeros = [seen for seen in told.values() if seen.events_n == 0]
    assert len(zeros) >= 4
    for seen in zeros:
        assert seen.upper_pct > 0
        assert f"None of {seen.people_n:,}; up to {seen.upper_pct:g} %" in seen.sentence
    assert told["adverse_events/adverse_events.pih_minh2019"].upper_pct == 11.3


def test_cases_without_people_and_outbreaks_make_no_rate(facts: Facts) -> None:
    shown = {
        seen.fact.removeprefix("adverse_events/adverse_events.")
        for seen in seen_events([Zone.CHEEK_LEFT], facts)
    }
    assert "hiv_mmwr2024" not in shown
    assert "granuloma_friedmann2024" not in shown
    assert "rf_oedema_navyadevi" not in shown
    assert "pih_dogra2014" in shown
