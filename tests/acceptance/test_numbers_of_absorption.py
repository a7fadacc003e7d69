"""One slab, and a thousand, beside what an engineer would pick: ratios of one run."""

import statistics
import time
from collections.abc import Callable

import numpy as np

from percuta.validation.finite_doses import (
    SLAB_DIFFUSIVITY,
    slab_passed,
    slab_series,
    slabs_passed,
)
from tests.slab_by_lsoda import by_odeint, by_solve_ivp

RUNS = 15
SETS, LOOPED = 1000, 20


def _seconds(run: Callable[[], object]) -> float:
    """Processor time: what else the machine does is no property of a solver."""
    start = time.process_time()
    run()
    return time.process_time() - start


def _medians(runs: int, *each: Callable[[], object]) -> list[float]:
    """Of interleaved runs, so that a slow moment meets all of them."""
    for run in each:
        run()
    told = [[_seconds(run) for run in each] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*told, strict=True)]


def test_one_slab_is_no_slower_than_banded_lsoda_at_no_larger_error() -> None:
    true = slab_series()
    errors = [abs(run() / true - 1) for run in (slab_passed, by_solve_ivp, by_odeint)]
    assert errors[0] <= min(errors[1:])
    ours, theirs = _medians(RUNS, slab_passed, by_solve_ivp)
    assert ours <= theirs, f"ours takes {ours / theirs:.2f} x the time"


def test_a_thousand_slabs_are_fifty_times_as_fast_as_a_loop_of_lsoda() -> None:
    slabs = SLAB_DIFFUSIVITY * np.linspace(0.8, 1.25, SETS)
    few = slabs[:: SETS // LOOPED]
    true = np.array([slab_series(each) for each in few])
    errors = np.abs(slabs_passed(slabs)[:: SETS // LOOPED] / true - 1)
    theirs = np.abs(np.array([by_solve_ivp(each) for each in few]) / true - 1)
    assert np.median(errors) <= np.median(theirs)
    ours, loop = _medians(
        5, lambda: slabs_passed(slabs), lambda: [by_solve_ivp(each) for each in few]
    )
    ratio = loop / LOOPED * SETS / ours
    assert ratio >= 50, f"{ratio:.0f} x"
