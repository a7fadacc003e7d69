"""A dose of numbing product that somebody asks about, against every ceiling that holds for it."""

import math
from collections.abc import Iterator

from percuta.errors import OutsideValidity
from percuta.facts.agents import Agent
from percuta.facts.edition import Facts
from percuta.facts.numbing import NumbingProduct
from percuta.planning.case.case import Frozen, Person
from percuta.planning.judgement.grades import Grade
from percuta.planning.numbing.area_caps import (
    Cap,
    LabelUse,
    blood_areas,
    body_areas,
    label_use,
    longest_minutes,
)
from percuta.planning.numbing.blood_level import BOUND_GRADE, BloodLevel, NumbedSkin, blood_level
from percuta.planning.numbing.ceilings import NumbingLimits, numbing_limits
from percuta.planning.numbing.measured_level import (
    Layer,
    first_signs_ug_per_ml,
    measured_levels,
    peak_limit,
)
from percuta.planning.numbing.other_anaesthetic import OthersOfTheDay, others

_SLACK = 1e-9


class Dose(Frozen):
    """Grams on a skin, with all other local anaesthetic of the day."""

    grams: float
    skin: NumbedSkin
    other_mg: float


class DoseAnswer(Frozen):
    """The bound on the blood level, the ceilings in force, and every one that is passed.

    ``passed`` also names each ceiling that was never published: without it there is no figure.
    ``label_limits`` are what labels and the body's maximum allow by themselves, where the edition
    allows less. ``one_person_ug_per_ml`` is the limit for one person by what was measured, of the
    product alone; it and both that follow are told by editions that hold measured levels.
    """

    level: BloodLevel
    grade: Grade
    grade_words: str
    limits: NumbingLimits
    passed: tuple[str, ...]
    one_person_ug_per_ml: float | None = None
    first_signs_ug_per_ml: float | None = None
    measured: tuple[str, ...] = ()
    label_limits: NumbingLimits | None = None


def answer_dose(agent: Agent, dose: Dose, person: Person, facts: Facts) -> DoseAnswer:
    """What a dose comes to.

    Raises
    ------
    OutsideValidity
        If the person's weight, or how strong the product is, is not known.
    """
    if person.weight_kg is None:
        raise OutsideValidity("without a weight no blood level can be bounded")
    if agent.anaesthetic_mg_per_g is None:
        raise OutsideValidity("how strong this product is is not known: no level can be bounded")
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
    product = facts.numbing_products.get(agent.key)
    if product is not None:
        return _answer_by_layer(agent, product, dose, person, limits, level, facts)
    return DoseAnswer(
        level=level,
        grade=BOUND_GRADE,
        grade_words=BOUND_GRADE.words,
        limits=limits,
        passed=tuple(_passed(agent, dose, limits, level, facts)),
    )


def _answer_by_layer(
    agent: Agent,
    product: NumbingProduct,
    dose: Dose,
    person: Person,
    limits: NumbingLimits,
    level: BloodLevel,
    facts: Facts,
) -> DoseAnswer:
    """The same with whole layers, the policy on area, and the limit from measured levels."""
    layer = Layer(g_per_cm2=dose.grams / dose.skin.area_cm2, cover=product.cover)
    limit = peak_limit(agent, layer, dose.skin, facts, weight_kg=person.weight_kg or 0.0)
    first = first_signs_ug_per_ml(facts)
    use = label_use(agent, product, person, facts) if product.has_figure else None
    used = others([], dose.other_mg, facts, weight_kg=person.weight_kg or 0.0)
    in_force = limits
    if use is not None and limits.is_complete:
        in_force = _in_force(agent, product, use, used, dose, person, limits, facts)
    passed = [
        *_passed(agent, dose, in_force, level, facts, area_unit="cm2 a visit"),
        *_of_layer(agent, layer, use),
    ]
    if use is not None:
        passed += _above_the_body(dose, _body_grams(agent, use, person, used, facts), used)
    if limit >= first:
        passed.append(f"One person's level may reach {first:g} ug/mL, where first signs may begin.")
    return DoseAnswer(
        level=level,
        grade=BOUND_GRADE,
        grade_words=BOUND_GRADE.words,
        limits=in_force,
        label_limits=None if in_force is limits else limits,
        passed=tuple(passed),
        one_person_ug_per_ml=math.ceil(limit * 1000 - 1e-9) / 1000,
        first_signs_ug_per_ml=first,
        measured=tuple(one.text for one in measured_levels(agent, facts)),
    )


