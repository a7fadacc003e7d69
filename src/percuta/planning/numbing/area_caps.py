"""How much skin a product may cover at once: every ceiling as an area under a whole layer.

Labels, the body's maximum and both limits on the blood level each come to an area; the least
counts, and its reason is the one that the page names. A layer is never made thinner.
"""

from percuta.facts.agents import Agent, AnaestheticRow
from percuta.facts.edition import Facts
from percuta.facts.numbing import NumbingProduct
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen, Person
from percuta.planning.judgement.findings import Reason, because
from percuta.planning.numbing.blood_level import (
    NumbedSkin,
    area_by_outer_bound,
    minutes_by_outer_bound,
    within_early_signs,
)
from percuta.planning.numbing.ceilings import body_grams, speaks
from percuta.planning.numbing.measured_level import (
    Layer,
    area_by_peak,
    minutes_by_peak,
    under_first_signs,
)
from percuta.planning.numbing.other_anaesthetic import NO_OTHERS, OthersOfTheDay


class Cap(Frozen):
    """The most of something, and why."""

    most: float
    why: Reason


class LabelUse(Frozen):
    """What labels say for this person: one layer, areas, the shortest and the longest time."""

    layer: Cap
    areas: tuple[Cap, ...]
    shortest_min: float
    longest: Cap


def label_use(
    agent: Agent, product: NumbingProduct, person: Person, facts: Facts
) -> LabelUse | None:
    """The strictest published use; ``None`` where layer, area, time or weight is lacking."""
    rows = [row for row in facts.anaesthetics if speaks(row, agent, person)]
    layers = _layers(rows)
    timed = [_cap(row.dwell_hi_min, row) for row in rows if row.dwell_hi_min]
    grams = [_cap(row.grams_max_g, row) for row in rows if row.grams_max_g]
    areas = [_cap(row.area_max_cm2, row) for row in rows if row.area_max_cm2]
    if not layers or not timed or not areas or person.weight_kg is None:
        return None
    layer, longest = _least(layers), _least(timed)
    shortest = next(row.dwell_lo_min for row in rows if row.dwell_hi_min == longest.most)
    if product.area_most_cm2 is not None:
        areas.append(Cap(most=product.area_most_cm2, why=_because_of(product)))
    areas += [Cap(most=cap.most / layer.most, why=cap.why) for cap in grams]
    return LabelUse(
        layer=layer, areas=tuple(areas), shortest_min=shortest or longest.most, longest=longest
    )


def _layers(rows: list[AnaestheticRow]) -> list[Cap]:
    """Grams on a surface as printed, else the most grams over the largest area."""
    told = [_cap(row.rate_g_per_cm2, row) for row in rows if row.rate_g_per_cm2]
    return told or [
        _cap(row.grams_max_g / row.area_max_cm2, row)
        for row in rows
        if row.grams_max_g and row.area_max_cm2
    ]


def body_areas(
    agent: Agent,
    use: LabelUse,
    person: Person,
    facts: Facts,
    *,
    others: OthersOfTheDay = NO_OTHERS,
) -> tuple[Cap, ...]:
    """The body's maximum as areas, less the part of the day's maximum that others have used."""
    rows = [row for row in facts.anaesthetics if speaks(row, agent, person)]
    left = max(0.0, 1 - others.share)
    return tuple(
        Cap(most=grams * left / use.layer.most, why=_beside(why, others))
        for grams, why in body_grams(rows, agent, person, 0.0, facts)
    )


def _beside(why: Reason, others: OthersOfTheDay) -> Reason:
    if not others.sentence:
        return why
    text = f"{why.text} Used of the day's maximum: {others.share:.0%} ({others.sentence})."
    return why.model_copy(update={"text": text})


def blood_areas(
    agent: Agent,
    layer: Layer,
    wanted: tuple[Zone, ...],
    minutes: float,
    others: OthersOfTheDay,
    person: Person,
    facts: Facts,
) -> tuple[Cap, ...]:
    """Both limits on the blood level as areas, for the shortest time on the skin wanted."""
    skin = NumbedSkin(zones=wanted, area_cm2=1.0, minutes=minutes)
    kg = person.weight_kg or 0.0
    outer = area_by_outer_bound(
        agent, skin, facts, g_per_cm2=layer.g_per_cm2, weight_kg=kg, other_mg=others.amount_mg
    )
    peak = area_by_peak(agent, layer, skin, facts, weight_kg=kg)
    return (
        Cap(most=peak, why=under_first_signs(facts)),
        Cap(most=outer, why=within_early_signs(skin.model_copy(update={"area_cm2": outer}), facts)),
    )


def longest_minutes(
    agent: Agent,
    layer: Layer,
    skin: NumbedSkin,
    use: LabelUse,
    others: OthersOfTheDay,
    person: Person,
    facts: Facts,
) -> tuple[Cap, ...]:
    """The label's longest time and what both limits leave of it, from the shortest on."""
    kg = person.weight_kg or 0.0
    peak = minutes_by_peak(agent, layer, skin, facts, weight_kg=kg, longest=use.longest.most)
    outer = minutes_by_outer_bound(
        agent, skin, facts, g_per_cm2=layer.g_per_cm2, weight_kg=kg, other_mg=others.amount_mg
    )
    return (
        use.longest,
        Cap(most=peak, why=under_first_signs(facts)),
        Cap(most=outer, why=within_early_signs(skin, facts)),
    )


def _least(caps: list[Cap]) -> Cap:
    return min(caps, key=lambda cap: cap.most)


def _cap(value: float | None, row: AnaestheticRow) -> Cap:
    return Cap(most=value or 0.0, why=because(row.statement, "anaesthetics", row))


def _because_of(product: NumbingProduct) -> Reason:
    return because(product.why, "numbing_products", product)
