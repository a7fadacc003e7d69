"""How much numbing product, on how much skin, for how long: ceilings, never targets.

A product without a sourced gram, area and time row gets no figure. Every product is also
capped by total local anaesthetic: the highest published human absorbed share of the dose must
stay within the published body maximum, together with everything else given that day. What a blood
level stays below must not reach early signs of poisoning: first the time is shortened, then grams.
"""

import math
from collections.abc import Iterable

from pydantic import Field

from percuta.facts.agents import LIMITING, Agent, AnaestheticRow
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import NUMBING_NONE, Basis, Level, Scope, Zone
from percuta.planning.case.case import Case, Frozen, Person, is_left_out
from percuta.planning.judgement.findings import Finding, Reason, because
from percuta.planning.judgement.grades import Grade
from percuta.planning.numbing.blood_level import (
    BOUND_GRADE,
    NumbedSkin,
    blood_level,
    grams_by_blood_level,
    minutes_by_blood_level,
    toxic_ug_per_ml,
    within_early_signs,
)
from percuta.planning.numbing.measured_level import MeasuredLevel
from percuta.units import convert

RULE_NO_FIGURE = "numbing.no_figure"
RULE_PART_ONLY = "numbing.part_of_the_area"
RULE_OTHER_NOT_TOLD = "numbing.other_anaesthetic_not_told"
RULE_NOTHING_LEFT = "numbing.nothing_left"
RULE_NEAR_EYES = "numbing.not_near_eyes"

NEVER_ON_NEEDLED_SKIN = (
    "Numb before needling, wipe it all off, and never put it on needled skin: "
    "no safe amount is known there."
)


class NumbingLimits(Frozen):
    """What the published rows allow this person for one product; ``None`` is not known."""

    grams_max: float | None
    area_cm2_max: float | None
    dwell_min: float | None
    dwell_max_min: float | None
    limited_by: str | None
    runner_up: str | None
    why: tuple[Reason, ...]

    @property
    def is_complete(self) -> bool:
        """Whether grams, area and time are all sourced."""
        return None not in (self.grams_max, self.area_cm2_max, self.dwell_max_min)


class Numbing(Frozen):
    """The numbing of a plan. Figures are ceilings; ``zones`` are where the product goes.

    ``plasma_ug_per_ml_upper`` is what 95 of 100 people stay below if all that is allowed is used,
    every local anaesthetic counted as lidocaine. From edition 2026-11-30 on,
    ``plasma_limit_ug_per_ml`` is the limit for one person by what was measured, of what is put on
    alone; ``visits`` are the zones that fit on one visit each, the first of them today's;
    ``prescribed_by`` wrote the amounts where no figure may be given. Left out where not told.
    """

    product: str
    name: str
    grams_max: float | None
    area_cm2_max: float | None
    area_cm2: float | None
    dwell_min: float | None
    dwell_max_min: float | None
    limited_by: str | None
    runner_up: str | None
    plasma_ug_per_ml_upper: float | None
    plasma_grade: Grade = BOUND_GRADE
    plasma_grade_words: str = BOUND_GRADE.words
    toxic_ug_per_ml: float
    zones: tuple[Zone, ...]
    warning: str
    never: str = NEVER_ON_NEEDLED_SKIN
    why: tuple[Reason, ...] = ()
    layer_g_per_cm2: float | None = Field(default=None, exclude_if=is_left_out)
    cover: str | None = Field(default=None, exclude_if=is_left_out)
    plasma_limit_ug_per_ml: float | None = Field(default=None, exclude_if=is_left_out)
    first_signs_ug_per_ml: float | None = Field(default=None, exclude_if=is_left_out)
    measured: tuple[MeasuredLevel, ...] = Field(default=(), exclude_if=is_left_out)
    time_limited_by: str | None = Field(default=None, exclude_if=is_left_out)
    area_rule: str | None = Field(default=None, exclude_if=is_left_out)
    visits: tuple[tuple[Zone, ...], ...] = Field(default=(), exclude_if=is_left_out)
    prescribed_by: str | None = Field(default=None, exclude_if=is_left_out)


