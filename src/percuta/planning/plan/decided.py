"""What is decided of a case: whether, where, how deep, how often, numbed how; no forecast."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Scope, Zone
from percuta.planning.case.case import Case, Frozen, StatedConcern
from percuta.planning.depth.ceilings import Ceiling, depth_ceiling
from percuta.planning.dose.findings import density_findings
from percuta.planning.dose.passes import passes_in, passes_in_time
from percuta.planning.judgement.findings import (
    Finding,
    Question,
    Verdict,
    blocked_zones,
    earliest_date,
    merged,
    verdict,
)
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.numbing.plan import plan_numbing
from percuta.planning.plan.depth_findings import (
    depth_findings,
    icepick_findings,
    licence_findings,
    range_findings,
    reach_findings,
)
from percuta.planning.plan.zone_plan import ZonePlan, depths_in_use, plan_zone
from percuta.planning.recovery.aftercare import (
    Downtime,
    downtime,
)
from percuta.planning.recovery.clinic_redness import ClinicReport
from percuta.planning.recovery.recovery_interval import Rest, rest_after
from percuta.planning.screening.concern_rules import concern_findings, concern_questions
from percuta.planning.screening.screening import screen
from percuta.planning.session.duration import Duration, duration_findings, session_duration
from percuta.planning.session.open_days import calm_days
from percuta.planning.session.products import (
    Product,
    choose_product,
    choose_topicals,
    is_reacted_to,
)
from percuta.planning.session.series import Series, plan_series


class Assessment(Frozen):
    """Is needling right for this person, now, with this device: before anything is planned."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    ceilings: Mapping[Zone, Ceiling]


def assess(case: Case, facts: Facts) -> Assessment:
    """Screen the answers and bound the depths; a verdict follows from both."""
    screening = screen(case, facts)
    questions = (*screening.questions, *concern_questions(case, facts))
    findings = [*screening.findings, *concern_findings(case, facts)]
    blocked = blocked_zones(findings)
    ceilings = {
        zone: depth_ceiling(zone, case, facts)
        for zone in case.requested_zones
        if blocked.get(zone, Level.DEFER) is Level.DEFER
    }
    findings += depth_findings(ceilings, case, facts)
    findings += density_findings(ceilings, case, facts)
    findings += licence_findings(case, facts)
    return Assessment(
        verdict=verdict(findings, questions, case.requested_zones),
        findings=tuple(findings),
        questions=questions,
        ceilings=ceilings,
    )


class Decided(Frozen):
    """What is decided of a case, under a plan's own names, and what its forecasts start from.

    ``rest`` and ``downtime_days`` are the waits that dates keep; ``None`` where nothing is planned.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    earliest_date: date | None
    zones: tuple[ZonePlan, ...]
    numbing: Numbing | None
    glide: Product | None
    soothing: Product | None
    topicals: tuple[Product, ...]
    duration: Duration | None
    rest: Rest | None
    downtime_days: Downtime | None
    series: Series | None
    valid_until: date | None
    ceilings: Mapping[Zone, Ceiling]


def decide(case: Case, facts: Facts, *, clinic_redness: tuple[ClinicReport, ...] = ()) -> Decided:
    """Screen, bound and dose a case: all that a plan decides, with no forecast.

    ``make_plan`` starts from this and adds what is expected, so both decide the same.
    """
    assessment = assess(case, facts)
    findings = list(assessment.findings)
    outcome = assessment.verdict
    zones: tuple[Zone, ...] = ()
    if outcome is Verdict.SUITABLE:
        blocked = blocked_zones(findings)
        open_zones = [zone for zone in case.requested_zones if zone not in blocked]
        zones = tuple(sorted(open_zones, key=lambda zone: facts.zones[zone].order_n))
    parts = (
        _decided_parts(zones, assessment, case, facts, clinic_redness) if zones else _NOTHING_DONE
    )
    findings += parts["findings"]
    return Decided(
        **{
            **parts,
            "verdict": outcome,
            "findings": tuple(merged(findings)),
            "questions": assessment.questions,
            "earliest_date": earliest_date(outcome, findings, case.requested_zones),
            "ceilings": assessment.ceilings,
        }
    )


_NOTHING_DONE: Mapping[str, Any] = {
    "findings": (),
    "zones": (),
    "numbing": None,
    "glide": None,
    "soothing": None,
    "topicals": (),
    "duration": None,
    "rest": None,
    "downtime_days": None,
    "series": None,
    "valid_until": None,
}


def _decided_parts(
    zones: tuple[Zone, ...],
    assessment: Assessment,
    case: Case,
    facts: Facts,
    clinic_redness: tuple[ClinicReport, ...],
) -> dict[str, Any]:
    findings: list[Finding] = []
    screened, ceilings = assessment.findings, dict(assessment.ceilings)
    device = facts.devices[case.setting.device]
    zone_plans = tuple(plan_zone(zone, ceilings[zone], case, facts) for zone in zones)
    findings += range_findings(zone_plans, ceilings, device)
    findings += reach_findings(zone_plans, facts)
    planned = planned_concerns(zones, case)
    findings += icepick_findings(planned, zones, facts)
    numbing, more = plan_numbing(case, zones, _removing_numbing(screened, case, facts), facts)
    findings += more
    glide, more = choose_product("glide", case.setting.glide, case, facts)
    findings += more
    soothing, more = choose_product("soothing", case.setting.soothing, case, facts)
    findings += more
    topicals, more = choose_topicals(case, facts)
    findings += more
    passes = {zone: passes_in_time(passes_in(zone, case, facts), device, facts) for zone in zones}
    duration = session_duration(passes, numbing, case, facts)
    findings += duration_findings(duration)
    rest = rest_after(
        depths_in_use(zone_plans, device),
        device.kind,
        covered=soothing is not None,
        facts=facts,
        clinic=clinic_redness,
    )
    length = device.depth_max_mm if device.has_fixed_length else 0.0
    deepest = max(plan.depth_mm.chosen or max(plan.depth_mm.high, length) for plan in zone_plans)
    visible = downtime(deepest, facts)
    calm = calm_days(rest, downtime_upper_days=visible.upper)
    series, more = plan_series(planned, screened, rest, case, facts, calm_days=calm)
    findings += more
    valid_days = int(facts.policy["plan_valid_days", "plan"].value)
    return {
        "findings": tuple(findings),
        "zones": zone_plans,
        "numbing": numbing,
        "glide": glide,
        "soothing": soothing,
        "topicals": topicals,
        "duration": duration,
        "rest": rest,
        "downtime_days": visible,
        "series": series,
        "valid_until": case.setting.date + timedelta(days=valid_days),
    }


def planned_concerns(zones: tuple[Zone, ...], case: Case) -> tuple[StatedConcern, ...]:
    """The stated concerns of which at least one zone is planned."""
    return tuple(stated for stated in case.concerns if set(stated.zones) & set(zones))


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
