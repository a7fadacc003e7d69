"""A plan as readable terminal text: colour on a screen, plain when piped."""

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from percuta.facts.vocabulary import Level
from percuta.planning.judgement.findings import Finding, Question, Reason
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.plan.comparison import Difference
from percuta.planning.plan.course import Course
from percuta.planning.plan.decided import Assessment
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.revalidation import Recheck
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.report import plain, wording
from percuta.report.figures.time_axis import spoken
from percuta.report.numbing_words import numbed_today
from percuta.report.same_density import same_density

_STYLE = {Level.STOP: "bold red", Level.REFER: "bold", Level.DEFER: "bold"}


def show_screening(console: Console, assessment: Assessment) -> None:
    """Print the verdict alone, with what it rests on."""
    console.print(Text(wording.VERDICT_FOR_PROFESSIONAL[assessment.verdict], style="bold"))
    show_findings(console, assessment.findings, assessment.questions)


def show_findings(
    console: Console, findings: tuple[Finding, ...], questions: tuple[Question, ...]
) -> None:
    """Findings, gravest first, and the questions still open."""
    for finding in findings:
        head = Text(f"{wording.LEVEL_WORD[finding.level]:<8}", style=_STYLE.get(finding.level, ""))
        head.append(f"{finding.rule}", style="dim")
        for part in (wording.where(finding), wording.until(finding)):
            if part:
                head.append(f"  {part}")
        console.print(head)
        _indented(console, finding.reason)
        if finding.sources:
            _indented(console, f"[{', '.join(finding.sources)}]", style="dim")
    if questions:
        _heading(console, "Still to ask")
        for question in questions:
            console.print(Text(f"  {question.question}  ({question.rule})"))


def show_plan(console: Console, plan: Plan) -> None:
    """The whole plan."""
    style = "bold red" if plan.verdict == "unsuitable" else "bold"
    console.print(Text(wording.VERDICT_FOR_PROFESSIONAL[plan.verdict], style=style))
    if plan.earliest_date is not None:
        console.print(Text(f"Screen again from {wording.day(plan.earliest_date)}."))
    _heading(console, "Findings")
    show_findings(console, plan.findings, plan.questions)
    if plan.is_made:
        _show_zones(console, plan)
        _show_session(console, plan)
        _show_after(console, plan)
        if plan.course is not None:
            _show_course(console, plan.course)
        _show_trials(console, plan)
    if plan.alternatives:
        _heading(console, "What else there is")
        for other in plan.alternatives:
            note = f" ({other.note})" if other.note else ""
            text = f"{other.concern.replace('_', ' ')}: {other.alternative}{note}"
            _indented(console, plain.sentence(text))
    _show_provenance(console, plan)


def show_recheck(console: Console, answer: Recheck) -> None:
    """Whether a stored plan may still be used, and why not."""
    head = "May be used" if answer.may_be_used else "Must not be used as it is"
    console.print(Text(f"{head} on {wording.day(answer.on)}", style="bold"))
    editions = f"Made under facts {answer.plan_edition}; today's are {answer.today_edition}."
    console.print(Text(editions))
    for refusal in answer.refusals:
        _indented(console, refusal)
    if answer.recomputed:
        head = f"What Percuta {answer.percuta} decides otherwise from the same case and facts"
        _heading(console, f"{head} (made by {answer.plan_percuta}); this alone blocks nothing")
        show_differences(console, answer.recomputed)
    if answer.changes:
        _heading(console, "What differs under today's facts")
        show_differences(console, answer.changes)


def show_comparison(
    console: Console, told: tuple[str, ...], differences: tuple[Difference, ...]
) -> None:
    """Two plans: what differs in sentences, then field by field."""
    for line in told:
        console.print(Text(line))
    if differences:
        console.print()
    show_differences(console, differences)


def show_differences(console: Console, differences: tuple[Difference, ...]) -> None:
    """Fields of two plans that differ."""
    for difference in differences:
        _indented(console, f"{difference.field}: {difference.before} -> {difference.after}")


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, style="bold underline"))


def _indented(console: Console, text: str, *, style: str = "") -> None:
    console.print(Padding(Text(text, style=style), (0, 0, 0, 8), expand=False))


