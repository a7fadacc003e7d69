"""Other scars, melasma, hair loss: planned, asked about or referred, and no depth is advised."""

from typing import Any

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts, open_edition
from percuta.planning.plan.plan import Plan
from tests.people import a_case, a_plan, one_concern


def scars(kind: str | None, zone: str = "cheek_left") -> list[dict[str, Any]]:
    return one_concern("other_scars", zone, kind=kind)


def told(plan: Plan) -> str:
    return " ".join(f.reason for f in plan.findings if f.rule == "concern.without_advice")


@pytest.mark.parametrize("kind", ["surgical", "traumatic"])
def test_a_flat_scar_is_planned_without_a_depth(kind: str, facts: Facts) -> None:
    plan = a_plan(facts, concerns=scars(kind))
    assert plan.verdict == "suitable"
    assert plan.zones[0].depth_mm.recommended is None
    assert "No depth is advised" in told(plan)


@pytest.mark.parametrize("kind", ["burn", "hypertrophic"])
@pytest.mark.parametrize("zone", ["cheek_left", "abdomen"])
def test_a_raised_or_burnt_scar_is_referred(kind: str, zone: str, facts: Facts) -> None:
    plan = a_plan(facts, concerns=scars(kind, zone))
    assert plan.verdict == "refer"
    assert not plan.zones


def test_what_a_scar_came_from_is_asked_for(facts: Facts) -> None:
    plan = a_plan(facts, concerns=scars(None))
    assert plan.verdict == "incomplete"
    assert [question.rule for question in plan.questions] == ["concern.kind_of_scar"]


@pytest.mark.parametrize(("operator", "verdict"), [("physician", "suitable"), ("nurse", "refer")])
def test_melasma_is_for_a_physician_and_told_with_its_risk(
    operator: str, verdict: str, facts: Facts
) -> None:
    plan = a_plan(facts, operator=operator, concerns=one_concern("melasma", "cheek_left"))
    assert plan.verdict == verdict
    assert "52.3 of 100" in told(plan)
    assert all(zone.depth_mm.recommended is None for zone in plan.zones)
    assert all(zone.depth_mm.low == pytest.approx(0.25) for zone in plan.zones)


def test_hair_loss_is_of_the_scalp_and_gets_no_depth_of_trials_with_minoxidil(
    facts: Facts,
) -> None:
    plan = a_plan(facts, concerns=one_concern("hair_loss", "scalp"))
    assert all(zone.depth_mm.recommended is None for zone in plan.zones)
    assert "minoxidil" in told(plan)
    with pytest.raises(CaseError, match="of the scalp alone"):
        a_case(facts, concerns=one_concern("hair_loss", "forehead"))


def test_trials_with_minoxidil_do_not_loosen_the_scalp(facts: Facts) -> None:
    sealed = open_edition("2026-11-23")
    texture = one_concern("texture", "scalp")
    chosen = {"scalp": {"mm": 0.5, "chosen_by": "physician"}}
    old = a_plan(sealed, concerns=texture).zones[0]
    new = a_plan(facts, concerns=texture, depth_mm=chosen).zones[0]
    assert new.depth_mm.limit == pytest.approx(old.depth_mm.limit)
    assert new.depth_mm.limited_by == old.depth_mm.limited_by


@pytest.mark.parametrize(
    ("concern", "kind"), [("acne_scars", "burn"), ("other_scars", "rolling"), ("melasma", "burn")]
)
def test_a_kind_belongs_to_its_concern(concern: str, kind: str, facts: Facts) -> None:
    with pytest.raises(CaseError, match="kind"):
        a_case(facts, concerns=one_concern(concern, "cheek_left", kind=kind))


@pytest.mark.parametrize("concern", ["other_scars", "melasma", "hair_loss"])
def test_an_edition_without_the_concern_refuses_it_in_words(concern: str) -> None:
    with pytest.raises(CaseError, match=f"says nothing of '{concern}'"):
        a_case(open_edition("2026-11-23"), concerns=one_concern(concern, "scalp"))
