"""The patient's page as data: what is planned or why not, in words for a reader of twelve.

It never holds a depth, a dose or the name of a rule.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import date

from percuta.facts.vocabulary import NUMBING_NONE, Level, Phototype, Scope, Zone
from percuta.planning.case.case import Frozen
from percuta.planning.judgement.findings import Finding, Question, Verdict
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.plan.depth_findings import RULE_NO_PUBLISHED_DEPTH, RULE_OFF_LABEL
from percuta.planning.plan.plan import Plan
from percuta.planning.recovery.aftercare import Instruction, Sign
from percuta.planning.session.duration import Duration
from percuta.planning.session.series import LaterZone
from percuta.report import plain, wording
from percuta.report.numbing_words import exceeds_sessions, not_numbed

_BLOCKING = {Level.STOP, Level.REFER, Level.DEFER}
_RULE_COLD_SORES = "herpes_history"
_CONTACT = "aftercare/aftercare.contact_for_red_flags"
_DARKER = {Phototype.IV, Phototype.V, Phototype.VI}
_FEW = 6
_DECISION = "A qualified professional makes the last decision, together with you."

_BEFORE = (
    "Keep the skin out of strong sun. Leave out sunbeds and self-tan.",
    "Leave out retinol, acid creams and scrubs there; ask us from when.",
    "Do not stop a medicine that a doctor gave you without asking that doctor.",
    "Tell us before each visit what is new: a medicine, a cold sore, sunburn, a sore spot, "
    "a pregnancy.",
)


class Section(Frozen):
    """A heading with a lead sentence and short items under it."""

    heading: str
    lead: str = ""
    items: tuple[str, ...] = ()


class Care(Frozen):
    """Instructions that hold for the same time."""

    when: str
    items: tuple[str, ...]


class PatientPage(Frozen):
    """Everything on the patient's page, in reading order."""

    verdict: str
    lead: str
    sections: tuple[Section, ...] = ()
    questions: tuple[str, ...] = ()
    care: tuple[Care, ...] = ()
    contact: str = ""
    emergency: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    decision: str = _DECISION


def patient_page(plan: Plan) -> PatientPage:
    """The page for the patient: a plan, the open questions, or why not and what else."""
    verdict = wording.VERDICT_FOR_PATIENT[plan.verdict]
    if plan.is_made:
        return _plan_page(plan, verdict)
    if plan.verdict is Verdict.INCOMPLETE:
        lead = (
            "Please answer these questions, or ask us about them. "
            f"The area is the skin to be treated: {_asked(plan)}."
        )
        return PatientPage(
            verdict=verdict,
            lead=lead,
            questions=tuple(_question(question) for question in plan.questions),
            sections=tuple(_reasons(plan)),
        )
    return PatientPage(
        verdict=verdict,
        lead=f"You came to us about {_concerns(plan)}{_on(plan)}.",
        sections=(*_reasons(plan), *_again(plan), *_instead(plan)),
    )


def _plan_page(plan: Plan, verdict: str) -> PatientPage:
    flags = [sign for sign in plan.recovery if sign.kind == "red_flag"]
    return PatientPage(
        verdict=verdict,
        lead=(
            "Fine, clean needles make tiny pricks in your skin. The skin then heals and renews "
            "itself. That takes weeks, and nobody can promise how much will change."
        ),
        sections=(
            Section(heading="What we plan", items=tuple(_planned(plan))),
            *_when(plan),
            Section(heading="How long a visit takes", lead=_how_long(plan.duration)),
            *_left_out(plan),
            *_good_to_know(plan),
            Section(heading="Before each visit", items=tuple(_before(plan))),
            Section(heading="What to expect afterwards", lead=_afterwards(plan)),
            *_instead(plan),
        ),
        care=_care(plan.aftercare),
        contact=_contact(plan.aftercare),
        emergency=_flags(flags, "emergency"),
        soon=_flags(flags, "urgent", "same_day"),
        later=_flags(flags, "routine", None),
    )


