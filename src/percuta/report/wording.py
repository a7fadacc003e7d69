"""How a plan's values are worded for people: dates, spans, depths, levels."""

from collections.abc import Iterable, Iterator
from datetime import date

from percuta.facts.vocabulary import Level
from percuta.planning.absorption.curves import AbsorptionLane
from percuta.planning.dose.contact import Contact
from percuta.planning.judgement.findings import Finding, Verdict
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.plan.group_forecast import GroupForecast
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.planning.session.duration import Duration
from percuta.planning.session.series import Series, in_words

VERDICT_FOR_PROFESSIONAL = {
    Verdict.SUITABLE: "Suitable",
    Verdict.DEFER: "Not now: defer",
    Verdict.REFER: "Refer before needling",
    Verdict.UNSUITABLE: "Not suitable",
    Verdict.INCOMPLETE: "Incomplete: answers are missing",
}

VERDICT_FOR_PATIENT = {
    Verdict.SUITABLE: "Micro-needling can be planned for you.",
    Verdict.DEFER: "Micro-needling has to wait for now.",
    Verdict.REFER: "Somebody else should look first.",
    Verdict.UNSUITABLE: "Micro-needling is not right for you.",
    Verdict.INCOMPLETE: "We still need a few answers from you.",
}

LEVEL_WORD = {
    Level.STOP: "Stop",
    Level.REFER: "Refer",
    Level.DEFER: "Defer",
    Level.CAUTION: "Caution",
    Level.NOTE: "Note",
}


def day(value: date) -> str:
    """A date with its month in words, the same in every country."""
    return f"{value.day} {value.strftime('%b')} {value.year}"


def until(finding: Finding) -> str:
    """When a finding ends, in words; empty if it does not say."""
    if finding.until is None:
        return ""
    if finding.until.startswith("event:"):
        return f"until {finding.until.removeprefix('event:').replace('_', ' ')}"
    return f"until {day(date.fromisoformat(finding.until))}"


def depth(value: float | None) -> str:
    """A depth in mm with two decimals, or a dash."""
    return "-" if value is None else f"{value:.2f}"


def depth_range(plan: ZonePlan) -> str:
    """A zone's range, one number where both ends agree."""
    low, high = plan.depth_mm.low, plan.depth_mm.high
    return depth(high) if low == high else f"{depth(low)} to {depth(high)}"


def density(plan: ZonePlan) -> str:
    """Strikes per cm2, beside what was asked for."""
    strikes, target = f"{plan.strikes_per_cm2:.0f}", plan.target_strikes_per_cm2
    return strikes if target is None else f"{strikes}, asked {target:g}"


def contact(told: Contact) -> str:
    """Needle contact in each of its forms, beside what strikes meanwhile."""
    strikes = f"{told.strikes_per_second_low:.0f}"
    if told.strikes_per_second_high != told.strikes_per_second_low:
        strikes += f" to {told.strikes_per_second_high:.0f}"
    return (
        f"{told.minutes:.1f} min of needle contact, {told.seconds_per_cm2:.2f} s per cm2, "
        f"{strikes} strikes per second"
    )


def visit(duration: Duration) -> str:
    """How long published sessions or visits take, and what of this one is compared with them."""
    span = f"{duration.published_low_min:g} to {duration.published_high_min:g} min"
    if duration.visit_min is None:
        return f"numbing apart; published sessions take {span}"
    return f"{duration.visit_min:.0f} min with numbing; published visits take {span}"


def concern(plan: ZonePlan) -> str:
    """The concern of a zone with the kind of scar."""
    words = plan.concern.replace("_", " ")
    return f"{plan.kind} {words}" if plan.kind else words


def dates(plan: Plan) -> str:
    """Session dates in words; those after the plan's own end are marked."""
    days = plan.series.dates if plan.series else ()
    after = plan.dates_after_end
    marked = (f"{day(value)}{AFTER_END if value in after else ''}" for value in days)
    return ", ".join(marked)


