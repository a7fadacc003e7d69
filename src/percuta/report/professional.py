"""The professional's page as data: worded, ordered and shortened, ready to be set.

Long texts come twice, in full and short; the page takes the longest that fits.
"""

from collections.abc import Iterable, Iterator

from percuta.facts.vocabulary import NUMBING_NONE, Level, Zone
from percuta.planning.case.case import Case, Frozen
from percuta.planning.depth.ceilings import Bound
from percuta.planning.judgement.findings import Finding, Verdict
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.plan.depth_findings import RULE_NO_PUBLISHED_DEPTH, RULE_OFF_LABEL
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.planning.recovery.aftercare import TrialLine
from percuta.planning.recovery.redness_duration import adjusted
from percuta.planning.session.duration import Duration
from percuta.planning.session.products import Product
from percuta.planning.session.series import Series
from percuta.report import plain, wording
from percuta.report.in_short import duties_of, in_short, sentences_of
from percuta.report.numbing_words import by_visit, numbed_today
from percuta.report.same_density import same_density
from percuta.report.seen_counts import seen_counts
from percuta.report.typesetting import device, places, typeset

_MOST_TRIALS = 12
_MOST_DENSITIES = 3
_DECISION = (
    "A qualified professional decides whether this is right for this person, and answers for it."
)


class FindingLine(Frozen):
    """One finding, its reason in full, short, and as only what somebody must do or accept."""

    level: str
    is_stop: bool
    where: str
    until: str
    reason: str
    short: str
    duties: str
    sources: tuple[str, ...]


class ZoneLine(Frozen):
    """One zone as the table prints it."""

    name: str
    concern: str
    marks: tuple[str, ...]
    depth_range: str
    advice: str
    chosen: str
    limit: str
    limited_by: str
    passes: str
    stop_at: str
    stop_at_short: str
    avoid: str
    area: str
    minutes: str


class Entry(Frozen):
    """A label with what is to be said under it."""

    label: str
    text: str
    is_strong: bool = False
    is_alarm: bool = False


class TrialRow(Frozen):
    """What one group in one study had."""

    concern: str
    n: str
    device: str
    depth: str
    sessions: str
    control: str
    scale: str
    change: str
    source: str


class ProfessionalPage(Frozen):
    """Everything on the professional's page, in reading order."""

    verdict: str
    person: str
    setting: str
    findings: tuple[FindingLine, ...]
    questions: tuple[str, ...]
    zones: tuple[ZoneLine, ...]
    session: tuple[Entry, ...]
    course: tuple[Entry, ...]
    trials: tuple[TrialRow, ...]
    trials_in_all: int
    forecasts: tuple[str, ...]
    seen: tuple[str, ...]
    red_flags: tuple[Entry, ...]
    provenance: tuple[str, ...]
    assumptions: tuple[str, ...]
    decision: str = _DECISION


def professional_page(plan: Plan) -> ProfessionalPage:
    """The page for the professional who decides and signs."""
    return ProfessionalPage(
        verdict=wording.VERDICT_FOR_PROFESSIONAL[plan.verdict],
        person=_person(plan.case),
        setting=_setting(plan),
        findings=tuple(finding_lines(plan.findings, plan)),
        questions=tuple(question.question for question in plan.questions),
        zones=tuple(_zone(zone, plan) for zone in plan.zones),
        session=tuple(_session(plan)) if plan.is_made else (),
        course=tuple(_course(plan)),
        trials=_telling(plan),
        trials_in_all=len({line.fact for line in plan.expectation}),
        forecasts=tuple(map(wording.group_forecast, plan.group_forecast)),
        seen=seen_counts(plan.seen_events),
        red_flags=tuple(_red_flags(plan)),
        provenance=tuple(_provenance(plan)),
        assumptions=plan.provenance.assumptions,
    )


def _person(case: Case) -> str:
    person = case.person
    told = (
        {"female": "Woman", "male": "Man"}[person.sex] if person.sex else "Sex not told",
        f"{person.age} years" if person.age is not None else "age not told",
        f"skin type {person.phototype}" if person.phototype else "skin type not told",
        f"{person.weight_kg:g} kg" if person.weight_kg is not None else "weight not told",
    )
    return ", ".join(told)


