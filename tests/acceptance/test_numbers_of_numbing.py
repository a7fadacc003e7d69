"""The numbers that a plan stands on: numbing, its two limits, and what was measured."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.validation.peaks import binomial_interval, checked_peaks, score
from tests.people import a_plan, one_concern


@pytest.mark.parametrize("weight_kg", [60.0, 75.0, 90.0])
def test_four_per_cent_cream_numbs_every_zone_of_a_face_in_two_visits(
    weight_kg: float, facts: Facts
) -> None:
    face = [zone for zone, row in facts.zones.items() if "face" in row.sites and not row.near_eye]
    plan = a_plan(
        facts,
        numbing="lidocaine_4_cream",
        weight_kg=weight_kg,
        concerns=one_concern("texture", *face),
        other_local_anaesthetic_mg=0.0,
    )
    numbing = plan.numbing
    assert numbing is not None
    assert numbing.grams_max is not None
    assert numbing.area_cm2 is not None
    assert len(numbing.visits) <= 2
    assert {zone for visit in numbing.visits for zone in visit} == set(face)
    assert numbing.grams_max >= 0.15 * numbing.area_cm2 - 1e-9
    assert numbing.area_cm2 <= 400
    assert (numbing.dwell_min, numbing.cover) == (30, "no")
    assert (numbing.plasma_limit_ug_per_ml or 9) < 1
    assert (numbing.plasma_ug_per_ml_upper or 9) < 5


def test_one_cheek_of_sixty_kilograms_is_numbed_by_each_labelled_product(facts: Facts) -> None:
    grams = {}
    for product in ("lidocaine_4_cream", "lidocaine_prilocaine_cream", "lidocaine_tetracaine_peel"):
        numbing = a_plan(
            facts,
            numbing=product,
            weight_kg=60.0,
            concerns=one_concern("texture", Zone.CHEEK_LEFT),
            other_local_anaesthetic_mg=0.0,
        ).numbing
        assert numbing is not None
        grams[product] = numbing.grams_max
    assert grams == {
        "lidocaine_4_cream": 13.5,
        "lidocaine_prilocaine_cream": 11.25,
        "lidocaine_tetracaine_peel": 11.7,
    }


def test_published_peaks_left_out_in_turn_lie_under_the_limit_but_for_those_named(
    facts: Facts,
) -> None:
    peaks = checked_peaks(facts)
    misses = {one.key for one in peaks if not one.is_under}
    assert misses == {"peak.emla_graft", "peak.mccleskey_high", "peak.peel_thigh_50"}
    assert len(peaks) == 31
    low, high = binomial_interval(28, 31)
    assert (round(low, 2), round(high, 2)) == (0.74, 0.98)
    assert low < 0.95 < high
    assert round(score(peaks), 2) == 2.39
    assert round(score(peaks, of_old_bound=True), 2) == 2.43
