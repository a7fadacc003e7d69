"""What clinics put on open skin is recorded, with what regulators say; no figure, no advice."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from tests.people import a_plan

OPEN_SKIN = ("platelet_rich_plasma", "exosomes", "polynucleotides", "minoxidil_solution")


@pytest.mark.parametrize("product", OPEN_SKIN)
def test_what_has_no_figure_is_recorded_with_a_caution_of_a_regulator(
    product: str, facts: Facts
) -> None:
    plan = a_plan(facts, topicals=[product])
    assert [topical.product for topical in plan.topicals] == [product]
    (found,) = [f for f in plan.findings if f.rule == "product.no_figure"]
    assert found.level is Level.CAUTION
    assert "not advised" in found.reason
    assert any(facts.sources[key].kind == "regulator" for key in found.sources)


@pytest.mark.parametrize("product", OPEN_SKIN)
def test_nothing_is_reckoned_of_what_has_no_figure(product: str, facts: Facts) -> None:
    course = a_plan(facts, topicals=[product]).course
    assert course is not None
    assert product not in {lane.product for lane in course.absorption}
    assert product in {none.product for none in course.no_lane}


@pytest.mark.parametrize("product", OPEN_SKIN)
def test_it_is_never_chosen_by_itself(product: str, facts: Facts) -> None:
    assert facts.agents[product].default_rank_n is None
    assert not a_plan(facts).topicals
