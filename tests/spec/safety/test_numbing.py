"""Never more numbing than any label allows."""

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.judgement.findings import Verdict
from percuta.planning.numbing.ceilings import numbing_limits
from tests.people import a_case, a_plan, one_concern
from tests.spec.safety.reading import CREAM, EMLA, PEEL, grams, levels


def test_numbing_is_never_above_any_ceiling(facts: Facts) -> None:
    """Grams stay under the label's most, its layer on large cheeks, 4.5 mg/kg and 300 mg."""
    for product, most, layer, strength in ((EMLA, 60.0, 0.125, 50.0), (PEEL, 53.0, 0.13, 140.0)):
        for weight in (35.0, 50.0, 62.0, 80.0, 140.0):
            numbing = a_plan(facts, numbing=product, weight_kg=weight).numbing
            given = 0.0 if numbing is None else numbing.grams_max or 0.0
            absorbed_mg = given * strength * 0.10
            assert given <= most
            assert given <= layer * 180 + 1e-9
            assert absorbed_mg <= min(300.0, 4.5 * weight)
            assert given or weight < 50, "an adult is numbed on one cheek at least"


def test_a_lighter_person_never_gets_more(facts: Facts) -> None:
    for product in (EMLA, PEEL):
        numbed = [
            a_plan(facts, numbing=product, weight_kg=float(kg)).numbing for kg in range(30, 151, 5)
        ]
        amounts = [0.0 if numbing is None else numbing.grams_max or 0.0 for numbing in numbed]
        assert amounts == sorted(amounts)
        assert amounts[-1] > 0


def test_other_anaesthetic_of_the_day_is_counted_in(earlier: Facts) -> None:
    amounts = [
        grams(earlier, PEEL, weight_kg=50.0, other_local_anaesthetic_mg=float(mg))
        for mg in (0, 40, 80, 110, 120, 130)
    ]
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[-1] < 1
    used_up = a_plan(earlier, numbing=PEEL, weight_kg=50.0, other_local_anaesthetic_mg=150.0)
    assert used_up.numbing is None
    silent = a_plan(earlier, numbing=PEEL)
    assert "numbing.other_anaesthetic_not_told" in levels(silent)


def test_no_more_skin_is_numbed_than_the_label_allows(facts: Facts) -> None:
    wide = one_concern("texture", *list(Zone)[:14])
    plan = a_plan(facts, numbing=PEEL, concerns=[*wide, *one_concern("stretch_marks", "abdomen")])
    assert plan.numbing is not None
    assert plan.numbing.area_cm2 is not None
    assert plan.numbing.area_cm2 <= 400
    assert Zone.ABDOMEN not in plan.numbing.zones
    assert levels(plan)["numbing.part_of_the_area"] is Level.CAUTION


def test_numbing_stays_away_from_the_eyes(facts: Facts) -> None:
    eyes = one_concern("wrinkles", "periorbital_left", "cheek_left")
    plan = a_plan(facts, numbing=EMLA, concerns=eyes)
    assert plan.numbing is not None
    assert plan.numbing.zones == (Zone.CHEEK_LEFT,)
    assert "numbing.not_near_eyes" in levels(plan)


def test_no_weight_no_grams(facts: Facts) -> None:
    case = a_case(facts, weight_kg=None, numbing=EMLA)
    assert numbing_limits(facts.agents[EMLA], case.person, facts).grams_max is None
    assert a_plan(facts, weight_kg=None, numbing=EMLA).verdict is Verdict.INCOMPLETE


def test_no_sourced_row_no_figure(earlier: Facts) -> None:
    """Lidocaine 4% cream has no usable adult area row, so it gets no grams."""
    plan = a_plan(earlier, numbing=CREAM)
    assert plan.numbing is not None
    assert plan.numbing.grams_max is None
    assert plan.numbing.area_cm2 is None
    assert levels(plan)["numbing.no_figure"] is Level.REFER


def test_rows_marked_do_not_use_are_never_a_limit(facts: Facts) -> None:
    banned = {f"anaesthetics/{r.key}" for r in facts.anaesthetics if r.use == "do_not_use"}
    assert banned
    for product in (EMLA, PEEL, CREAM):
        plan = a_plan(facts, numbing=product)
        assert plan.numbing is not None
        told = {fact for reason in plan.numbing.why for fact in reason.facts}
        assert banned.isdisjoint(told | {plan.numbing.limited_by, plan.numbing.runner_up})


def test_never_numb_needled_skin(facts: Facts) -> None:
    for product in (EMLA, PEEL, CREAM):
        plan = a_plan(facts, numbing=product)
        assert "never put it on needled skin" in plan.never
        assert facts.agents[product].on_needled_skin == "never"
    assert "never put it on needled skin" in a_plan(facts, numbing="none").never


def test_methaemoglobinaemia_takes_prilocaine_away(facts: Facts) -> None:
    at_risk = a_plan(facts, numbing=EMLA, methaemoglobinaemia_or_g6pd="yes")
    assert at_risk.numbing is None
    assert levels(at_risk)["methaemoglobinaemia_or_g6pd"] is Level.STOP
    told = a_plan(facts, numbing=EMLA).numbing
    assert told is not None
    assert "methaemoglobinaemia" in told.warning
    assert a_plan(facts, numbing=PEEL, methaemoglobinaemia_or_g6pd="yes").numbing is not None


def test_an_allergy_takes_the_numbing_away(facts: Facts) -> None:
    assert a_plan(facts, numbing=EMLA, anaesthetic_allergy="yes").numbing is None
    assert a_plan(facts, numbing=CREAM, soya_or_peanut_allergy="yes").numbing is None
    assert a_plan(facts, numbing=PEEL, pseudocholinesterase_deficiency="yes").numbing is None
    lidocaine = {"status": "yes", "ingredients": ["lidocaine"]}
    assert a_plan(facts, numbing=EMLA, product_ingredient_allergy=lidocaine).numbing is None


def test_nothing_left_of_the_days_maximum_means_no_numbing(facts: Facts) -> None:
    plan = a_plan(facts, numbing=PEEL, other_local_anaesthetic_mg=300.0)
    assert plan.numbing is None or not plan.numbing.zones
