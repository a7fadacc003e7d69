"""What a blood level stays below after numbing intact skin: bounded from above, never guessed.

Every local anaesthetic of a product is counted as lidocaine, the smallest published volume and
clearance are taken, and 95 of 100 people stay below. It may lower a ceiling, never raise one.
"""

import math
from collections.abc import Iterable

from percuta.facts.agents import Agent
from percuta.facts.edition import Facts
from percuta.facts.parameters import ParameterRow
from percuta.facts.vocabulary import Level, Scope, Zone
from percuta.planning.case.case import Frozen
from percuta.planning.judgement.findings import Finding, Reason, because
from percuta.planning.judgement.grades import Grade
from percuta.science.absorption.parameters import (
    anaesthetics_in,
    cautious_blood,
    flux_row,
    highest_uptake,
)
from percuta.science.absorption.upper_bound import (
    Blood,
    Contact,
    Uptake,
    contact_along_tangent,
    highest_level,
    longest_contact,
    most_applied,
    most_taken_up,
    widest,
)
from percuta.science.channels.clock_parameters import closing, half_closed
from percuta.science.channels.clocks import Clock
from percuta.units import convert, to_si

BOUND_GRADE = Grade.B
"""Its fluxes were set from labels and trials; no trial was kept back to judge it."""

RULE_OPEN_BARRIER = "numbing.never_on_needled_skin"


class NumbedSkin(Frozen):
    """Which skin is covered, how much of it, and for how long at most."""

    zones: tuple[Zone, ...]
    area_cm2: float
    minutes: float


class BloodLevel(Frozen):
    """The bound beside what it would be if all that was applied were in the blood at once."""

    plasma_ug_per_ml_upper: float
    applied_ug_per_ml: float
    toxic_ug_per_ml: float

    @property
    def is_below_toxic(self) -> bool:
        """Whether the bound stays below the level of early signs."""
        return self.plasma_ug_per_ml_upper < self.toxic_ug_per_ml


def toxic_ug_per_ml(facts: Facts) -> float:
    """The lowest published level of early signs of poisoning."""
    return _ug_per_ml(_early_signs(facts))


def blood_level(
    agent: Agent,
    skin: NumbedSkin,
    facts: Facts,
    *,
    grams: float,
    weight_kg: float,
    other_mg: float,
) -> BloodLevel:
    """The bound for grams on a skin, rounded up; rises with grams, area and minutes."""
    applied, other = _applied(agent, grams), to_si(other_mg, "mg")
    blood = _blood(facts, weight_kg)
    contact = Contact(applied, to_si(skin.area_cm2, "cm2"), to_si(skin.minutes, "min"))
    bound = highest_level(contact, _uptake(agent, skin, facts), blood, other=other)
    return BloodLevel(
        plasma_ug_per_ml_upper=_up(_ug_per_ml(bound)),
        applied_ug_per_ml=_up(_ug_per_ml((applied + other) / blood.volume)),
        toxic_ug_per_ml=toxic_ug_per_ml(facts),
    )


def most_taken_up_pct(
    agent: Agent, skin: NumbedSkin, facts: Facts, *, grams: float, hours: float
) -> float:
    """The most of what was applied that blood can have taken up by then, rounded up."""
    applied = _applied(agent, grams)
    contact = Contact(applied, to_si(skin.area_cm2, "cm2"), to_si(skin.minutes, "min"))
    most = most_taken_up(contact, _uptake(agent, skin, facts), since=to_si(hours, "h"))
    return _up(convert(most / applied, source="1", target="pct"))


def uptake_rows(skin: NumbedSkin, facts: Facts) -> tuple[ParameterRow, ...]:
    """The rows behind what skin lets in at most."""
    spread, share, held = (
        facts.absorption[name, "any"] for name in ("flux_spread", "bound_share", "reservoir")
    )
    return (flux_row(_sites(skin.zones, facts), facts), spread, share, held)


def grams_by_blood_level(
    agent: Agent, skin: NumbedSkin, facts: Facts, *, weight_kg: float, other_mg: float
) -> float:
    """The most grams whose bound stays within early signs; infinite if any amount does."""
    most = most_applied(
        _early_signs(facts),
        area=to_si(skin.area_cm2, "cm2"),
        time=to_si(skin.minutes, "min"),
        uptake=_uptake(agent, skin, facts),
        blood=_blood(facts, weight_kg),
        other=to_si(other_mg, "mg"),
    )
    return most / _applied(agent, 1.0)


def minutes_by_blood_level(
    agent: Agent,
    skin: NumbedSkin,
    facts: Facts,
    *,
    grams: float,
    weight_kg: float,
    other_mg: float,
) -> float:
    """The longest time whose bound stays within early signs; infinite if any time does."""
    longest = longest_contact(
        _early_signs(facts),
        applied=_applied(agent, grams),
        area=to_si(skin.area_cm2, "cm2"),
        uptake=_uptake(agent, skin, facts),
        blood=_blood(facts, weight_kg),
        other=to_si(other_mg, "mg"),
    )
    return convert(longest, source="s", target="min")


_UNDER = 0.998
"""Rounded up to a hundredth, a bound held this far below the toxic level stays under it."""


