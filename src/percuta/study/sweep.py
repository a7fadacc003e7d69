"""Every plan of a study, in a fixed order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.dose.density import strikes_per_cm2
from percuta.study.design import PlanSweep, Study


@dataclass(frozen=True)
class StudyPlan:
    """One plan of a sweep; ``zone`` is ``None`` where each person's own zone is needled.

    ``number`` counts from 1 in the order of the file.
    """

    number: int
    device: str
    zone: Zone | None
    depth_mm: float
    strikes_per_cm2: float
    covered: bool


def plans_of(study: Study, facts: Facts) -> tuple[StudyPlan, ...]:
    """Every plan, sweeps in the order of the file, the last listed field changing fastest."""
    every = (each for sweep in study.plans for each in _combinations(sweep, facts))
    return tuple(StudyPlan(number, *fields) for number, fields in enumerate(every, start=1))


def plans_counted(study: Study) -> int:
    """How many plans there are."""
    return sum(
        len(sweep.device)
        * max(1, len(sweep.zone))
        * len(sweep.depth_mm)
        * max(1, len(sweep.passes) + len(sweep.strikes_per_cm2))
        * len(sweep.covered)
        for sweep in study.plans
    )


def _combinations(
    sweep: PlanSweep, facts: Facts
) -> Iterator[tuple[str, Zone | None, float, float, bool]]:
    for key in sweep.device:
        device = facts.devices[key]
        densities = sweep.strikes_per_cm2 or tuple(
            strikes_per_cm2(device, passes, facts) for passes in sweep.passes
        )
        zones = sweep.zone or (None,)
        yield from product((key,), zones, sweep.depth_mm, densities, sweep.covered)