def _setting(plan: Plan) -> str:
    setting = plan.case.setting
    concerns = dict.fromkeys(_words(stated.concern) for stated in plan.case.concerns)
    told = [", ".join(concerns), _device(plan), f"by {_article(setting.operator)}"]
    told.append(f"session on {wording.day(setting.date)}")
    if plan.earliest_date is not None:
        told.append(f"screen again from {wording.day(plan.earliest_date)}")
    line = "; ".join(told)
    return f"{line[:1].upper()}{line[1:]}"


def _device(plan: Plan) -> str:
    """By its own name, with its clearance and whose label limits it, if the plan tells it."""
    if plan.device is not None:
        return plan.device.in_words
    return device(plan.case.setting.device)


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _words(key: str) -> str:
    return key.replace("_", " ")


def finding_lines(findings: Iterable[Finding], plan: Plan) -> Iterator[FindingLine]:
    """Findings of a plan, worded; those that say the same of several zones are told once."""
    together: dict[tuple[Level, str, str], list[Finding]] = {}
    for finding in findings:
        reason = typeset(finding.reason)
        key = (finding.level, wording.until(finding), reason)
        together.setdefault(key, []).append(finding)
    for (level, until, reason), told in together.items():
        sentences = tuple(plain.sentence(part) for part in sentences_of(reason))
        zones = dict.fromkeys(zone for finding in told for zone in finding.zones)
        yield FindingLine(
            level=wording.LEVEL_WORD[level],
            is_stop=level is Level.STOP,
            where=places(zones, plan),
            until=until,
            reason=" ".join(sentences),
            short=in_short(sentences),
            duties=duties_of(sentences),
            sources=tuple(dict.fromkeys(key for finding in told for key in finding.sources)),
        )


def _zone(zone: ZonePlan, plan: Plan) -> ZoneLine:
    depth = zone.depth_mm
    marked = {finding.rule for finding in plan.findings if zone.zone in finding.zones}
    words = {RULE_OFF_LABEL: "off-label", RULE_NO_PUBLISHED_DEPTH: "no published depth"}
    endpoint = zone.endpoint or "not published"
    also = f", also {plain.listed(tuple(map(_words, zone.also)))}" if zone.also else ""
    return ZoneLine(
        name=zone.name,
        concern=f"{wording.concern(zone)}{also}",
        marks=tuple(word for rule, word in words.items() if rule in marked),
        depth_range=wording.depth_range(zone),
        advice="none" if depth.recommended is None else wording.depth(depth.recommended),
        chosen="" if depth.chosen is None else wording.depth(depth.chosen),
        limit=wording.depth(depth.limit),
        limited_by=_limits(zone.limit_reason, zone.runner_up),
        passes=f"{zone.passes} ({wording.density(zone)} per cm²)",
        stop_at=endpoint,
        stop_at_short=endpoint.partition(":")[0],
        avoid=zone.avoid or "nothing named",
        area=f"{zone.area_cm2:g}",
        minutes=f"{zone.minutes:g}",
    )


def _limits(bound: Bound, runner_up: Bound | None) -> str:
    first = bound.text.rstrip(".")
    if runner_up is None:
        return f"{first}; no other limit"
    return f"{first}; next {wording.depth(runner_up.depth_mm)}, {runner_up.text.rstrip('.')}"


def _session(plan: Plan) -> Iterator[Entry]:
    yield from _numbing(plan)
    yield Entry(label="Never", text=plan.never, is_strong=True)
    glide, soothing = _product(plan.glide), _product(plan.soothing)
    if glide == soothing:
        yield Entry(label="Glide, soothe", text=glide)
    else:
        yield Entry(label="Glide", text=glide)
        yield Entry(label="Soothe", text=soothing)
    for topical in plan.topicals:
        yield Entry(label="On open holes", text=_product(topical))


def _density(plan: Plan) -> Iterator[Entry]:
    told = same_density(plan)
    for zones, text in told[:_MOST_DENSITIES]:
        where = "" if len(told) == 1 else f"{plain.sentence(zones)} "
        yield Entry(label="Density", text=f"{where}{text}")
    if len(told) > _MOST_DENSITIES:
        text = f"{len(told) - _MOST_DENSITIES} more densities stand in the plan on file."
        yield Entry(label="", text=text)


