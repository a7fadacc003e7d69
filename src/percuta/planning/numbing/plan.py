"""The numbing of a plan: whole layers, zones by visit, two limits on the blood level.

Switched on by the table ``numbing_products``; an edition without it is planned as before
(``numbing.plan_numbing``). What must give way does so in this order: minutes to the label's
shortest, then zones to another visit, last the visit itself.
"""

import math

from percuta.facts.agents import Agent
from percuta.facts.edition import Facts
from percuta.facts.numbing import NumbingProduct
from percuta.facts.vocabulary import NUMBING_NONE, Level, Zone
from percuta.planning.case.case import Case, Frozen, NumbingPrescription
from percuta.planning.case.zone_names import sides_together
from percuta.planning.judgement.findings import Finding, Reason, because
from percuta.planning.numbing.area_caps import (
    Cap,
    LabelUse,
    blood_areas,
    body_areas,
    label_use,
    longest_minutes,
)
from percuta.planning.numbing.blood_level import (
    NumbedSkin,
    blood_level,
    others_at_once,
    toxic_ug_per_ml,
)
from percuta.planning.numbing.ceilings import (
    RULE_NEAR_EYES,
    RULE_NO_FIGURE,
    RULE_NOTHING_LEFT,
    RULE_PART_ONLY,
    Numbing,
    note_of_others,
    numbing_finding,
)
from percuta.planning.numbing.ceilings import plan_numbing as plan_numbing_as_before
from percuta.planning.numbing.measured_level import (
    Layer,
    first_signs_ug_per_ml,
    measured_levels,
    peak_limit,
)
from percuta.planning.numbing.other_anaesthetic import OthersOfTheDay, others_of_the_day
from percuta.planning.numbing.visits import AREA_RULE, in_order, large_area, visits

RULE_NO_MAXIMUM = "numbing.other_without_maximum"
RULE_SUM = "numbing.first_signs_with_others"
RULE_PRESCRIBER = "numbing.prescriber_ticks"
RULE_METHAEMOGLOBIN = "numbing.methaemoglobin_together"
RULE_ABOVE_OUTER = "numbing.prescribed_above_bound"
RULE_NOT_USED = "numbing.prescription_not_used"

_FORMS_METHAEMOGLOBIN = {"prilocaine", "benzocaine"}


class _Room(Frozen):
    """How much skin fits on a visit, what it is limited by, and how long the product may stay."""

    area: Cap
    runner_up: Cap
    time: Cap


class _Asked(Frozen):
    """One product on the skin that is wanted, in one person, beside everything else of the day."""

    agent_key: str
    wanted: tuple[Zone, ...]
    others: OthersOfTheDay


def plan_numbing(
    case: Case, zones: tuple[Zone, ...], removed_by: tuple[Finding, ...], facts: Facts
) -> tuple[Numbing | None, tuple[Finding, ...]]:
    """Numbing for the planned zones, and what the professional must know about it."""
    product = facts.numbing_products.get(case.setting.numbing)
    if product is None:
        return plan_numbing_as_before(case, zones, removed_by, facts)
    if case.setting.numbing == NUMBING_NONE or removed_by or not zones:
        return None, ()
    agent = facts.agents[case.setting.numbing]
    findings = note_of_others(case, agent)
    wanted = _away_from_eyes(in_order(zones, case, facts), agent, facts, findings)
    others = others_of_the_day(case, facts)
    findings += _methaemoglobin(case, agent, facts)
    findings += _prescriber(product, agent)
    use = label_use(agent, product, case.person, facts) if product.has_figure else None
    reason = _no_figure(agent, product, use, others)
    if use is None or reason is not None:
        return _without_figure(case, agent, product, wanted, others, reason, findings, facts)
    if _written_for(agent, case) is not None:
        text = f"{agent.name} has figures: what a prescriber wrote is not used and lifts none."
        findings.append(numbing_finding(RULE_NOT_USED, Level.NOTE, text, agent))
    asked = _Asked(agent_key=agent.key, wanted=wanted, others=others)
    return _with_figure(case, asked, product, use, findings, facts)


