"""The course of a plan: what the models say happens over time, for all zones in one call."""

from collections.abc import Sequence
from datetime import date

from percuta.facts.edition import Facts
from percuta.planning.case import Case, Frozen
from percuta.planning.clinic_redness import ClinicReport
from percuta.planning.closing_times import Waiting, closing_times, waiting
from percuta.planning.expected_times import ExpectedTime, slowest
from percuta.planning.new_collagen import SEED, NewCollagen, between_sessions, new_collagen
from percuta.planning.redness_time import adjusted, redness_time
from percuta.planning.timing import zone_minutes
from percuta.planning.unknowns import Unknown, widest_unknowns
from percuta.planning.zone_plan import ZonePlan, depth_in_use


class Minutes(Frozen):
    """A time at the session, with its range."""

    low: float
    middle: float
    high: float


class Course(Frozen):
    """What happens over time, each part with its interval and its grade.

    ``closing`` and ``redness`` are of the slowest zones. Nothing here says how much: not of
    collagen, and not of success.
    """

    numbing_min: float | None
    needling_min: Minutes
    closing: tuple[ExpectedTime, ...]
    redness: ExpectedTime
    sessions: tuple[date, ...]
    new_collagen: NewCollagen
    waiting: tuple[Waiting, ...]
    unknowns: tuple[Unknown, ...]
    notes: tuple[str, ...]
    seed: int


def plan_course(
    zones: Sequence[ZonePlan],
    *,
    dates: tuple[date, ...],
    numbing_min: float | None,
    is_covered: bool,
    case: Case,
    facts: Facts,
    clinic: tuple[ClinicReport, ...] = (),
) -> Course:
    """The course of a plan with at least one zone; ``is_covered`` after the session by a gel.

    ``clinic`` is what the clinic's own check-ins tell of redness.
    """
    device = facts.devices[case.setting.device]
    depths_mm = {plan.zone: depth_in_use(plan.depth_mm, device) for plan in zones}
    per_zone = [
        closing_times(zone, depth_mm, covered=is_covered, facts=facts)
        for zone, depth_mm in depths_mm.items()
    ]
    closing = tuple(slowest(clock) for clock in zip(*per_zone, strict=True))
    redness = slowest(
        redness_time(zone, mm, device.kind, facts, clinic=clinic) for zone, mm in depths_mm.items()
    )
    return Course(
        numbing_min=numbing_min,
        needling_min=_needling(zones, case, facts),
        closing=closing,
        redness=redness,
        sessions=dates,
        new_collagen=new_collagen(dates, facts),
        waiting=waiting(depths_mm, covered=is_covered, facts=facts),
        unknowns=widest_unknowns((*closing, redness)),
        notes=(*between_sessions(dates, facts), *adjusted(clinic)),
        seed=SEED,
    )


def _needling(zones: Sequence[ZonePlan], case: Case, facts: Facts) -> Minutes:
    per_zone = [zone_minutes(plan.zone, plan.passes, case, facts) for plan in zones]
    low, middle, high = (round(sum(column), 1) for column in zip(*per_zone, strict=True))
    return Minutes(low=low, middle=middle, high=high)