def _numbing(plan: Plan) -> Iterator[Entry]:
    numbing = plan.numbing
    if numbing is None:
        is_wished = plan.case.setting.numbing != NUMBING_NONE
        text = "What was asked for is left out: see the findings." if is_wished else "None planned."
        yield Entry(label="Numbing", text=text)
        return
    if numbing.grams_max is None:
        text = f"{numbing.name}: no amount can be given, a prescriber decides."
        yield Entry(label="Numbing", text=f"{text} {numbing.warning}")
        return
    yield Entry(label="Numbing", text=f"{_amount(numbing)} {numbing.warning}")
    yield Entry(label="Numb on", text=numbed_today(plan, numbing))
    if visits := by_visit(plan, numbing):
        yield Entry(label="By visit", text=visits)
    if numbing.prescribed_by is not None:
        text = f"Amounts as {numbing.prescribed_by} wrote them; no label gives any."
        yield Entry(label="Prescribed", text=text)
        return
    if numbing.measured:
        yield Entry(label="Measured", text=typeset(wording.measured(numbing)))
    told = wording.limits_that_bit(numbing)
    yield Entry(label="Limited by", text=typeset(told) if told else _limited_by(numbing))
    yield Entry(label="Blood level", text=wording.blood_level(numbing))


def _amount(numbing: Numbing) -> str:
    return (
        f"{numbing.name}: at most {numbing.grams_max:g} g on {numbing.area_cm2:g} cm² "
        f"(never over {numbing.area_cm2_max:g} cm²), for {numbing.dwell_min:g} min "
        f"(never over {numbing.dwell_max_min:g} min)."
        f"{_layer(numbing)}"
    )


def _layer(numbing: Numbing) -> str:
    told = wording.layer(numbing)
    return f" Layer: {typeset(told)}." if told else ""


def _limited_by(numbing: Numbing) -> str:
    """What set the ceiling in grams, and what would have set it next."""
    told = []
    for word, fact in (("", numbing.limited_by), ("Next: ", numbing.runner_up)):
        for reason in numbing.why:
            if fact is not None and reason.facts[:1] == (fact,):
                sources = ", ".join(reason.sources)
                told.append(f"{word}{typeset(plain.sentence(reason.text))} [{sources}]")
                break
    return " ".join(told)


def _product(product: Product | None) -> str:
    if product is None:
        return "No product known to suit this person."
    return f"{product.name} ({product.on_needled_skin} for needled skin). {product.warning}"


def _course(plan: Plan) -> Iterator[Entry]:
    duration, series, days = plan.duration, plan.series, plan.downtime_days
    if duration is not None:
        yield Entry(label="Time", text=_time(duration))
    yield from _density(plan)
    if series is not None:
        yield Entry(label="Sessions", text=_sessions(plan))
        yield from _later(series, plan)
    if days is not None:
        text = f"Visible signs {days.typical} days as a rule, up to {days.upper}."
        yield Entry(label="Downtime", text=text)
    for text in adjusted(plan.clinic_redness):
        yield Entry(label="Redness", text=text)
    for number, other in enumerate(plan.alternatives):
        note = f" ({other.note})" if other.note else ""
        text = f"{_words(other.concern)}: {other.alternative}{note}"
        cited = ", ".join(other.sources)
        yield Entry(label="" if number else "Instead", text=f"{plain.sentence(text)} [{cited}]")


def _time(duration: Duration) -> str:
    """Minutes beside what is published; where a visit is compared, the whole of it is told."""
    waiting = f", after {duration.numbing_min:g} min of numbing" if duration.numbing_min else ""
    whole = f": {duration.visit_min:.0f} min with numbing" if waiting and duration.visit_min else ""
    what = "sessions" if duration.visit_min is None else "visits, numbing included,"
    text = (
        f"{duration.in_the_chair_min:.0f} min ({duration.low_min:.0f} to {duration.high_min:.0f})"
        f"{waiting}{whole}; published {what} take {duration.published_low_min:g} to "
        f"{duration.published_high_min:g} min."
    )
    if not duration.is_longer_than_published:
        return text
    several = ": consider several days" if duration.is_long_without_numbing else ""
    return f"{text} Longer than those{several}."


