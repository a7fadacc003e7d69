"""What one zone calls for at the next session: keep, lighter, wait, hold, ask, or never again."""

from collections.abc import Iterable, Iterator

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Advice, Zone
from percuta.planning.case.case import Frozen
from percuta.planning.follow_up.delivered import Delivered, Done, Endpoint, ZoneDelivered
from percuta.planning.follow_up.next_dose import NextDose, as_planned, lighter, no_more_than_borne
from percuta.planning.follow_up.reasons import NextReason, reason_for
from percuta.planning.follow_up.reported_signs import NOT_REPORTED, zone_reports
from percuta.planning.judgement.findings import Question
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan

_NEAR_MM = 1e-9
_ABOVE_CEILING, _NOT_PLANNED = "above_ceiling", "not_planned"


class ZoneAdvice(Frozen):
    """One zone next time.

    The figures are what holds once the zone may go on; none where a physician decides or never
    again. ``until`` are events that must happen first. A reason without zones is about the whole
    person and holds here too.
    """

    zone: Zone
    name: str
    advice: Advice
    depth_mm_at_most: float | None
    passes_at_most: int | None
    limit_mm: float | None
    until: tuple[str, ...]
    reasons: tuple[NextReason, ...]


def incidents(zones: Iterable[ZoneAdvice]) -> Iterator[str]:
    """Each zone in which the session went beyond what was signed, in words."""
    rules = {f"next.{reported}" for reported in (_ABOVE_CEILING, _NOT_PLANNED)}
    for zone in zones:
        for reason in zone.reasons:
            if reason.rule in rules:
                yield f"{zone.name}: {reason.reason}"


def gravest(reasons: Iterable[NextReason]) -> Advice:
    """What is left when every reason has its way."""
    advice = (reason.advice for reason in reasons)
    return max(advice, key=lambda found: found.weight, default=Advice.KEEP)


def planned_zone(
    plan: ZonePlan,
    whole: Plan,
    delivered: Delivered,
    *,
    limit_mm: float | None,
    person: tuple[NextReason, ...],
    facts: Facts,
) -> tuple[ZoneAdvice, tuple[Question, ...]]:
    """A zone of the plan; ``person`` are reasons that hold for every zone.

    ``limit_mm`` is today's ceiling, which may be stricter than the plan's; ``None`` where
    today's screening leaves the zone out, which then has no dose.
    """
    device = facts.devices[whole.case.setting.device]
    done = next((told for told in delivered.zones if told.zone is plan.zone), None)
    reasons, questions = _of(plan, done, whole, delivered, facts)
    dose = None if limit_mm is None else as_planned(plan, limit_mm, device)
    if limit_mm is None:
        reasons += (reason_for("sign_again", facts, zones=(plan.zone,)),)
    if dose is not None and done is not None and _is_lighter(reasons):
        dose = lighter(dose, done, device, facts)
        if dose is None:
            reasons += (reason_for("nothing_lighter", facts, zones=(plan.zone,)),)
    elif dose is not None and done is not None and _is_same_device(whole, delivered):
        borne = no_more_than_borne(dose, done, device)
        if borne != dose:
            dose, reasons = borne, (*reasons, _less(plan.zone, done, facts))
    reasons += tuple(
        reason
        for reason in person
        if reason.advice is not Advice.KEEP and (not reason.zones or plan.zone in reason.zones)
    )
    reasons = reasons or (reason_for("as_planned", facts, zones=(plan.zone,)),)
    return _told(plan.zone, plan.name, dose, reasons), questions


def unplanned_zones(plan: Plan, delivered: Delivered, facts: Facts) -> Iterator[ZoneAdvice]:
    """Zones that were needled although the plan holds none for them."""
    planned = {zone.zone for zone in plan.zones}
    for told in delivered.needled:
        if told.zone not in planned:
            reason = reason_for(_NOT_PLANNED, facts, zones=(told.zone,))
            yield _told(told.zone, facts.zones[told.zone].name, None, (reason,))


def _told(
    zone: Zone,
    name: str,
    dose: NextDose | None,
    reasons: tuple[NextReason, ...],
) -> ZoneAdvice:
    advice = gravest(reasons)
    is_ours = advice.weight < Advice.ASK_PHYSICIAN.weight
    held = dose if is_ours else None
    return ZoneAdvice(
        zone=zone,
        name=name,
        advice=advice,
        depth_mm_at_most=None if held is None else held.depth_mm_at_most,
        passes_at_most=None if held is None else held.passes_at_most,
        limit_mm=None if dose is None else dose.limit_mm,
        until=tuple(dict.fromkeys(r.until for r in reasons if r.until is not None)),
        reasons=tuple(sorted(reasons, key=lambda reason: -reason.advice.weight)),
    )


