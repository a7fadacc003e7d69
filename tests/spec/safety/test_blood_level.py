"""A blood level is bounded from above; the bound lowers ceilings and never raises them."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.numbing.blood_level import NumbedSkin, blood_level, open_barrier
from percuta.planning.numbing.ceilings import Numbing, numbing_limits
from percuta.planning.recovery.closure_times import closing_times
from tests.people import a_case, a_plan, one_concern
from tests.spec.safety.reading import CREAM, EMLA, PEEL

FACE = (
    "forehead", "glabella", "nose", "cheek_left", "cheek_right",
    "perioral", "chin", "jawline_left", "jawline_right",
)  # fmt: skip


def numbed(facts: Facts, product: str, weight_kg: float, other_mg: float = 0.0) -> Numbing | None:
    """The numbing of a whole face."""
    return a_plan(
        facts,
        numbing=product,
        weight_kg=weight_kg,
        other_local_anaesthetic_mg=other_mg,
        concerns=one_concern("texture", *FACE),
    ).numbing


@pytest.mark.parametrize("product", [EMLA, PEEL])
@pytest.mark.parametrize("weight_kg", [35.0, 50.0, 62.0, 90.0, 140.0])
@pytest.mark.parametrize("other_mg", [0.0, 60.0])
def test_all_that_a_plan_allows_stays_below_early_signs(
    product: str, weight_kg: float, other_mg: float, facts: Facts
) -> None:
    numbing = numbed(facts, product, weight_kg, other_mg)
    if numbing is None:
        assert other_mg, "only what went elsewhere leaves nothing for any zone"
        return
    assert numbing.plasma_ug_per_ml_upper is not None
    assert numbing.plasma_ug_per_ml_upper <= numbing.toxic_ug_per_ml == 5


def test_a_whole_face_is_not_numbed_for_five_hours(earlier: Facts) -> None:
    """The label allows 300 minutes; the bound ends it sooner and leaves the grams alone."""
    numbing = numbed(earlier, EMLA, 62.0)
    assert numbing is not None
    assert numbing.dwell_min is not None
    assert numbing.dwell_max_min is not None
    assert numbing.dwell_min <= numbing.dwell_max_min < 300
    assert any("absorption/toxic_level.local_anaesthetic" in reason.facts for reason in numbing.why)


@pytest.mark.parametrize("product", [EMLA, PEEL, CREAM])
def test_no_ceiling_of_a_label_is_ever_raised(product: str, facts: Facts) -> None:
    for weight_kg in (35.0, 62.0, 140.0):
        label = numbing_limits(
            facts.agents[product], a_case(facts, weight_kg=weight_kg).person, facts
        )
        numbing = numbed(facts, product, weight_kg)
        assert numbing is not None
        for name in ("grams_max", "dwell_max_min", "area_cm2_max"):
            told, most = getattr(numbing, name), getattr(label, name)
            assert told is None or told <= most


def test_a_lighter_person_never_gets_more_on_a_whole_face(facts: Facts) -> None:
    for product in (EMLA, PEEL):
        amounts = [
            numbing.grams_max or 0.0
            for kg in range(20, 151, 5)
            if (numbing := numbed(facts, product, float(kg))) is not None
        ]
        assert amounts == sorted(amounts)


def test_a_product_without_figures_has_no_blood_level(earlier: Facts) -> None:
    numbing = numbed(earlier, CREAM, 62.0)
    assert numbing is not None
    assert numbing.plasma_ug_per_ml_upper is None


def test_needled_skin_gets_no_number(facts: Facts) -> None:
    for hours in (0.0, 3.0, 48.0, 100.0, 150.0):
        stop = open_barrier(hours, facts)
        assert stop is not None
        assert stop.level is Level.STOP
        assert "Never numb needled skin" in stop.reason
    assert open_barrier(24.0 * 14, facts) is None


def test_numbing_never_comes_sooner_than_the_course_says_that_the_barrier_closes(
    facts: Facts,
) -> None:
    for zone in Zone:
        for depth_mm in (0.5, 1.5, 2.5):
            barrier = closing_times(zone, depth_mm, covered=True, facts=facts)[0]
            hours = barrier.hours.model_dump()
            assert open_barrier(max(hours.values()) - 0.1, facts, zones=(zone,)) is not None


def test_never_above_what_was_applied(facts: Facts) -> None:
    for product in (EMLA, PEEL):
        for grams in (0.1, 1.0, 10.0, 50.0):
            skin = NumbedSkin(zones=(Zone.FOREHEAD,), area_cm2=400.0, minutes=600.0)
            level = blood_level(
                facts.agents[product], skin, facts, grams=grams, weight_kg=50.0, other_mg=20.0
            )
            assert level.plasma_ug_per_ml_upper <= level.applied_ug_per_ml


def test_skin_without_a_measured_flux_counts_as_the_skin_that_takes_up_most(facts: Facts) -> None:
    levels = {
        zones: blood_level(
            facts.agents[EMLA],
            NumbedSkin(zones=zones, area_cm2=200.0, minutes=60.0),
            facts,
            grams=30.0,
            weight_kg=62.0,
            other_mg=0.0,
        ).plasma_ug_per_ml_upper
        for zones in ((), (Zone.FOREHEAD,), (Zone.ABDOMEN,), (Zone.THIGH_LEFT,))
    }
    face = levels[Zone.FOREHEAD,]
    assert levels[()] == levels[Zone.ABDOMEN,] == face
    assert levels[Zone.THIGH_LEFT,] < face
    assert blood_level(
        facts.agents[EMLA],
        NumbedSkin(zones=(Zone.THIGH_LEFT, Zone.FOREHEAD), area_cm2=200.0, minutes=60.0),
        facts,
        grams=30.0,
        weight_kg=62.0,
        other_mg=0.0,
    ).plasma_ug_per_ml_upper == pytest.approx(face)
