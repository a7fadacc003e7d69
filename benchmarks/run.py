"""``./dev bench``: how fast Percuta is, as ratios against something measured in the same run.

* a whole ``percuta plan --json`` in a new process, against a bare interpreter;
* one plan with its reasons, against the bare zones of the tests' judge on the same cases;
* where needles end in eight zones, against a plain-Python loop of the same law, with growth;
* the strict reading of every fact table, against the plain ``csv`` module.
"""

import csv
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.case_files import write_case
from tests.judge import Judge
from tests.random_cases import random_case

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Sex
from percuta.planning.needling import BELIEFS, PEOPLE
from percuta.planning.plan import make_plan
from percuta.planning.reading import parse_case
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.depth import ReducedLaw, puncture
from percuta.science.puncture.parameters import efficiency_prior, reduced_law
from percuta.science.skin.thickness import sample_skin, skin_at

RUNS = 10
CASES = 400


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def of_process(*arguments: str) -> list[float]:
    """Wall times of new processes, the first (cold) one left out."""

    def run() -> None:
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)

    run()
    return [seconds(run) for _ in range(RUNS)]


def whole_command() -> None:
    """``percuta plan --json`` against a bare interpreter."""
    facts = open_edition()
    with tempfile.TemporaryDirectory() as folder:
        case = write_case(Path(folder), facts)
        plan = of_process("-m", "percuta", "plan", str(case), "--json")
    bare = of_process("-c", "pass")
    middle, base = statistics.median(plan), statistics.median(bare)
    print(f"percuta plan --json, new process: median {middle:.3f} s of {RUNS}")
    print(
        f"  spread {min(plan):.3f} to {max(plan):.3f} s; {middle / base:.1f} x a bare interpreter"
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


def reached_depth() -> None:
    """Reached depth in eight zones against a plain loop, and its growth with draws and zones."""
    facts = open_edition()
    device = facts.devices["generic_pen_12"]
    law, prior = reduced_law(device, facts), efficiency_prior(device, facts)
    sites = ("forehead", "glabella", "temple", "periorbital", "nose", "cheek", "neck", "chin")

    def zones(count: int, people: int) -> None:
        for site in sites[:count]:
            skin = skin_at(site, Sex.FEMALE, facts)
            if skin is None:
                raise SystemExit(f"no thickness for {site}")
            rng = stream(1, site)
            draws = sample_skin(skin, people, rng)
            puncture(law, 1e-3, skin=draws, efficiency=prior.draw(BELIEFS), rng=rng)

    zones(8, PEOPLE)
    fast = statistics.median(seconds(lambda: zones(8, PEOPLE)) for _ in range(RUNS))
    beliefs = [float(belief) for belief in prior.draw(BELIEFS)]
    slow = 8 * seconds(lambda: plain_loop(law, beliefs, PEOPLE))
    print(f"reached depth, 8 zones x {PEOPLE} people x {BELIEFS} beliefs: {1000 * fast:.0f} ms,")
    print(f"  a plain-Python loop of the same law takes {slow / fast:.0f} x as long")
    for what, sizes in (("people", (500, 1000, 2000, 4000, 8000)), ("zones", (1, 2, 4, 8))):
        times = []
        for size in sizes:
            shape = (8, size) if what == "people" else (size, PEOPLE)
            times.append(statistics.median(seconds(partial(zones, *shape)) for _ in range(5)))
        slope = log_log_slope(sizes, times)
        print(f"  grows as {what} to the power {slope:.2f}")


def plain_loop(law: ReducedLaw, beliefs: list[float], people: int) -> int:
    """The reduced law one needle at a time; counts needles past a dermis of 1 mm."""
    rng, past = Random(1), 0
    for belief in beliefs:
        for _ in range(people):
            dial = 1e-3 + rng.uniform(-law.tolerance, law.tolerance)
            depth = max(0.0, belief * dial - rng.uniform(*law.indentation))
            thickness = max(5e-5, rng.gauss(8e-4, 1.5e-4)) + max(1e-5, rng.gauss(2e-4, 3e-5))
            past += depth * math.exp(rng.gauss(0.0, law.spread)) > thickness
    return past


def log_log_slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Exponent of the growth of ``times`` with ``sizes``."""
    x, y = [math.log(size) for size in sizes], [math.log(time) for time in times]
    return statistics.linear_regression(x, y).slope


if __name__ == "__main__":
    whole_command()
    one_plan()
    reached_depth()
    strict_reading()
