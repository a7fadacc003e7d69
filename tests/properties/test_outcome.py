"""Whatever the numbers, the outcome model rises with sessions and time and stays on its axis."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from percuta.science.numerics.sampling import Draws
from percuta.science.outcome.event_rates import exact_interval
from percuta.science.outcome.response import group_mean, matured_share, session_gain

SESSIONS = st.integers(1, 20)
MONTHS = st.floats(0.01, 24)


def matured(since: float, slow: float, sessions: float, interval: float) -> float:
    since_last, maturation, count, apart = map(number, (since, slow, sessions, interval))
    return float(matured_share(since_last, maturation, sessions=count, interval=apart))


def number(value: float) -> Draws:
    return np.asarray(value, dtype=np.float64)


@given(since=st.floats(0, 24), slow=MONTHS, sessions=SESSIONS, interval=MONTHS)
def test_the_geometric_sum_is_the_mean_over_sessions(
    since: float, slow: float, sessions: int, interval: float
) -> None:
    ages = since + interval * np.arange(sessions)
    slowly = float(np.mean(1 - np.exp(-ages / slow)))
    found = matured(since, slow, sessions, interval)
    assert abs(found - slowly) < 1e-9
    assert -1e-12 <= found <= 1


@given(since=st.floats(0, 24), later=MONTHS, slow=MONTHS, sessions=SESSIONS, interval=MONTHS)
def test_more_time_is_never_less(
    since: float, later: float, slow: float, sessions: int, interval: float
) -> None:
    now = matured(since, slow, sessions, interval)
    assert matured(since + later, slow, sessions, interval) >= now - 1e-12


@given(sessions=SESSIONS, more=SESSIONS, half=st.floats(0.01, 100))
def test_more_sessions_are_never_less_and_each_adds_less(
    sessions: int, more: int, half: float
) -> None:
    def gain(count: float) -> float:
        return float(session_gain(number(count), number(half), reference=4))

    assert gain(sessions + more) >= gain(sessions)
    assert gain(sessions + 1) - gain(sessions) >= gain(sessions + 2) - gain(sessions + 1) - 1e-12


@given(level=st.floats(-20, 20), gain=st.floats(0.01, 10), matured=st.floats(0.001, 1))
def test_a_share_never_leaves_its_axis(level: float, gain: float, matured: float) -> None:
    parts = (number(level), number(gain), number(matured))
    assert 0 <= float(group_mean(*parts, is_share=True)) <= 1
    assert float(group_mean(*parts, is_share=False)) >= 0


@settings(deadline=None)
@given(people=st.integers(1, 200), share=st.floats(0, 1))
def test_an_interval_holds_what_was_seen_and_narrows_with_people(people: int, share: float) -> None:
    events = round(people * share)
    rate = exact_interval(events, people)
    assert rate.low <= events / people <= rate.high
    more = exact_interval(events * 4, people * 4)
    assert more.high - more.low <= rate.high - rate.low + 1e-9