def _concerns(plan: Plan) -> str:
    stated = dict.fromkeys(plain.CONCERN[stated.concern] for stated in plan.case.concerns)
    return plain.listed(tuple(stated))


def _on(plan: Plan) -> str:
    """Where, if that can be said in a few words."""
    return f" on {_asked(plan)}" if len(plan.case.requested_zones) <= _FEW else ""


def _asked(plan: Plan) -> str:
    return _places(plan, plan.case.requested_zones)


def _places(plan: Plan, zones: Iterable[Zone]) -> str:
    names = {zone.zone: zone.patient_name for zone in plan.zones}
    return plain.places(tuple(names.get(zone, plain.ZONE[zone]) for zone in zones))


def _question(question: Question) -> str:
    return plain.QUESTION.get(question.rule, question.question)


def _planned(plan: Plan) -> Iterator[str]:
    """What is treated where, one item for each concern."""
    planned = [zone.zone for zone in plan.zones]
    for stated in plan.case.concerns:
        zones = [zone for zone in planned if zone in stated.zones]
        if zones:
            concern = plain.CONCERN[stated.concern]
            yield f"For {concern}: {_places(plan, zones)}."


def _when(plan: Plan) -> Iterator[Section]:
    series, later = plan.series, plan.dates_after_end
    if series is None:
        return
    dates = tuple(
        f"{_long_day(day)}{' (we look at your skin and plan anew first)' if day in later else ''}"
        for day in series.dates
    )
    if series.sessions is None or series.interval_weeks is None:
        lead = "This is your first visit. We decide about further visits together."
    elif series.sessions == 1:
        lead = "One visit is planned."
    else:
        apart = _weeks(series.interval_weeks)
        lead = (
            f"We plan {series.sessions} visits, about {apart} apart. We agree on the days with you."
        )
    yield Section(heading="When", lead=lead, items=dates)


def _long_day(day: date) -> str:
    return f"{day.strftime('%A')} {day.day} {day.strftime('%B %Y')}"


def _weeks(value: float) -> str:
    weeks = max(1, round(value))
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _before(plan: Plan) -> Iterator[str]:
    yield from _BEFORE
    if any(finding.rule == _RULE_COLD_SORES for finding in plan.findings):
        yield "You may get cold sores: ask us about tablets that keep them away."
    yield _numbing(plan.numbing, is_wished=plan.case.setting.numbing != NUMBING_NONE)
    if plan.numbing is not None:
        yield from _part_that_is_numbed(plan, plan.numbing)


def _numbing(numbing: Numbing | None, *, is_wished: bool) -> str:
    never = "Never put numbing cream on by yourself."
    if numbing is None:
        reason = " because of what you told us" if is_wished else ""
        return f"No numbing cream is planned{reason}. {never}"
    if numbing.grams_max is None:
        return f"Somebody who may prescribe it decides about numbing cream. {never}"
    return f"We put numbing cream on here, and wipe it all off before we start. {never}"


def _part_that_is_numbed(plan: Plan, numbing: Numbing) -> Iterator[str]:
    """That a visit numbs only a part of the skin, where it does."""
    never = not_numbed(plan, numbing)
    if len(numbing.visits) > 1:
        today = _places(plan, numbing.zones)
        text = f"We may numb only a part of the skin on one visit: this time it is {today}."
        if exceeds_sessions(plan, numbing):
            text += (
                " To numb all of it once takes more visits than are planned: ask us how we do it."
            )
        yield text
    if never:
        yield f"We do not numb {_places(plan, never)}."


def _how_long(duration: Duration | None) -> str:
    if duration is None:
        return ""
    own = duration.in_the_chair_min
    waiting = duration.numbing_min or 0.0
    text = f"The treatment takes about {_span(own)}, at most about {_span(duration.high_min)}."
    if waiting:
        text += f" Before that, the numbing cream works for about {_span(waiting)}."
    text += f" Please allow {_span(duration.high_min + waiting)} in all."
    if not duration.is_longer_than_published:
        return text
    several = ": ask us whether we can do it on several days"
    return f"{text} This is longer than usual{several if duration.is_long_without_numbing else ''}."


