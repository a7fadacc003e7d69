"""Numbing by whole layers and visits: what a clinic may rely on, under the edition that has it."""

from typing import Any

import pytest

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.case.case import Person
from percuta.planning.numbing.blood_level import NumbedSkin
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.numbing.dose_query import Dose, DoseAnswer, answer_dose
from percuta.planning.plan.document import write_plan
from percuta.planning.plan.plan import Plan
from tests.people import a_plan, one_concern
from tests.spec.safety.reading import CREAM, EMLA, PEEL, levels

MADE_UP = (
    "lidocaine_5_cream",
    "lidocaine_tetracaine_7_cream",
    "compounded_benzocaine_lidocaine_tetracaine",
    "compounded_high_strength",
)
FACE = [zone.value for zone in Zone][:12]


def planned(facts: Facts, product: str, *zones: str, **changes: Any) -> Plan:
    concerns = one_concern("texture", *(zones or FACE))
    return a_plan(facts, numbing=product, concerns=concerns, **changes)


def numbed(facts: Facts, product: str, *zones: str, **changes: Any) -> Numbing:
    numbing = planned(facts, product, *zones, **changes).numbing
    assert numbing is not None
    return numbing


def test_first_signs_and_toxic_are_both_told(facts: Facts) -> None:
    for product in (CREAM, EMLA, PEEL):
        numbing = numbed(facts, product)
        assert (numbing.first_signs_ug_per_ml, numbing.toxic_ug_per_ml) == (1, 5)
        assert numbing.measured, "what was measured after it is told"


@pytest.mark.parametrize("product", [CREAM, EMLA, PEEL])
@pytest.mark.parametrize("weight_kg", [40.0, 60.0, 75.0, 90.0, 120.0])
def test_one_person_stays_under_first_signs_and_the_bound_under_toxic(
    product: str, weight_kg: float, facts: Facts
) -> None:
    numbing = numbed(facts, product, weight_kg=weight_kg)
    assert numbing.plasma_limit_ug_per_ml is not None
    assert numbing.plasma_limit_ug_per_ml < 1
    assert numbing.plasma_ug_per_ml_upper is not None
    assert numbing.plasma_ug_per_ml_upper < 5


@pytest.mark.parametrize("product", [CREAM, EMLA, PEEL])
def test_a_layer_is_never_thinner_than_the_labels(product: str, facts: Facts) -> None:
    layer = {CREAM: 0.15, EMLA: 0.125, PEEL: 0.13}[product]
    for weight_kg in range(36, 140, 8):
        numbing = numbed(facts, product, weight_kg=float(weight_kg))
        assert numbing.grams_max == pytest.approx(layer * (numbing.area_cm2 or 0))


def test_minutes_give_way_before_zones(facts: Facts) -> None:
    """A heavier person keeps every zone and loses minutes; then zones go, at the shortest time."""
    cheeks = ("cheek_left", "cheek_right")
    long, short, one = (numbed(facts, EMLA, *cheeks, weight_kg=kg) for kg in (120.0, 85.0, 60.0))
    assert len(long.zones) == len(short.zones) == 2
    assert (short.dwell_max_min or 0) < (long.dwell_max_min or 0)
    assert one.zones == (Zone.CHEEK_LEFT,)
    assert one.dwell_max_min == one.dwell_min == 60
    assert one.visits == ((Zone.CHEEK_LEFT,), (Zone.CHEEK_RIGHT,))
    assert "Visit 2: cheek, right." in _reason(
        planned(facts, EMLA, *cheeks, weight_kg=60.0), "numbing.part_of_the_area"
    )


def test_zones_of_a_visit_are_told_apart(facts: Facts) -> None:
    """Names hold a comma, so that commas between them would make two zones of one."""
    plan = planned(facts, EMLA, weight_kg=62.0)
    assert plan.numbing is not None
    reason = _reason(plan, "numbing.part_of_the_area")
    assert "; " in reason
    for number, zones in enumerate(plan.numbing.visits, start=1):
        told = reason.partition(f"Visit {number}: ")[2].partition(".")[0]
        places = [part.partition(", ") for part in told.split("; ")]
        sides = [side.split(" and ") for _, _, side in places]
        assert sum(map(len, sides)) == len(zones)
    eyes = planned(facts, EMLA, "periorbital_left", "periorbital_right", "nose")
    assert "not on periorbital, left and right." in _reason(eyes, "numbing.not_near_eyes")