def _is_same_device(whole: Plan, delivered: Delivered) -> bool:
    """Whether what was delivered can be compared with the plan at all."""
    return delivered.device == whole.case.setting.device


def _less(zone: Zone, done: ZoneDelivered, facts: Facts) -> NextReason:
    detail = f"{done.depth_mm:g} mm in {done.passes} passes." if done.depth_mm else ""
    return reason_for("less_than_planned", facts, zones=(zone,), detail=detail)


def _is_lighter(reasons: Iterable[NextReason]) -> bool:
    return any(reason.advice is Advice.LIGHTER for reason in reasons)


def _of(
    plan: ZonePlan,
    done: ZoneDelivered | None,
    whole: Plan,
    delivered: Delivered,
    facts: Facts,
) -> tuple[tuple[NextReason, ...], tuple[Question, ...]]:
    """Every reason of one planned zone, and what is still to ask about it."""
    zone, name = (plan.zone,), plan.name
    if done is None:
        asked = Question(rule="next.not_recorded", question=f"What was done in {_low(name)}?")
        return (reason_for("not_recorded", facts, zones=zone),), (asked,)
    if not done.is_needled:
        if done.stopped_for is None:
            why = Question(
                rule=f"next.{NOT_REPORTED}", question=f"Why was {_low(name)} not needled?"
            )
            return (reason_for(NOT_REPORTED, facts, zones=zone),), (why,)
        return (reason_for(f"stopped_{done.stopped_for}", facts, zones=zone),), ()
    reports, questions = zone_reports(plan.zone, name, whole, delivered, facts)
    reasons = [*_of_the_session(plan, done, facts), *reports]
    if done.endpoint is None:
        text = f"What was seen while needling {_low(name)}?"
        questions += (Question(rule=f"next.{NOT_REPORTED}", question=text),)
        reasons.append(reason_for(NOT_REPORTED, facts, zones=zone))
    reasons += _series_reasons(whole, delivered, plan.zone, facts)
    return tuple(dict.fromkeys(reasons)), questions


def _of_the_session(plan: ZonePlan, done: ZoneDelivered, facts: Facts) -> Iterator[NextReason]:
    zone = (plan.zone,)
    if done.done is Done.PART:
        yield reason_for(f"stopped_{done.stopped_for}", facts, zones=zone)
    if _has_passed(plan, done):
        yield reason_for("endpoint_passed", facts, zones=zone, detail=_seen(plan, done))
    if done.depth_mm is not None and done.depth_mm > plan.depth_mm.limit + _NEAR_MM:
        detail = f"{done.depth_mm:g} mm; the ceiling was {plan.depth_mm.limit:g} mm."
        also = plan.limit_reason.fact
        yield reason_for(_ABOVE_CEILING, facts, zones=zone, detail=detail, also=also)
    if done.passes is not None and done.passes > plan.passes:
        detail = f"{done.passes} passes; {plan.passes} were planned."
        yield reason_for("more_than_planned", facts, zones=zone, detail=detail)


def _has_passed(plan: ZonePlan, done: ZoneDelivered) -> bool:
    """Whether more was seen than the protocol stops at; heavy bleeding always is more."""
    seen = done.endpoint or Endpoint.NONE
    return seen.weight > _planned_endpoint(plan).weight or seen is Endpoint.HEAVY_BLEEDING


def _planned_endpoint(plan: ZonePlan) -> Endpoint:
    """The endpoint of the protocol; where it names none that we know, all short of heavy."""
    words = plan.endpoint or ""
    named = [end for end in Endpoint if end.value.replace("_", " ") in words]
    return max(named, key=lambda end: end.weight, default=Endpoint.SUPERFICIAL_BLEEDING)


def _seen(plan: ZonePlan, done: ZoneDelivered) -> str:
    seen = (done.endpoint or Endpoint.NONE).replace("_", " ")
    return f"{seen[:1].upper()}{seen[1:]} was seen; stop at {plan.endpoint or 'none published'}."


def _series_reasons(
    plan: Plan, delivered: Delivered, zone: Zone, facts: Facts
) -> Iterator[NextReason]:
    sessions = plan.series.sessions if plan.series is not None else None
    if sessions is not None and delivered.sessions_done >= sessions:
        detail = f"{delivered.sessions_done} of {sessions} sessions are done."
        yield reason_for("series_complete", facts, zones=(zone,), detail=detail)


def _low(name: str) -> str:
    return name[:1].lower() + name[1:]
