"""What somebody accepts by signing a plan, sentence by sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

from percuta.facts.vocabulary import Level, Zone
from percuta.planning.case.case import Frozen
from percuta.planning.dose.passes import PassesBy
from percuta.planning.judgement.findings import Finding
from percuta.planning.numbing.plan import RULE_PRESCRIBER, RULE_SUM
from percuta.planning.plan.depth_findings import RULE_NO_PUBLISHED_DEPTH, RULE_OFF_LABEL
from percuta.planning.plan.plan import Plan
from percuta.report import plain, wording
from percuta.report.typesetting import places, typeset


class About(StrEnum):
    """What kind of thing is accepted, in the words that stand before it."""

    LEFT_OUT = "Left out"
    OFF_LABEL = "Off-label"
    NO_PUBLISHED_DEPTH = "No published depth"
    CAUTION = "Caution"
    PRESCRIBER = "Prescriber's tick"
    BY_NAME = "A physician by name"
    NOT_ASKED = "Not asked"
    CHOSEN = "Chosen, not advised"
    WAITING = "Waiting time of this clinic"
    ASSUMED = "Assumed"
    ENDS = "Ends"


class Statement(Frozen):
    """One thing that is accepted: a key of its own, its kind, the sentence, where it holds."""

    key: str
    about: About
    text: str
    zones: tuple[str, ...] = ()


def statements(plan: Plan) -> tuple[Statement, ...]:
    """Everything that a signature on this plan accepts; each must be ticked by itself."""
    told = (
        *_of_findings(plan),
        *_depths(plan),
        *_doses(plan),
        *_waiting_times(plan),
        *_assumptions(plan),
        *_end(plan),
    )
    return tuple(_with_keys_of_their_own(told))


_OWN_WORD = {
    RULE_OFF_LABEL: About.OFF_LABEL,
    RULE_NO_PUBLISHED_DEPTH: About.NO_PUBLISHED_DEPTH,
    RULE_PRESCRIBER: About.PRESCRIBER,
    RULE_SUM: About.BY_NAME,
}


def _of_findings(plan: Plan) -> Iterator[Statement]:
    for finding in plan.findings:
        about = _about(finding, plan)
        if about is None:
            continue
        yield Statement(
            key=".".join((finding.rule, *finding.zones)),
            about=about,
            text=_told(finding, plan),
            zones=finding.zones,
        )


def _about(finding: Finding, plan: Plan) -> About | None:
    """The kind of statement a finding makes; ``None`` for a note that asks nothing of anybody."""
    if finding.level is Level.NOTE:
        return About.NOT_ASKED if _was_not_asked(finding, plan) else None
    if finding.level is Level.CAUTION:
        return _OWN_WORD.get(finding.rule, About.CAUTION)
    return About.LEFT_OUT


def _was_not_asked(finding: Finding, plan: Plan) -> bool:
    is_of_screening = f"screening/{finding.rule}" in finding.facts
    return is_of_screening and finding.rule.partition(".")[0] not in plan.case.history


def _told(finding: Finding, plan: Plan) -> str:
    reason = plain.sentence(typeset(finding.reason))
    until = wording.until(finding)
    place = ", ".join(part for part in (places(finding.zones, plan), until) if part)
    return f"{place[:1].upper()}{place[1:]}. {reason}" if place else reason


def _depths(plan: Plan) -> Iterator[Statement]:
    for zone in plan.zones:
        depth = zone.depth_mm
        if depth.chosen is None or depth.chosen == depth.recommended:
            continue
        advised = (
            "no depth is recommended here"
            if depth.recommended is None
            else f"{wording.depth(depth.recommended)} mm is recommended"
        )
        text = f"{zone.name}: {wording.depth(depth.chosen)} mm was chosen; {advised}."
        yield _at("chosen", text, zone.zone)


def _doses(plan: Plan) -> Iterator[Statement]:
    """Passes that follow from what somebody chose, not from a published number."""
    for zone in plan.zones:
        if zone.passes_by is not PassesBy.PUBLISHED:
            text = (
                f"{zone.name}: {zone.passes} passes, {zone.strikes_per_cm2:.0f} strikes per cm², "
                "were chosen, not taken from a publication."
            )
            yield _at("passes", text, zone.zone)


def _waiting_times(plan: Plan) -> Iterator[Statement]:
    """Waiting times that the clinic set for itself, where they had a say in this plan."""
    spoken = {finding.rule for finding in plan.findings}
    for choice in plan.case.clinic_deferrals:
        if choice.rule not in spoken or plan.case.setting.date >= choice.expires:
            continue
        text = (
            f"{choice.rule.replace('.', ', ').replace('_', ' ')}: {choice.defer_days} days, set "
            f"by {choice.by}. It ends on {wording.day(choice.expires)}."
        )
        key = f"waiting.{choice.rule}"
        yield Statement(key=key, about=About.WAITING, text=plain.sentence(text))


def _assumptions(plan: Plan) -> Iterator[Statement]:
    assumed = len(plan.provenance.assumptions)
    if assumed:
        are = "number is an assumption" if assumed == 1 else "numbers are assumptions"
        text = (
            f"{assumed} {are} of facts edition {plan.provenance.facts_edition}, not published. "
            "The document lists them."
        )
        yield Statement(key="assumptions", about=About.ASSUMED, text=text)


def _end(plan: Plan) -> Iterator[Statement]:
    if plan.valid_until is not None:
        text = (
            f"This signature holds until {wording.day(plan.valid_until)}. After that day, or where "
            "the answers or facts of the day are stricter, nobody is needled on it."
        )
        yield Statement(key="ends", about=About.ENDS, text=text)


def _at(key: str, text: str, zone: Zone) -> Statement:
    return Statement(key=f"{key}.{zone}", about=About.CHOSEN, text=text, zones=(zone.value,))


def _with_keys_of_their_own(told: Iterable[Statement]) -> Iterator[Statement]:
    """Two findings of one rule may say different things: then the second key is numbered."""
    seen: Counter[str] = Counter()
    for statement in told:
        seen[statement.key] += 1
        number = seen[statement.key]
        key = statement.key if number == 1 else f"{statement.key}#{number}"
        yield statement.model_copy(update={"key": key})