def test_of_two_sides_the_one_named_first_is_numbed_first(facts: Facts) -> None:
    numbing = numbed(facts, EMLA, "cheek_right", "cheek_left", weight_kg=60.0)
    assert numbing.zones == (Zone.CHEEK_RIGHT,)


def test_four_per_cent_cream_is_never_covered_nor_wide_nor_long(facts: Facts) -> None:
    numbing = numbed(facts, CREAM, weight_kg=140.0)
    assert numbing.cover == "no"
    assert numbing.area_cm2_max == 400
    assert (numbing.dwell_min, numbing.dwell_max_min) == (30, 60)
    plan = planned(facts, CREAM)
    assert levels(plan)["numbing.prescriber_ticks"] is Level.CAUTION
    assert "speaks against large areas" in _reason(plan, "numbing.prescriber_ticks")


@pytest.mark.parametrize("product", MADE_UP)
def test_a_product_without_figure_waits_for_a_prescriber(product: str, facts: Facts) -> None:
    plan = planned(facts, product, "cheek_left")
    assert plan.is_made
    assert plan.numbing is not None
    assert plan.numbing.grams_max is None
    assert plan.numbing.zones == ()
    assert levels(plan)["numbing.no_figure"] is Level.REFER
    written = _written(product, grams=5.0, area_cm2=50.0, minutes=30.0)
    known = planned(facts, product, "cheek_left", numbing_prescription=written)
    assert known.numbing is not None
    assert (known.numbing.grams_max, known.numbing.prescribed_by) == (5.0, "Dr A")
    assert levels(known)["numbing.no_figure"] is Level.CAUTION


def test_what_a_prescriber_wrote_never_passes_the_outer_bound(facts: Facts) -> None:
    written = _written("lidocaine_5_cream", grams=150.0, area_cm2=1500.0, minutes=300.0)
    plan = planned(facts, "lidocaine_5_cream", "cheek_left", numbing_prescription=written)
    assert plan.numbing is not None
    assert plan.numbing.grams_max is None
    assert levels(plan)["numbing.prescribed_above_bound"] is Level.REFER


def test_a_prescription_lifts_no_figure(facts: Facts) -> None:
    written = _written(CREAM, grams=100.0, area_cm2=900.0, minutes=300.0)
    plain = numbed(facts, CREAM)
    told = numbed(facts, CREAM, numbing_prescription=written)
    assert told == plain


def test_a_prescription_for_one_product_is_none_for_another(facts: Facts) -> None:
    written = _written("lidocaine_5_cream", grams=2.0, area_cm2=20.0, minutes=30.0)
    plan = planned(facts, "compounded_high_strength", "chin", numbing_prescription=written)
    assert plan.numbing is not None
    assert plan.numbing.grams_max is None


def test_parts_of_each_maximum_add_up(facts: Facts) -> None:
    one = [{"drug": "articaine", "amount_mg": 100.0}]
    two = [*one, {"drug": "lidocaine", "amount_mg": 60.0}]
    areas = [
        numbed(facts, CREAM, weight_kg=60.0, other_local_anaesthetics=others).area_cm2_max or 0
        for others in ([], one, two)
    ]
    assert areas == sorted(areas, reverse=True)
    assert areas[-1] < areas[0]


@pytest.mark.parametrize(
    "others",
    [
        [{"drug": "lidocaine", "amount_mg": 180.0}],
        [{"drug": "bupivacaine", "amount_mg": 78.0}],
        [{"drug": "articaine", "amount_mg": 220.0}, {"drug": "lidocaine", "amount_mg": 90.0}],
    ],
)
def test_once_a_maximum_is_reached_no_other_drug_is_added(others: Any, facts: Facts) -> None:
    """60 kg: 3 mg/kg of lidocaine, 1.3 of bupivacaine, 7 of articaine, whose halves add up."""
    plan = planned(facts, CREAM, weight_kg=60.0, other_local_anaesthetics=others)
    assert plan.numbing is None
    assert levels(plan)["numbing.nothing_left"] is Level.REFER


