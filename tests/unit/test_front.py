"""What else there is, on the page that decides: whole sentences, with what speaks against each."""

from typing import Any

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern
from percuta.report.brief import brief
from percuta.report.front import COLUMNS, front
from tests.people import a_plan, one_concern


def _told(facts: Facts, **changes: Any) -> str:
    plan = a_plan(facts, keloid="yes", **changes)
    assert not plan.is_made
    page = front(plan, 35)
    return " ".join(line for entry in page.instead for line in entry)


@pytest.mark.parametrize(
    ("concern", "said"),
    [
        (
            "hyperpigmentation",
            "Hyperpigmentation: sun protection and hydroquinone or a triple combination, first "
            "line up to 12 weeks (not in pregnancy).",
        ),
        ("fine_lines", "(not in pregnancy)."),
        ("texture", "(phototypes I-IV; not with a keloid tendency or recent isotretinoin)."),
    ],
)
def test_what_speaks_against_an_alternative_stands_beside_it(
    concern: str, said: str, facts: Facts
) -> None:
    concerns = one_concern(concern, "cheek_left")
    assert said in _told(facts, concerns=concerns)
    shown = " ".join(" ".join(brief(a_plan(facts, keloid="yes", concerns=concerns))).split())
    assert said in shown


def test_what_has_no_room_is_counted_and_nothing_is_cut(facts: Facts) -> None:
    concerns = (
        [
            part
            for concern in (Concern.FINE_LINES, Concern.HYPERPIGMENTATION, Concern.TEXTURE)
            for part in one_concern(concern, "cheek_left")
        ]
        + one_concern("uneven_tone", "cheek_left")
        + one_concern("enlarged_pores", "cheek_left")
    )
    plan = a_plan(facts, keloid="yes", concerns=concerns)
    page = front(plan, 35)
    assert page.more_instead == len(plan.alternatives) - len(page.instead) > 0
    for entry in page.instead:
        text = " ".join(entry)
        assert text[0].isupper()
        assert text.endswith(".")
        assert "…" not in text
        assert all(len(line) <= COLUMNS for line in entry)
    assert f"and {page.more_instead} more" in " ".join(brief(plan))
