"""The numbers of ``percuta facts impact``: nothing missed, little made twice, the same order again.

Wall times stand in ``./dev soak``, beside what they are held to; no test asserts one.
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

import pytest
from scipy.stats import spearmanr

from percuta.facts.edition import open_edition
from percuta.impact.counting import (
    PILOT,
    Both,
    Counting,
    Editions,
    Impact,
    Known,
    Tally,
    batch,
    exhaustive,
    impact,
)
from percuta.impact.virtual_people import cases_of
from percuta.planning.plan.comparison import decision
from percuta.planning.plan.decided import decide
from percuta.planning.plan.plan import make_plan

OLD, NEW = "2026-11-23", "2026-11-30"
STRANGERS = range(5000, 5008)
"""People whom the first ones know nothing of."""

SEEDS = range(1, 6)
AT_LEAST = 0.9
MINUTES = {(Counting.DECISIONS, 1000): 3, (Counting.DECISIONS, 10000): 20, (Counting.BANDS, 500): 5}


@pytest.fixture(name="editions", scope="module")
def _editions() -> Editions:
    return Editions(old=open_edition(OLD).folder, new=open_edition(NEW).folder, seed=1)


def test_what_is_decided_without_forecasts_is_what_the_plan_decides(editions: Editions) -> None:
    both = Both.of(editions)
    verdicts = set()
    for number in range(40):
        editions_of_both = (both.old, both.new)
        cases = cases_of(number, 1, both.offer, editions_of_both)
        for case, facts in zip(cases, editions_of_both, strict=False):
            plan, decided = make_plan(case, facts, draws=1), decide(case, facts)
            assert json.dumps(decision(decided)) == json.dumps(decision(plan))
            assert decided.findings == plan.findings
            assert decided.earliest_date == plan.earliest_date
            verdicts.add(plan.verdict)
    assert len(verdicts) > 1


@pytest.fixture(name="both_ways", scope="module")
def _both_ways(editions: Editions) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """Strangers counted as most people are, after the first ones, and with every row put back."""
    with ProcessPoolExecutor(2) as executor:
        known = Known.of(exhaustive(editions, range(PILOT), executor))
        every = exhaustive(editions, STRANGERS, executor)
    return dict(batch(editions, STRANGERS, known).rows), dict(every.rows)


def test_rows_that_are_skipped_would_have_changed_nothing(
    both_ways: tuple[dict[str, Tally], dict[str, Tally]],
) -> None:
    skipping, every = both_ways
    missed = {
        row: (told.changing, skipping.get(row, Tally()).changing)
        for row, told in every.items()
        if not told.fault and told.changing != skipping.get(row, Tally()).changing
    }
    assert not missed
    assert sum(told.changing > 0 for told in every.values()) >= 10


def test_for_most_people_and_rows_no_plan_is_made(
    both_ways: tuple[dict[str, Tally], dict[str, Tally]],
) -> None:
    """Some 400 changed rows lie in tables that planning opens: few of them are put back."""
    skipping, every = both_ways
    made, all_made = (sum(told.planned for told in rows.values()) for rows in both_ways)
    assert all_made > len(STRANGERS) * 200
    assert made < 0.15 * all_made


def _correlation(found: list[Impact]) -> float:
    """The least rank correlation of two seeds, over rows that change a plan under any seed."""
    shares = [
        {row.change.reference: row.changing / one.people for row in one.rows} for one in found
    ]
    rows = sorted({row for share in shares for row, changing in share.items() if changing})
    ranks = [[share[row] for row in rows] for share in shares]
    return min(
        float(spearmanr(first, second).statistic)
        for place, first in enumerate(ranks)
        for second in ranks[place + 1 :]
    )


def _told(sentence: str) -> None:
    """A measured figure, for whoever reads the run."""
    sys.stderr.write(f"\n{sentence}\n")


@contextmanager
def _timed(counting: Counting, people: int) -> Iterator[None]:
    """Prints wall and processor time of a count beside what its wall time is held to."""
    wall, busy = time.perf_counter(), _busy_s()
    yield
    wall, busy = time.perf_counter() - wall, _busy_s() - busy
    target = MINUTES[counting, people]
    _told(
        f"{counting} of {people} people: {wall / 60:.1f} min on two workers, "
        f"{busy / 60:.1f} min of processor; held to {target} min"
    )


def _busy_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN), resource.getrusage(resource.RUSAGE_SELF)
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.mark.soak
def test_other_people_put_rows_in_the_same_order(editions: Editions) -> None:
    found = []
    for seed in SEEDS:
        with _timed(Counting.DECISIONS, 1000), ProcessPoolExecutor(2) as executor:
            asked = editions.model_copy(update={"seed": seed})
            found.append(impact(asked, 1000, executor))
    least = _correlation(found)
    _told(f"Spearman's correlation of rows between {len(SEEDS)} seeds, the least: {least:.3f}")
    assert least >= AT_LEAST


@pytest.mark.soak
@pytest.mark.parametrize(
    ("counting", "people"), [(Counting.BANDS, 500), (Counting.DECISIONS, 10000)]
)
def test_many_people_cost_few_plans_each(
    editions: Editions, counting: Counting, people: int
) -> None:
    asked = editions.model_copy(update={"counting": counting})
    with _timed(counting, people), ProcessPoolExecutor(2) as executor:
        found = impact(asked, people, executor)
    assert found.people > 0.9 * people
    assert found.planned < 80 * found.people