@pytest.mark.parametrize("drug", ["benzocaine", "something new"])
def test_a_drug_without_a_maximum_gives_no_cream(drug: str, facts: Facts) -> None:
    others = [{"drug": drug, "amount_mg": 5.0}]
    plan = planned(facts, CREAM, other_local_anaesthetics=others)
    assert plan.numbing is not None
    assert plan.numbing.grams_max is None
    assert levels(plan)["numbing.other_without_maximum"] is Level.REFER


def test_milligrams_without_a_drug_count_as_the_strictest(facts: Facts) -> None:
    """60 kg: the strictest maximum is 78 mg, of bupivacaine in a dental table."""
    assert planned(facts, CREAM, weight_kg=60.0, other_local_anaesthetic_mg=78.0).numbing is None
    assert planned(facts, CREAM, weight_kg=60.0, other_local_anaesthetic_mg=77.0).numbing is None
    left = planned(facts, CREAM, "upper_lip", weight_kg=60.0, other_local_anaesthetic_mg=60.0)
    assert left.numbing is not None


def test_first_signs_with_everything_of_the_day_is_a_caution(facts: Facts) -> None:
    others = [{"drug": "articaine", "amount_mg": 60.0}]
    plan = planned(facts, CREAM, weight_kg=60.0, other_local_anaesthetics=others)
    assert levels(plan)["numbing.first_signs_with_others"] is Level.CAUTION
    assert "numbing.first_signs_with_others" not in levels(planned(facts, CREAM, weight_kg=60.0))


def test_drugs_that_form_methaemoglobin_are_asked_about(facts: Facts) -> None:
    taken = planned(facts, EMLA, "cheek_left", methaemoglobin_forming_drug="yes")
    assert taken.numbing is None
    assert levels(taken)["methaemoglobin_forming_drug"] is Level.STOP
    silent = planned(facts, EMLA, "cheek_left", methaemoglobin_forming_drug=None)
    assert levels(silent)["methaemoglobin_forming_drug"] is Level.NOTE
    for product in (CREAM, PEEL):
        plan = planned(facts, product, "cheek_left", methaemoglobin_forming_drug="yes")
        assert plan.numbing is not None
    both = planned(
        facts, EMLA, "cheek_left",
        other_local_anaesthetics=[{"drug": "articaine", "amount_mg": 5.0}],
    )  # fmt: skip
    assert levels(both)["numbing.methaemoglobin_together"] is Level.CAUTION


def test_no_bound_on_the_share_in_the_body_is_told(facts: Facts) -> None:
    plan = planned(facts, EMLA, "cheek_left")
    assert plan.course is not None
    assert "in 100 parts" not in write_plan(plan)
    assert any("about 10% absorbed" in none.why.text for none in plan.course.no_lane)


def test_a_dose_that_somebody_asks_about_is_held_to_the_same(facts: Facts) -> None:
    """30 g of 4% cream on 200 cm2: allowed alone, not thinner, wider or beside much else."""

    def passed(grams: float = 30.0, area_cm2: float = 200.0, other_mg: float = 0.0) -> str:
        skin = NumbedSkin(zones=(Zone.FOREHEAD,), area_cm2=area_cm2, minutes=60.0)
        dose = Dose(grams=grams, skin=skin, other_mg=other_mg)
        person = Person(age=40, weight_kg=60.0)
        return " ".join(answer_dose(facts.agents[CREAM], dose, person, facts).passed)

    assert passed() == ""
    assert "thinner than the label" in passed(grams=15.0)
    assert "500 cm2 a visit is above the ceiling" in passed(grams=75.0, area_cm2=500.0)
    assert "may reach 1 ug/mL" in passed(grams=60.0, area_cm2=400.0)
    assert "of the day's maximum is used" in passed(other_mg=70.0)
    skin = NumbedSkin(zones=(), area_cm2=10.0, minutes=30.0)
    dose = Dose(grams=1.0, skin=skin, other_mg=0.0)
    made_up = facts.agents["compounded_high_strength"]
    with pytest.raises(OutsideValidity, match="how strong"):
        answer_dose(made_up, dose, Person(age=40, weight_kg=60.0), facts)