def _with_figure(
    case: Case,
    asked: _Asked,
    product: NumbingProduct,
    use: LabelUse,
    findings: list[Finding],
    facts: Facts,
) -> tuple[Numbing | None, tuple[Finding, ...]]:
    agent = facts.agents[asked.agent_key]
    if asked.others.is_used_up:
        findings.append(_nothing_left(agent, asked.others))
        return None, tuple(findings)
    layer = Layer(g_per_cm2=use.layer.most, cover=product.cover)
    room = _room(case, asked, layer, use, facts)
    by_visit = visits(asked.wanted, room.area.most, facts)
    if asked.wanted and by_visit != (asked.wanted,):
        findings.append(_part_only(agent, asked.wanted, by_visit, room, facts))
    if not by_visit:
        return None, tuple(findings)
    numbing = _numbing(case, agent, layer, use, room, by_visit, asked.others, facts)
    findings += _first_signs_with_others(numbing, asked.others, case, agent, facts)
    return numbing, tuple(findings)


def _room(case: Case, asked: _Asked, layer: Layer, use: LabelUse, facts: Facts) -> _Room:
    """Areas first without, then with the blood; minutes over the skin that labels would let on.

    That skin falls no faster than weight, and without a jump: so lighter never means longer. What
    others use of the day is left out of it, which only makes it larger and the minutes fewer.
    """
    agent, person = facts.agents[asked.agent_key], case.person
    by_label = min(cap.most for cap in use.areas)
    published = [*use.areas, *body_areas(agent, use, person, facts, others=asked.others)]
    first = visits(asked.wanted, by_label, facts)
    alone = body_areas(agent, use, person, facts)
    skin_cm2 = min(large_area(first[0] if first else (), facts), *(c.most for c in alone))
    blood = blood_areas(agent, layer, asked.wanted, use.shortest_min, asked.others, person, facts)
    least, runner_up, *_ = sorted((*published, *blood), key=lambda cap: cap.most)
    shortest = Cap(most=use.shortest_min, why=min(blood, key=lambda cap: cap.most).why)
    if skin_cm2 <= 0 or min(cap.most for cap in blood) < skin_cm2:
        return _Room(area=least, runner_up=runner_up, time=shortest)
    skin = NumbedSkin(zones=asked.wanted, area_cm2=skin_cm2, minutes=use.shortest_min)
    times = longest_minutes(agent, layer, skin, use, asked.others, person, facts)
    ended = min(times, key=lambda cap: cap.most)
    minutes = max(use.shortest_min, math.floor(ended.most + 1e-6))
    return _Room(area=least, runner_up=runner_up, time=Cap(most=minutes, why=ended.why))


def _numbing(
    case: Case,
    agent: Agent,
    layer: Layer,
    use: LabelUse,
    room: _Room,
    by_visit: tuple[tuple[Zone, ...], ...],
    others: OthersOfTheDay,
    facts: Facts,
) -> Numbing:
    today = by_visit[0]
    area = large_area(today, facts)
    grams = round(layer.g_per_cm2 * area, 6)
    skin = NumbedSkin(zones=today, area_cm2=area, minutes=room.time.most)
    weight_kg = case.person.weight_kg or 0.0
    bound = blood_level(
        agent, skin, facts, grams=grams, weight_kg=weight_kg, other_mg=others.amount_mg
    )
    limit = peak_limit(agent, layer, skin, facts, weight_kg=weight_kg)
    return Numbing(
        product=agent.key,
        name=agent.name,
        grams_max=grams,
        area_cm2_max=math.floor(room.area.most * 10 + 1e-6) / 10,
        area_cm2=area,
        dwell_min=use.shortest_min,
        dwell_max_min=room.time.most,
        limited_by=room.area.why.facts[0],
        runner_up=room.runner_up.why.facts[0],
        plasma_ug_per_ml_upper=bound.plasma_ug_per_ml_upper,
        toxic_ug_per_ml=toxic_ug_per_ml(facts),
        zones=today,
        warning=agent.warning,
        why=_why(room, use),
        layer_g_per_cm2=layer.g_per_cm2,
        cover=layer.cover,
        plasma_limit_ug_per_ml=math.ceil(limit * 1000 - 1e-9) / 1000,
        first_signs_ug_per_ml=first_signs_ug_per_ml(facts),
        measured=measured_levels(agent, facts),
        time_limited_by=room.time.why.text,
        area_rule=AREA_RULE,
        visits=by_visit,
    )


def _why(room: _Room, use: LabelUse) -> tuple[Reason, ...]:
    reasons = (room.area.why, room.runner_up.why, use.layer.why, room.time.why)
    return tuple(dict.fromkeys(reasons))


