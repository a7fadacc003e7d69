"""How deep a needle may be set in a zone, which fact bit, and what the runner-up was.

Only labels and exclusions make a published ceiling. The labelling of the device chosen
speaks first; where it is silent on a site, the strictest label of other devices does. The
device's own range, the thin-site policy and the operator's licence can only lower it.
"""

import math

from percuta.facts.depths import DepthKind, DepthRow
from percuta.facts.devices import Device
from percuta.facts.doors import Fact
from percuta.facts.edition import Facts
from percuta.facts.policy import Licence
from percuta.facts.vocabulary import Basis, Zone
from percuta.planning.case.case import Case, Frozen, StatedConcern
from percuta.planning.depth.labelling import is_indicated, label_words


class Bound(Frozen):
    """One limit on depth: how deep, which row says so, in words, with its sources."""

    depth_mm: float
    fact: str
    text: str
    sources: tuple[str, ...]


class Ceiling(Frozen):
    """The limit in a zone.

    ``bound`` is the row that bit, ``runner_up`` the next strictest, ``readings`` the labels
    that speak of this site, agreeing or not. ``is_published`` says whether any label or study
    names this site at all. ``label_rows`` are the labels that bound it, one for each concern.
    """

    limit_mm: float
    bound: Bound
    runner_up: Bound | None
    readings: tuple[Bound, ...]
    is_published: bool
    is_off_label: bool
    label_rows: tuple[str, ...] = ()


def depth_ceiling(zone: Zone, case: Case, facts: Facts) -> Ceiling:
    """The strictest depth limit in a zone over every concern stated for it.

    Parameters
    ----------
    zone : Zone
        A zone that the case names.
    case : Case
        Device, operator, licence and concerns.
    facts : Facts
        The edition whose labels and policy apply.
    """
    device = facts.devices[case.setting.device]
    rows = [_label_row(zone, stated, device, facts) for stated in concerns_of(zone, case)]
    labels = [row for row in rows if row is not None]
    bounds = [_bound(row, facts, device) for row in labels]
    bounds += _thin_site_bound(zone, facts)
    bounds += _licence_bound(case, facts)
    is_published = has_published_depth(zone, facts)
    if not is_published:
        bounds.append(_unpublished_bound(facts))
    bounds.append(_device_bound(device))
    ranked = sorted(bounds, key=lambda bound: bound.depth_mm)
    bound = ranked[0]
    others = [other for other in ranked if other.fact != bound.fact]
    return Ceiling(
        limit_mm=snap_down(bound.depth_mm, device),
        bound=bound,
        runner_up=others[0] if others else None,
        readings=tuple(_bound(row, facts) for row in _site_labels(zone, facts)),
        is_published=is_published,
        is_off_label=not all(
            is_indicated(zone, stated, device, case, facts) for stated in concerns_of(zone, case)
        ),
        label_rows=tuple(dict.fromkeys(row.key for row in labels)),
    )


def concerns_of(zone: Zone, case: Case) -> tuple[StatedConcern, ...]:
    """The concerns stated for a zone, gravest first, then as listed."""
    here = [stated for stated in case.concerns if zone in stated.zones]
    return tuple(sorted(here, key=lambda stated: -(stated.severity or 0)))


def is_setting(depth_mm: float, device: Device) -> bool:
    """Whether the device can be set to just this depth."""
    if device.depth_step_mm is None:
        return math.isclose(depth_mm, device.depth_max_mm)
    steps = depth_mm / device.depth_step_mm
    in_range = device.depth_min_mm <= depth_mm <= device.depth_max_mm
    return in_range and math.isclose(steps, round(steps), abs_tol=1e-6)


def dial_mm(device: Device, limit_mm: float) -> tuple[float, ...]:
    """Every depth that a device can be set to, in mm, up to a limit; a fixed needle has one."""
    if device.depth_step_mm is None:
        return (device.depth_max_mm,) if device.depth_max_mm <= limit_mm else ()
    deepest = min(limit_mm, device.depth_max_mm)
    count = math.floor(deepest / device.depth_step_mm + 1e-9)
    dial = (round(number * device.depth_step_mm, 4) for number in range(1, count + 1))
    return tuple(mm for mm in dial if mm >= device.depth_min_mm)


