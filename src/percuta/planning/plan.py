"""The plan: a person's case in, a screened, bounded, explained plan out.

Frozen, typed, serialisable. The same case under the same edition gives the same bytes.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import ConfigDict, Field

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Scope, Zone
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
from percuta.planning.ceilings import Ceiling, depth_ceiling
from percuta.planning.clinic_redness import ClinicReport
from percuta.planning.concern_rules import concern_findings, concern_questions
from percuta.planning.course import Course, OnTheSkin, plan_course
from percuta.planning.density_findings import density_findings
from percuta.planning.depth_findings import (
    depth_findings,
    icepick_findings,
    licence_findings,
    range_findings,
    reach_findings,
)
from percuta.planning.findings import (
    Finding,
    Question,
    Verdict,
    blocked_zones,
    earliest_date,
    merged,
    verdict,
)
from percuta.planning.group_forecast import GroupForecast, group_forecasts
from percuta.planning.labelling import DeviceLine, device_line
from percuta.planning.lanes import REFINED
from percuta.planning.numbing import NEVER_ON_NEEDLED_SKIN, Numbing
from percuta.planning.numbing_plan import plan_numbing
from percuta.planning.open_days import calm_days
from percuta.planning.passes import passes_in, passes_in_time
from percuta.planning.products import Product, choose_product, choose_topicals, is_reacted_to
from percuta.planning.provenance import Provenance, provenance_of
from percuta.planning.rest import rest_after
from percuta.planning.screening import screen
from percuta.planning.seen_events import SeenEvent, seen_events
from percuta.planning.series import Series, plan_series
from percuta.planning.timing import Duration, duration_findings, session_duration
from percuta.planning.zone_plan import ZonePlan, depths_in_use, plan_zone


def _is_empty(reports: object) -> bool:
    return not reports


class Plan(Frozen):
    """The whole answer to a case; ``zones`` is empty when no plan may be made.

    ``clinic_redness`` is what check-ins of the clinic told when it was made, and is left out of
    the file where there were none; so is ``device`` where the edition has no catalogue.
    """

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
    topicals: tuple[Product, ...]
    duration_min: float | None
    duration: Duration | None
    series: Series | None
    course: Course | None
    recovery: tuple[Sign, ...]
    downtime_days: Downtime | None
    aftercare: tuple[Instruction, ...]
    seen_events: tuple[SeenEvent, ...]
    expectation: tuple[TrialLine, ...]
    group_forecast: tuple[GroupForecast, ...]
    alternatives: tuple[Alternative, ...]
    valid_until: date | None
    case: Case
    clinic_redness: tuple[ClinicReport, ...] = Field(default=(), exclude_if=_is_empty)
    device: DeviceLine | None = Field(default=None, exclude_if=_is_empty)
    provenance: Provenance

    @property
    def is_made(self) -> bool:
        """Whether there is something to do, rather than only an answer why not."""
        return bool(self.zones)

    @property
    def dates_after_end(self) -> tuple[date, ...]:
        """Sessions that lie after the plan's own end: they need a new plan first."""
        if self.series is None or self.valid_until is None:
            return ()
        return tuple(day for day in self.series.dates if day > self.valid_until)

    def asks_for_new_day(self, on: date) -> bool:
        """Whether its first session should have been before the day of asking."""
        return self.is_made and self.case.setting.date < on


def make_plan(
    case: Case,
    facts: Facts,
    *,
    clinic_redness: tuple[ClinicReport, ...] = (),
    draws: int = REFINED,
) -> Plan:
    """Screen, bound and plan a case under one edition of the facts.

    ``clinic_redness`` are the clinic's own check-ins (``clinic_reports``): they move how long
    redness is expected to last, and nothing else. Fewer ``draws`` give the same plan but for the
    lanes of absorption, which say how many they rest on.
    """
    assessment = assess(case, facts)
    findings, ceilings = list(assessment.findings), dict(assessment.ceilings)
    outcome = assessment.verdict
    zones: tuple[Zone, ...] = ()
    if outcome is Verdict.SUITABLE:
        blocked = blocked_zones(findings)
        open_zones = [zone for zone in case.requested_zones if zone not in blocked]
        zones = tuple(sorted(open_zones, key=lambda zone: facts.zones[zone].order_n))
    parts = (
        _parts(zones, ceilings, findings, case, facts, clinic_redness, draws)
        if zones
        else _no_parts(case, facts)
    )
    findings += parts.pop("findings")
    body = {
        "verdict": outcome,
        "findings": tuple(merged(findings)),
        "questions": assessment.questions,
        "earliest_date": earliest_date(outcome, findings, case.requested_zones),
        "never": NEVER_ON_NEEDLED_SKIN,
        "case": case,
        "clinic_redness": clinic_redness if zones else (),
        "device": _device_line(ceilings, case, facts),
        **parts,
    }
    return Plan(**body, provenance=provenance_of(body, case, facts))


def _device_line(ceilings: Mapping[Zone, Ceiling], case: Case, facts: Facts) -> DeviceLine | None:
    rows = [key for ceiling in ceilings.values() for key in ceiling.label_rows]
    return device_line(rows, facts.devices[case.setting.device], facts)


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


def _no_parts(case: Case, facts: Facts) -> dict[str, Any]:
    return {
        "findings": (),
        "zones": (),
        "numbing": None,
        "glide": None,
        "soothing": None,
        "topicals": (),
        "duration_min": None,
        "duration": None,
        "series": None,
        "course": None,
        "recovery": (),
        "downtime_days": None,
        "aftercare": (),
        "seen_events": (),
        "expectation": (),
        "group_forecast": (),
        "alternatives": alternatives(case.concerns, case, facts),
        "valid_until": None,
    }


def _parts(
    zones: tuple[Zone, ...],
    ceilings: dict[Zone, Ceiling],
    screened: list[Finding],
    case: Case,
    facts: Facts,
    clinic_redness: tuple[ClinicReport, ...],
    draws: int,
) -> dict[str, Any]:
    findings: list[Finding] = []
    device = facts.devices[case.setting.device]
    zone_plans = tuple(plan_zone(zone, ceilings[zone], case, facts) for zone in zones)
    findings += range_findings(zone_plans, ceilings, device)
    findings += reach_findings(zone_plans, facts)
    planned = _planned_concerns(zones, case)
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
    icepick = [stated for stated in planned if stated.kind == "icepick"]
    valid_days = int(facts.policy["plan_valid_days", "plan"].value)
    return {
        "findings": tuple(findings),
        "zones": zone_plans,
        "numbing": numbing,
        "glide": glide,
        "soothing": soothing,
        "topicals": topicals,
        "duration_min": round(duration.cleanse_min + duration.needling_min + duration.soothe_min),
        "duration": duration,
        "series": series,
        "course": plan_course(
            zone_plans,
            OnTheSkin(
                numbing=numbing,
                over_holes=tuple(
                    product.product for product in (glide, soothing, *topicals) if product
                ),
                is_covered=soothing is not None,
            ),
            rest=rest,
            dates=series.dates,
            case=case,
            facts=facts,
            clinic=clinic_redness,
            draws=draws,
        ),
        "recovery": signs(facts),
        "downtime_days": visible,
        "aftercare": aftercare(facts),
        "seen_events": seen_events(zones, facts),
        "expectation": trials(planned, facts),
        "group_forecast": group_forecasts(planned, series, facts),
        "alternatives": alternatives(icepick, case, facts),
        "valid_until": case.setting.date + timedelta(days=valid_days),
    }


def _planned_concerns(zones: tuple[Zone, ...], case: Case) -> tuple[StatedConcern, ...]:
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
