"""Findings so far, and what comes next: the quiet side of the conversation."""

from collections import Counter
from dataclasses import dataclass

from percuta.clinic.plans.conversation import Conversation
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Scope
from percuta.planning.judgement.findings import Finding, Verdict
from percuta.planning.recovery.aftercare import Alternative
from percuta.report import wording
from percuta.report.typesetting import typeset
from percuta.web.consults import words

_PERSON = {
    "concerns": "concerns",
    "person.age": "person",
    "person.sex": "person",
    "person.phototype": "skin",
    "person.weight_kg": "skin",
}
_NOUN = {
    Level.CAUTION: "caution",
    Level.DEFER: "deferral",
    Level.REFER: "referral",
    Level.STOP: "stop",
}
_SCOPE = {Scope.AGENT: "the product, not the person", Scope.DEVICE: "this device"}


@dataclass(frozen=True)
class Citation:
    """One source, and how much of it was read."""

    text: str
    read: str


@dataclass(frozen=True)
class FindingLine:
    """One finding with everything behind it."""

    level: str
    word: str
    reason: str
    where: str
    until: str
    rule: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class NextQuestion:
    """A question that is still open, and the part of the page that answers it."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Said:
    """What can be said already, and what is still to be asked."""

    verdict: str
    way_on: str
    is_suitable: bool
    findings: tuple[FindingLine, ...]
    in_short: str
    questions: tuple[NextQuestion, ...]
    earliest: str
    alternatives: tuple[str, ...]
    device: str
    numbing: str


def said(conversation: Conversation, facts: Facts) -> Said:
    """The findings of a conversation in words."""
    so_far, screened = conversation.so_far, conversation.screened
    keys = {rule.key: rule.history_key for rule in facts.screening}
    outcome = so_far.verdict
    is_closed = outcome in words.WAY_ON
    agent = facts.agents.get(screened.numbing or "")
    return Said(
        verdict=wording.VERDICT_FOR_PROFESSIONAL[outcome],
        way_on=words.WAY_ON.get(outcome, ""),
        is_suitable=outcome is Verdict.SUITABLE,
        findings=tuple(_line(finding, facts) for finding in so_far.findings),
        in_short=_in_short(so_far.findings),
        questions=tuple(
            NextQuestion(q.question, _PERSON.get(q.rule) or f"item-{keys.get(q.rule, q.rule)}")
            for q in so_far.questions
        ),
        earliest=wording.day(so_far.earliest_date) if so_far.earliest_date else "",
        alternatives=tuple(_other(line) for line in so_far.alternatives) if is_closed else (),
        device=facts.devices[screened.device].name if screened.device else "",
        numbing=agent.name if agent else "no numbing",
    )


def _other(line: Alternative) -> str:
    return f"{line.alternative} ({line.note})" if line.note else line.alternative


def _line(finding: Finding, facts: Facts) -> FindingLine:
    cited = [facts.sources[key] for key in finding.sources if key in facts.sources]
    return FindingLine(
        level=finding.level.value,
        word=wording.LEVEL_WORD[finding.level],
        reason=typeset(finding.reason),
        where=wording.where(finding) or _SCOPE.get(finding.scope, ""),
        until=wording.until(finding),
        rule=finding.rule,
        sources=tuple(Citation(source.citation, source.read) for source in cited),
    )


def _in_short(findings: tuple[Finding, ...]) -> str:
    """How many of each level, gravest first; notes are no news."""
    counted = Counter(finding.level for finding in findings)
    levels = [level for level in reversed(Level) if counted[level] and level is not Level.NOTE]
    return ", ".join(
        f"{counted[level]} {_NOUN[level]}{'s' * (counted[level] > 1)}" for level in levels
    )
