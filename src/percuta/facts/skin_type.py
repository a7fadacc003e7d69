"""The questions behind the skin type, and what their points suggest."""

from percuta.facts.doors import Fact
from percuta.frozen import frozen


@frozen
class SkinTypeChoice(Fact):
    """One answer to one question, with its points."""

    question: str
    question_text: str
    choice_text: str
    points: int


@frozen
class SkinTypeScore(Fact):
    """The points that suggest a skin type; its key is the type."""

    points_lo: int
    points_hi: int
    reaction: str
