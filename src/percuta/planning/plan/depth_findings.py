"""Findings about depth: limits that bit, wishes refused, sites without a published depth."""

from collections.abc import Iterable, Iterator

from percuta.facts.depths import DepthKind
from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Operator, Scope, Zone
from percuta.planning.case.case import Case, StatedConcern
from percuta.planning.depth.ceilings import Ceiling, concerns_of, is_for, is_setting
from percuta.planning.depth.labelling import off_label
from percuta.planning.depth.reached_depth import Reach
from percuta.planning.judgement.findings import Finding, because
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.units import convert

RULE_NOTHING_ALLOWED = "depth.nothing_allowed"
RULE_ABOVE_LIMIT = "depth.above_limit"
RULE_NOT_A_SETTING = "depth.not_a_setting"
RULE_THROUGH_DERMIS = "depth.may_pass_dermis"
RULE_ABOVE_RANGE = "depth.above_studied_range"
RULE_NO_PUBLISHED_DEPTH = "depth.no_published_depth"
RULE_OFF_LABEL = "label.outside_indication"
RULE_LICENCE_NOT_USED = "licence.not_used"
RULE_ORBITAL_RIM = "depth.orbital_rim"
RULE_ICEPICK = "concern.icepick_scars"


def depth_findings(ceilings: dict[Zone, Ceiling], case: Case, facts: Facts) -> Iterator[Finding]:
    """Findings that follow from the ceilings alone, wishes above them included."""
    device = facts.devices[case.setting.device]
    for zone, ceiling in ceilings.items():
        wish = case.set_mm(zone)
        limit = f"{ceiling.limit_mm:g} mm ({ceiling.bound.text})"
        if ceiling.limit_mm < device.depth_min_mm:
            text = f"{device.name} cannot be set to {limit} or less: not on this zone."
            yield _zone_finding(RULE_NOTHING_ALLOWED, Level.STOP, zone, text, ceiling)
        elif wish is not None and wish > ceiling.limit_mm:
            text = f"{wish:g} mm was asked for; the limit is {limit}."
            yield _zone_finding(RULE_ABOVE_LIMIT, Level.STOP, zone, text, ceiling)
        elif wish is not None and not is_setting(wish, device):
            text = f"{wish:g} mm was asked for; {device.name} cannot be set to it."
            yield _zone_finding(RULE_NOT_A_SETTING, Level.STOP, zone, text, ceiling)
        if not ceiling.is_published:
            told = _physicians_choice if facts.depth_advice else _no_published_depth
            yield told(zone, ceiling, case)
        if ceiling.is_off_label:
            yield _off_label(zone, device, case, facts)
        if facts.zones[zone].near_eye:
            rims = [row for row in facts.depths if row.kind is DepthKind.EXCLUSION]
            reason = because("Stay on or outside the bony rim; never on the lids.", "depths", *rims)
            yield Finding(
                rule=RULE_ORBITAL_RIM,
                level=Level.CAUTION,
                scope=Scope.ZONE,
                zones=(zone,),
                reason=reason.text,
                facts=reason.facts,
                sources=reason.sources,
            )


def _off_label(zone: Zone, device: Device, case: Case, facts: Facts) -> Finding:
    reason = off_label(zone, concerns_of(zone, case), device, case, facts)
    return Finding(
        rule=RULE_OFF_LABEL,
        level=Level.CAUTION,
        scope=Scope.ZONE,
        zones=(zone,),
        reason=reason.text,
        facts=reason.facts,
        sources=reason.sources,
    )


def licence_findings(case: Case, facts: Facts) -> Iterator[Finding]:
    """Say so when the licence rule a clinic adopted has nothing to say here."""
    licence = facts.licences.get(case.setting.licence or "")
    if licence is None or (licence.depth_mm_max is not None and is_for(licence, case)):
        return
    why = "names no depth" if is_for(licence, case) else f"is about a {licence.operator}"
    reason = because(
        f"The licence rule chosen ({licence.jurisdiction}) {why}: it set no limit here.",
        "licences",
        licence,
    )
    yield Finding(
        rule=RULE_LICENCE_NOT_USED,
        level=Level.CAUTION,
        scope=Scope.DEVICE,
        reason=reason.text,
        facts=reason.facts,
        sources=reason.sources,
    )


def _zone_finding(rule: str, level: Level, zone: Zone, text: str, ceiling: Ceiling) -> Finding:
    return Finding(
        rule=rule,
        level=level,
        scope=Scope.ZONE,
        zones=(zone,),
        reason=text,
        facts=(ceiling.bound.fact,),
        sources=ceiling.bound.sources,
    )


