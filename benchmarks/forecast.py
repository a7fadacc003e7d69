"""How long somebody waits for a what-if: a whole plan of eight zones with its lanes, from cold.

Part of ``./dev bench``, or alone as ``python -m benchmarks.forecast`` from the root. Every what-if
is another case, and every memory of planning is emptied before it. The alternative is the same
lanes with the 2,000 draws of a kept plan on the fine grid.
"""

import math
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import numpy as np
from tests.people import one_concern, raw_case

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Zone
from percuta.planning.absorption.curves import QUICK, REFINED
from percuta.planning.case.case import Case
from percuta.planning.case.case_file import parse_case
from percuta.planning.plan.plan import Plan, make_plan
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.over_channels import draw_film, draw_skin, gone_in
from percuta.science.absorption.resolutions import FINE, LANES
from percuta.science.channels.parameters import barrier_clock
from percuta.units import to_si

ZONES, WHAT_IFS = 8, 120
BAR_MS = 200
NAME, ACID = "tranexamic_acid", "tranexamic_acid_solution"
CREAM = "lidocaine_prilocaine_cream"
CHUNK = 250


def seconds_of(case: Case, facts: Facts, draws: int) -> tuple[float, float, Plan]:
    """Wall time and processor time of one plan from cold, and the plan."""
    forget()
    start, busy = time.perf_counter(), time.process_time()
    plan = make_plan(case, facts, draws=draws)
    return time.perf_counter() - start, time.process_time() - busy, plan


def forget() -> None:
    """Empty every memory that planning keeps."""
    for name, module in list(sys.modules.items()):
        if name.startswith("percuta.planning"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def what_ifs(facts: Facts, rng: Random) -> Iterator[Case]:
    """Cases of eight zones on eight sites each, all different, all with a topical and numbing."""
    by_site: dict[str, Zone] = {}
    for zone, row in facts.zones.items():
        by_site.setdefault(row.site, zone)
    pens = [key for key, device in facts.devices.items() if not device.has_fixed_length]
    for _ in range(100 * WHAT_IFS):
        zones = rng.sample(sorted(by_site.values()), ZONES)
        raw = raw_case(
            facts,
            device=rng.choice(pens),
            sex=rng.choice(["female", "male"]),
            age=rng.randint(22, 70),
            weight_kg=round(rng.uniform(45, 110), 1),
            numbing=CREAM,
            topicals=[ACID],
            passes=rng.randint(1, 5),
            concerns=one_concern("texture", *zones),
        )
        yield parse_case(raw, facts)


def plans(facts: Facts) -> tuple[list[float], list[float]]:
    """Milliseconds, waited and computed, of what-ifs that got a lane on each of eight sites."""
    waited: list[float] = []
    busy: list[float] = []
    for case in what_ifs(facts, Random(1)):
        wall, processor, plan = seconds_of(case, facts, QUICK)
        lanes = plan.course.absorption if plan.course is not None else ()
        if sum(lane.over == "needled" for lane in lanes) == ZONES:
            waited.append(1000 * wall)
            busy.append(1000 * processor)
        if len(waited) == WHAT_IFS:
            break
    assert len(waited) == WHAT_IFS, f"only {len(waited)} cases were planned"
    return waited, busy


def one_site(facts: Facts, draws: int, resolution: Resolution) -> float:
    """Seconds for one product on one site, in chunks so that a fine grid fits into memory."""
    clock = barrier_clock(facts, covered=True, site="cheek", length_mm=1.0)
    until, start = to_si(24, "h"), time.perf_counter()
    for chunk in range(math.ceil(draws / CHUNK) if resolution is FINE else 1):
        sets = min(CHUNK, draws - chunk * CHUNK) if resolution is FINE else draws
        skin = draw_skin(
            NAME,
            facts,
            density=to_si(400, "per_cm2"),
            reach=np.full((1, sets), to_si(0.7, "mm")),
            clock=clock,
            sets=sets,
            seed=chunk,
        )
        film = draw_film(facts, concentration=5.0, sets=sets, seed=chunk, removed_at=until)
        engine = FiniteVolumes(resolution)
        gone_in(NAME, facts, skin=skin, film=film, until=until, engine=engine)
    return time.perf_counter() - start


def exponent(fewer: float, more: float, factor: float) -> float:
    """Of the growth of a time."""
    return math.log(more / fewer, factor)


def growth(facts: Facts) -> None:
    """How the time of one site grows with draws and with nodes, everything else kept."""
    few, many = (
        min(one_site(facts, draws, LANES) for _ in range(3)) for draws in (QUICK, 8 * QUICK)
    )
    wide = replace(LANES, cells=tuple(4 * cells for cells in LANES.cells), grading=(1.0, 1.0, 1.0))
    coarse, fine = (min(one_site(facts, 1024, r) for _ in range(3)) for r in (LANES, wide))
    print(
        f"  growth of one site: draws^{exponent(few, many, 8):.2f} ({QUICK} to {8 * QUICK}), "
        f"nodes^{exponent(coarse, fine, 4):.2f} ({sum(LANES.cells)} to {sum(wide.cells)})"
    )


def main() -> None:
    facts = open_edition()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    case = next(what_ifs(facts, Random(1)))
    make_plan(case, facts, draws=QUICK)
    taken, busy = plans(facts)
    late = statistics.quantiles(taken, n=20)[-1]
    print(
        f"what-if forecast, {ZONES} zones on {ZONES} sites, {QUICK} draws each, {WHAT_IFS} cases "
        f"from cold, load average {load:.1f}: median {statistics.median(taken):.0f} ms, 95th "
        f"percentile {late:.0f} ms (bar {BAR_MS} ms: {'met' if late < BAR_MS else 'MISSED'}), "
        f"{min(taken):.0f} to {max(taken):.0f} ms; processor time "
        f"{statistics.median(busy):.0f} and {statistics.quantiles(busy, n=20)[-1]:.0f} ms"
    )
    refined = statistics.median(seconds_of(case, facts, REFINED)[0] for _ in range(3))
    print(f"  refined to {REFINED:,} draws on the same grid: {refined:.2f} s")
    slow = one_site(facts, REFINED, FINE)
    sites = ZONES + 1
    ratio = 1000 * slow * sites / statistics.median(taken)
    print(
        f"  the alternative, {REFINED:,} draws on the fine grid: {slow:.1f} s for one site; for "
        f"{ZONES} and intact skin {sites} times that, {ratio:.0f} x a what-if (not run whole)"
    )
    growth(facts)


if __name__ == "__main__":
    main()
