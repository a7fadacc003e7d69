"""What of a plan is counted as changed, kind by kind."""

import math
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from percuta.planning.case import Frozen
from percuta.planning.comparison import decision
from percuta.planning.plan import Plan

_SAME_BAND = 0.01
"""Ends of a band that differ by less than a hundredth are printed alike."""


class Changed(StrEnum):
    """What a change of facts may change for somebody."""

    VERDICT = "verdict"
    FINDINGS = "findings"
    CEILING = "ceiling"
    ADVICE = "advice"
    DOSE = "dose"
    NUMBING = "numbing"
    DATES = "dates"
    BANDS = "bands"


class Counted(Frozen):
    """A plan as it is counted: what it decides by kind, and the ends of its bands."""

    decided: Mapping[Changed, str]
    bands: Mapping[str, tuple[float, float]]


Decided = Mapping[str, Any]


def _zones(*paths: str) -> Callable[[Decided], object]:
    def of(decided: Decided) -> object:
        return {zone["zone"]: [_at(zone, path) for path in paths] for zone in decided["zones"]}

    return of


def _at(zone: Decided, path: str) -> object:
    found: Any = zone
    for name in path.split("."):
        found = found[name]
    return found


_READ: Mapping[Changed, Callable[[Decided], object]] = {
    Changed.VERDICT: lambda decided: decided["verdict"],
    Changed.FINDINGS: lambda decided: sorted(
        (finding["rule"], finding["level"], *finding["zones"]) for finding in decided["findings"]
    ),
    Changed.CEILING: _zones("depth_mm.limit"),
    Changed.ADVICE: _zones("depth_mm.low", "depth_mm.recommended", "depth_mm.high"),
    Changed.DOSE: _zones("passes", "strikes_per_cm2"),
    Changed.NUMBING: lambda decided: decided["numbing"],
    Changed.DATES: lambda decided: (decided["series"], decided["valid_until"]),
}


def counted(plan: Plan) -> Counted:
    """A plan in a form that can be compared and sent to another process."""
    decided = decision(plan)
    return Counted(
        decided={kind: repr(read(decided)) for kind, read in _READ.items()},
        bands=dict(_bands(plan)),
    )


def _bands(plan: Plan) -> Iterator[tuple[str, tuple[float, float]]]:
    """Bands by a name of their kind and place; absorption is too dear to count."""
    for zone in plan.zones:
        for name in ("p_reach_dermis", "p_through_dermis"):
            share = getattr(zone, name)
            if share is not None:
                yield f"{name} {zone.zone}", (share.low, share.high)
        if zone.reach is not None:
            for name in ("reached_mm", "dermis_end_mm"):
                ends = getattr(zone.reach, name)
                yield f"{name} {zone.zone}", (ends.low, ends.high)
        density = zone.density
        strikes = density.strikes_per_cm2_low, density.strikes_per_cm2_high
        yield f"strikes_per_cm2 {zone.zone}", strikes
    if plan.duration is not None:
        yield "duration_min", (plan.duration.low_min, plan.duration.high_min)
    if plan.course is not None:
        for time in (plan.course.redness, *plan.course.closing):
            yield time.what, (time.hours.half, time.hours.nineteen_in_twenty)
        pulse = plan.course.new_collagen
        yield "new_collagen", (pulse.pulse_days_low, pulse.pulse_days_high)


def changed(before: Counted, after: Counted) -> frozenset[Changed]:
    """The kinds in which two plans are not the same."""
    kinds = {kind for kind in _READ if before.decided[kind] != after.decided[kind]}
    if not _are_same_bands(before.bands, after.bands):
        kinds.add(Changed.BANDS)
    return frozenset(kinds)


def _are_same_bands(
    before: Mapping[str, tuple[float, float]], after: Mapping[str, tuple[float, float]]
) -> bool:
    return before.keys() == after.keys() and all(
        math.isclose(was, now, rel_tol=_SAME_BAND)
        for name in before
        for was, now in zip(before[name], after[name], strict=True)
    )
