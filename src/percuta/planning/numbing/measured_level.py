"""What was measured in the blood after a numbing product, and the limit for one person from it.

The limit is of what is put on the skin alone; it is calibrated on published peaks and may only cut
area and minutes. The outer bound beside it (``blood_level``) is never calibrated away.
"""

from percuta.facts.agents import Agent
from percuta.facts.edition import Facts
from percuta.facts.numbing import PlasmaPeak
from percuta.facts.parameters import ParameterRow
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen
from percuta.planning.judgement.findings import Reason, because
from percuta.planning.numbing.blood_level import NumbedSkin
from percuta.science.absorption.measured_peak import Exposure
from percuta.science.absorption.parameters import anaesthetics_in
from percuta.science.absorption.peak_parameters import deviations, peak_law
from percuta.units import convert, to_si

_UNDER = 0.999
"""A level stays under first signs, so the limit is held a thousandth below them."""

_HALVINGS = 40
_COVERED = {"yes": 1.0, "no": 0.0}
_SKIN = {"face", "body", "unknown"}
_MOST_TOLD = 4


class MeasuredLevel(Frozen):
    """One published level after a product: what it is of, and what was done."""

    fact: str
    text: str
    sources: tuple[str, ...]


class Layer(Frozen):
    """A product on skin: grams on a surface, and whether it is covered."""

    g_per_cm2: float
    cover: str


def first_signs_ug_per_ml(facts: Facts) -> float:
    """The lowest published level at which the first signs may begin."""
    return convert(_first_signs(facts).si("low"), source="mg_per_ml", target="ug_per_ml")


def peak_limit(
    agent: Agent, layer: Layer, skin: NumbedSkin, facts: Facts, *, weight_kg: float
) -> float:
    """What one person stays below in 95 of 100 cases [ug/mL], of what is put on alone.

    Every anaesthetic of the product counts as lidocaine, each with its own part of the layer.
    Rises with area and minutes in proportion and more slowly, falls with weight in proportion.
    """
    number = anaesthetics_in(agent.ingredients, facts)
    strength = (agent.anaesthetic_mg_per_g or 0.0) / number
    exposure = Exposure(
        rate=to_si(layer.g_per_cm2, "g_per_cm2") * to_si(strength, "mg_per_g"),
        area=to_si(skin.area_cm2, "cm2"),
        time=to_si(skin.minutes, "min"),
        mass=to_si(weight_kg, "kg"),
        cover=_COVERED.get(layer.cover, 1.0),
        face=float(any(_counts_as_face(zone, facts) for zone in skin.zones) or not skin.zones),
    )
    level = peak_law(facts).limit(exposure, deviations=deviations(facts))
    return number * convert(level, source="mg_per_ml", target="ug_per_ml")


def area_by_peak(
    agent: Agent, layer: Layer, skin: NumbedSkin, facts: Facts, *, weight_kg: float
) -> float:
    """The most skin [cm2] for the minutes of ``skin``, one person's limit under first signs."""
    one = skin.model_copy(update={"area_cm2": 1.0})
    level = peak_limit(agent, layer, one, facts, weight_kg=weight_kg)
    return _UNDER * first_signs_ug_per_ml(facts) / level


def minutes_by_peak(
    agent: Agent,
    layer: Layer,
    skin: NumbedSkin,
    facts: Facts,
    *,
    weight_kg: float,
    longest: float,
) -> float:
    """The longest time up to ``longest`` with one person's limit under first signs, by halving."""
    most = _UNDER * first_signs_ug_per_ml(facts)

    def is_under(minutes: float) -> bool:
        timed = skin.model_copy(update={"minutes": minutes})
        return peak_limit(agent, layer, timed, facts, weight_kg=weight_kg) <= most

    if is_under(longest):
        return longest
    low, high = 0.0, longest
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_under(middle) else (low, middle)
    return low


def under_first_signs(facts: Facts) -> Reason:
    """Why the limit from measured levels cut area or minutes."""
    text = (
        f"By levels measured in studies, one person stays under {first_signs_ug_per_ml(facts):g} "
        "ug/mL in 95 of 100 cases, where first signs of poisoning may begin."
    )
    return because(text, "absorption", _first_signs(facts))


def measured_levels(agent: Agent, facts: Facts) -> tuple[MeasuredLevel, ...]:
    """What was measured after this product on intact skin, as printed; nothing where nobody did."""
    rows = [r for r in facts.plasma_peaks if r.agent == agent.key and r.site in _SKIN]
    told = [row for row in rows if row.drug == "lidocaine" and row.area_cm2 is not None]
    return tuple(
        MeasuredLevel(fact=f"plasma_peaks/{row.key}", text=_sentence(row), sources=row.sources)
        for row in sorted(told, key=lambda row: -row.peak_ug_per_ml)[:_MOST_TOLD]
    )


def _sentence(row: PlasmaPeak) -> str:
    people = "" if row.people_n is None else f" of {row.people_n} people"
    what = "below" if row.statistic == "below" else f"{row.statistic}{people}"
    cover = {"yes": "covered", "no": "not covered"}.get(row.cover, "cover not told")
    assumed = " (area assumed)" if row.is_area_assumed else ""
    where = f"{row.area_cm2:g} cm2{'' if row.site == 'unknown' else f' of {row.site}'}"
    return (
        f"{what} {row.peak_ug_per_ml:g} ug/mL of {row.drug} after {row.product} on "
        f"{where}{assumed} for {row.wait_min:g} min, {cover}"
    )


def _counts_as_face(zone: Zone, facts: Facts) -> bool:
    """Whether no lower level was measured at any site of a zone."""
    lower = {subject for quantity, subject in facts.peak_beliefs if quantity == "lower_site"}
    return lower.isdisjoint(facts.zones[zone].sites)


def _first_signs(facts: Facts) -> ParameterRow:
    return facts.absorption["first_signs", "local_anaesthetic"]
