"""How fast depth through skin is, against a plain loop of the same law, and how it grows.

Part of ``./dev bench``, or alone as ``python -m benchmarks.puncture`` from the root; ratios and
growth, no verdict.
"""

import math
import random
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Sex
from percuta.planning.depth.reached_depth import BELIEFS, PEOPLE
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.depth import puncture
from percuta.science.puncture.parameters import efficiency_prior, lossless_law, reduced_law
from percuta.science.skin.thickness import sample_skin, skin_at

SITES = ("forehead", "glabella", "temple", "periorbital", "nose", "cheek", "jawline", "neck")
SET_DEPTH = 1e-3
RUNS = 15


def fastest(run: Callable[[], object]) -> float:
    """Seconds of the fastest of several warm calls."""
    run()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def arrays(facts: Facts, zones: int, people: int) -> None:
    """``zones`` zones as a plan computes them, bound included, none from a cache."""
    device = facts.devices["generic_pen_14"]
    law, beliefs = reduced_law(device, facts), efficiency_prior(device, facts).draw(BELIEFS)
    bound, lossless = lossless_law(device, facts), np.ones(1)
    for number in range(zones):
        skin = skin_at(SITES[number % len(SITES)], Sex.FEMALE, facts)
        assert skin is not None
        rng = stream(1, str(number))
        drawn = sample_skin(skin, people, rng)
        puncture(law, SET_DEPTH, skin=drawn, efficiency=beliefs, rng=rng)
        puncture(bound, SET_DEPTH, skin=drawn, efficiency=lossless, rng=rng)


def loop(facts: Facts, zones: int, people: int) -> None:
    """The same draws, one needle at a time."""
    device = facts.devices["generic_pen_14"]
    law, beliefs = reduced_law(device, facts), efficiency_prior(device, facts).draw(BELIEFS)
    rng = random.Random(1)  # noqa: S311
    for number in range(zones):
        skin = skin_at(SITES[number % len(SITES)], Sex.FEMALE, facts)
        assert skin is not None
        totals = []
        for _ in range(people):
            outer, inner = rng.choice(skin.epidermis), rng.choice(skin.dermis)
            totals.append(rng.gauss(outer.mean, outer.sd) + rng.gauss(inner.mean, inner.sd))
        shares = []
        for efficiency in beliefs:
            passed = 0
            for total in totals:
                dial = SET_DEPTH + rng.uniform(-law.tolerance, law.tolerance)
                share = min(1.0, efficiency * math.exp(rng.gauss(0.0, law.spread)))
                passed += share * dial > total
            shares.append(passed / people)
        sorted(shares)


def growth(sizes: tuple[int, ...], seconds: list[float]) -> float:
    """Slope of time over size on logarithmic axes: 1 is proportional."""
    slope, _ = np.polyfit(np.log(sizes), np.log(seconds), 1)
    return float(slope)


def main() -> None:
    """Print the ratio and both growths."""
    facts = open_edition()
    fast = fastest(lambda: arrays(facts, len(SITES), PEOPLE))
    start = time.perf_counter()
    loop(facts, len(SITES), PEOPLE)
    slow = time.perf_counter() - start
    print(
        f"reach in {len(SITES)} zones x {PEOPLE} people x {BELIEFS} beliefs: "
        f"{1000 * fast:.0f} ms warm, a plain loop takes {slow / fast:.0f} x as long"
    )
    people, zones = (2_000, 4_000, 8_000, 16_000), (8, 16, 32, 64)
    by_people = growth(people, [fastest(partial(arrays, facts, 8, n)) for n in people])
    by_zones = growth(zones, [fastest(partial(arrays, facts, n, PEOPLE)) for n in zones])
    print(f"  grows as people^{by_people:.2f}, zones^{by_zones:.2f}")


if __name__ == "__main__":
    main()
