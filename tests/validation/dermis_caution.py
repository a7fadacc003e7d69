"""How many of 1,000 virtual zones carry the dermis caution, before and after, and by source.

    python -m tests.validation.dermis_caution

Each is a woman or a man, one of the pens, and a setting of its dial up to the ceiling, all as
likely. Before is the first edition, after the one in force; below it each source is believed alone.
"""

import sys
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from percuta.facts.devices import Device, DeviceKind
from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.depth.ceilings import depth_ceiling
from percuta.planning.depth.reached_depth import Range, Reach, reach_of
from tests.people import a_case, one_concern

ZONES = (Zone.CHEEK_LEFT, Zone.FOREHEAD, Zone.TEMPLE_LEFT)
PEOPLE = 1000
SEED = 20261130


class Setting(NamedTuple):
    """One virtual zone: whose it is, under which pen, set how deep."""

    sex: Sex
    device: Device
    set_mm: float


def settings(zone: Zone, facts: Facts, people: int = PEOPLE) -> Iterator[Setting]:
    """Virtual people under virtual pens, reproducible by seed."""
    rng = Random(f"{SEED} {zone}")
    pens = [device for device in facts.devices.values() if device.kind is DeviceKind.PEN]
    for _ in range(people):
        device = rng.choice(pens)
        case = a_case(facts, device=device.key, concerns=one_concern("acne_scars", zone.value))
        step = device.depth_step_mm or device.depth_max_mm
        steps = int(depth_ceiling(zone, case, facts).limit_mm / step + 1e-9)
        yield Setting(rng.choice(list(Sex)), device, step * rng.randint(1, steps))


def shares(zone: Zone, people: int = PEOPLE) -> dict[str, float]:
    """Share of 1 with the caution: before, after, and by each source alone."""
    before, after = open_edition("2026-11-23"), open_edition()
    asked = list(settings(zone, before, people))
    found = [_reach(zone, setting, after) for setting in asked]
    told = {
        "before": [_fires(_reach(zone, s, before).p_through_dermis, before) for s in asked],
        "after": [_fires(reach.p_through_dermis, after) for reach in found],
    }
    for number, source in enumerate(found[0].over_sources):
        name = f"{source.study} ({source.sources[0]})"
        told[name] = [_fires(r.over_sources[number].p_through_dermis, after) for r in found]
    return {name: sum(fired) / len(fired) for name, fired in told.items()}


def _reach(zone: Zone, setting: Setting, facts: Facts) -> Reach:
    device = facts.devices[setting.device.key]
    found = reach_of(zone, setting.set_mm, device, setting.sex, facts)
    assert found is not None
    return found


def _fires(band: Range, facts: Facts) -> bool:
    return 100 * band.high > facts.policy["p_through_caution_pct", "any"].value


def main() -> int:
    """Print the shares in per cent, zone by zone."""
    for zone in ZONES:
        for name, share in shares(zone).items():
            sys.stdout.write(f"{zone.value:<12} {name:<52} {100 * share:5.1f} %\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