def numbing_limits(
    agent: Agent,
    person: Person,
    facts: Facts,
    *,
    other_mg: float = 0.0,
    area_cm2: float | None = None,
) -> NumbingLimits:
    """The strictest published ceilings for one product and this person.

    ``other_mg`` is all other local anaesthetic of the day. With ``area_cm2``, the grams are also
    held to the strictest published layer over that skin. A person whose weight is not known gets
    no gram ceiling: lighter never means more.
    """
    rows = [row for row in facts.anaesthetics if speaks(row, agent, person)]
    area = min((row for row in rows if row.area_max_cm2), key=_area, default=None)
    rate = min((row for row in rows if row.rate_g_per_cm2), key=_rate, default=None)
    dwell = min((row for row in rows if row.dwell_hi_min), key=_dwell, default=None)
    of_body = body_grams(rows, agent, person, other_mg, facts)
    grams = _label_grams(rows) + of_body
    if rate is not None and area is not None:
        skin = _area(area) if area_cm2 is None else min(_area(area), area_cm2)
        text = f"A layer of {_rate(rate):g} g per cm2 on {skin:g} cm2."
        grams.append((_rate(rate) * skin, because(text, "anaesthetics", rate, area)))
    grams.sort(key=lambda pair: pair[0])
    is_sourced = any(row.grams_max_g or row.rate_g_per_cm2 for row in rows)
    known = grams if is_sourced and of_body else []
    why = [reason for _, reason in known[:2]]
    why += [because(row.statement, "anaesthetics", row) for row in (area, dwell) if row is not None]
    return NumbingLimits(
        grams_max=known[0][0] if known else None,
        area_cm2_max=_area(area) if area else None,
        dwell_min=dwell.dwell_lo_min if dwell else None,
        dwell_max_min=_dwell(dwell) if dwell else None,
        limited_by=known[0][1].facts[0] if known else None,
        runner_up=known[1][1].facts[0] if len(known) > 1 else None,
        why=tuple(why),
    )


def speaks(row: AnaestheticRow, agent: Agent, person: Person) -> bool:
    """Whether a dose statement may limit this product in this person."""
    if row.agent not in {agent.key, "any"} or row.use != "reference":
        return False
    if row.kind not in LIMITING or row.provenance.basis is Basis.MEMORY:
        return False
    return _within(person.age, row.age_lo_years, row.age_hi_years) and _within(
        person.weight_kg, row.weight_lo_kg, row.weight_hi_kg
    )


def _within(value: float | None, low: float | None, high: float | None) -> bool:
    if value is None:
        return low is None and high is None
    return (low is None or value >= low) and (high is None or value <= high)


def _area(row: AnaestheticRow) -> float:
    return row.area_max_cm2 or 0.0


def _rate(row: AnaestheticRow) -> float:
    return row.rate_g_per_cm2 or 0.0


def _dwell(row: AnaestheticRow) -> float:
    return row.dwell_hi_min or 0.0


def _label_grams(rows: list[AnaestheticRow]) -> list[tuple[float, Reason]]:
    return [
        (row.grams_max_g, because(row.statement, "anaesthetics", row))
        for row in rows
        if row.grams_max_g is not None
    ]


def body_grams(
    rows: list[AnaestheticRow], agent: Agent, person: Person, other_mg: float, facts: Facts
) -> list[tuple[float, Reason]]:
    """Grams that keep all local anaesthetic of the day within the body's published maximum."""
    weight, strength = person.weight_kg, agent.anaesthetic_mg_per_g
    shares = [r for r in facts.anaesthetics if r.absorbed_share_pct and r.use == "reference"]
    if weight is None or strength is None or not shares:
        return []
    share = max(shares, key=lambda row: row.absorbed_share_pct or 0.0)
    ceilings = []
    for row in rows:
        if row.total_max_mg is None or row.total_max_mg_per_kg is None:
            continue
        body_mg = min(row.total_max_mg, row.total_max_mg_per_kg * weight)
        absorbed_mg_per_g = strength * convert(
            share.absorbed_share_pct or 0.0, source="pct", target="1"
        )
        text = (
            f"All local anaesthetic of the day within {body_mg:.0f} mg, "
            f"if {share.absorbed_share_pct:g}% of the cream is absorbed."
        )
        reason = because(text, "anaesthetics", row, share)
        ceilings.append((max(0.0, body_mg - other_mg) / absorbed_mg_per_g, reason))
    return ceilings


