"""How fast a study is, against a plain loop over people, and what a second worker brings.

Alone as ``python -m benchmarks.study`` from the root, which takes minutes; ``./dev bench`` runs
its short form. A run is the whole command: workers started, table written.
"""

import math
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

for _library in ("OMP", "MKL", "OPENBLAS"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

import numpy as np
import pyarrow.parquet as pq

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Sex
from percuta.science.channels.clocks import Clock
from percuta.science.course import Needling, needling_of
from percuta.science.skin.thickness import Reading, Skin, skin_at
from percuta.study.chunks import chunk_rows
from percuta.study.cluster import own_cluster
from percuta.study.design import Study
from percuta.study.reading import parse_study
from percuta.study.running import run_study
from percuta.study.sweep import plans_of
from percuta.units import to_si

ROUNDS = 5
FOLLOWED = "tranexamic_acid_solution"
BAR_S = 300.0
"""What a study of each size may take on two cores."""


def asked(
    people: int, plans: int, *, chunk: int = 1_000, is_followed: bool = False
) -> dict[str, Any]:
    """``people`` of both sexes in three zones under ``plans`` depths of one pen."""
    depths = [round(float(depth), 4) for depth in np.linspace(0.25, 2.5, plans)]
    return {
        "name": "bench",
        "seed": 1,
        "people_per_chunk": chunk,
        "cohort": {
            "people": people,
            "sex": {"female": 3, "male": 1},
            "zones": {"cheek_left": 2, "forehead": 1, "perioral": 1},
            "age_years": [{"from_years": 18, "to_years": 65}],
        },
        "plans": [{"device": "generic_pen_12", "depth_mm": depths, "passes": 3}],
        **({"absorption": FOLLOWED} if is_followed else {}),
    }


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def whole(study: Study, facts: Facts, workers: int) -> float:
    """Seconds from the command to the table."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        took = seconds(lambda: run_study(study, facts, out, workplace=own_cluster(workers)))
        assert pq.ParquetFile(out / "bench.parquet").metadata.num_rows % study.cohort.people == 0
        return took


def told(what: str, study: Study, facts: Facts) -> None:
    """One study on two workers, against its bar."""
    took = whole(study, facts, 2)
    rows = study.cohort.people * len(plans_of(study, facts))
    print(
        f"{what}: {study.cohort.people:,} people, {rows:,} rows: {took:.1f} s on two workers, "
        f"bar {BAR_S:.0f} s ({'met' if took < BAR_S else 'MISSED'})"
    )


def second_worker(what: str, study: Study, facts: Facts, rounds: int) -> None:
    """One worker and two, in turn."""
    times: dict[int, list[float]] = {1: [], 2: []}
    for number in range(rounds):
        for workers in (1, 2) if number % 2 else (2, 1):
            times[workers].append(whole(study, facts, workers))
    ratios = [one / two for one, two in zip(times[1], times[2], strict=True)]
    middles = [statistics.median(times[workers]) for workers in (1, 2)]
    print(
        f"{what}: two workers are {statistics.median(ratios):.2f} x one, median of {rounds} "
        f"({min(ratios):.2f} to {max(ratios):.2f}); {middles[0]:.1f} s and {middles[1]:.1f} s"
    )


def growth(facts: Facts, sizes: tuple[int, ...], plans: int) -> None:
    """Slope of time over people on logarithmic axes, in one process."""
    times = []
    for people in sizes:
        study = parse_study(asked(people, plans), facts)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            times.append(seconds(lambda s=study, o=out: run_study(s, facts, o)))  # type: ignore[misc]
    slope, _ = np.polyfit(np.log(sizes), np.log(times), 1)
    print(f"  grows as people^{slope:.2f}, {sizes[0]:,} to {sizes[-1]:,} people, {plans} plans")


def against_a_loop(facts: Facts, people: int, plans: int) -> None:
    """Rows a second, arrays against one person at a time; both must tell the same middles."""
    study = parse_study(asked(people, plans), facts)
    chunk_rows(study, facts, 0)
    found: list[Any] = []
    fast = seconds(
        lambda: found.extend(chunk_rows(study, facts, chunk) for chunk in range(study.chunks))
    )
    looped: list[float] = []
    slow = seconds(lambda: looped.extend(one_by_one(study, facts)))
    here = [value for rows in found for row in rows for value in row.figures["redness_gone_h"]]
    apart = math.log(statistics.median(here) / statistics.median(looped))
    assert abs(apart) < 0.2, apart
    print(
        f"chain from puncture to redness: {people * plans / fast:,.0f} rows a second in one "
        f"process, a plain loop over people takes {slow / fast:.0f} x as long"
    )


def one_by_one(study: Study, facts: Facts) -> list[float]:
    """The same chain in plain Python, person by person; hours of redness."""
    rng = random.Random(study.seed)
    device = facts.devices["generic_pen_12"]
    needlings: dict[tuple[int, str], Needling] = {}
    skins: dict[tuple[str, Sex], Skin] = {}
    hours = []
    for _ in range(study.cohort.people):
        sex = rng.choices(list(study.cohort.sex), list(study.cohort.sex.values()))[0]
        zone = rng.choices(list(study.cohort.zones), list(study.cohort.zones.values()))[0]
        site = facts.zones[zone].site
        if (site, sex) not in skins:
            published = skin_at(site, sex, facts)
            assert published is not None
            skins[site, sex] = published
        person = _Person(rng, skins[site, sex])
        for plan in plans_of(study, facts):
            if (plan.number, site) not in needlings:
                needlings[plan.number, site] = needling_of(
                    device,
                    site,
                    depth_mm=plan.depth_mm,
                    density=to_si(plan.strikes_per_cm2, "per_cm2"),
                    covered=plan.covered,
                    facts=facts,
                )
            hours.append(person.under(needlings[plan.number, site])[-1] / 3600)
    return hours


class _Person:
    """One person's draws and course, a number at a time."""

    def __init__(self, rng: random.Random, skin: Skin) -> None:
        ageing = rng.gauss(1.0, skin.age_spread)
        self._epidermis = ageing * _thickness(rng, skin.epidermis)
        self._total = self._epidermis + ageing * _thickness(rng, skin.dermis)
        self._dial, self._open = rng.uniform(-1, 1), rng.gauss(0, 1)
        self._closing = [rng.gauss(0, 1) for _ in Clock]
        self._rng, self._apart = rng, (rng.gauss(0, 1), rng.gauss(0, 1))

    def under(self, needling: Needling) -> tuple[float, ...]:
        """The course of this person under one plan."""
        law, prior = needling.law, needling.efficiency
        out = max(0.0, needling.set_depth + law.tolerance * self._dial)
        efficiency = self._rng.betavariate(prior.alpha, prior.beta)
        shares = []
        for depth in (self._epidermis, self._total):
            far = math.log(depth / max(out * efficiency, 1e-300)) / law.spread
            shares.append(0.5 * math.erfc(far / math.sqrt(2)) if out > depth else 0.0)
        holes = needling.density * math.pi * needling.hole_radius**2 * (1 - needling.own_overlap)
        acting = needling.effectiveness.median * needling.effectiveness.spread**self._open
        closed = [
            max(r.median * math.exp(r.sigma * far) for r in closing.readings)
            for closing, far in zip(needling.closing.values(), self._closing, strict=True)
        ]
        redness = self._redness(needling)
        opened = min(1.0, -math.expm1(-holes) * acting)
        return (out * efficiency, *shares, opened, *closed, redness)

    def _redness(self, needling: Needling) -> float:
        posterior, prior = needling.redness, needling.redness.prior
        point = self._rng.choice(posterior.points)
        time, power, pen, study, people = (
            belief.middle * math.exp(belief.spread * float(at))
            for belief, at in zip(prior.beliefs, point, strict=False)
        )
        deeper = math.log(needling.set_depth / prior.depth_reference)
        centre = math.log(time) + power * deeper + math.log(pen) * needling.is_pen
        between = people * self._apart[0] + prior.phototype * self._apart[1]
        return math.exp(centre + study * float(point[-1]) + between)


def _thickness(rng: random.Random, readings: tuple[Reading, ...]) -> float:
    one = rng.choices(readings, [reading.weight for reading in readings])[0]
    return max(0.05 * one.mean, rng.gauss(one.mean, one.sd))


def load() -> str:
    """How busy the machine is meanwhile."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def short() -> None:
    """What fits into a minute."""
    facts = open_edition()
    against_a_loop(facts, 2_000, 7)
    growth(facts, (10_000, 20_000, 40_000), 7)
    study = parse_study(asked(40_000, 40), facts)
    second_worker("study without absorption", study, facts, 1)


def main() -> None:
    """Everything, with the bars."""
    facts = open_edition()
    print(load())
    against_a_loop(facts, 5_000, 7)
    growth(facts, (12_500, 25_000, 50_000, 100_000), 7)
    large = parse_study(asked(100_000, 7), facts)
    told("without absorption", large, facts)
    followed = parse_study(asked(5_000, 7, chunk=250, is_followed=True), facts)
    told("with absorption", followed, facts)
    second_worker("without absorption", parse_study(asked(100_000, 200), facts), facts, ROUNDS)
    longer = parse_study(asked(5_000, 28, chunk=250, is_followed=True), facts)
    second_worker("with absorption", longer, facts, ROUNDS)
    print(load())


if __name__ == "__main__":
    main()
