"""The zone in hand: what bothers there, how deep the dial may go, where needles end."""

from dataclasses import dataclass

from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.depth.ceilings import dial_mm
from percuta.planning.dose.findings import refusal_of
from percuta.planning.dose.passes import PassesBy
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan, set_depth
from percuta.planning.session.awaited import choosable_mm
from percuta.report import wording
from percuta.report.figures.of_plan import section_data
from percuta.report.figures.ruler import RulerData
from percuta.report.professional import FindingLine, finding_lines
from percuta.report.typesetting import typeset, zone_name
from percuta.web.plans.dose import Dose, contact_words, doses
from percuta.web.plans.figures import drawn_ruler, drawn_section
from percuta.web.plans.why import Reasons, Why, why_depth

_PASSES_BY = {
    PassesBy.CHOSEN: "chosen",
    PassesBy.DENSITY: "from the density",
    PassesBy.PUBLISHED: "as published",
    PassesBy.TIME: "from the time",
}


@dataclass(frozen=True)
class Stepper:
    """A value that goes up or down by whole steps of the dial.

    ``less`` and ``more`` are what a press asks for; empty where the end is reached, and
    ``stops`` says which end and who set it.
    """

    value: str
    less: str
    more: str
    stops: str


@dataclass(frozen=True)
class OtherZones:
    """Zones that wait for a depth: their keys, how many there are, and the depth offered."""

    keys: str
    count: int
    depth_mm: str
    shown: str


@dataclass(frozen=True)
class ZonePanel:
    """One planned zone, worded.

    ``dial`` holds every depth that may be chosen while none is set, ``others`` the zones without a
    depth that may have the one chosen here.
    """

    key: str
    name: str
    concern: str
    depth: Stepper | None
    fixed: str
    dial: tuple[str, ...]
    others: OtherZones | None
    is_chosen: bool
    is_advised: bool
    advice: str
    passes: Stepper
    passes_by: str
    density: str
    density_band: str
    target: str
    contact: str
    doses: tuple[Dose, ...]
    is_dose_chosen: bool
    ruler: str
    section: str
    why: Why


@dataclass(frozen=True)
class HeldZone:
    """A zone that is not to be needled now: why, and the choice that may be taken back.

    ``settings`` are the depths [mm] that a physician may choose where only that is lacking.
    """

    key: str
    name: str
    findings: tuple[FindingLine, ...]
    chosen: str
    settings: tuple[str, ...]


def zone_panel(zone: ZonePlan, plan: Plan, facts: Facts, reasons: Reasons) -> ZonePanel:
    """Everything about one zone of a plan."""
    depth = zone.depth_mm
    device = facts.devices[plan.case.setting.device]
    density = zone.density
    return ZonePanel(
        key=zone.zone.value,
        name=zone.name,
        concern=_concern(zone, plan),
        depth=None if device.has_fixed_length else depth_stepper(zone, device),
        fixed=f"{wording.depth(device.depth_max_mm)}" if device.has_fixed_length else "",
        dial=_dial(zone, device),
        others=_others(zone, plan),
        is_chosen=depth.chosen is not None and depth.chosen != depth.recommended,
        is_advised=depth.recommended is not None,
        advice=_advice(zone),
        passes=passes_stepper(zone, device, facts),
        passes_by=_PASSES_BY[zone.passes_by],
        density=f"{density.strikes_per_cm2:.0f}",
        density_band=f"{density.strikes_per_cm2_low:.0f} to {density.strikes_per_cm2_high:.0f}",
        target=f"{zone.target_strikes_per_cm2:g}" if zone.target_strikes_per_cm2 else "",
        contact=contact_words(zone),
        doses=doses(zone, plan),
        is_dose_chosen=zone.passes_by is not PassesBy.PUBLISHED,
        ruler=drawn_ruler(_ruler(zone, device)),
        section=drawn_section(section_data(zone, facts, plan.case.setting.device)),
        why=why_depth(zone, device, reasons),
    )


def _dial(zone: ZonePlan, device: Device) -> tuple[str, ...]:
    if not zone.depth_mm.to_choose:
        return ()
    return tuple(f"{mm:g}" for mm in dial_mm(device, zone.depth_mm.limit))