def _span(minutes: float) -> str:
    """Minutes rounded up to five, in hours where there are any."""
    rounded = 5 * math.ceil(minutes / 5 - 1e-9)
    hours, rest = divmod(rounded, 60)
    words = [f"{hours} hour{'s' * (hours != 1)}"] if hours else []
    words += [f"{rest} minutes"] if rest else []
    return " ".join(words)


def _left_out(plan: Plan) -> Iterator[Section]:
    """Zones that are not treated now, why, and from when they may be."""
    later = {zone.zone: zone for zone in plan.series.later_zones} if plan.series else {}
    items = []
    blocked = [f for f in plan.findings if f.scope is Scope.ZONE and f.level in _BLOCKING]
    for finding in _gathered(blocked):
        joins = dict.fromkeys(_joins(later[zone]) for zone in finding.zones if zone in later)
        items.append(" ".join((_placed(plan, finding), *joins)))
    if items:
        yield Section(heading="Not treated this time", items=tuple(items))


def _gathered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of one rule with one end, told of all their zones together."""
    together: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in findings:
        together.setdefault((finding.rule, finding.until), []).append(finding)
    for told in together.values():
        zones = dict.fromkeys(zone for finding in told for zone in finding.zones)
        yield told[0].model_copy(update={"zones": tuple(zones)})


def _subject(plan: Plan, finding: Finding) -> str:
    """Where a finding holds, unless it is everywhere."""
    if not finding.zones or set(finding.zones) == set(plan.case.requested_zones):
        return ""
    places = _places(plan, finding.zones)
    return f"{places[:1].upper()}{places[1:]}: "


def _placed(plan: Plan, finding: Finding) -> str:
    """Why a finding blocks, after the place where it does."""
    place, why = _subject(plan, finding), _why(plan, finding)
    return f"{place}{why[:1].lower()}{why[1:]}" if place else why


def _joins(later: LaterZone) -> str:
    if later.joins is None:
        return f"This skin can join later, {_until(later.until)}."
    return f"This skin can join on {_long_day(later.joins)}."


def _why(plan: Plan, finding: Finding) -> str:
    cause = plain.CAUSE.get(finding.rule, plain.UNKNOWN_CAUSE)
    if _is_unanswered(plan, finding):
        return f"We need to know more about {cause.topic} first."
    return cause.why


def _is_unanswered(plan: Plan, finding: Finding) -> bool:
    """Whether the person could not tell, rather than said yes."""
    answer = plan.case.history.get(finding.rule.partition(".")[0])
    return answer is not None and "unknown" in {answer.status, answer.last}


def _until(end: str) -> str:
    event = end.removeprefix("event:")
    if event == end:
        return f"from {_long_day(date.fromisoformat(end))}"
    return plain.EVENT.get(event, "when this has changed")


def _good_to_know(plan: Plan) -> Iterator[Section]:
    """What a person has a right to know before agreeing."""
    items = []
    for rule, text in (
        (RULE_OFF_LABEL, "The approval of the device does not cover exactly this use"),
        (RULE_NO_PUBLISHED_DEPTH, "No studies tell us how to treat this skin"),
    ):
        told = {zone for f in plan.findings if f.rule == rule for zone in f.zones}
        zones = [zone.zone for zone in plan.zones if zone.zone in told]
        where = f" ({_places(plan, zones)})" if len(zones) < len(plan.zones) else ""
        if zones:
            items.append(f"{text}{where}. Ask us why we suggest it all the same.")
    if items:
        yield Section(heading="Good to know", items=tuple(items))


def _afterwards(plan: Plan) -> str:
    text = (
        "Your skin will be red and warm, like after mild sunburn, and may feel tight or sore. "
        "It may swell a little, bleed in tiny points, form small scabs or peel."
    )
    days = plan.downtime_days
    if days is not None:
        text += f" This mostly takes about {days.typical} days, at times up to {days.upper}."
    if plan.case.person.phototype in _DARKER:
        text += " Your skin may look darker for a while before it gets lighter again."
    return text


_SPANS = (
    (24.0, "On the first day"),
    (72.0, "In the first three days"),
    (168.0, "In the first week"),
    (math.inf, "In the weeks after"),
)


def _care(instructions: Iterable[Instruction]) -> tuple[Care, ...]:
    """Instructions by how long they hold, the shortest first."""
    items: dict[str, list[str]] = {when: [] for _, when in _SPANS}
    items["At all times"] = []
    for instruction in instructions:
        if instruction.fact != _CONTACT:
            items[_when_held(instruction)].append(plain.sentence(instruction.plain))
    return tuple(Care(when=when, items=tuple(told)) for when, told in items.items() if told)


def _when_held(instruction: Instruction) -> str:
    hours = instruction.until_h
    if hours is None:
        return "At all times"
    return next(when for longest, when in _SPANS if hours <= longest)


def _contact(instructions: Iterable[Instruction]) -> str:
    approved = (i.plain for i in instructions if i.fact == _CONTACT)
    return next(approved, "If you see any of these, contact the clinic straight away.")


def _flags(signs: Iterable[Sign], *urgencies: str | None) -> tuple[str, ...]:
    wanted = [sign for sign in signs if sign.urgency in urgencies]
    return tuple(plain.sentence(plain.RED_FLAG.get(sign.sign, sign.sign)) for sign in wanted)


def _reasons(plan: Plan) -> Iterator[Section]:
    """Why there is no plan: the person's reasons before the zones'.

    Where needling is not right at all, only what says so; the rest would raise false hope.
    """
    scopes = [Scope.PERSON, Scope.DEVICE, Scope.ZONE]
    levels = {Level.STOP} if plan.verdict is Verdict.UNSUITABLE else _BLOCKING
    blocking = [f for f in plan.findings if f.level in levels and f.scope in scopes]
    blocking.sort(key=lambda finding: scopes.index(finding.scope))
    items = tuple(dict.fromkeys(_reason(plan, finding) for finding in _gathered(blocking)))
    if items:
        heading = "What we know already" if plan.questions else "Why"
        yield Section(heading=heading, items=items)


def _reason(plan: Plan, finding: Finding) -> str:
    earliest = plan.earliest_date.isoformat() if plan.earliest_date else ""
    is_told_below = finding.until in {None, earliest}
    until = "" if is_told_below else f" We can look again {_until(str(finding.until))}."
    return f"{_placed(plan, finding)}{until}"


_NEXT = {
    Verdict.DEFER: "Come back then, or when you can tell us more. We ask you again first.",
    Verdict.REFER: "Please talk to your doctor or a skin doctor, and bring us what they write.",
    Verdict.UNSUITABLE: "Ask us, or a skin doctor, what would suit you instead.",
}


def _again(plan: Plan) -> Iterator[Section]:
    if plan.verdict is Verdict.INCOMPLETE:
        return
    lead = _NEXT[plan.verdict]
    if plan.earliest_date is not None:
        lead = f"You can come back from {_long_day(plan.earliest_date)}. We ask again then."
    medicines = "Do not stop a medicine for this treatment without asking the doctor who gave it."
    yield Section(heading="What you can do", lead=f"{lead} {medicines}")


def _instead(plan: Plan) -> Iterator[Section]:
    by_concern: dict[str, list[str]] = {}
    for other in plan.alternatives:
        text = plain.ALTERNATIVE.get(other.alternative, "ask us what else there is")
        concern = next(words for key, words in plain.CONCERN.items() if _is_of(other.concern, key))
        by_concern.setdefault(concern, []).append(text)
    items = tuple(f"For {concern}: {'; or '.join(told)}." for concern, told in by_concern.items())
    if items:
        yield Section(heading="What else there is", items=items)


def _is_of(alternative: str, concern: str) -> bool:
    return alternative == concern or alternative.startswith(f"{concern}_")
