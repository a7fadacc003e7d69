"""What of a plan is counted as changed, kind by kind."""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from percuta.planning.case.case import Frozen
from percuta.planning.plan.comparison import decision
from percuta.planning.plan.decided import Decided
from percuta.planning.plan.plan import Plan

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
    """A plan as it is counted: a digest of what it decides by kind, and the ends of its bands.

    One of the two is empty: decisions are counted without forecasts, bands by themselves.
    """

    decided: Mapping[Changed, str] = {}
    bands: Mapping[str, tuple[float, float]] = {}


Told = Mapping[str, Any]


def _zones(*paths: str) -> Callable[[Told], object]:
    def of(decided: Told) -> object:
        return {zone["zone"]: [_at(zone, path) for path in paths] for zone in decided["zones"]}

    return of


def _at(zone: Told, path: str) -> object:
    found: Any = zone
    for name in path.split("."):
        found = found[name]
    return found


_READ: Mapping[Changed, Callable[[Told], object]] = {
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


DECISIONS = tuple(_READ)
"""Kinds that need no forecast."""


def counted_decision(decided: Decided) -> Counted:
    """What is decided, in a form that can be compared and sent to another process."""
    told = decision(decided)
    return Counted(decided={kind: _digest(repr(read(told))) for kind, read in _READ.items()})


def counted_bands(plan: Plan) -> Counted:
    """The ends of a plan's bands."""
    return Counted(bands=dict(_bands(plan)))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


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
    kinds = {kind for kind, told in before.decided.items() if told != after.decided[kind]}
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
