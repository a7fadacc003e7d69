"""Never more holes than can be answered for; a wished density is met or said to be missed."""

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from tests.people import a_case, a_plan
from tests.spec.safety.reading import levels


@pytest.mark.parametrize(
    ("device", "too_many", "rule"),
    [
        ("generic_pen_6", {"passes": 21}, "passes.above_limit"),
        ("roller_192_10", {"passes": 61}, "passes.above_limit"),
        ("generic_pen_14", {"passes": 11}, "density.above_limit"),
        ("generic_pen_14", {"strikes_per_cm2": 99_000.0}, "density.above_limit"),
        ("roller_192_10", {"strikes_per_cm2": 1500.0}, "passes.above_limit"),
    ],
)
def test_too_many_holes_are_refused(
    device: str, too_many: dict[str, object], rule: str, facts: Facts
) -> None:
    plan = a_plan(facts, device=device, **too_many)
    assert levels(plan)[rule] is Level.STOP
    assert not plan.is_made


def test_a_zone_with_too_many_passes_is_left_out_and_the_others_stay(earlier: Facts) -> None:
    plan = a_plan(earlier, zone_passes={"cheek_left": 9})
    assert levels(plan)["passes.above_limit"] is Level.STOP
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_RIGHT]


def test_a_density_that_whole_passes_miss_is_told(facts: Facts) -> None:
    """One pass of this pen leaves nearly three times what was asked for."""
    plan = a_plan(facts, strikes_per_cm2=229.0)
    assert levels(plan)["density.target_missed"] is Level.CAUTION
    assert plan.zones[0].target_strikes_per_cm2 == pytest.approx(229)
    assert "density.target_missed" not in levels(a_plan(facts, strikes_per_cm2=2000.0))


@pytest.mark.parametrize(
    "wrong",
    [
        {"passes": 0},
        {"passes": 2.5},
        {"passes": "3"},
        {"passes": True},
        {"strikes_per_cm2": 0.0},
        {"strikes_per_cm2": float("inf")},
        {"zone_passes": {"cheek_left": -1}},
        {"zone_passes": {"nose": 2}},
        {"zone_strikes_per_cm2": {"nose": 200.0}},
        {"passes": 3, "strikes_per_cm2": 200.0},
        {"zone_passes": {"cheek_left": 2}, "zone_strikes_per_cm2": {"cheek_left": 200.0}},
    ],
)
def test_a_dose_that_cannot_be_meant_is_a_fault(wrong: dict[str, object], facts: Facts) -> None:
    with pytest.raises(CaseError, match="passes|strikes_per_cm2"):
        a_case(facts, **wrong)