def within_blood_level(
    limits: NumbingLimits, agent: Agent, zones: tuple[Zone, ...], case: Case, facts: Facts
) -> NumbingLimits:
    """The same limits, lowered until the blood level stays below early signs; never raised.

    The shortest published time decides on grams, and grams on the longest time.
    """
    grams, longest, weight_kg = limits.grams_max, limits.dwell_max_min, case.person.weight_kg
    if grams is None or longest is None or weight_kg is None or not zones:
        return limits
    shortest = limits.dwell_min or longest
    person = {"weight_kg": weight_kg, "other_mg": _other_mg(case)}
    skin = _largest(zones, shortest, facts)
    most = grams_by_blood_level(agent, skin, facts, **person)
    if most < grams:
        why = (within_early_signs(skin, facts), *limits.why)
        lowered = {"grams_max": most, "limited_by": why[0].facts[0], "why": why}
        limits = limits.model_copy(update={**lowered, "runner_up": limits.limited_by})
    told = _floor_tenth(min(most, grams))
    minutes = minutes_by_blood_level(agent, skin, facts, grams=told, **person)
    if minutes >= longest:
        return limits
    ended = max(shortest, float(math.floor(minutes)))
    reason = within_early_signs(_largest(zones, ended, facts), facts)
    return limits.model_copy(update={"dwell_max_min": ended, "why": (*limits.why, reason)})


def _largest(zones: tuple[Zone, ...], minutes: float, facts: Facts) -> NumbedSkin:
    """The covered skin of a person with large zones."""
    area = sum(facts.zones[place].area_hi_cm2 for place in zones)
    return NumbedSkin(zones=zones, area_cm2=area, minutes=minutes)


def _other_mg(case: Case) -> float:
    """All other local anaesthetic of the day, whatever it is."""
    return _unnamed_mg(case) + sum(d.amount_mg for d in case.setting.other_local_anaesthetics)


def _unnamed_mg(case: Case) -> float:
    return case.setting.other_local_anaesthetic_mg or 0.0


def _level(
    limits: NumbingLimits, agent: Agent, zones: tuple[Zone, ...], case: Case, facts: Facts
) -> float | None:
    """The bound on the blood level if all that is allowed is used; ``None`` without figures."""
    grams, minutes, weight_kg = limits.grams_max, limits.dwell_max_min, case.person.weight_kg
    if not limits.is_complete or grams is None or minutes is None or weight_kg is None:
        return None
    level = blood_level(
        agent,
        _largest(zones, minutes, facts),
        facts,
        grams=_floor_tenth(grams),
        weight_kg=weight_kg,
        other_mg=_other_mg(case),
    )
    return level.plasma_ug_per_ml_upper


def plan_numbing(
    case: Case, zones: tuple[Zone, ...], removed_by: tuple[Finding, ...], facts: Facts
) -> tuple[Numbing | None, tuple[Finding, ...]]:
    """Numbing for the planned zones, and what the professional must know about it.

    ``removed_by`` are agent findings that take the product away; then there is none.
    """
    if case.setting.numbing == NUMBING_NONE or removed_by or not zones:
        return None, ()
    agent = facts.agents[case.setting.numbing]
    person, other_mg = case.person, _other_mg(case)
    area_max = numbing_limits(agent, person, facts, other_mg=other_mg).area_cm2_max
    findings = list(note_of_others(case, agent))
    covered, skipped = _coverage(zones, area_max, agent, facts, findings)
    area = sum(facts.zones[zone].area_cm2 for zone in covered)
    published = numbing_limits(agent, person, facts, other_mg=other_mg, area_cm2=area)
    limits = within_blood_level(published, agent, covered, case, facts)
    grams = limits.grams_max if limits.is_complete else None
    if not limits.is_complete:
        findings.append(_no_figure(agent, limits))
    elif not covered:
        unreached = skipped or zones
        findings.append(_part_only(agent, unreached, limits.area_cm2_max or 0.0, facts))
        return None, tuple(findings)
    elif grams is not None and _floor_tenth(grams) == 0:
        findings.append(_nothing_left(agent, limits))
        return None, tuple(findings)
    elif skipped:
        findings.append(_part_only(agent, skipped, limits.area_cm2_max or 0.0, facts))
    numbing = Numbing(
        product=agent.key,
        name=agent.name,
        grams_max=None if grams is None else _floor_tenth(grams),
        area_cm2_max=limits.area_cm2_max if limits.is_complete else None,
        area_cm2=area if limits.is_complete else None,
        dwell_min=limits.dwell_min if limits.is_complete else None,
        dwell_max_min=limits.dwell_max_min if limits.is_complete else None,
        limited_by=limits.limited_by if limits.is_complete else None,
        runner_up=limits.runner_up if limits.is_complete else None,
        plasma_ug_per_ml_upper=_level(limits, agent, covered, case, facts),
        toxic_ug_per_ml=toxic_ug_per_ml(facts),
        zones=covered if limits.is_complete else (),
        warning=agent.warning,
        why=limits.why,
    )
    return numbing, tuple(findings)


