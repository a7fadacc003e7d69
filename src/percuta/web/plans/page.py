"""The plan page as data: everything worded and drawn, so that the template only sets it."""

from collections.abc import Iterator
from dataclasses import dataclass

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.absorption.curves import QUICK
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.plan.plan import Plan
from percuta.report import plain, wording
from percuta.report.figures.body_map import MapZone
from percuta.report.figures.course import course_table
from percuta.report.figures.course_of_plan import course_data
from percuta.report.figures.drawing import View
from percuta.report.figures.of_plan import map_zones
from percuta.report.figures.table import DataTable
from percuta.report.professional import Entry, FindingLine, TrialRow, ZoneLine, professional_page
from percuta.report.typesetting import typeset
from percuta.web.plans.figures import drawn_course
from percuta.web.plans.groups import GroupFigure, group_figures
from percuta.web.plans.maps import Maps, maps
from percuta.web.plans.prescription import Prescription, prescription
from percuta.web.plans.seen import Seen, seen
from percuta.web.plans.why import Reasons, Why, why_session
from percuta.web.plans.zone_panel import HeldZone, ZonePanel, held_zone, zone_panel

_MOST_OPEN = 2
"""Findings that stand open where some are only cautions: the rest is one press away."""


@dataclass(frozen=True)
class TimeLine:
    """What happens over time, drawn for a wide and for a narrow screen, and as a table.

    ``is_quick`` while its curves rest on the few draws of a what-if. ``followed`` says what a curve
    of a product takes for granted, ``without`` why another has none.
    """

    wide: str
    narrow: str
    table: DataTable
    is_quick: bool
    followed: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class ZoneLink:
    """A zone to open, by key and name."""

    key: str
    name: str


@dataclass(frozen=True)
class AnswerPage:
    """What a case was answered with, the plan itself included where one was made.

    ``zone`` and ``held`` are the zone in hand, planned or held back; ``to_choose`` the zones whose
    depth somebody has to choose before anybody can sign.
    ``grave`` findings stand open; ``more`` cautions and ``notes`` can be opened.
    """

    verdict: str
    is_made: bool
    person: str
    setting: str
    to_choose: tuple[ZoneLink, ...]
    grave: tuple[FindingLine, ...]
    more: tuple[FindingLine, ...]
    notes: tuple[FindingLine, ...]
    questions: tuple[str, ...]
    again_from: str
    maps: Maps | None
    zone: ZonePanel | None
    held: HeldZone | None
    time_line: TimeLine | None
    whole: tuple[Entry, ...]
    prescription: Prescription | None
    whys: tuple[Why, ...]
    zones: tuple[ZoneLine, ...]
    session: tuple[Entry, ...]
    course: tuple[Entry, ...]
    aftercare: tuple[str, ...]
    signs: tuple[str, ...]
    red_flags: tuple[Entry, ...]
    trials: tuple[TrialRow, ...]
    trials_in_all: int
    groups: tuple[GroupFigure, ...]
    seen: Seen | None
    alternatives: tuple[str, ...]
    alternatives_by: tuple[str, ...]
    provenance: tuple[str, ...]
    assumptions: tuple[str, ...]
    decision: str


def answer_page(
    plan: Plan, facts: Facts, *, zone: Zone | None = None, view: View | None = None
) -> AnswerPage:
    """The page of a plan, with one zone in hand: the one asked for, else the deepest."""
    told = professional_page(plan)
    reasons = Reasons(plan, facts)
    shown = map_zones(plan, facts)
    planned = {found.zone: found for found in plan.zones}
    in_hand = zone if zone in {found.zone for found in shown} else _first(shown)
    of_zone = planned.get(in_hand) if in_hand is not None else None
    grave, more, notes = _ranked(told.findings)
    return AnswerPage(
        verdict=told.verdict,
        is_made=plan.is_made,
        person=told.person,
        setting=told.setting,
        to_choose=tuple(_to_choose(plan)),
        grave=grave,
        more=more,
        notes=notes,
        questions=told.questions,
        again_from=wording.day(plan.earliest_date) if plan.earliest_date else "",
        maps=maps(shown, in_hand, view) if shown else None,
        zone=zone_panel(of_zone, plan, facts, reasons) if of_zone else None,
        held=held_zone(in_hand, plan, facts) if in_hand and not of_zone else None,
        time_line=time_line(plan),
        whole=_whole(plan),
        prescription=prescription(plan, facts),
        whys=why_session(plan, reasons),
        zones=told.zones,
        session=told.session,
        course=tuple(entry for entry in told.course if entry.label not in {"", "Instead"}),
        aftercare=tuple(plain.sentence(step.plain) for step in plan.aftercare),
        signs=tuple(_signs(plan)),
        red_flags=told.red_flags,
        trials=told.trials,
        trials_in_all=told.trials_in_all,
        groups=group_figures(plan, reasons),
        seen=seen(plan, reasons),
        alternatives=tuple(_alternatives(plan)),
        alternatives_by=reasons.citations(
            source for other in plan.alternatives for source in other.sources
        ),
        provenance=told.provenance,
        assumptions=told.assumptions,
        decision=told.decision,
    )


def _to_choose(plan: Plan) -> Iterator[ZoneLink]:
    for zone in plan.zones:
        if zone.depth_mm.to_choose:
            yield ZoneLink(zone.zone.value, zone.name)


