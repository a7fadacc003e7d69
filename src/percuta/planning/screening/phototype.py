"""What the questions behind the skin type suggest: never more than a suggestion."""

from collections.abc import Mapping

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Phototype
from percuta.planning.case.case import Frozen


class SkinTypeSuggestion(Frozen):
    """The points so far, and the type that they suggest once every question is answered."""

    points: int
    answered: int
    asked: int
    phototype: Phototype | None


def suggest_skin_type(given: Mapping[str, str], facts: Facts) -> SkinTypeSuggestion:
    """Add up the answers, given as row keys of the choices by question."""
    choices = {choice.key: choice for choice in facts.skin_type_choices}
    asked = {choice.question for choice in choices.values()}
    counted = {question: choices[key] for question, key in given.items() if key in choices}
    points = sum(choice.points for choice in counted.values())
    return SkinTypeSuggestion(
        points=points,
        answered=len(counted),
        asked=len(asked),
        phototype=_type_of(points, facts) if counted.keys() >= asked else None,
    )


def _type_of(points: int, facts: Facts) -> Phototype | None:
    for phototype, score in facts.skin_type_scores.items():
        if score.points_lo <= points <= score.points_hi:
            return phototype
    return None