def snap_down(depth_mm: float, device: Device) -> float:
    """The deepest setting of the device's dial that does not exceed ``depth_mm``."""
    if device.depth_step_mm is None:
        return depth_mm
    steps = math.floor(depth_mm / device.depth_step_mm + 1e-9)
    return round(steps * device.depth_step_mm, 4)


def _site_labels(zone: Zone, facts: Facts) -> list[DepthRow]:
    sites = frozenset(facts.zones[zone].sites)
    return [
        row
        for row in facts.depths
        if row.kind is DepthKind.LABEL_LIMIT
        and row.provenance.basis is not Basis.MEMORY
        and row.depth_mm_hi is not None
        and row.covers(sites)
    ]


def _label_row(zone: Zone, stated: StatedConcern, device: Device, facts: Facts) -> DepthRow | None:
    rows = _site_labels(zone, facts)
    own = [row for row in rows if device.family is not None and row.family == device.family]
    # A label that names no site speaks of its own device only, not of the skin.
    speaking = own or [row for row in rows if "any" not in row.site]
    evidence = frozenset(facts.concerns[stated.concern].evidence)
    named = [row for row in speaking if row.concerns(evidence, stated.kind)]
    chosen = named or speaking
    return min(chosen, key=lambda row: row.depth_mm_hi or 0.0) if chosen else None


def _bound(row: DepthRow, facts: Facts, device: Device | None = None) -> Bound:
    text = label_words(row, facts, device)
    return _bound_on(row, row.depth_mm_hi or 0.0, "depths", text)


def _bound_on(row: Fact, depth_mm: float, table: str, text: str) -> Bound:
    return Bound(depth_mm=depth_mm, fact=f"{table}/{row.key}", text=text, sources=row.sources)


def _thin_site_bound(zone: Zone, facts: Facts) -> list[Bound]:
    site = facts.zones[zone].site
    beneath = facts.beneath[site]
    if not beneath.is_thin_site:
        return []
    policy = facts.policy["thin_site_ceiling_mm", site]
    text = f"thin site: {beneath.structure}"
    return [_bound_on(policy, policy.value, "policy", text)]


def is_for(licence: Licence, case: Case) -> bool:
    """Whether a licence rule is about whoever holds the needle in this case."""
    return licence.operator == case.setting.operator


def _licence_bound(case: Case, facts: Facts) -> list[Bound]:
    if case.setting.licence is None:
        return []
    licence = facts.licences[case.setting.licence]
    if licence.depth_mm_max is None or not is_for(licence, case):
        return []
    rule = licence.rule.rstrip(".")
    text = f"licence rule adopted by the clinic ({licence.jurisdiction}): {rule}"
    return [_bound_on(licence, licence.depth_mm_max, "licences", text)]


def _device_bound(device: Device) -> Bound:
    return _bound_on(device, device.depth_max_mm, "devices", f"deepest setting of {device.name}")


def _unpublished_bound(facts: Facts) -> Bound:
    policy = facts.policy["unpublished_site_ceiling_mm", "any"]
    return _bound_on(policy, policy.value, "policy", f"no published depth, so {policy.about}")


def has_published_depth(zone: Zone, facts: Facts) -> bool:
    """Whether a label, or a study of a concern of ours, names this site itself."""
    sites = frozenset(facts.zones[zone].sites) - {"any"}
    # Studies of a concern that has no advice make no site a published one.
    without = {rule.concern for rule in facts.concern_rules}
    ours = frozenset(
        word for key, row in facts.concerns.items() if key not in without for word in row.evidence
    )
    return any(
        row.covers(sites)
        and (
            row.kind is DepthKind.LABEL_LIMIT
            or (row.kind is DepthKind.STUDIED_PROTOCOL and row.concerns(ours, None))
        )
        for row in facts.depths
    )