def _away_from_eyes(
    zones: tuple[Zone, ...], agent: Agent, facts: Facts, findings: list[Finding]
) -> tuple[Zone, ...]:
    eyes = tuple(zone for zone in zones if facts.zones[zone].near_eye and agent.near_eyes == "no")
    if eyes:
        text = f"{agent.name} stays away from the eyes: not on {_named(eyes, facts)}."
        findings.append(numbing_finding(RULE_NEAR_EYES, Level.CAUTION, text, agent))
    return tuple(zone for zone in zones if zone not in eyes)


def _no_figure(
    agent: Agent, product: NumbingProduct, use: LabelUse | None, others: OthersOfTheDay
) -> tuple[str, str] | None:
    """The rule and the sentence why no amount can be told; ``None`` where one can."""
    if others.without_maximum:
        drugs = ", ".join(others.without_maximum)
        text = f"No published maximum of {drugs} is known, so nothing can be added to it."
        return RULE_NO_MAXIMUM, text
    if not product.has_figure:
        return RULE_NO_FIGURE, f"{agent.name}: {product.why}"
    if use is None:
        text = f"{agent.name}: no usable published layer, area and time in this person."
        return RULE_NO_FIGURE, text
    return None


def awaits_amount(case: Case, facts: Facts) -> bool:
    """Whether the numbing that was chosen waits for amounts that a prescriber writes."""
    product = facts.numbing_products.get(case.setting.numbing)
    if product is None:
        return False
    agent = facts.agents[case.setting.numbing]
    use = label_use(agent, product, case.person, facts) if product.has_figure else None
    reason = _no_figure(agent, product, use, others_of_the_day(case, facts))
    return reason is not None and _written_for(agent, case) is None


def _without_figure(
    case: Case,
    agent: Agent,
    product: NumbingProduct,
    wanted: tuple[Zone, ...],
    others: OthersOfTheDay,
    reason: tuple[str, str] | None,
    findings: list[Finding],
    facts: Facts,
) -> tuple[Numbing, tuple[Finding, ...]]:
    """Chosen and on record, but no amount before a prescriber has written one."""
    rule, text = reason or (RULE_NO_FIGURE, product.why)
    written = _written_for(agent, case)
    numbing = Numbing(
        product=agent.key,
        name=agent.name,
        grams_max=None,
        area_cm2_max=None,
        area_cm2=None,
        dwell_min=None,
        dwell_max_min=None,
        limited_by=None,
        runner_up=None,
        plasma_ug_per_ml_upper=None,
        toxic_ug_per_ml=toxic_ug_per_ml(facts),
        zones=(),
        warning=agent.warning,
        why=(because(product.why, "numbing_products", product),),
        first_signs_ug_per_ml=first_signs_ug_per_ml(facts),
        measured=measured_levels(agent, facts),
    )
    if written is None:
        text = f"{text} No amount is given until a prescriber has written one."
        findings.append(numbing_finding(rule, Level.REFER, text, agent))
        return numbing, tuple(findings)
    return _as_written(case, agent, numbing, written, wanted, others, text, findings, facts)


def _written_for(agent: Agent, case: Case) -> NumbingPrescription | None:
    """What a prescriber wrote for this product; what was written for another does not count."""
    written = case.setting.numbing_prescription
    return written if written is not None and written.product == agent.key else None


def _as_written(
    case: Case,
    agent: Agent,
    numbing: Numbing,
    written: NumbingPrescription,
    wanted: tuple[Zone, ...],
    others: OthersOfTheDay,
    text: str,
    findings: list[Finding],
    facts: Facts,
) -> tuple[Numbing, tuple[Finding, ...]]:
    """A prescriber's own amounts; never where the outer bound, if it is known, is passed."""
    bound = _bound_as_written(case, agent, written, wanted, others, facts)
    if bound is not None and bound >= toxic_ug_per_ml(facts):
        above = (
            f"{agent.name}: what {written.by} wrote may come to {bound:g} ug/mL with everything of "
            "the day; labels call that toxic. It is left out."
        )
        findings.append(numbing_finding(RULE_ABOVE_OUTER, Level.REFER, above, agent))
        return numbing, tuple(findings)
    text = f"{text} The amounts are those that {written.by} wrote; none is checked by a label."
    findings.append(numbing_finding(RULE_NO_FIGURE, Level.CAUTION, text, agent))
    amounts = {
        "grams_max": written.grams,
        "area_cm2": written.area_cm2,
        "area_cm2_max": written.area_cm2,
        "dwell_min": written.minutes,
        "dwell_max_min": written.minutes,
        "plasma_ug_per_ml_upper": bound,
        "zones": wanted,
        "prescribed_by": written.by,
    }
    return numbing.model_copy(update=amounts), tuple(findings)


