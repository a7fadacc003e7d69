"""The questions behind the skin type suggest one only when all are answered."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Phototype
from percuta.planning.screening.phototype import suggest_skin_type

QUESTIONS = ("eyes", "hair", "skin", "freckles", "burning", "tanning", "tan_depth", "face")


@pytest.mark.parametrize(
    ("each", "suggested"),
    [(0, Phototype.I), (1, Phototype.II), (2, Phototype.III), (3, Phototype.IV), (4, Phototype.VI)],
)
def test_the_same_step_in_every_question(each: int, suggested: Phototype, facts: Facts) -> None:
    given = {question: f"{question}.{each}" for question in QUESTIONS}
    found = suggest_skin_type(given, facts)
    assert (found.points, found.phototype) == (8 * each, suggested)


@pytest.mark.parametrize(
    ("total", "suggested"),
    [(6, "I"), (7, "II"), (12, "II"), (13, "III"), (18, "III"), (19, "IV"), (24, "IV"), (25, "V"),
     (30, "V"), (31, "VI")],
)  # fmt: skip
def test_the_edges_of_the_ranges(total: int, suggested: str, facts: Facts) -> None:
    points = [total // 8 + (place < total % 8) for place in range(8)]
    given = {q: f"{q}.{p}" for q, p in zip(QUESTIONS, points, strict=True)}
    assert suggest_skin_type(given, facts).phototype == suggested


def test_one_question_open_suggests_nothing(facts: Facts) -> None:
    given = {question: f"{question}.4" for question in QUESTIONS[1:]}
    found = suggest_skin_type(given, facts)
    assert (found.phototype, found.answered, found.asked) == (None, 7, 8)