def _floor_tenth(grams: float) -> float:
    return int(grams * 10 + 1e-9) / 10


def _coverage(
    zones: tuple[Zone, ...],
    area_max: float | None,
    agent: Agent,
    facts: Facts,
    findings: list[Finding],
) -> tuple[tuple[Zone, ...], tuple[Zone, ...]]:
    """Zones the product may cover, in order of work, and those beyond the area ceiling.

    Each zone counts with the large end of its area, so that the ceiling holds for big faces. Both
    sides are covered or neither, so that a mirrored person is numbed the mirrored way.
    """
    eyes = tuple(zone for zone in zones if facts.zones[zone].near_eye and agent.near_eyes == "no")
    if eyes:
        text = f"{agent.name} stays away from the eyes: not on {_names_of(eyes, facts)}."
        findings.append(numbing_finding(RULE_NEAR_EYES, Level.CAUTION, text, agent))
    covered: list[Zone] = []
    used = 0.0
    for sides in _both_sides(zone for zone in zones if zone not in eyes):
        area = sum(facts.zones[zone].area_hi_cm2 for zone in sides)
        if used + area <= (area_max or 0.0):
            covered += sides
            used += area
    skipped = tuple(zone for zone in zones if zone not in covered and zone not in eyes)
    return tuple(covered), skipped


def _both_sides(zones: Iterable[Zone]) -> Iterable[list[Zone]]:
    together: dict[str, list[Zone]] = {}
    for zone in zones:
        together.setdefault(zone.without_side, []).append(zone)
    return together.values()


def _names_of(zones: tuple[Zone, ...], facts: Facts) -> str:
    """The names of zones as earlier editions wrote them: their plans keep their bytes."""
    return ", ".join(facts.zones[zone].name.lower() for zone in zones)


def note_of_others(case: Case, agent: Agent) -> list[Finding]:
    """A note where nobody told of other local anaesthetic that day."""
    if case.setting.other_local_anaesthetic_mg is not None or case.setting.other_local_anaesthetics:
        return []
    text = "No other local anaesthetic that day was mentioned: ask, and count it in."
    return [numbing_finding(RULE_OTHER_NOT_TOLD, Level.NOTE, text, agent)]


def _no_figure(agent: Agent, limits: NumbingLimits) -> Finding:
    lacking = [
        name
        for name, value in (
            ("grams", limits.grams_max),
            ("area", limits.area_cm2_max),
            ("time", limits.dwell_max_min),
        )
        if value is None
    ]
    text = (
        f"{agent.name}: no usable published limit for {' and '.join(lacking)} in this person. "
        "No amount is given; a prescriber decides."
    )
    return numbing_finding(RULE_NO_FIGURE, Level.REFER, text, agent)


def _nothing_left(agent: Agent, limits: NumbingLimits) -> Finding:
    text = f"{agent.name}: nothing is left of the day's maximum. {limits.why[0].text}"
    return numbing_finding(RULE_NOTHING_LEFT, Level.REFER, text, agent)


def _part_only(agent: Agent, skipped: tuple[Zone, ...], area_max: float, facts: Facts) -> Finding:
    names = _names_of(skipped, facts)
    text = (
        f"{agent.name} may cover {area_max:g} cm2 at most: not {names} on the same day. Of two "
        "sides both are numbed or neither: plan a visit for each side where both are too much."
    )
    return numbing_finding(RULE_PART_ONLY, Level.CAUTION, text, agent)


def numbing_finding(rule: str, level: Level, text: str, agent: Agent) -> Finding:
    """A finding about a numbing product."""
    return Finding(
        rule=rule,
        level=level,
        scope=Scope.AGENT,
        reason=text,
        facts=(f"agents/{agent.key}",),
        sources=agent.sources,
    )
