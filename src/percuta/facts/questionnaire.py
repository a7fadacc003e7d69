"""The order of the conversation: what is asked together, and how often."""

from enum import StrEnum

from percuta.facts.doors import Fact
from percuta.frozen import frozen


class Group(StrEnum):
    """A part of the conversation, in the order in which they follow each other."""

    SKIN_TODAY = "skin_today"
    USED_OR_DONE = "used_or_done"
    HEALING = "healing"
    HEALTH = "health"
    ALLERGIES = "allergies"
    NUMBING = "numbing"


class Asked(StrEnum):
    """Whether an item is asked anew at each visit, or only whether anything has changed."""

    EACH_VISIT = "each_visit"
    WHAT_CHANGED = "what_changed"


@frozen
class HistoryItem(Fact):
    """Where a history item stands in the conversation; its key is the history key."""

    group: Group
    asked: Asked
    reason: str