def _show_zones(console: Console, plan: Plan) -> None:
    _heading(console, "Zones, in order of work")
    table = Table(box=None, pad_edge=False, header_style="dim")
    names = [
        "Zone",
        "Concern",
        "Range mm",
        "Advice mm",
        "Limit mm",
        "Passes",
        "Per cm2",
        "cm2",
        "min",
    ]
    if any(zone.depth_mm.chosen is not None for zone in plan.zones):
        names.insert(4, "Chosen mm")
    for name in names:
        is_text = name in {"Zone", "Concern"}
        table.add_column(name, justify="left" if is_text else "right", no_wrap=not is_text)
    for zone in plan.zones:
        cells = {
            "Zone": zone.name,
            "Concern": wording.concern(zone),
            "Range mm": wording.depth_range(zone),
            "Advice mm": wording.depth(zone.depth_mm.recommended),
            "Chosen mm": wording.depth(zone.depth_mm.chosen),
            "Limit mm": wording.depth(zone.depth_mm.limit),
            "Passes": str(zone.passes),
            "Per cm2": wording.density(zone),
            "cm2": f"{zone.area_cm2:g}",
            "min": f"{zone.minutes:g}",
        }
        table.add_row(*(cells[name] for name in names))
    console.print(table)
    for zone in plan.zones:
        if zone.contact is not None:
            _indented(console, f"{zone.name}: {wording.contact(zone.contact)}")
    console.print()
    console.print(Text("The same density on other devices", style="bold"))
    for where, text in same_density(plan):
        _indented(console, f"{where}: {text}")
    for told, names in _told_together(plan.zones).items():
        console.print()
        console.print(Text("; ".join(names), style="bold"))
        for line in told:
            _indented(console, line)


