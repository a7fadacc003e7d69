"""A dose of numbing product that somebody asks about, against every ceiling that holds for it."""

from collections.abc import Iterator

from percuta.errors import OutsideValidity
from percuta.facts.agents import Agent
from percuta.facts.edition import Facts
from percuta.planning.blood_level import BOUND_GRADE, BloodLevel, NumbedSkin, blood_level
from percuta.planning.case import Frozen, Person
from percuta.planning.grades import Grade
from percuta.planning.numbing import NumbingLimits, numbing_limits


class Dose(Frozen):
    """Grams on a skin, with all other local anaesthetic of the day."""

    grams: float
    skin: NumbedSkin
    other_mg: float


class DoseAnswer(Frozen):
    """The bound on the blood level, the published ceilings, and every one that is passed.

    ``passed`` also names each ceiling that was never published: without it there is no figure.
    """

    level: BloodLevel
    grade: Grade
    grade_words: str
    limits: NumbingLimits
    passed: tuple[str, ...]


def answer_dose(agent: Agent, dose: Dose, person: Person, facts: Facts) -> DoseAnswer:
    """What a dose comes to.

    Raises
    ------
    OutsideValidity
        If the person's weight is not known.
    """
    if person.weight_kg is None:
        raise OutsideValidity("without a weight no blood level can be bounded")
    limits = numbing_limits(
        agent, person, facts, other_mg=dose.other_mg, area_cm2=dose.skin.area_cm2
    )
    level = blood_level(
        agent,
        dose.skin,
        facts,
        grams=dose.grams,
        weight_kg=person.weight_kg,
        other_mg=dose.other_mg,
    )
    return DoseAnswer(
        level=level,
        grade=BOUND_GRADE,
        grade_words=BOUND_GRADE.words,
        limits=limits,
        passed=tuple(_passed(agent, dose, limits, level, facts)),
    )


def _passed(
    agent: Agent, dose: Dose, limits: NumbingLimits, level: BloodLevel, facts: Facts
) -> Iterator[str]:
    for asked, most, unit in (
        (dose.grams, limits.grams_max, "g"),
        (dose.skin.area_cm2, limits.area_cm2_max, "cm2"),
        (dose.skin.minutes, limits.dwell_max_min, "min"),
    ):
        if most is None:
            yield f"No ceiling in {unit} was published for this product and person: no figure."
        elif asked > most:
            yield f"{asked:g} {unit} is above the ceiling of {most:.4g} {unit}."
    if agent.near_eyes == "no" and any(facts.zones[zone].near_eye for zone in dose.skin.zones):
        yield f"{agent.name} stays away from the eyes."
    if not level.is_below_toxic:
        yield "The blood level may reach early signs of poisoning."