def _later(series: Series, plan: Plan) -> Iterator[Entry]:
    """Zones that wait, those that wait for the same told together."""
    waiting: dict[tuple[str, str], list[Zone]] = {}
    for later in series.later_zones:
        ends = typeset(_words(later.until.removeprefix("event:")))
        joins = f"joins on {wording.day(later.joins)}" if later.joins else "joins after that"
        waiting.setdefault((ends, joins), []).append(later.zone)
    for (ends, joins), zones in waiting.items():
        text = f"{places(zones, plan)}: waits until {ends}, {joins}"
        yield Entry(label="Later", text=plain.sentence(text))


def _sessions(plan: Plan) -> str:
    series = plan.series
    if series is None or series.sessions is None:
        least = wording.apart(series) if series else ""
        return (
            f"No published series: the professional decides{least}. First: {wording.dates(plan)}."
        )
    low, high = series.sessions_low or "?", series.sessions_high or "?"
    span = f"{low}" if low == high else f"{low} to {high}"
    apart = wording.apart(series)
    return f"{series.sessions} (published: {span}){apart}: {wording.dates(plan)}."


def _telling(plan: Plan) -> tuple[TrialRow, ...]:
    """One line a study, the best controlled and this kind of device first, concerns by turns.

    A line that speaks for several concerns is told once, with all of them.
    """
    is_roller = plan.case.setting.device.startswith("roller")

    def rank(line: TrialLine) -> tuple[int, bool, int]:
        is_other = ("roller" in line.device) is not is_roller
        return _weakness(line.control), is_other, -(line.n or 0)

    studies: dict[tuple[str, tuple[str, ...]], TrialLine] = {}
    for line in sorted(plan.expectation, key=rank):
        if line.change not in {"none", "unknown"}:
            studies.setdefault((line.concern, line.sources), line)
    concerns: dict[str, dict[str, None]] = {}
    for line in _by_turns(studies.values()):
        concerns.setdefault(line.fact, {})[line.concern] = None
    lines = {line.fact: line for line in studies.values()}
    rows = [_trial(lines[fact], tuple(told)) for fact, told in concerns.items()]
    return tuple(rows)[:_MOST_TRIALS]


def _by_turns(lines: Iterable[TrialLine]) -> list[TrialLine]:
    """The first line of each concern, then the second of each, and so on."""
    turns: dict[str, int] = {}
    ordered: list[tuple[int, TrialLine]] = []
    for line in lines:
        turns[line.concern] = turns.get(line.concern, 0) + 1
        ordered.append((turns[line.concern], line))
    return [line for _, line in sorted(ordered, key=lambda turn: turn[0])]


def _weakness(control: str) -> int:
    """0 against untreated or sham skin, 1 against something else, 2 without a control."""
    if control == "uncontrolled":
        return 2
    return 0 if control.startswith(("untreated", "sham")) else 1


def _trial(line: TrialLine, concerns: tuple[str, ...]) -> TrialRow:
    return TrialRow(
        concern=_words(", ".join(concerns)),
        n=_told(None if line.n is None else str(line.n)),
        device=_told(_words(line.device)),
        depth=_told(_millimetres(line.depth_mm_low, line.depth_mm_high)),
        sessions=_told(line.sessions.replace("-", "–")),
        control=_words(line.control),
        scale=line.scale,
        change=line.change,
        source=", ".join(line.sources),
    )


def _told(text: str | None) -> str:
    return "–" if text is None or text in {"unknown", "not stated"} else text


def _millimetres(low: float | None, high: float | None) -> str | None:
    if high is None:
        return None if low is None else f"from {low:g}"
    if low is None:
        return f"to {high:g}"
    return f"{high:g}" if low == high else f"{low:g}–{high:g}"


def _red_flags(plan: Plan) -> Iterator[Entry]:
    for sign in plan.recovery:
        if sign.kind == "red_flag":
            is_alarm = sign.urgency == "emergency"
            text = f"{plain.sentence(sign.sign)} {plain.sentence(sign.action or 'review')}"
            yield Entry(label="", text=text, is_alarm=is_alarm)


def _provenance(plan: Plan) -> Iterator[str]:
    made = plan.provenance
    yield f"Percuta {made.percuta}"
    yield f"facts {made.facts_edition}, sha256 {made.facts_sha256[:12]}"
    yield f"case sha256 {made.case_sha256[:12]}"
    yield f"{len(made.bibliography)} sources"
    if plan.valid_until is not None:
        yield f"valid until {wording.day(plan.valid_until)}"
    elif plan.verdict is not Verdict.SUITABLE:
        yield "no plan was made"