def _in_force(
    agent: Agent,
    product: NumbingProduct,
    use: LabelUse,
    used: OthersOfTheDay,
    dose: Dose,
    person: Person,
    published: NumbingLimits,
    facts: Facts,
) -> NumbingLimits:
    """The least of labels, policy, body and blood, as a plan has it: a whole layer on this skin."""
    layer = Layer(g_per_cm2=use.layer.most, cover=product.cover)
    minutes = min(max(use.shortest_min, dose.skin.minutes), use.longest.most)
    body = body_areas(agent, use, person, facts, others=used)
    blood = blood_areas(agent, layer, dose.skin.zones, minutes, used, person, facts)
    least, runner_up, *_ = sorted((*use.areas, *body, *blood), key=lambda cap: cap.most)
    area = math.floor(least.most * 10 + 1e-6) / 10
    time = _longest(agent, layer, use, used, dose, person, facts)
    return published.model_copy(
        update={
            "grams_max": round(layer.g_per_cm2 * min(dose.skin.area_cm2, area), 6),
            "area_cm2_max": area,
            "dwell_min": use.shortest_min,
            "dwell_max_min": time.most,
            "limited_by": least.why.facts[0],
            "runner_up": runner_up.why.facts[0],
            "why": tuple(dict.fromkeys((least.why, runner_up.why, use.layer.why, time.why))),
        }
    )


def _longest(
    agent: Agent,
    layer: Layer,
    use: LabelUse,
    used: OthersOfTheDay,
    dose: Dose,
    person: Person,
    facts: Facts,
) -> Cap:
    """The most minutes that labels and blood leave on this skin; never under the label's least."""
    blood = blood_areas(agent, layer, dose.skin.zones, use.shortest_min, used, person, facts)
    narrowest = min(blood, key=lambda cap: cap.most)
    if narrowest.most < dose.skin.area_cm2:
        return Cap(most=use.shortest_min, why=narrowest.why)
    skin = dose.skin.model_copy(update={"minutes": use.shortest_min})
    times = longest_minutes(agent, layer, skin, use, used, person, facts)
    ended = min(times, key=lambda cap: cap.most)
    most = max(use.shortest_min, math.floor(ended.most + 1e-6))
    return Cap(most=most, why=ended.why)


def _above_the_body(dose: Dose, most: float, used: OthersOfTheDay) -> Iterator[str]:
    """That more is asked for than the body's maximum leaves, and what of it others have used."""
    if dose.grams > most + _SLACK:
        text = f"{dose.grams:g} g is above {most:.4g} g, what the body's maximum of the day allows"
        if not used.sentence:
            yield f"{text}."
            return
        yield (
            f"{text}; {used.share:.0%} of the day's maximum is used by others ({used.sentence})."
        )


def _body_grams(
    agent: Agent, use: LabelUse, person: Person, used: OthersOfTheDay, facts: Facts
) -> float:
    caps = body_areas(agent, use, person, facts, others=used)
    return min(cap.most * use.layer.most for cap in caps) if caps else 0.0


def _of_layer(agent: Agent, layer: Layer, use: LabelUse | None) -> Iterator[str]:
    if use is None:
        yield f"{agent.name} gets no figure here: a prescriber decides."
        return
    if layer.g_per_cm2 < use.layer.most - _SLACK:
        yield f"{layer.g_per_cm2:.3g} g per cm2 is thinner than the label's {use.layer.most:g}."


def _passed(
    agent: Agent,
    dose: Dose,
    limits: NumbingLimits,
    level: BloodLevel,
    facts: Facts,
    *,
    area_unit: str = "cm2",
) -> Iterator[str]:
    for asked, most, unit in (
        (dose.grams, limits.grams_max, "g"),
        (dose.skin.area_cm2, limits.area_cm2_max, area_unit),
        (dose.skin.minutes, limits.dwell_max_min, "min"),
    ):
        if most is None:
            told = unit.removesuffix(" a visit")
            yield f"No ceiling in {told} was published for this product and person: no figure."
        elif asked > most + _SLACK:
            yield f"{asked:g} {unit} is above the ceiling of {most:.4g} {unit}."
    if agent.near_eyes == "no" and any(facts.zones[zone].near_eye for zone in dose.skin.zones):
        yield f"{agent.name} stays away from the eyes."
    if not level.is_below_toxic:
        yield "The blood level may reach early signs of poisoning."