def _answer(
    facts: Facts, product: str, grams: float, area_cm2: float, *, minutes: float, other_mg: float
) -> DoseAnswer:
    skin = NumbedSkin(zones=(), area_cm2=area_cm2, minutes=minutes)
    dose = Dose(grams=grams, skin=skin, other_mg=other_mg)
    return answer_dose(facts.agents[product], dose, Person(age=40, weight_kg=60.0), facts)


@pytest.mark.parametrize("product", [CREAM, EMLA, PEEL])
@pytest.mark.parametrize("other_mg", [0.0, 40.0])
def test_others_are_named_only_where_there_were_some(
    product: str, other_mg: float, facts: Facts
) -> None:
    passed = " ".join(_answer(facts, product, 900.0, 390.0, minutes=30.0, other_mg=other_mg).passed)
    assert "the body's maximum of the day" in passed
    assert ("used by others (40 mg" in passed) is (other_mg > 0)
    assert "0%" not in passed
    assert "()" not in passed


def test_the_ceiling_that_is_told_is_the_one_in_force(facts: Facts) -> None:
    """The UK label allows 900 cm2 of 4% cream; the edition allows 400 a visit."""
    answer = _answer(facts, CREAM, 3.0, 20.0, minutes=30.0, other_mg=0.0)
    assert answer.passed == ()
    assert (answer.limits.area_cm2_max or 0) <= 400
    assert answer.label_limits is not None
    assert answer.label_limits.area_cm2_max == 900


@pytest.mark.parametrize("product", [CREAM, EMLA, PEEL])
@pytest.mark.parametrize("other_mg", [0.0, 40.0])
def test_what_lies_above_a_ceiling_is_outside_and_what_lies_below_is_not(
    product: str, other_mg: float, facts: Facts
) -> None:
    layer = {CREAM: 0.15, EMLA: 0.125, PEEL: 0.13}[product]
    asked = _answer(facts, product, 1.0, 8.0, minutes=30.0, other_mg=other_mg).limits
    minutes = asked.dwell_min or 0.0
    most = _answer(facts, product, layer, 1.0, minutes=minutes, other_mg=other_mg).limits
    widest = most.area_cm2_max or 0.0
    inside, outside = (
        _answer(facts, product, layer * cm2, cm2, minutes=minutes, other_mg=other_mg)
        for cm2 in (widest * 0.98, widest * 1.02)
    )
    assert inside.passed == ()
    assert inside.limits.grams_max == pytest.approx(layer * widest * 0.98)
    assert any("cm2 a visit" in text for text in outside.passed)


def test_a_plan_goes_no_further_than_the_ceiling_that_is_told(facts: Facts) -> None:
    for product in (CREAM, EMLA, PEEL):
        numbing = numbed(facts, product, "cheek_left", weight_kg=60.0)
        skin = NumbedSkin(
            zones=numbing.zones,
            area_cm2=numbing.area_cm2 or 0.0,
            minutes=numbing.dwell_min or 0.0,
        )
        dose = Dose(grams=numbing.grams_max or 0.0, skin=skin, other_mg=0.0)
        person = Person(age=34, weight_kg=60.0)
        limits = answer_dose(facts.agents[product], dose, person, facts).limits
        assert limits.area_cm2_max == pytest.approx(numbing.area_cm2_max, abs=0.1)
        assert limits.dwell_max_min == numbing.dwell_max_min


def _written(product: str, **amounts: float) -> dict[str, Any]:
    return {"by": "Dr A", "product": product, **amounts}


def _reason(plan: Plan, rule: str) -> str:
    return next(finding.reason for finding in plan.findings if finding.rule == rule)
