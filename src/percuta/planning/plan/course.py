"""The course of a plan: what the models say happens over time, for all zones in one call."""

from collections.abc import Sequence
from datetime import date

from percuta.facts.edition import Facts
from percuta.planning.absorption.curves import AbsorptionLane, NoLane
from percuta.planning.absorption.numbing import numbing_lane
from percuta.planning.absorption.topicals import Needled, Needling, topical_lanes
from percuta.planning.case.case import Case, Frozen
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.plan.collagen_timeline import (
    SEED,
    NewCollagen,
    between_sessions,
    new_collagen,
)
from percuta.planning.plan.main_uncertainties import Unknown, widest_unknowns
from percuta.planning.plan.zone_plan import ZonePlan, depth_in_use, depths_in_use
from percuta.planning.recovery.clinic_redness import ClinicReport
from percuta.planning.recovery.closure_times import Waiting, closing_times
from percuta.planning.recovery.expected_times import ExpectedTime, slowest
from percuta.planning.recovery.recovery_interval import Rest
from percuta.planning.recovery.redness_duration import adjusted
from percuta.planning.session.duration import zone_minutes


class Minutes(Frozen):
    """A time at the session, with its range."""

    low: float
    middle: float
    high: float


class Course(Frozen):
    """What happens over time, each part with its interval and its grade.

    ``closing`` and ``redness`` are of the slowest zones. ``absorption`` has a lane for each product
    on the skin and each site that is alike, ``no_lane`` says why another product has none. Nothing
    here says how much collagen or success.
    """

    numbing_min: float | None
    needling_min: Minutes
    closing: tuple[ExpectedTime, ...]
    redness: ExpectedTime
    sessions: tuple[date, ...]
    new_collagen: NewCollagen
    absorption: tuple[AbsorptionLane, ...]
    no_lane: tuple[NoLane, ...]
    waiting: tuple[Waiting, ...]
    unknowns: tuple[Unknown, ...]
    notes: tuple[str, ...]
    seed: int


class OnTheSkin(Frozen):
    """What a plan puts on the skin: numbing before, the others over open holes.

    ``is_covered`` by a soothing product after the session.
    """

    numbing: Numbing | None
    over_holes: tuple[str, ...]
    is_covered: bool


def plan_course(
    zones: Sequence[ZonePlan],
    products: OnTheSkin,
    *,
    rest: Rest,
    dates: tuple[date, ...],
    case: Case,
    facts: Facts,
    draws: int,
    clinic: tuple[ClinicReport, ...] = (),
) -> Course:
    """The course of a plan with at least one zone.

    ``draws`` of what is not known of absorption; ``clinic`` is what the clinic's own check-ins
    tell of redness.
    """
    is_covered = products.is_covered
    device = facts.devices[case.setting.device]
    depths_mm = depths_in_use(zones, device)
    per_zone = [
        closing_times(zone, depth_mm, covered=is_covered, facts=facts)
        for zone, depth_mm in depths_mm.items()
    ]
    closing = tuple(slowest(clock) for clock in zip(*per_zone, strict=True))
    lanes, without = _absorption(zones, products, case, facts, draws)
    return Course(
        numbing_min=products.numbing.dwell_min if products.numbing else None,
        needling_min=_needling(zones, case, facts),
        closing=closing,
        redness=rest.redness,
        sessions=dates,
        new_collagen=new_collagen(dates, facts),
        absorption=lanes,
        no_lane=without,
        waiting=rest.waiting,
        unknowns=widest_unknowns((*closing, rest.redness)),
        notes=(*between_sessions(dates, facts), *adjusted(clinic)),
        seed=SEED,
    )


def _absorption(
    zones: Sequence[ZonePlan], products: OnTheSkin, case: Case, facts: Facts, draws: int
) -> tuple[tuple[AbsorptionLane, ...], tuple[NoLane, ...]]:
    device = facts.devices[case.setting.device]
    numbed = [numbing_lane(products.numbing, facts)] if products.numbing else []
    needled = [
        Needled(plan.zone, depth_in_use(plan.depth_mm, device), plan.passes) for plan in zones
    ]
    needling = Needling(case.setting.device, case.person.sex, products.is_covered)
    lanes, without = topical_lanes(products.over_holes, needled, needling, facts, draws=draws)
    return (
        (*(lane for lane in numbed if isinstance(lane, AbsorptionLane)), *lanes),
        (*(lane for lane in numbed if isinstance(lane, NoLane)), *without),
    )


def _needling(zones: Sequence[ZonePlan], case: Case, facts: Facts) -> Minutes:
    per_zone = [zone_minutes(plan.zone, plan.passes, case, facts) for plan in zones]
    low, middle, high = (round(sum(column), 1) for column in zip(*per_zone, strict=True))
    return Minutes(low=low, middle=middle, high=high)