def _told_together(zones: tuple[ZonePlan, ...]) -> dict[tuple[str, ...], list[str]]:
    """What is to be said of each zone; zones of which the same is said stand together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for zone in zones:
        together.setdefault(tuple(_zone_lines(zone)), []).append(zone.name)
    return together


def _zone_lines(zone: ZonePlan) -> Iterator[str]:
    limit, *others = zone.why
    yield _cited(limit)
    if zone.runner_up:
        yield f"Next limit: {zone.runner_up.depth_mm:g} mm, {zone.runner_up.text}."
    if zone.endpoint:
        yield f"Stop at: {zone.endpoint}."
    if zone.avoid:
        yield f"Avoid: {zone.avoid}."
    yield from map(_cited, others)


def _cited(reason: Reason) -> str:
    sources = f" [{', '.join(reason.sources)}]" if reason.sources else ""
    return f"{reason.text}{sources}"


def _show_session(console: Console, plan: Plan) -> None:
    _heading(console, "Session")
    if plan.numbing is not None:
        _show_numbing(console, plan, plan.numbing)
    _indented(console, plan.never, style="bold")
    for name, product in (("Glide", plan.glide), ("Soothe", plan.soothing)):
        text = f"{product.name} ({product.on_needled_skin})" if product else "no suitable product"
        _indented(console, f"{name}: {text}")
    for topical in plan.topicals:
        told = f"{topical.name} ({topical.on_needled_skin}). {topical.warning}"
        _indented(console, f"On open holes: {told}")
    duration = plan.duration
    if duration is not None:
        _indented(
            console,
            f"{plan.duration_min:g} min in the chair ({duration.low_min:g} to "
            f"{duration.high_min:g}), {wording.visit(duration)}.",
        )
    series = plan.series
    if series is not None:
        count = series.sessions if series.sessions is not None else "number of sessions not known"
        apart = wording.apart(series)
        _indented(console, f"Sessions: {count}{apart}: {wording.dates(plan)}.")
        for later in series.later_zones:
            joins = f"joins on {wording.day(later.joins)}" if later.joins else "joins later"
            _indented(console, f"{later.zone.replace('_', ' ')} waits {later.until}, {joins}.")


def _show_numbing(console: Console, plan: Plan, numbing: Numbing) -> None:
    if numbing.grams_max is None:
        _indented(console, f"Numbing: {numbing.name}: no amount can be given.")
    else:
        _indented(
            console,
            f"Numbing: {numbing.name}: at most {numbing.grams_max:g} g on "
            f"{numbing.area_cm2:g} cm2, {numbing.dwell_min:g} min "
            f"(never over {numbing.dwell_max_min:g} min; {_set_by(numbing)}).",
        )
        _indented(console, f"Numb on: {numbed_today(plan, numbing)}")
        for text in (wording.measured(numbing), wording.limits_that_bit(numbing)):
            if text:
                _indented(console, text)
        _indented(console, wording.blood_level(numbing))
    _indented(console, numbing.warning)


def _set_by(numbing: Numbing) -> str:
    if numbing.prescribed_by is not None:
        return f"as {numbing.prescribed_by} wrote"
    return "; ".join(part for part in (wording.layer(numbing), numbing.limited_by) if part)


def _show_after(console: Console, plan: Plan) -> None:
    if plan.downtime_days is not None:
        _heading(console, "Afterwards")
        days = plan.downtime_days
        _indented(console, f"Visible signs: typically {days.typical} days, up to {days.upper}.")
    for sign in plan.recovery:
        if sign.kind == "red_flag":
            _indented(console, f"Red flag: {sign.sign}: {sign.action}")
    for event in plan.seen_events:
        _indented(console, f"Seen in a study: {event.sentence} [{', '.join(event.sources)}]")
    for instruction in plan.aftercare:
        hours = f" for {instruction.until_h:g} h" if instruction.until_h is not None else ""
        _indented(console, f"{instruction.instruction}{hours}")


def _show_course(console: Console, course: Course) -> None:
    """Times with their bands and grades, what must wait for them, what is not known."""
    _heading(console, "What happens over time")
    for time in (course.redness, *course.closing):
        by = time.hours
        _indented(
            console,
            f"{time.name}: over by {spoken(by.half)} in half of people, {spoken(by.four_in_five)} "
            f"in four in five, {spoken(by.nineteen_in_twenty)} in 19 in 20 ({time.grade_words}).",
        )
    pulse = course.new_collagen
    _indented(
        console,
        f"New collagen: when, not how much: mostly within {pulse.pulse_days:.0f} days of a session "
        f"({pulse.pulse_days_low:.0f} to {pulse.pulse_days_high:.0f}), then maturing for months "
        f"({pulse.grade_words}).",
    )
    _show_absorption(console, course)
    for note in course.notes:
        _indented(console, note)
    for wait in course.waiting:
        floor = f"; leaflet: {wait.floor_h:g} h" if wait.floor_h is not None else ""
        _indented(console, f"{wait.instruction}: until {spoken(wait.advised_h)}{floor}.")
    for unknown in course.unknowns:
        _indented(console, f"Not known: {unknown.text}")


def _show_absorption(console: Console, course: Course) -> None:
    """What of each product goes in, and why nothing is said of another."""
    for told in wording.lanes(course.absorption):
        _indented(console, told)
    for none in course.no_lane:
        _indented(console, f"{none.name}: {none.why.text}")


def _show_trials(console: Console, plan: Plan) -> None:
    _heading(console, "What groups in studies had (not a forecast for this person)")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("n", "Device", "mm", "Sessions", "Control", "Scale", "Change", "Source"):
        table.add_column(name, overflow="fold")
    for line in plan.expectation:
        table.add_row(
            "-" if line.n is None else str(line.n),
            line.device.replace("_", " "),
            _millimetres(line.depth_mm_low, line.depth_mm_high),
            line.sessions,
            line.control,
            line.scale,
            line.change,
            ", ".join(line.sources),
        )
    console.print(table if plan.expectation else Text("  None was found for this concern."))
    for forecast in plan.group_forecast:
        _indented(console, wording.group_forecast(forecast))


def _millimetres(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "-"
    return f"{high:g}" if low == high else f"{'?' if low is None else low}-{high}"


def _show_provenance(console: Console, plan: Plan) -> None:
    made = plan.provenance
    _heading(console, "Made from")
    _indented(
        console, f"Percuta {made.percuta}, facts {made.facts_edition} ({made.facts_sha256[:12]})"
    )
    if plan.valid_until is not None:
        _indented(console, f"Valid until {wording.day(plan.valid_until)}.")
    if made.assumptions:
        _indented(console, f"Assumed, not published: {', '.join(made.assumptions)}")
    for line in made.bibliography:
        _indented(console, line, style="dim")
