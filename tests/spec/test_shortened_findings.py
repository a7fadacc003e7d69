"""A finding may be shortened on a page; what somebody must do or accept never is."""

from random import Random
from typing import Any

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from percuta.planning.case.case_file import parse_case
from percuta.planning.judgement.findings import Finding
from percuta.planning.plan.plan import Plan, make_plan
from percuta.report.brief import brief
from percuta.report.front import front
from percuta.report.professional import FindingLine, finding_lines
from tests.people import a_plan, one_concern
from tests.random_cases import random_case
from tests.spec.safety.reading import CREAM, EMLA

MELASMA: dict[str, Any] = {"topicals": ["tranexamic_acid_solution"]}
ON_HAND: dict[str, Any] = {
    "concerns": one_concern("texture", "hand_left_dorsal"),
    "depth_mm": {"hand_left_dorsal": {"mm": 0.5, "chosen_by": "physician"}},
}
WRITTEN = {
    "by": "Dr. A. Example",
    "product": "lidocaine_5_cream",
    "grams": 5.0,
    "area_cm2": 50.0,
    "minutes": 30.0,
}
DUTIES: list[tuple[dict[str, Any], str]] = [
    ({"numbing": CREAM}, "Whoever may prescribe Lidocaine 4% cream ticks that it is used."),
    (
        {"numbing": EMLA, "other_local_anaesthetic_mg": 60.0},
        "first signs of poisoning may begin from 1. A physician accepts this by name.",
    ),
    (
        {"numbing": "lidocaine_5_cream"},
        "No amount is given until a prescriber has written one.",
    ),
    (
        {"numbing": "lidocaine_5_cream", "numbing_prescription": WRITTEN},
        "The amounts are those that Dr. A. Example wrote; none is checked by a label.",
    ),
    (ON_HAND, "a physician chose 0.5 mm: chosen, not advised."),
    (MELASMA, "Only as part of a supervised plan for melasma, and only a sterile solution."),
    ({"topicals": ["platelet_rich_plasma"]}, "one kit for one person, every step on record."),
    (
        {"topicals": ["polynucleotides"]},
        "what is in the product and whether it is sterile must be read on its packet.",
    ),
    ({"concerns": one_concern("melasma", "cheek_left")}, "No depth is advised."),
    ({"herpes_history": "yes"}, "start the day before or the morning of treatment"),
    (
        {"anticoagulant": "yes"},
        "never stop a prescribed anticoagulant for a cosmetic procedure without the prescriber.",
    ),
]


def _lines(plan: Plan) -> list[FindingLine]:
    return list(finding_lines(plan.findings, plan))


@pytest.mark.parametrize(("changes", "duty"), DUTIES, ids=[duty[:40] for _, duty in DUTIES])
def test_what_somebody_must_do_is_in_the_short_form(
    changes: dict[str, Any], duty: str, facts: Facts
) -> None:
    plan = a_plan(facts, **changes)
    assert any(duty in line.short for line in _lines(plan))


def test_every_advice_of_the_screening_is_in_the_short_form(facts: Facts) -> None:
    """Its first sentence says what to do; sentences after it say what others do."""
    for rule in facts.screening:
        advice = rule.advice.partition(". ")[0]
        finding = Finding(
            rule=rule.key,
            level=Level.CAUTION,
            scope=rule.scope,
            reason=f"{rule.item}: {rule.advice}. {rule.reason}.",
        )
        (line,) = finding_lines([finding], a_plan(facts))
        assert advice in line.short


def test_what_was_cut_ends_with_an_ellipsis(facts: Facts) -> None:
    for seed in range(40):
        plan = make_plan(parse_case(random_case(Random(seed), facts), facts), facts, draws=1)
        for line in _lines(plan):
            assert line.short == line.reason or "…" in line.short
            for part in line.short.split("…"):
                assert part.strip() in line.reason


@pytest.mark.parametrize(("changes", "duty"), DUTIES[:4], ids=[duty[:40] for _, duty in DUTIES[:4]])
def test_the_first_page_and_one_screen_hold_it_beside_a_whole_face(
    changes: dict[str, Any], duty: str, facts: Facts
) -> None:
    zones = ("forehead", "cheek_left", "cheek_right", "nose", "chin", "glabella", "upper_lip")
    cautions = {"epilepsy": "yes", "smoking": "yes", "phototype": "V", "piercing_in_zone": "yes"}
    concerns = one_concern("wrinkles", *zones)
    plan = a_plan(facts, **{"concerns": concerns, **cautions, **changes})
    found = [line for entry in front(plan, 35).findings for line in entry.lines]
    last = duty.rpartition(". ")[2] if "by name" in duty else duty
    assert last in " ".join(found)
    assert last in " ".join(" ".join(brief(plan)).split())


def test_where_room_is_scarce_a_duty_still_says_what_it_is_about(facts: Facts) -> None:
    plan = a_plan(facts, numbing="lidocaine_5_cream")
    told = [line.duties for line in _lines(plan)]
    assert (
        "Lidocaine 5% cream or ointment: … No amount is given until a prescriber has written one."
    ) in told


def test_a_reason_without_an_end_is_cut_between_words(facts: Facts) -> None:
    plan = a_plan(facts, epilepsy="yes")
    long = plan.findings[0].model_copy(update={"reason": "a long reason " * 400})
    (line,) = finding_lines([long], plan)
    assert len(line.short) < 200
    assert line.short.endswith(" …")
