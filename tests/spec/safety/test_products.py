"""No product on needled skin that may harm."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from tests.people import a_plan
from tests.spec.safety.reading import levels


def test_a_product_the_person_reacts_to_is_not_used(facts: Facts) -> None:
    glycol = {"status": "yes", "ingredients": ["propylene_glycol"]}
    plan = a_plan(facts, product_ingredient_allergy=glycol, glide="pectin_glide_gel")
    for product in (plan.glide, plan.soothing):
        assert product is not None
        held = set(facts.agents[product.product].ingredients)
        assert held.isdisjoint({"propylene_glycol", "unknown"})
    unnamed = a_plan(facts, product_ingredient_allergy="yes")
    assert unnamed.glide is None
    assert unnamed.soothing is None


@pytest.mark.parametrize("serum", ["vitamin_c_serum", "cosmetic_hyaluronic_serum"])
def test_a_serum_not_meant_for_needled_skin_is_left_out(facts: Facts, serum: str) -> None:
    plan = a_plan(facts, soothing=serum)
    assert plan.soothing is not None
    assert plan.soothing.product != serum
    assert levels(plan)["product.never_on_needled_skin"] is Level.STOP
    unlabelled = a_plan(facts, soothing="petrolatum_ointment")
    assert levels(unlabelled)["product.not_labelled_for_needled_skin"] is Level.CAUTION


@pytest.mark.parametrize("serum", ["vitamin_c_serum", "cosmetic_hyaluronic_serum"])
def test_a_topical_not_meant_for_needled_skin_is_left_out_and_not_forecast(
    facts: Facts, serum: str
) -> None:
    plan = a_plan(facts, topicals=[serum])
    assert plan.topicals == ()
    assert levels(plan)["product.never_on_needled_skin"] is Level.STOP
    assert plan.course is not None
    assert serum not in {lane.product for lane in plan.course.absorption}


def test_an_off_label_topical_over_open_holes_is_cautioned(facts: Facts) -> None:
    plan = a_plan(facts, topicals=["tranexamic_acid_solution"])
    assert [topical.product for topical in plan.topicals] == ["tranexamic_acid_solution"]
    told = [f for f in plan.findings if f.rule == "product.not_labelled_for_needled_skin"]
    assert [finding.level for finding in told] == [Level.CAUTION]
    assert "not cleared for carrying substances" in told[0].reason


def test_a_topical_the_person_reacts_to_is_left_out(facts: Facts) -> None:
    reaction = {"status": "yes", "ingredients": ["tranexamic_acid"]}
    plan = a_plan(facts, topicals=["tranexamic_acid_solution"], product_ingredient_allergy=reaction)
    assert plan.topicals == ()
    assert levels(plan)["product.never_on_needled_skin"] is Level.STOP
