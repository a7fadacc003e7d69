"""Screening rules: which answer makes needling wait, stop, or need somebody else."""

import re
from enum import StrEnum

from percuta.errors import FactError
from percuta.facts.doors import Fact
from percuta.facts.vocabulary import Level, Scope
from percuta.frozen import frozen


class AnswerKind(StrEnum):
    """How an item is answered."""

    YES_NO = "yes_no"
    DATED = "dated"
    DIABETES = "diabetes"
    PERSON = "person"

    @property
    def denial(self) -> str:
        """The answer that says no to an item of this kind."""
        return "never" if self is AnswerKind.DATED else "no"


@frozen
class ScreeningRule(Fact):
    """One rule of the screening table: our reading, for a physician to confirm.

    ``fires_on`` are the answers that fire it; ``defer_days`` run from the date given with a
    ``past`` answer, ``until_event`` ends a deferral that has no date.
    """

    history_key: str
    item: str
    answer_kind: AnswerKind
    fires_on: tuple[str, ...]
    level: Level
    level_if_unknown: Level | None
    scope: Scope
    until_event: str | None
    defer_days: int | None
    caution_days: int | None
    applies_if: str
    is_required: bool
    question: str
    category: str
    advice: str
    reason: str


@frozen
class DeferralReading(Fact):
    """One published waiting time for a rule; several stand side by side where sources differ."""

    rule: str
    defer_days: int
    is_choosable: bool


@frozen
class Condition:
    """When a rule applies: one attribute compared with closed values."""

    attribute: str
    relation: str
    values: tuple[str, ...]


_CONDITION = re.compile(r"^(sex|phototype|age|numbing|device)(!=| in |<|=)([A-Za-z0-9_,]+)$")


def condition(text: str) -> Condition | None:
    """Parse the closed grammar of ``applies_if``; ``always`` gives ``None``.

    Raises
    ------
    FactError
        If the text is not of the form attribute, relation, values.
    """
    if text == "always":
        return None
    match = _CONDITION.match(text)
    if match is None:
        raise FactError([f"screening.csv: applies_if '{text}' is not understood"])
    return Condition(match[1], match[2].strip(), tuple(match[3].split(",")))