def time_line(plan: Plan) -> TimeLine | None:
    """The time line of a plan; nothing where none was made."""
    data = course_data(plan)
    if data is None:
        return None
    wide, narrow = drawn_course(data)
    lanes = plan.course.absorption if plan.course is not None else ()
    without = plan.course.no_lane if plan.course is not None else ()
    return TimeLine(
        wide=wide,
        narrow=narrow,
        table=course_table(data),
        is_quick=any(lane.draws == QUICK for lane in lanes),
        followed=tuple(wording.lanes(lanes)),
        without=tuple(f"{none.name}: {none.why.text}" for none in without),
    )


def _ranked(
    lines: tuple[FindingLine, ...],
) -> tuple[tuple[FindingLine, ...], tuple[FindingLine, ...], tuple[FindingLine, ...]]:
    """What stands open, the cautions beyond the first, and the notes."""
    caution, note = wording.LEVEL_WORD[Level.CAUTION], wording.LEVEL_WORD[Level.NOTE]
    cautions = tuple(line for line in lines if line.level == caution)
    notes = tuple(line for line in lines if line.level == note)
    graver = tuple(line for line in lines if line.level not in {caution, note})
    room = max(_MOST_OPEN - len(graver), 1)
    return (*graver, *cautions[:room]), cautions[room:], notes


def _first(shown: tuple[MapZone, ...]) -> Zone | None:
    """The zone that is looked at first: the deepest, else the first that is held back."""
    depths = {zone.zone: zone.depth_mm or 0.0 for zone in shown if zone.held is None}
    deepest = max(depths, key=lambda zone: depths[zone], default=None)
    return deepest or next((zone.zone for zone in shown), None)


def _whole(plan: Plan) -> tuple[Entry, ...]:
    if not plan.is_made:
        return ()
    return (*_device(plan), *_numbing(plan), *_time(plan), *_products(plan))


def _device(plan: Plan) -> Iterator[Entry]:
    """Its clearance, and whose label limits it: its name stands in the head already."""
    if plan.device is not None:
        yield Entry(label="Clearance", text=plan.device.clearance)
        if plan.device.labels:
            yield Entry(label="Label", text=f"{plain.listed(plan.device.labels)} limits it")


def _numbing(plan: Plan) -> Iterator[Entry]:
    numbing = plan.numbing
    if numbing is None:
        yield Entry(label="Numbing", text="none")
        return
    dwell = f", {numbing.dwell_min:g} min" if numbing.dwell_min else ""
    yield Entry(label="Numbing", text=f"{numbing.name}{dwell}")
    if numbing.grams_max is None:
        yield Entry(label="At most", text="no amount can be given", is_strong=True)
    else:
        text = f"{numbing.grams_max:g} g on {numbing.area_cm2:g} cm²"
        yield Entry(label="At most", text=text)
    if numbing.first_signs_ug_per_ml is not None:
        yield from _levels(numbing)
    elif numbing.plasma_ug_per_ml_upper is not None:
        text = f"under {numbing.plasma_ug_per_ml_upper:g} µg/mL in 95 of 100"
        yield Entry(label="Blood level", text=text)
        yield Entry(
            label="Early signs of poisoning", text=f"from {numbing.toxic_ug_per_ml:g} µg/mL"
        )


def _levels(numbing: Numbing) -> Iterator[Entry]:
    """What was measured first, then both limits beside both thresholds."""
    layer = wording.layer(numbing)
    if layer:
        yield Entry(label="Layer", text=typeset(layer))
    if numbing.prescribed_by is not None:
        yield Entry(label="Prescribed", text=f"by {numbing.prescribed_by}", is_strong=True)
    for level in numbing.measured[:2]:
        yield Entry(label="Measured", text=typeset(level.text))
    if numbing.plasma_limit_ug_per_ml is not None:
        text = f"under {numbing.plasma_limit_ug_per_ml:g} µg/mL in 95 of 100, of this alone"
        yield Entry(label="One person", text=text)
    if numbing.plasma_ug_per_ml_upper is not None:
        text = f"{numbing.plasma_ug_per_ml_upper:g} µg/mL with everything of the day"
        yield Entry(label="Outer bound", text=text)
    text = f"may begin from {numbing.first_signs_ug_per_ml:g} µg/mL; toxic from "
    yield Entry(label="First signs", text=f"{text}{numbing.toxic_ug_per_ml:g}")
    told = wording.limits_that_bit(numbing)
    if told:
        yield Entry(label="Limited by", text=typeset(told))


def _time(plan: Plan) -> Iterator[Entry]:
    series, duration = plan.series, plan.duration
    if series is not None:
        apart = wording.apart(series)
        sessions = f"{series.sessions} sessions" if series.sessions else "no published number"
        yield Entry(label="Series", text=f"{sessions}{apart}")
    if duration is not None:
        span = f"{duration.low_min:.0f} to {duration.high_min:.0f}"
        yield Entry(label="In the chair", text=f"about {plan.duration_min:g} min ({span})")


def _products(plan: Plan) -> Iterator[Entry]:
    glide, soothing = plan.glide, plan.soothing
    products = (glide, soothing, *plan.topicals)
    names = dict.fromkeys(product.name for product in products if product is not None)
    yield Entry(label="Products", text=", ".join(names) or "none known to suit")
    if plan.valid_until is not None:
        yield Entry(label="Valid until", text=wording.day(plan.valid_until))


def _signs(plan: Plan) -> Iterator[str]:
    for sign in plan.recovery:
        if sign.kind != "red_flag":
            yield plain.sentence(f"{sign.sign}: {sign.resolution}")


def _alternatives(plan: Plan) -> Iterator[str]:
    for other in plan.alternatives:
        note = f" ({other.note})" if other.note else ""
        yield plain.sentence(f"{other.concern.replace('_', ' ')}: {other.alternative}{note}")
