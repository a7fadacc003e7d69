"""The plan: a person's case in, a screened, bounded, explained plan out.

Frozen, typed, serialisable. The same case under the same edition gives the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from pydantic import ConfigDict

from percuta import __version__
from percuta.facts.depths import DepthKind, DepthRow
from percuta.facts.edition import Facts
from percuta.facts.sources import citations
from percuta.facts.vocabulary import Basis, Level, Operator, Scope, Zone
from percuta.planning.aftermath import (
    Alternative,
    Downtime,
    Instruction,
    Sign,
    TrialLine,
    aftercare,
    alternatives,
    downtime,
    signs,
    trials,
)
from percuta.planning.case import Case, Frozen, StatedConcern
from percuta.planning.ceilings import Bound, Ceiling, concerns_of, depth_ceiling
from percuta.planning.depth import DepthAdvice, advise_depth
from percuta.planning.findings import (
    Finding,
    Question,
    Reason,
    Verdict,
    because,
    blocked_zones,
    merged,
    verdict,
)
from percuta.planning.numbing import NEVER_ON_NEEDLED_SKIN, Numbing, plan_numbing
from percuta.planning.products import Product, choose_product, is_reacted_to
from percuta.planning.screening import screen
from percuta.planning.series import Series, plan_series
from percuta.planning.timing import Duration, session_duration, zone_minutes

RULE_NOTHING_ALLOWED = "depth.nothing_allowed"
RULE_ABOVE_LIMIT = "depth.above_limit"
RULE_ABOVE_RANGE = "depth.above_studied_range"
RULE_NO_PUBLISHED_DEPTH = "depth.no_published_depth"
RULE_OFF_LABEL = "label.outside_indication"
RULE_ORBITAL_RIM = "depth.orbital_rim"
RULE_ICEPICK = "concern.icepick_scars"


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
    why: tuple[Reason, ...]


class Provenance(Frozen):
    """What a plan was made from: enough to make it again, and everything it rests on."""

    percuta: str
    facts_edition: str
    facts_sha256: str
    case_sha256: str
    facts: tuple[str, ...]
    assumptions: tuple[str, ...]
    bibliography: tuple[str, ...]


class Plan(Frozen):
    """The whole answer to a case; ``zones`` is empty when no plan may be made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: Verdict
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    earliest_date: date | None
    zones: tuple[ZonePlan, ...]
    numbing: Numbing | None
    never: str
    glide: Product | None
    soothing: Product | None
    duration_min: float | None
    duration: Duration | None
    series: Series | None
    recovery: tuple[Sign, ...]
    downtime_days: Downtime | None
    aftercare: tuple[Instruction, ...]
    expectation: tuple[TrialLine, ...]
    alternatives: tuple[Alternative, ...]
    valid_until: date | None
    case: Case
    provenance: Provenance

    @property
    def is_made(self) -> bool:
        """Whether there is something to do, rather than only an answer why not."""
        return bool(self.zones)

    def to_json(self) -> str:
        """The plan's bytes: stable order, one trailing newline."""
        return self.model_dump_json(indent=2) + "\n"


def make_plan(case: Case, facts: Facts) -> Plan:
    """Screen, bound and plan a case under one edition of the facts."""
    screening = screen(case, facts)
    findings = list(screening.findings)
    blocked = blocked_zones(findings)
    ceilings = {
        zone: depth_ceiling(zone, case, facts)
        for zone in case.requested_zones
        if zone not in blocked
    }
    findings += _depth_findings(ceilings, case, facts)
    outcome = verdict(findings, screening.questions, case.requested_zones)
    zones: tuple[Zone, ...] = ()
    if outcome is Verdict.SUITABLE:
        blocked = blocked_zones(findings)
        open_zones = [zone for zone in case.requested_zones if zone not in blocked]
        zones = tuple(sorted(open_zones, key=lambda zone: facts.zones[zone].order_n))
    parts = _parts(zones, ceilings, findings, case, facts) if zones else _no_parts(case, facts)
    findings += parts.pop("findings")
    body = {
        "verdict": outcome,
        "findings": tuple(merged(findings)),
        "questions": screening.questions,
        "earliest_date": _earliest_date(outcome, findings),
        "never": NEVER_ON_NEEDLED_SKIN,
        "case": case,
        **parts,
    }
    return Plan(**body, provenance=_provenance(body, case, facts))


