"""A dose that is asked about passes no ceiling unseen, and without a ceiling there is no yes."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Person
from percuta.planning.numbing.blood_level import NumbedSkin
from percuta.planning.numbing.dose_query import Dose, DoseAnswer, answer_dose

EMLA, PEEL, CREAM = (
    "lidocaine_prilocaine_cream",
    "lidocaine_tetracaine_peel",
    "lidocaine_4_cream",
)
ADULT = Person(age=30, weight_kg=62.0)


def asked(
    facts: Facts,
    product: str = EMLA,
    *,
    person: Person = ADULT,
    zones: tuple[Zone, ...] = (Zone.CHEEK_LEFT,),
    grams: float = 10.0,
    area_cm2: float = 100.0,
    minutes: float = 60.0,
    other_mg: float = 0.0,
) -> DoseAnswer:
    skin = NumbedSkin(zones=zones, area_cm2=area_cm2, minutes=minutes)
    return answer_dose(
        facts.agents[product], Dose(grams=grams, skin=skin, other_mg=other_mg), person, facts
    )


def test_a_dose_within_every_ceiling_passes_none(earlier: Facts) -> None:
    answer = asked(earlier)
    assert answer.passed == ()
    assert answer.limits.is_complete
    assert answer.grade_words


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"grams": 12.6}, "12.6 g is above the ceiling of 12.5 g"),
        ({"grams": 60.0, "area_cm2": 601.0}, "601 cm2 a visit is above the ceiling"),
        ({"minutes": 301.0}, "301 min is above the ceiling"),
        ({"other_mg": 279.0}, "10 g is above the ceiling of 0 g"),
        ({"zones": (Zone.PERIORBITAL_LEFT,)}, "stays away from the eyes"),
        ({"grams": 60.0, "area_cm2": 600.0, "minutes": 300.0}, "may reach early signs"),
        ({"product": PEEL, "minutes": 31.0}, "31 min is above the ceiling of 30 min"),
        (
            {"product": CREAM, "area_cm2": 401.0, "grams": 60.15},
            "401 cm2 a visit is above the ceiling",
        ),
        ({"grams": 10.0}, "0.1 g per cm2 is thinner than the label's 0.125"),
        ({"person": Person(age=4, weight_kg=16.0)}, "No ceiling in g was published"),
    ],
)
def test_a_ceiling_that_is_passed_is_named(
    told: dict[str, object], named: str, facts: Facts
) -> None:
    assert any(named in text for text in asked(facts, **told).passed)  # type: ignore[arg-type]


@pytest.mark.parametrize("product", [EMLA, PEEL])
@pytest.mark.parametrize("weight_kg", [35.0, 62.0, 140.0])
def test_a_lighter_person_is_never_allowed_more(
    product: str, weight_kg: float, facts: Facts
) -> None:
    light, heavy = (
        asked(facts, product, person=Person(age=30, weight_kg=kg), area_cm2=400.0).limits
        for kg in (weight_kg, weight_kg + 20)
    )
    assert light.grams_max is not None
    assert heavy.grams_max is not None
    assert light.grams_max <= heavy.grams_max
