"""The depth range inside a ceiling, and the advice of editions without rules for advice.

A studied protocol may recommend; expert ranges, charts and memories only lower the deep end.
Where the studies name a fixed depth, the one most often studied is recommended (the shallower
of two). Where they name only an upper end, it is the deep end that every row allows.
"""

import math
from collections import Counter

from percuta.facts.depths import DepthKind, DepthRow
from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.frozen import frozen
from percuta.planning.case.advice_basis import AdvisedBy
from percuta.planning.case.case import Frozen, StatedConcern
from percuta.planning.depth.ceilings import Ceiling, snap_down
from percuta.planning.judgement.findings import Reason, because

NO_ADVICE = "no study names a depth here"
_NARROWING = {DepthKind.EXPERT, DepthKind.VENDOR_CHART, DepthKind.MEMORY}


class DepthAdvice(Frozen):
    """Range and recommendation for a zone, in dial settings of the device, with reasons.

    ``protocol`` says in a few words what the studies behind the recommendation did. ``by`` says
    what the recommendation follows from, where the edition has a rule for it.
    """

    low_mm: float
    recommended_mm: float | None
    high_mm: float
    protocol: str
    why: tuple[Reason, ...]
    by: AdvisedBy | None = None


@frozen
class StudiedRange:
    """Dial settings that studies allow here, the studies, and the rows that narrowed them."""

    low_mm: float
    high_mm: float
    studied: tuple[DepthRow, ...]
    narrowed_by: tuple[DepthRow, ...]


def advise_depth(
    zone: Zone, stated: StatedConcern, ceiling: Ceiling, device: Device, facts: Facts
) -> DepthAdvice:
    """Range and recommendation for one concern in one zone, never above the ceiling."""
    found = studied_range(zone, stated, ceiling, device, facts)
    studied, low, high = list(found.studied), found.low_mm, found.high_mm
    recommended = _recommend(studied, low, high, device) if ceiling.is_published else None
    why = _reasons(recommended, studied, ceiling)
    return DepthAdvice(
        low_mm=low,
        recommended_mm=recommended,
        high_mm=high,
        protocol=_protocol(recommended, studied),
        why=(*why, *narrowing_reason(found)),
    )


def studied_range(
    zone: Zone, stated: StatedConcern, ceiling: Ceiling, device: Device, facts: Facts
) -> StudiedRange:
    """What studies allow in a zone under its ceiling, narrowed by experts, charts, memories."""
    rows = _speaking_rows(zone, stated, facts)
    studied = _usable([r for r in rows if r.kind is DepthKind.STUDIED_PROTOCOL], ceiling, device)
    low, high = _span(studied, ceiling, device)
    used: list[DepthRow] = []
    for row in rows:
        narrowed = _narrow(low, high, row) if row.kind in _NARROWING else (low, high)
        if narrowed != (low, high):
            used.append(row)
        low, high = narrowed
    low, high = _on_the_dial(low, high, device)
    return StudiedRange(low, high, studied=tuple(studied), narrowed_by=tuple(used))


def _speaking_rows(zone: Zone, stated: StatedConcern, facts: Facts) -> list[DepthRow]:
    sites = frozenset(facts.zones[zone].sites)
    evidence = frozenset(facts.concerns[stated.concern].evidence)
    return [r for r in facts.depths if r.covers(sites) and r.concerns(evidence, stated.kind)]


def _usable(rows: list[DepthRow], ceiling: Ceiling, device: Device) -> list[DepthRow]:
    """Studies whose depth can be set here: their shallow end within the ceiling."""
    usable = []
    for row in rows:
        shallow = row.depth_mm_lo if row.depth_mm_lo is not None else device.depth_min_mm
        if row.depth_mm_hi is not None and shallow <= ceiling.limit_mm:
            usable.append(row)
    return usable


def _span(studied: list[DepthRow], ceiling: Ceiling, device: Device) -> tuple[float, float]:
    if not studied:
        return device.depth_min_mm, ceiling.limit_mm
    lows = [device.depth_min_mm if r.depth_mm_lo is None else r.depth_mm_lo for r in studied]
    highs = [r.depth_mm_hi for r in studied if r.depth_mm_hi is not None]
    return max(min(lows), device.depth_min_mm), min(max(highs), ceiling.limit_mm)