def _no_published_depth(zone: Zone, ceiling: Ceiling, case: Case) -> Finding:
    by_physician = case.setting.operator is Operator.PHYSICIAN
    level = Level.CAUTION if by_physician else Level.REFER
    text = (
        f"There is no published depth for this site. The limit is {ceiling.limit_mm:g} mm "
        f"({ceiling.bound.text}); no depth is recommended, and a physician must decide."
    )
    return _zone_finding(RULE_NO_PUBLISHED_DEPTH, level, zone, text, ceiling)


def _physicians_choice(zone: Zone, ceiling: Ceiling, case: Case) -> Finding:
    """Planned where a physician chose a depth inside the limit; a question to one elsewhere."""
    limit = f"The limit is {ceiling.limit_mm:g} mm ({ceiling.bound.text})"
    depth = case.set_mm(zone)
    if depth is None or not case.is_by_physician(zone):
        ask = "There is no published depth for this site: ask a physician, who may choose one"
        text = f"{ask}. {limit}."
        return _zone_finding(RULE_NO_PUBLISHED_DEPTH, Level.REFER, zone, text, ceiling)
    text = (
        f"There is no published depth for this site. {limit}; a physician chose {depth:g} mm: "
        "chosen, not advised."
    )
    return _zone_finding(RULE_NO_PUBLISHED_DEPTH, Level.CAUTION, zone, text, ceiling)


def range_findings(
    plans: Iterable[ZonePlan], ceilings: dict[Zone, Ceiling], device: Device
) -> Iterator[Finding]:
    """Cautions where the depth to be used is deeper than what was studied."""
    length = device.depth_max_mm if device.has_fixed_length else None
    for plan in plans:
        chosen = plan.depth_mm.chosen or length
        if chosen is not None and chosen > plan.depth_mm.high:
            text = (
                f"{chosen:g} mm is deeper than the range studied here ({plan.depth_mm.high:g} mm)."
            )
            yield _zone_finding(
                RULE_ABOVE_RANGE, Level.CAUTION, plan.zone, text, ceilings[plan.zone]
            )


def reach_findings(plans: Iterable[ZonePlan], facts: Facts) -> Iterator[Finding]:
    """A caution that names what lies beneath, where many needles may pass the dermis."""
    policy = facts.policy["p_through_caution_pct", "any"]
    for plan in plans:
        if plan.reach is None:
            continue
        share_pct = convert(plan.reach.p_through_dermis.high, source="1", target="pct")
        if share_pct > policy.value:
            bound_pct = convert(plan.reach.p_through_dermis_at_most, source="1", target="pct")
            share = (
                f"Up to {share_pct:.0f} of 100 needles may pass the dermis, "
                f"{bound_pct:.0f} if none lost any depth"
            )
            beside = _by_source(plan.reach)
            reason = because(f"{share}.{beside} Beneath: {plan.beneath}.", "policy", policy)
            yield Finding(
                rule=RULE_THROUGH_DERMIS,
                level=Level.CAUTION,
                scope=Scope.ZONE,
                zones=(plan.zone,),
                reason=reason.text,
                facts=reason.facts,
                sources=reason.sources,
            )


def _by_source(reach: Reach) -> str:
    """The thin source's figure and the others' range, where the share mixes sources."""
    thin = reach.thin_source
    if thin is None:
        return ""
    shares = [
        round(convert(source.p_through_dermis.high, source="1", target="pct"))
        for source in reach.over_sources
    ]
    own = round(convert(thin.p_through_dermis.high, source="1", target="pct"))
    return (
        f" By the {thin.study}: {own}; over {len(shares)} sources: {min(shares)} to {max(shares)}."
    )


def icepick_findings(
    planned: Iterable[StatedConcern], zones: tuple[Zone, ...], facts: Facts
) -> Iterator[Finding]:
    """A caution for scars that needling hardly changes."""
    for stated in planned:
        if stated.kind != "icepick":
            continue
        rows = [row for row in facts.depths if row.scar_kind == ("icepick",)]
        text = "Ice-pick scars improved only slightly with needling: plan another treatment."
        reason = because(text, "depths", *rows)
        yield Finding(
            rule=RULE_ICEPICK,
            level=Level.CAUTION,
            scope=Scope.ZONE,
            zones=tuple(zone for zone in stated.zones if zone in zones),
            reason=text,
            facts=reason.facts,
            sources=reason.sources,
        )