def area_by_outer_bound(
    agent: Agent,
    skin: NumbedSkin,
    facts: Facts,
    *,
    g_per_cm2: float,
    weight_kg: float,
    other_mg: float,
) -> float:
    """The most skin [cm2] under a layer, for the minutes of ``skin``, within the bound."""
    area = widest(
        _UNDER * _early_signs(facts),
        layer=_applied(agent, g_per_cm2) / to_si(1.0, "cm2"),
        time=to_si(skin.minutes, "min"),
        uptake=_uptake(agent, skin, facts),
        blood=_blood(facts, weight_kg),
        other=to_si(other_mg, "mg"),
    )
    return area / to_si(1.0, "cm2")


def minutes_by_outer_bound(
    agent: Agent,
    skin: NumbedSkin,
    facts: Facts,
    *,
    g_per_cm2: float,
    weight_kg: float,
    other_mg: float,
) -> float:
    """A time within the bound, not below that of ``skin``; it follows weight without a jump."""
    contact = Contact(
        applied=_applied(agent, g_per_cm2 * skin.area_cm2),
        area=to_si(skin.area_cm2, "cm2"),
        time=to_si(skin.minutes, "min"),
    )
    seconds = contact_along_tangent(
        _UNDER * _early_signs(facts),
        contact=contact,
        uptake=_uptake(agent, skin, facts),
        blood=_blood(facts, weight_kg),
        other=to_si(other_mg, "mg"),
    )
    return convert(seconds, source="s", target="min")


def others_at_once(other_mg: float, facts: Facts, *, weight_kg: float) -> float:
    """The level [ug/mL] if all other anaesthetic of the day were in the blood at once."""
    return _ug_per_ml(to_si(other_mg, "mg") / _blood(facts, weight_kg).volume)


def within_early_signs(skin: NumbedSkin, facts: Facts) -> Reason:
    """Why grams or minutes were lowered."""
    text = (
        f"Blood level not above {toxic_ug_per_ml(facts):g} ug/mL in 95 of 100 people, on up to "
        f"{skin.area_cm2:g} cm2 for up to {skin.minutes:g} min."
    )
    return because(text, "absorption", _toxic(facts), *_rows(skin.zones, facts))


def why_bound(zones: tuple[Zone, ...], facts: Facts) -> Reason:
    """Why a bound on the blood level is no expected level."""
    text = (
        "A bound, not what is expected: the highest published uptake, the smallest volume and "
        "clearance, and every anaesthetic counted as lidocaine."
    )
    return because(text, "absorption", _toxic(facts), *_rows(zones, facts))


def open_barrier(
    hours_since_needling: float, facts: Facts, *, zones: tuple[Zone, ...] = ()
) -> Finding | None:
    """A stop while the barrier may be open; ``None`` once it is closed in nearly everybody.

    Numbing covers the skin, and neither the needle nor, without ``zones``, the site is known: the
    longest needle and a site that nobody measured count.
    """
    share = facts.absorption["bound_share", "any"].value
    longest_mm = max(device.depth_max_mm for device in facts.devices.values())
    sites = {facts.zones[zone].site for zone in zones} or {"any"}
    closed = max(
        closing(
            Clock.BARRIER, covered=True, site=site, length_mm=longest_mm, facts=facts
        ).closed_by(share)
        for site in sites
    )
    closed_h = math.ceil(convert(closed, source="s", target="h"))
    if hours_since_needling >= closed_h:
        return None
    row = half_closed(Clock.BARRIER, covered=True, facts=facts)[-1]
    text = (
        f"No number: the skin was needled {hours_since_needling:g} h ago and may be open for "
        f"{closed_h} h. How much more would pass is not known. Never numb needled skin."
    )
    return Finding(
        rule=RULE_OPEN_BARRIER,
        level=Level.STOP,
        scope=Scope.AGENT,
        reason=text,
        facts=(f"closure/{row.key}",),
        sources=row.sources,
    )


def _toxic(facts: Facts) -> ParameterRow:
    return facts.absorption["toxic_level", "local_anaesthetic"]


def _early_signs(facts: Facts) -> float:
    return _toxic(facts).si("low")


def _rows(zones: tuple[Zone, ...], facts: Facts) -> Iterable[ParameterRow]:
    yield flux_row(_sites(zones, facts), facts)
    yield facts.absorption["volume", "lidocaine"]
    yield facts.absorption["clearance", "lidocaine"]


def _sites(zones: tuple[Zone, ...], facts: Facts) -> tuple[tuple[str, ...], ...]:
    return tuple(facts.zones[zone].sites for zone in zones)


def _uptake(agent: Agent, skin: NumbedSkin, facts: Facts) -> Uptake:
    return highest_uptake(
        facts,
        zones=_sites(skin.zones, facts),
        anaesthetics=anaesthetics_in(agent.ingredients, facts),
    )


def _blood(facts: Facts, weight_kg: float) -> Blood:
    return cautious_blood(facts, mass=to_si(weight_kg, "kg"))


def _applied(agent: Agent, grams: float) -> float:
    return to_si(grams, "g") * to_si(agent.anaesthetic_mg_per_g or 0.0, "mg_per_g")


def _ug_per_ml(level: float) -> float:
    return level / to_si(1.0, "ug_per_ml")


def _up(value: float) -> float:
    """To the next hundredth, so that a bound never loses by rounding."""
    return math.ceil(value * 100 - 1e-9) / 100