def _others(zone: ZonePlan, plan: Plan) -> OtherZones | None:
    """What one press more may set: nobody has to choose the same depth zone by zone."""
    chosen = zone.depth_mm.chosen
    if chosen is None:
        return None
    keys = [
        other.zone.value
        for other in plan.zones
        if other.depth_mm.to_choose and chosen <= other.depth_mm.limit
    ]
    if not keys:
        return None
    return OtherZones(" ".join(keys), len(keys), f"{chosen:g}", wording.depth(chosen))


def held_zone(zone: Zone, plan: Plan, facts: Facts) -> HeldZone:
    """A zone that a finding holds back."""
    chosen = plan.case.set_mm(zone)
    told = [finding for finding in plan.findings if zone in finding.zones]
    name = zone_name(zone)
    return HeldZone(
        key=zone.value,
        name=f"{name[:1].upper()}{name[1:]}",
        findings=tuple(finding_lines(told, plan)),
        chosen="" if chosen is None else wording.depth(chosen),
        settings=tuple(f"{mm:g}" for mm in choosable_mm(zone, plan.case, facts)),
    )


def depth_stepper(zone: ZonePlan, device: Device) -> Stepper:
    """The dial of a zone: whole steps, never beyond its limit or the device's own range."""
    depth, step = zone.depth_mm, device.depth_step_mm or 0.0
    in_use = set_depth(depth, device)
    if in_use is None:
        first = f"{device.depth_min_mm if depth.to_choose else depth.low:g}"
        return Stepper(value=wording.depth(None), less="", more=first, stops="No depth is set yet.")
    less, more = round(in_use - step, 4), round(in_use + step, 4)
    is_least, is_most = less < device.depth_min_mm, more > depth.limit
    return Stepper(
        value=wording.depth(in_use),
        less="" if is_least else f"{less:g}",
        more="" if is_most else f"{more:g}",
        stops=_stops(zone, device, is_least=is_least, is_most=is_most),
    )


def passes_stepper(zone: ZonePlan, device: Device, facts: Facts) -> Stepper:
    """Whole passes from one up, as far as they would not be refused."""
    refusal = refusal_of(zone.passes + 1, zone.zone, device, facts)
    return Stepper(
        value=str(zone.passes),
        less=str(zone.passes - 1) if zone.passes > 1 else "",
        more="" if refusal else str(zone.passes + 1),
        stops=typeset(refusal) if refusal else "",
    )


def _stops(zone: ZonePlan, device: Device, *, is_least: bool, is_most: bool) -> str:
    limit = wording.depth(zone.depth_mm.limit)
    if is_most:
        return f"{limit} mm is the limit: {typeset(zone.limit_reason.text)}."
    if is_least:
        return f"{wording.depth(device.depth_min_mm)} mm is the least that this device can be set."
    return f"Limit {limit} mm: {typeset(zone.limit_reason.text)}."


def _concern(zone: ZonePlan, plan: Plan) -> str:
    words = [wording.concern(zone)]
    severities = [
        stated.severity
        for stated in plan.case.concerns
        if stated.concern == zone.concern and zone.zone in stated.zones
    ]
    if severities and severities[0] is not None:
        words.append(f"severity {severities[0]}")
    words += [f"also {also.replace('_', ' ')}" for also in zone.also]
    return f"{', '.join(words)} · {zone.area_cm2:g} cm²"


def _advice(zone: ZonePlan) -> str:
    depth = zone.depth_mm
    studied = f"Range {wording.depth_range(zone)} mm."
    if depth.recommended is None:
        return f"No depth is advised here. {studied}"
    return f"Advised {wording.depth(depth.recommended)} mm. {studied}"


def _ruler(zone: ZonePlan, device: Device) -> RulerData:
    depth = zone.depth_mm
    return RulerData(
        zone=zone.name,
        low_mm=depth.low,
        high_mm=depth.high,
        limit_mm=depth.limit,
        limit_label=zone.limit_reason.text,
        advised_mm=depth.recommended,
        set_mm=set_depth(depth, device),
        end_mm=device.depth_max_mm,
    )