def _bound_as_written(
    case: Case,
    agent: Agent,
    written: NumbingPrescription,
    wanted: tuple[Zone, ...],
    others: OthersOfTheDay,
    facts: Facts,
) -> float | None:
    if agent.anaesthetic_mg_per_g is None or case.person.weight_kg is None:
        return None
    skin = NumbedSkin(zones=wanted, area_cm2=written.area_cm2, minutes=written.minutes)
    return blood_level(
        agent,
        skin,
        facts,
        grams=written.grams,
        weight_kg=case.person.weight_kg,
        other_mg=others.amount_mg,
    ).plasma_ug_per_ml_upper


def _methaemoglobin(case: Case, agent: Agent, facts: Facts) -> list[Finding]:
    """A caution where another anaesthetic of the day forms methaemoglobin too."""
    if _FORMS_METHAEMOGLOBIN.isdisjoint((*agent.ingredients, *(agent.anaesthetic_classes or ()))):
        return []
    forming = {row.drug for row in facts.methaemoglobin_drugs}
    drugs = [d.drug for d in case.setting.other_local_anaesthetics if d.drug in forming]
    if not drugs:
        return []
    text = f"{agent.name} and {', '.join(drugs)} both form methaemoglobin: choose one of them."
    return [numbing_finding(RULE_METHAEMOGLOBIN, Level.CAUTION, text, agent)]


def _prescriber(product: NumbingProduct, agent: Agent) -> list[Finding]:
    if not product.needs_prescriber:
        return []
    text = f"{product.remark} Whoever may prescribe {agent.name} ticks that it is used."
    return [numbing_finding(RULE_PRESCRIBER, Level.CAUTION, text, agent)]


def _nothing_left(agent: Agent, others: OthersOfTheDay) -> Finding:
    text = (
        f"{agent.name}: a maximum of the day is reached ({others.sentence}), so no other "
        "anaesthetic is added."
    )
    return numbing_finding(RULE_NOTHING_LEFT, Level.REFER, text, agent)


def _part_only(
    agent: Agent,
    wanted: tuple[Zone, ...],
    by_visit: tuple[tuple[Zone, ...], ...],
    room: _Room,
    facts: Facts,
) -> Finding:
    told = [f"Visit {n}: {_named(zones, facts)}." for n, zones in enumerate(by_visit, start=1)]
    placed = {zone for visit in by_visit for zone in visit}
    never = tuple(zone for zone in wanted if zone not in placed)
    if never:
        told.append(f"On no visit: {_named(never, facts)}.")
    text = (
        f"{agent.name} fits on {room.area.most:.0f} cm2 a visit. {' '.join(told)} "
        f"{AREA_RULE} {room.area.why.text}"
    )
    return numbing_finding(RULE_PART_ONLY, Level.CAUTION, text, agent)


def _named(zones: tuple[Zone, ...], facts: Facts) -> str:
    return sides_together(facts.zones[zone].name for zone in zones)


def _first_signs_with_others(
    numbing: Numbing, others: OthersOfTheDay, case: Case, agent: Agent, facts: Facts
) -> list[Finding]:
    """A caution where other anaesthetic of the day lifts one person's limit past first signs."""
    limit, first = numbing.plasma_limit_ug_per_ml or 0.0, first_signs_ug_per_ml(facts)
    kg = case.person.weight_kg or 0.0
    together = limit + others_at_once(others.amount_mg, facts, weight_kg=kg)
    if others.amount_mg == 0 or together < first:
        return []
    text = (
        f"With {others.amount_mg:g} mg of other local anaesthetic that day the level may come to "
        f"{together:.2f} ug/mL, if all of that were in the blood at once; first signs of "
        f"poisoning may begin from {first:g}. A physician accepts this by name."
    )
    return [numbing_finding(RULE_SUM, Level.CAUTION, text, agent)]
