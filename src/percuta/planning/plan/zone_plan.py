"""What is to be done in one zone: depth, passes, endpoint, minutes, and why."""

from collections.abc import Iterable

from pydantic import Field

from percuta.facts.depths import DepthKind, DepthRow
from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Basis, Operator, Zone
from percuta.planning.case.advice_basis import AdvisedBy
from percuta.planning.case.case import Case, ChosenDepth, Frozen, StatedConcern
from percuta.planning.depth.ceilings import Bound, Ceiling, concerns_of
from percuta.planning.depth.cleared_trial import deeper_trials
from percuta.planning.depth.named_depth import depth_advice
from percuta.planning.depth.rationale import depth_sentence
from percuta.planning.depth.reached_depth import Range, Reach, reach_of
from percuta.planning.depth.recommendation import DepthAdvice
from percuta.planning.dose.contact import Contact, contact_in, seconds_per_pass
from percuta.planning.dose.density import (
    Density,
    SameDensity,
    density_in,
    density_of,
    published_densities,
    same_density,
    why_dense,
)
from percuta.planning.dose.passes import Passes, PassesBy, passes_in, passes_in_time
from percuta.planning.judgement.findings import Reason, because
from percuta.planning.screening.concern_rules import bounded_advice
from percuta.planning.session.duration import zone_minutes


def _holds_nothing(value: object) -> bool:
    """Left out of a document, so that those of earlier editions keep their bytes."""
    return not value


class ZoneDepth(Frozen):
    """Dial settings for a zone. ``chosen`` is the professional's own, if one was made.

    ``chosen_by`` says who chose, where that was told, ``advised_by`` what the recommendation
    follows from, where the edition has a rule for it. ``to_choose`` marks a zone without advice
    in which nobody has chosen a depth yet.
    """

    low: float
    recommended: float | None
    high: float
    limit: float
    limited_by: str
    chosen: float | None
    chosen_by: Operator | None = Field(default=None, exclude_if=_holds_nothing)
    advised_by: AdvisedBy | None = Field(default=None, exclude_if=_holds_nothing)
    to_choose: bool = Field(default=False, exclude_if=_holds_nothing)


class ZonePlan(Frozen):
    """What is to be done in one zone, and why.

    ``contact`` tells the passes as seconds per cm2 and as minutes, where the edition does.
    """

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
    contact: Contact | None = Field(default=None, exclude_if=_holds_nothing)


def plan_zone(zone: Zone, ceiling: Ceiling, case: Case, facts: Facts) -> ZonePlan:
    """Plan one zone under its ceiling; the gravest concern stated for it leads.

    What other devices would need is added by ``with_device_equivalents``: it decides nothing here.
    """
    device = facts.devices[case.setting.device]
    stated, *others = concerns_of(zone, case)
    advice = depth_advice(zone, stated, ceiling, case, facts)
    advice = bounded_advice(advice, stated, device.depth_min_mm, facts)
    row = facts.zones[zone]
    beneath = facts.beneath[row.site]
    passes = passes_in(zone, case, facts)
    _, minutes, _ = zone_minutes(zone, passes_in_time(passes, device, facts), case, facts)
    depth = _zone_depth(
        advice, ceiling, case.depth_mm.get(zone), to_choose=_may_be_chosen(device, facts)
    )
    seconds = passes.seconds_per_cm2
    density = (
        density_of(device, passes.number, facts)
        if seconds is None
        else density_in(device, seconds, facts)
    )
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
        same_density=(),
        reach=reach,
        contact=_contact(zone, passes, device, facts),
        why=(
            *advice.why,
            *deeper_trials(zone, stated, ceiling, facts),
            depth_sentence(advice, ceiling, reach) if reach else _unknown_reach(zone, case, facts),
            because(f"Beneath: {beneath.structure}.", "beneath", beneath),
            because("The area is an estimate with a range.", "zones", row),
            passes.why,
            why_dense(device, density, facts),
            *published_densities(device, facts),
        ),
    )


def with_device_equivalents(plan: ZonePlan, device: Device, facts: Facts) -> ZonePlan:
    """The same zone, with the passes that leave as many strikes on other devices."""
    others = same_density(device, plan.passes, facts)
    return plan.model_copy(update={"same_density": others})


def _contact(zone: Zone, passes: Passes, device: Device, facts: Facts) -> Contact | None:
    if not facts.has_upper_strikes:
        return None
    exact = passes_in_time(passes, device, facts)
    return contact_in(zone, exact * seconds_per_pass(device, facts), device, facts)


def set_depth(depth: ZoneDepth, device: Device | None) -> float | None:
    """What the needle is set to: its one length, else chosen, else advised; ``None`` if nothing.

    A device that nobody knows any more is taken to have a dial.
    """
    if device is not None and device.has_fixed_length:
        return device.depth_max_mm
    return depth.chosen or depth.recommended


def depth_in_use(depth: ZoneDepth, device: Device) -> float:
    """The depth that figures speak of: what is set, else the deep end of the range."""
    return set_depth(depth, device) or depth.high


def depths_in_use(zones: Iterable[ZonePlan], device: Device) -> dict[Zone, float]:
    """The depth of each zone in mm that what follows is reckoned with."""
    return {plan.zone: depth_in_use(plan.depth_mm, device) for plan in zones}


def _unknown_reach(zone: Zone, case: Case, facts: Facts) -> Reason:
    text = "How deep needles end here cannot be said: no usable thickness of this skin was found."
    sex = case.person.sex
    if sex is None:
        return Reason(text=text, facts=(), sources=())
    return because(text, "skin_selection", facts.skin_selection[facts.zones[zone].site, sex.value])


def _may_be_chosen(device: Device, facts: Facts) -> bool:
    """Whether an empty depth waits for somebody's choice: a fixed needle leaves none."""
    return bool(facts.depth_advice) and not device.has_fixed_length


def _zone_depth(
    advice: DepthAdvice, ceiling: Ceiling, chosen: ChosenDepth | None, *, to_choose: bool
) -> ZoneDepth:
    return ZoneDepth(
        low=advice.low_mm,
        recommended=advice.recommended_mm,
        high=advice.high_mm,
        limit=ceiling.limit_mm,
        limited_by=ceiling.bound.fact,
        chosen=None if chosen is None else chosen.mm,
        chosen_by=None if chosen is None else chosen.chosen_by,
        advised_by=advice.by,
        to_choose=to_choose and chosen is None and advice.recommended_mm is None,
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