AFTER_END = " (needs a new plan)"
"""The mark of a session after the end of the plan that names it."""


def apart(series: Series) -> str:
    """The time between sessions as somebody says it: every 4 weeks; a bound by itself as one."""
    weeks = series.interval_weeks
    if weeks is None:
        return ""
    if series.sessions is None:
        return f", at least {in_words(weeks)} apart"
    return ", every week" if weeks == 1 else f", every {in_words(weeks)}"


def blood_level(numbing: Numbing) -> str:
    """What the blood level stays below, beside early signs; always a bound, never a guess."""
    if numbing.first_signs_ug_per_ml is not None:
        return _both_limits(numbing)
    return (
        f"In 95 of 100 people the blood level stays below {numbing.plasma_ug_per_ml_upper:g} "
        f"ug/mL if all that is allowed is used ({numbing.plasma_grade_words}; a bound). "
        f"Early signs of poisoning from {numbing.toxic_ug_per_ml:g} ug/mL."
    )


def _both_limits(numbing: Numbing) -> str:
    first, toxic = numbing.first_signs_ug_per_ml, numbing.toxic_ug_per_ml
    signs = f"First signs of poisoning may begin from {first:g} ug/mL, toxic from {toxic:g}."
    limit, bound = numbing.plasma_limit_ug_per_ml, numbing.plasma_ug_per_ml_upper
    told = [signs]
    if limit is not None:
        told.insert(0, f"One person stays under {limit:g} ug/mL in 95 of 100 cases, of this alone.")
    if bound is not None:
        told.append(f"Outer bound with everything of the day: {bound:g} ug/mL.")
    return " ".join(told)


def measured(numbing: Numbing) -> str:
    """What was measured after the product, as printed; empty where nothing was."""
    told = "; ".join(one.text for one in numbing.measured)
    return f"Measured: {told}." if told else ""


def layer(numbing: Numbing) -> str:
    """How thick it lies and whether it is covered; empty where nobody told."""
    if numbing.layer_g_per_cm2 is None:
        return ""
    cover = {"yes": "under a cover", "no": "never covered"}.get(numbing.cover or "", "")
    return f"{numbing.layer_g_per_cm2:g} g per cm2, {cover}"


def limits_that_bit(numbing: Numbing) -> str:
    """Which limit set the skin of a visit and which the minutes; empty in older plans."""
    if not numbing.visits:
        return ""
    skin = numbing.why[0].text.rstrip(".")
    time = (numbing.time_limited_by or "").rstrip(".")
    return (
        f"At most {numbing.area_cm2_max:g} cm2 a visit: {skin}. Minutes: {time}. "
        f"{numbing.area_rule or ''}"
    ).strip()


def where(finding: Finding) -> str:
    """The zones of a finding in words; empty for the whole person."""
    return ", ".join(zone.replace("_", " ") for zone in finding.zones)


def group_forecast(forecast: GroupForecast) -> str:
    """What groups may have, how far that was tested and what it leaves out, in one line."""
    return f"{forecast.sentence} {forecast.grade.words.capitalize()}. {' '.join(forecast.unknowns)}"


def lanes(every: Iterable[AbsorptionLane]) -> Iterator[str]:
    """Each product with what of it goes in; zones of which the same is said stand together."""
    together: dict[tuple[str, str], list[str]] = {}
    for one in every:
        together.setdefault((one.name, lane(one)), []).extend(one.zones)
    for (name, text), zones in together.items():
        yield f"{name}, {', '.join(zone.replace('_', ' ') for zone in zones)}: {text}"


def lane(told: AbsorptionLane) -> str:
    """What of a product goes in, how that is known, and how many draws it rests on."""
    resting = f", {told.draws:,} draws" if told.draws else ""
    return f"{told.why.text} {told.grade_words.capitalize()}{resting}."
