"""``./dev bench``: how fast Percuta is, as ratios against something measured in the same run.

* a whole ``percuta plan`` in a new process under each edition, against a bare interpreter;
* one plan with its reasons, against the bare zones of the tests' judge on the same cases;
* where needles end in eight zones, against a plain-Python loop of the same law, with growth;
* absorption through a slab and of finite doses, against other solvers where they are here;
* a what-if of eight zones with its lanes from cold, against the draws and grid of a kept plan;
* the strict reading of every fact table, against the plain ``csv`` module;
* a study of virtual people, against a plain loop over them, and two workers against one;
* a press on the plan page, saved and drawn anew, against reading the page without saving.
"""

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.case_files import write_case
from tests.judge import Judge
from tests.random_cases import random_case

from benchmarks import absorption, forecast, puncture, study, what_if
from percuta.facts.edition import Facts, editions, open_edition
from percuta.planning.case.case_file import parse_case
from percuta.planning.plan.plan import make_plan

RUNS = 10
PROCESS_BAR_S = 0.6
CASES = 400
NOT_COMPILED = "PYTHONDONTWRITEBYTECODE"


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def of_process(*arguments: str) -> list[float]:
    """Wall times of new processes, the first (cold) one left out."""

    def run() -> None:
        # Without compiled files it is the compiler that is timed.
        warm = {name: set_to for name, set_to in os.environ.items() if name != NOT_COMPILED}
        command = [sys.executable, *arguments]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=warm)

    run()
    return [seconds(run) for _ in range(RUNS)]


def whole_command() -> None:
    """``percuta plan`` under every edition against a bare interpreter, compiled files warm."""
    bare = statistics.median(of_process("-c", "pass"))
    for edition in editions():
        with tempfile.TemporaryDirectory() as folder:
            case = write_case(Path(folder), open_edition(edition))
            plan = of_process("-m", "percuta", "plan", str(case), "--edition", edition)
        middle = statistics.median(plan)
        verdict = "met" if middle < PROCESS_BAR_S else "MISSED"
        print(
            f"percuta plan, {edition}, new process: median {middle:.3f} s of {RUNS} "
            f"(bar {PROCESS_BAR_S:g} s: {verdict})"
        )
        print(
            f"  spread {min(plan):.3f} to {max(plan):.3f} s; {middle / bare:.1f} x a bare "
            "interpreter"
        )


def one_plan() -> None:
    """``make_plan`` against the judge's zones alone on the same random cases."""
    facts = open_edition()
    judge, rng = Judge(facts.folder), Random(1)
    raws = [random_case(rng, facts) for _ in range(CASES)]
    cases = [parse_case(raw, facts) for raw in raws]
    make_plan(cases[0], facts)
    planning = seconds(lambda: [make_plan(case, facts) for case in cases])
    judging = seconds(lambda: [judge.planned(raw) for raw in raws])
    ratio = planning / judging
    print(f"one plan: {1000 * planning / CASES:.2f} ms, {ratio:.1f} x the judge's bare zones")


def strict_reading() -> None:
    """Every fact table with its schema against ``csv.DictReader``."""
    folder = open_edition().folder

    def plain() -> None:
        for path in folder.glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                list(csv.DictReader(file))

    def strict() -> None:
        facts = Facts(folder)
        for name in facts.table_names:
            facts.table(name)

    plain_s = statistics.median(seconds(plain) for _ in range(RUNS))
    strict_s = statistics.median(seconds(strict) for _ in range(RUNS))
    print(f"all facts: {1000 * strict_s:.0f} ms, {strict_s / plain_s:.1f} x the plain csv module")


if __name__ == "__main__":
    whole_command()
    one_plan()
    puncture.main()
    absorption.main()
    forecast.main()
    strict_reading()
    what_if.main()
    study.short()