def _narrow(low: float, high: float, row: DepthRow) -> tuple[float, float]:
    """Bring the deep end down to a row's; the shallow end never rises, for one starts shallow."""
    if row.depth_mm_hi is None or row.depth_mm_hi >= high:
        return low, high
    return min(low, row.depth_mm_hi), row.depth_mm_hi


def _on_the_dial(low: float, high: float, device: Device) -> tuple[float, float]:
    if device.depth_step_mm is None:
        return min(low, high), high
    high = max(snap_down(high, device), device.depth_min_mm)
    steps = math.ceil(low / device.depth_step_mm - 1e-9)
    return min(round(steps * device.depth_step_mm, 4), high), high


def _recommend(studied: list[DepthRow], low: float, high: float, device: Device) -> float | None:
    fixed = Counter(
        row.depth_mm_hi
        for row in studied
        if row.depth_mm_lo == row.depth_mm_hi
        and row.depth_mm_hi is not None
        and low <= row.depth_mm_hi <= high
    )
    if device.has_fixed_length:
        length = device.depth_max_mm
        is_named = length in fixed or (bool(_up_to(studied, length)) and not fixed)
        return length if is_named and length <= high else None
    if fixed:
        most = max(fixed.values())
        return snap_down(min(depth for depth, n in fixed.items() if n == most), device)
    return high if _up_to(studied, high) else None


def _up_to(studied: list[DepthRow], depth_mm: float) -> list[DepthRow]:
    """Studies that name only an upper end, and go at least this deep."""
    return [r for r in studied if r.depth_mm_lo is None and (r.depth_mm_hi or 0) >= depth_mm]


def _at(recommended: float, studied: list[DepthRow]) -> list[DepthRow]:
    """Studies whose one fixed depth is the recommended one."""
    return [r for r in studied if r.depth_mm_lo == r.depth_mm_hi == recommended]


def _protocol(recommended: float | None, studied: list[DepthRow]) -> str:
    if recommended is None:
        return NO_ADVICE
    fixed = _at(recommended, studied)
    if fixed:
        whole = len(studied) == 1
        return (
            "the depth of the one study"
            if whole
            else f"the depth of {len(fixed)} of {len(studied)} studies"
        )
    deepest = max(row.depth_mm_hi or 0.0 for row in studied)
    return f"inside studies that went up to {deepest:g} mm"


def _study_reason(recommended: float, studied: list[DepthRow]) -> Reason:
    fixed = _at(recommended, studied)
    if fixed:
        text = f"{recommended:g} mm is the fixed depth of {len(fixed)} of {len(studied)} studies."
    else:
        deepest = max(row.depth_mm_hi or 0.0 for row in studied)
        text = (
            f"Studies set the needle up to {deepest:g} mm, none at one depth; {recommended:g} mm "
            "is the deepest that the limit, expert ranges and charts here allow."
        )
    return because(text, "depths", *studied)


def limit_reason(ceiling: Ceiling) -> Reason:
    """Which row sets the ceiling."""
    bound = ceiling.bound
    return Reason(
        text=f"Not deeper than {ceiling.limit_mm:g} mm: {bound.text}.",
        facts=(bound.fact,),
        sources=bound.sources,
    )


def narrowing_reason(found: StudiedRange) -> tuple[Reason, ...]:
    """Which rows narrowed the range, if any did."""
    used = found.narrowed_by
    return (because("Narrowed by expert ranges and charts.", "depths", *used),) if used else ()


def _reasons(
    recommended: float | None, studied: list[DepthRow], ceiling: Ceiling
) -> tuple[Reason, ...]:
    reasons = [limit_reason(ceiling)]
    if not ceiling.is_published:
        text = "No published depth for this site: the device's range is the limit, no advice."
        reasons.append(Reason(text=text, facts=(), sources=()))
    elif recommended is None:
        text = "No study within the limit names a depth for this concern here: no advice."
        reasons.append(Reason(text=text, facts=(), sources=()))
    else:
        reasons.append(_study_reason(recommended, studied))
    return tuple(reasons)