def _depth_findings(ceilings: dict[Zone, Ceiling], case: Case, facts: Facts) -> Iterator[Finding]:
    device = facts.devices[case.setting.device]
    for zone, ceiling in ceilings.items():
        wish = case.depth_mm.get(zone)
        limit = f"{ceiling.limit_mm:g} mm ({ceiling.bound.text})"
        if ceiling.limit_mm < device.depth_min_mm:
            text = f"{device.name} cannot be set to {limit} or less: not on this zone."
            yield _zone_finding(RULE_NOTHING_ALLOWED, Level.STOP, zone, text, ceiling)
        elif wish is not None and wish > ceiling.limit_mm:
            text = f"{wish:g} mm was asked for; the limit is {limit}."
            yield _zone_finding(RULE_ABOVE_LIMIT, Level.STOP, zone, text, ceiling)
        if not ceiling.is_published:
            yield _no_published_depth(zone, ceiling, case, facts)
        if ceiling.is_off_label:
            text = (
                f"{device.modelled_on} is not cleared for this concern, site, skin type and age "
                "together: off-label use is the professional's decision."
            )
            yield _zone_finding(RULE_OFF_LABEL, Level.CAUTION, zone, text, ceiling)
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


def _no_published_depth(zone: Zone, ceiling: Ceiling, case: Case, facts: Facts) -> Finding:
    by_physician = case.setting.operator is Operator.PHYSICIAN
    level = Level.CAUTION if by_physician else Level.REFER
    name = facts.zones[zone].name
    text = (
        f"{name}: no published depth. The limit is {ceiling.limit_mm:g} mm "
        f"({ceiling.bound.text}); no depth is recommended, and a physician must decide."
    )
    return _zone_finding(RULE_NO_PUBLISHED_DEPTH, level, zone, text, ceiling)


def _no_parts(case: Case, facts: Facts) -> dict[str, Any]:
    return {
        "findings": (),
        "zones": (),
        "numbing": None,
        "glide": None,
        "soothing": None,
        "duration_min": None,
        "duration": None,
        "series": None,
        "recovery": (),
        "downtime_days": None,
        "aftercare": (),
        "expectation": (),
        "alternatives": alternatives(case.concerns, case, facts),
        "valid_until": None,
    }


def _parts(
    zones: tuple[Zone, ...],
    ceilings: dict[Zone, Ceiling],
    screened: list[Finding],
    case: Case,
    facts: Facts,
) -> dict[str, Any]:
    findings: list[Finding] = []
    device = facts.devices[case.setting.device]
    passes = int(facts.policy["passes_n", device.kind].value)
    zone_plans = tuple(_zone_plan(zone, ceilings[zone], passes, case, facts) for zone in zones)
    findings += _range_findings(zone_plans, ceilings)
    planned = _planned_concerns(zones, case)
    findings += _icepick_findings(planned, zones, facts)
    numbing, more = plan_numbing(case, zones, _removing_numbing(screened, case, facts), facts)
    findings += more
    glide, more = choose_product("glide", case.setting.glide, case, facts)
    findings += more
    soothing, more = choose_product("soothing", case.setting.soothing, case, facts)
    findings += more
    duration = session_duration(zones, passes, numbing, case, facts)
    series, more = plan_series(planned, screened, case, facts)
    findings += more
    deepest = max(plan.depth_mm.chosen or plan.depth_mm.high for plan in zone_plans)
    icepick = [stated for stated in planned if stated.kind == "icepick"]
    valid_days = int(facts.policy["plan_valid_days", "plan"].value)
    return {
        "findings": tuple(findings),
        "zones": zone_plans,
        "numbing": numbing,
        "glide": glide,
        "soothing": soothing,
        "duration_min": round(duration.cleanse_min + duration.needling_min + duration.soothe_min),
        "duration": duration,
        "series": series,
        "recovery": signs(facts),
        "downtime_days": downtime(deepest, facts),
        "aftercare": aftercare(facts),
        "expectation": trials(planned, facts),
        "alternatives": alternatives(icepick, case, facts),
        "valid_until": case.setting.date + timedelta(days=valid_days),
    }


def _planned_concerns(zones: tuple[Zone, ...], case: Case) -> tuple[StatedConcern, ...]:
    return tuple(stated for stated in case.concerns if set(stated.zones) & set(zones))


def _zone_plan(zone: Zone, ceiling: Ceiling, passes: int, case: Case, facts: Facts) -> ZonePlan:
    device = facts.devices[case.setting.device]
    stated, *others = concerns_of(zone, case)
    advice = advise_depth(zone, stated, ceiling, device, facts)
    row = facts.zones[zone]
    beneath = facts.beneath[row.site]
    _, minutes, _ = zone_minutes(zone, passes, case, facts)
    return ZonePlan(
        zone=zone,
        name=row.name,
        patient_name=row.patient_name,
        concern=stated.concern.value,
        kind=stated.kind.value if stated.kind else None,
        also=tuple(other.concern.value for other in others),
        depth_mm=_zone_depth(advice, ceiling, case.depth_mm.get(zone)),
        passes=passes,
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
        why=(
            *advice.why,
            because(f"Beneath: {beneath.structure}.", "beneath", beneath),
            because("The area is an estimate with a range.", "zones", row),
            *_passes_reason(device.kind, facts),
        ),
    )


