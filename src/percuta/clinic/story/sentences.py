"""One sentence for an answer: the verdict, and what matters about it."""

from collections.abc import Iterable
from typing import Protocol

from percuta.facts.vocabulary import Level
from percuta.planning.case.case import StatedConcern
from percuta.planning.case.zone_names import sides_together
from percuta.planning.judgement.findings import Finding, Question, Verdict
from percuta.planning.plan.plan import Plan
from percuta.planning.screening.interim_assessment import SoFar
from percuta.report import plain, wording
from percuta.report.typesetting import zone_name


class Decided(Protocol):
    """An answer with the findings and questions that it follows from."""

    @property
    def verdict(self) -> Verdict:
        """The answer in one word."""
        ...

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""
        ...

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is still to be asked."""
        ...


_BEGINS = {
    Verdict.DEFER: ("Deferred", Level.DEFER),
    Verdict.REFER: ("Refer first", Level.REFER),
    Verdict.UNSUITABLE: ("Not suitable", Level.STOP),
}


def answer_told(answer: Plan | SoFar, concerns: Iterable[StatedConcern]) -> str:
    """An answer as one sentence."""
    if answer.verdict is Verdict.SUITABLE:
        return f"Suitable. {concerns_told(concerns)}".strip()
    if answer.verdict is Verdict.INCOMPLETE:
        open_ones = len(answer.questions)
        asked = "1 answer is" if open_ones == 1 else f"{open_ones} answers are"
        return f"Not finished: {asked} missing."
    begins, level = _BEGINS[answer.verdict]
    until = f" until {wording.day(answer.earliest_date)}" if answer.earliest_date else ""
    return f"{begins}{until}: {_because(answer, level)}."


def concerns_told(concerns: Iterable[StatedConcern]) -> str:
    """What bothers the person where, as a sentence; empty where nothing was stated."""
    told: dict[str, list[str]] = {}
    for stated in concerns:
        words = (stated.kind or "", plain.CONCERN[stated.concern])
        names = told.setdefault(" ".join(word for word in words if word), [])
        names.extend(zone_name(zone) for zone in stated.zones)
    parts = [f"{what}: {sides_together(names)}" for what, names in told.items()]
    return plain.sentence("; ".join(parts)) if parts else ""


def _because(answer: Decided, level: Level) -> str:
    gravest = [finding for finding in answer.findings if finding.level is level]
    topics = dict.fromkeys(_topic(finding.rule) for finding in gravest)
    return plain.listed(tuple(topics)) or "see the findings"


def _topic(rule: str) -> str:
    """A rule by what it is about: isotretinoin.recent is told as isotretinoin."""
    family, _, rest = rule.partition(".")
    return (rest or family if family == "depth" else family).replace("_", " ")
