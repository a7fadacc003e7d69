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
