"""Skin type and weight: the questions behind the type, and what they suggest."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from percuta.clinic.consults.queries import SkinTypeAnswer
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Phototype
from percuta.planning.screening.phototype import SkinTypeSuggestion, suggest_skin_type
from percuta.web.consults.lines import Press


@dataclass(frozen=True)
class SkinQuestion:
    """One question with its answers."""

    key: str
    text: str
    answers: tuple[Press, ...]
    revision: int


@dataclass(frozen=True)
class Skin:
    """Weight, type and the questions; ``suggestion`` is nothing but one."""

    weight: str
    phototype: str
    types: tuple[Press, ...]
    reaction: str
    questions: tuple[SkinQuestion, ...]
    suggestion: SkinTypeSuggestion

    @property
    def is_begun(self) -> bool:
        """Whether some of the questions are answered and some are not."""
        return 0 < self.suggestion.answered < self.suggestion.asked


def skin(
    weight_kg: float | None, phototype: str, given: Mapping[str, SkinTypeAnswer], facts: Facts
) -> Skin:
    """Everything of the second part of the page."""
    chosen = {question: answer.choice for question, answer in given.items()}
    reactions = facts.skin_type_scores
    return Skin(
        weight="" if weight_kg is None else f"{weight_kg:g}",
        phototype=phototype,
        types=tuple(Press(kind.value, kind.value, kind.value == phototype) for kind in Phototype),
        reaction=reactions[Phototype(phototype)].reaction if phototype else "",
        questions=_questions(chosen, given, facts),
        suggestion=suggest_skin_type(chosen, facts),
    )


def _questions(
    chosen: Mapping[str, str], given: Mapping[str, SkinTypeAnswer], facts: Facts
) -> tuple[SkinQuestion, ...]:
    grouped = groupby(facts.skin_type_choices, key=lambda choice: choice.question)
    return tuple(
        SkinQuestion(
            key=key,
            text=choices[0].question_text,
            answers=tuple(
                Press(c.key, c.choice_text.capitalize(), chosen.get(key) == c.key) for c in choices
            ),
            revision=given[key].revision if key in given else 0,
        )
        for key, choices in ((key, list(members)) for key, members in grouped)
    )