def _zone_depth(advice: DepthAdvice, ceiling: Ceiling, chosen: float | None) -> ZoneDepth:
    return ZoneDepth(
        low=advice.low_mm,
        recommended=advice.recommended_mm,
        high=advice.high_mm,
        limit=ceiling.limit_mm,
        limited_by=ceiling.bound.fact,
        chosen=chosen,
    )


def _passes_reason(kind: str, facts: Facts) -> Iterator[Reason]:
    row = facts.policy["passes_n", kind]
    yield because(f"Passes: {row.about} ({row.low:g} to {row.high:g}).", "policy", row)


def _endpoint(zone: Zone, stated: StatedConcern, facts: Facts) -> str | None:
    """When to stop, as the label says it for this skin, else as a study did."""
    sites = frozenset(facts.zones[zone].sites)
    evidence = frozenset(facts.concerns[stated.concern].evidence)

    def rank(row: DepthRow) -> tuple[bool, bool]:
        return row.kind is not DepthKind.LABEL_LIMIT, not row.concerns(evidence, stated.kind)

    speaking = [row for row in facts.depths if row.endpoint != "none" and row.covers(sites)]
    usable = [row for row in speaking if row.provenance.basis is not Basis.MEMORY]
    return min(usable, key=rank).endpoint if usable else None


def _range_findings(plans: Iterable[ZonePlan], ceilings: dict[Zone, Ceiling]) -> Iterator[Finding]:
    for plan in plans:
        chosen = plan.depth_mm.chosen
        if chosen is not None and chosen > plan.depth_mm.high:
            text = (
                f"{chosen:g} mm is deeper than the range studied here ({plan.depth_mm.high:g} mm)."
            )
            yield _zone_finding(
                RULE_ABOVE_RANGE, Level.CAUTION, plan.zone, text, ceilings[plan.zone]
            )


def _icepick_findings(
    planned: Iterable[StatedConcern], zones: tuple[Zone, ...], facts: Facts
) -> Iterator[Finding]:
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


def _removing_numbing(screened: Iterable[Finding], case: Case, facts: Facts) -> tuple[Finding, ...]:
    about_numbing = {r.key for r in facts.screening if r.applies_if.startswith("numbing")}
    agent = facts.agents.get(case.setting.numbing)
    blocking = {Level.STOP, Level.REFER, Level.DEFER}
    return tuple(
        finding
        for finding in screened
        if finding.scope is Scope.AGENT
        and finding.level in blocking
        and (finding.rule in about_numbing or (agent is not None and is_reacted_to(agent, case)))
    )


def _earliest_date(outcome: Verdict, findings: list[Finding]) -> date | None:
    """The day from which a deferred person may be screened again, where deferrals have dates."""
    if outcome is not Verdict.DEFER:
        return None
    deferrals = [f for f in findings if f.level is Level.DEFER]
    whole = [f for f in deferrals if f.scope is Scope.PERSON]
    if whole:
        return _latest(whole)
    zones = {zone for zone, level in blocked_zones(findings).items() if level is Level.DEFER}
    days = [_latest([f for f in deferrals if zone in f.zones]) for zone in zones]
    return min((day for day in days if day is not None), default=None)


def _latest(deferrals: list[Finding]) -> date | None:
    ends = [finding.until for finding in deferrals]
    if any(end is None or end.startswith("event:") for end in ends):
        return None
    return max(date.fromisoformat(end) for end in ends if end is not None)


def _provenance(body: dict[str, Any], case: Case, facts: Facts) -> Provenance:
    used = sorted(_collect(body, {"fact", "facts", "limited_by", "runner_up"}))
    cited = _collect(body, {"sources"})
    assumed = [ref for ref in used if facts.row(ref).provenance.basis is Basis.ASSUMED]
    case_bytes = json.dumps(case.model_dump(mode="json"), sort_keys=True).encode()
    return Provenance(
        percuta=__version__,
        facts_edition=facts.edition,
        facts_sha256=facts.sha256,
        case_sha256=hashlib.sha256(case_bytes).hexdigest(),
        facts=tuple(used),
        assumptions=tuple(assumed),
        bibliography=citations(cited, facts.sources),
    )


def _collect(value: object, names: set[str]) -> set[str]:
    """Every string held under one of ``names`` anywhere in a plan's parts."""
    found: set[str] = set()
    if isinstance(value, Frozen):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in names and isinstance(inner, str):
                found.add(inner)
            elif name in names and isinstance(inner, tuple):
                found.update(item for item in inner if isinstance(item, str))
            found |= _collect(inner, names)
    elif isinstance(value, tuple | list):
        for inner in value:
            found |= _collect(inner, names)
    return found
