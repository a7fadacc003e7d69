"""What is to be done in one zone: depth, passes, endpoint, minutes, and why."""

from collections.abc import Iterable

from percuta.facts.depths import DepthKind, DepthRow
from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Basis, Zone
from percuta.planning.case import Case, Frozen, StatedConcern
from percuta.planning.ceilings import Bound, Ceiling, concerns_of
from percuta.planning.concern_rules import bounded_advice
from percuta.planning.density import Density, SameDensity, density_of, same_density, why_dense
from percuta.planning.depth import DepthAdvice, advise_depth
from percuta.planning.depth_sentence import depth_sentence
from percuta.planning.findings import Reason, because
from percuta.planning.needling import Range, Reach, reach_of
from percuta.planning.passes import PassesBy, passes_in
from percuta.planning.timing import zone_minutes


class ZoneDepth(Frozen):
    """Dial settings for a zone. ``chosen`` is the professional's own, if one was made."""

    low: float
    recommended: float | None
    high: float
    limit: float
    limited_by: str
    chosen: float | None


class ZonePlan(Frozen):
    """What is to be done in one zone, and why."""

    zone: Zone
    name: str
    patient_name: str
    concern: str
    kind: str | None
    also: tuple[str, ...]
    depth_mm: ZoneDepth
    passes: int
    passes_by: PassesBy
    strikes_per_cm2: float
    target_strikes_per_cm2: float | None
    p_reach_dermis: Range | None
    p_through_dermis: Range | None
    p_through_dermis_at_most: float | None
    endpoint: str | None
    area_cm2: float
    area_cm2_low: float
    area_cm2_high: float
    minutes: float
    beneath: str
    avoid: str | None
    limit_reason: Bound
    runner_up: Bound | None
    readings: tuple[Bound, ...]
    density: Density
    same_density: tuple[SameDensity, ...]
    reach: Reach | None
    why: tuple[Reason, ...]


def plan_zone(zone: Zone, ceiling: Ceiling, case: Case, facts: Facts) -> ZonePlan:
    """Plan one zone under its ceiling; the gravest concern stated for it leads."""
    device = facts.devices[case.setting.device]
    stated, *others = concerns_of(zone, case)
    advice = advise_depth(zone, stated, ceiling, device, facts)
    advice = bounded_advice(advice, stated, device.depth_min_mm, facts)
    row = facts.zones[zone]
    beneath = facts.beneath[row.site]
    passes = passes_in(zone, case, facts)
    _, minutes, _ = zone_minutes(zone, passes.number, case, facts)
    depth = _zone_depth(advice, ceiling, case.depth_mm.get(zone))
    density = density_of(device, passes.number, facts)
    reach = reach_of(zone, depth_in_use(depth, device), device, case.person.sex, facts)
    return ZonePlan(
        zone=zone,
        name=row.name,
        patient_name=row.patient_name,
        concern=stated.concern.value,
        kind=stated.kind.value if stated.kind else None,
        also=tuple(other.concern.value for other in others),
        depth_mm=depth,
        passes=passes.number,
        passes_by=passes.by,
        strikes_per_cm2=density.strikes_per_cm2,
        target_strikes_per_cm2=passes.target_strikes_per_cm2,
        p_reach_dermis=reach.p_reach_dermis if reach else None,
        p_through_dermis=reach.p_through_dermis if reach else None,
        p_through_dermis_at_most=reach.p_through_dermis_at_most if reach else None,
        endpoint=_endpoint(zone, stated, facts),
        area_cm2=row.area_cm2,
        area_cm2_low=row.area_lo_cm2,
        area_cm2_high=row.area_hi_cm2,
        minutes=round(minutes, 1),
        beneath=beneath.structure,
        avoid=None if beneath.avoid == "none" else beneath.avoid,
        limit_reason=ceiling.bound,
        runner_up=ceiling.runner_up,
        readings=ceiling.readings,
        density=density,
        same_density=same_density(device, passes.number, facts),
        reach=reach,
        why=(
            *advice.why,
            depth_sentence(advice, ceiling, reach) if reach else _unknown_reach(zone, case, facts),
            because(f"Beneath: {beneath.structure}.", "beneath", beneath),
            because("The area is an estimate with a range.", "zones", row),
            passes.why,
            why_dense(device, density, facts),
        ),
    )


def depth_in_use(depth: ZoneDepth, device: Device) -> float:
    """The depth that figures speak of: chosen, else advised, else the deep end of the range."""
    if device.has_fixed_length:
        return device.depth_max_mm
    return depth.chosen or depth.recommended or depth.high


def depths_in_use(zones: Iterable[ZonePlan], device: Device) -> dict[Zone, float]:
    """The depth of each zone in mm that what follows is reckoned with."""
    return {plan.zone: depth_in_use(plan.depth_mm, device) for plan in zones}


def _unknown_reach(zone: Zone, case: Case, facts: Facts) -> Reason:
    text = "How deep needles end here cannot be said: no usable thickness of this skin was found."
    sex = case.person.sex
    if sex is None:
        return Reason(text=text, facts=(), sources=())
    return because(text, "skin_selection", facts.skin_selection[facts.zones[zone].site, sex.value])


def _zone_depth(advice: DepthAdvice, ceiling: Ceiling, chosen: float | None) -> ZoneDepth:
    return ZoneDepth(
        low=advice.low_mm,
        recommended=advice.recommended_mm,
        high=advice.high_mm,
        limit=ceiling.limit_mm,
        limited_by=ceiling.bound.fact,
        chosen=chosen,
    )


def _endpoint(zone: Zone, stated: StatedConcern, facts: Facts) -> str | None:
    """When to stop, as the label says it for this skin, else as a study did."""
    sites = frozenset(facts.zones[zone].sites)
    evidence = frozenset(facts.concerns[stated.concern].evidence)

    def rank(row: DepthRow) -> tuple[bool, bool]:
        return row.kind is not DepthKind.LABEL_LIMIT, not row.concerns(evidence, stated.kind)

    speaking = [row for row in facts.depths if row.endpoint != "none" and row.covers(sites)]
    usable = [row for row in speaking if row.provenance.basis is not Basis.MEMORY]
    return min(usable, key=rank).endpoint if usable else None
