"""From fact rows to what absorption is asked, in SI units: one person, or an ensemble.

Permeability of intact skin comes from the flux measured in people where there is one, else from
measured permeability, else from the relation of Potts and Guy with its error as spread.
"""

from collections.abc import Iterable
from statistics import NormalDist

import numpy as np

from percuta.facts.edition import Facts
from percuta.facts.parameters import ParameterRow
from percuta.frozen import frozen
from percuta.science.absorption.problem import Body, Dose, LayeredSkin, Sets
from percuta.science.absorption.relations import (
    CorneumPartition,
    Dermis,
    PottsGuy,
    Substance,
    UnboundShare,
    ph_partition,
)
from percuta.science.absorption.upper_bound import Blood, Uptake
from percuta.units import to_si

_TO_LOG10 = np.log(10.0)


def substance(name: str, facts: Facts) -> Substance:
    """What is known of a substance; an unbound share that was not measured is estimated."""
    log_p = _value(facts, "log_p", name)
    pka = facts.absorption.get(("pka", name))
    base = Substance(
        name=name,
        molar_mass=_value(facts, "molar_mass", name),
        log_p=log_p,
        unbound=1.0,
        solubility=_value(facts, "solubility", name),
        pka=pka.value if pka else None,
    )
    measured = facts.absorption.get(("unbound", name))
    if measured is not None:
        unbound = measured.value
    else:
        neutral = base.neutral_share(ph=_value(facts, "tissue_ph", "any"))
        unbound = UnboundShare(
            slope=_value(facts, "unbound_slope", "neutral_or_base"),
            offset=_value(facts, "unbound_offset", "neutral_or_base"),
        ).of(log_p=log_p, neutral_share=neutral)
    return Substance(**{**vars(base), "unbound": unbound})


def potts_guy(facts: Facts) -> PottsGuy:
    """The relation of skin permeability to size and liking for fat."""
    return PottsGuy(
        intercept=_value(facts, "potts_guy_intercept", "any"),
        slope=_value(facts, "potts_guy_slope", "any"),
        mass=_value(facts, "potts_guy_mass", "any"),
    )


def dermis(facts: Facts) -> Dermis:
    """Living tissue."""
    return Dermis(
        diffusion_intercept=_value(facts, "dermis_diffusion_intercept", "any"),
        diffusion_slope=_value(facts, "dermis_diffusion_slope", "any"),
        albumin_space=_value(facts, "albumin_space", "any"),
        lipid_space=_value(facts, "lipid_space", "any"),
        water_space=_value(facts, "water_space", "any"),
        albumin_diffusivity=_value(facts, "albumin_diffusivity", "any"),
        capillary_surface=_value(facts, "capillary_surface", "any"),
        capillary_flow=_value(facts, "capillary_flow", "any"),
        capillary_factor=_value(facts, "capillary_factor", "any"),
        ph=_value(facts, "tissue_ph", "any"),
        walls=potts_guy(facts),
    )


def corneum_partition(facts: Facts, *, is_hydrated: bool = False) -> CorneumPartition:
    """Partition over water of horny layer that is partly, or fully, hydrated."""
    water = "hydrated" if is_hydrated else "any"
    return CorneumPartition(
        lipid=_value(facts, "corneum_partition_mass", water),
        lipid_power=_value(facts, "corneum_partition_power", "any"),
        protein=_value(facts, "corneum_protein_mass", water),
        protein_power=_value(facts, "corneum_protein_power", "any"),
        water=_value(facts, "corneum_partition_offset", water),
    )


@frozen
class Permeability:
    """Of the horny layer for water: ``median`` [m/s], ``spread`` of its natural logarithm."""

    median: float
    spread: float
    fact: str

    def draw(self, sets: int, rng: np.random.Generator) -> Sets:
        """Draws between people and laboratories [m/s]."""
        return self.at(rng.standard_normal(sets))

    def at(self, deviations: Sets) -> Sets:
        """Values that lie so many standard deviations from the middle [m/s]."""
        return self.median * np.exp(self.spread * deviations)


def permeability(
    name: str, facts: Facts, *, site: str | None = None, vehicle_ph: float | None = None
) -> Permeability:
    """Of intact skin, from the best that was published.

    ``site``: where a flux of local anaesthetic was measured in people, it is that flux over what
    water holds. ``vehicle_ph`` splits lidocaine into base and ion; no other base may be split.
    """
    chemical = substance(name, facts)
    flux = facts.absorption.get(("flux", site)) if site is not None else None
    if flux is not None and ("counts_as_lidocaine", name) in facts.absorption:
        spread = np.log(_value(facts, "flux_spread", "any"))
        return Permeability(flux.si() / chemical.solubility, float(spread), flux.key)
    measured = facts.absorption.get(("log_permeability", name))
    if measured is None:
        spread = _TO_LOG10 * _value(facts, "relation_error", "any")
        found = potts_guy(facts).permeability(chemical)
        return Permeability(found, float(spread), "potts_guy_intercept.any")
    spread = _TO_LOG10 * _value(facts, "measured_error", "any")
    if vehicle_ph is None:
        return Permeability(_logged(facts, "log_permeability", name), float(spread), measured.key)
    split = permeability_at(name, np.array([vehicle_ph]), facts)
    return Permeability(float(split[0]), float(spread), measured.key)


def permeability_at(name: str, ph: Sets, facts: Facts) -> Sets:
    """Permeability of a base in vehicles of a pH [m/s], split into base and ion."""
    chemical = substance(name, facts)
    shares = np.array([chemical.neutral_share(ph=float(value)) for value in ph])
    return ph_partition(
        shares,
        neutral=_logged(facts, "log_permeability_unionised", name),
        ion=_logged(facts, "log_permeability_ionised", name),
    )


def _logged(facts: Facts, quantity: str, name: str) -> float:
    return to_si(10.0 ** _value(facts, quantity, name), "cm_per_s")


def layered_skin(
    name: str,
    facts: Facts,
    *,
    corneum_permeability: Sets,
    dermis_thickness: Sets | None = None,
    is_sink_below: bool = False,
    is_hydrated: bool = False,
) -> LayeredSkin:
    """Horny layer, living epidermis and dermis for a substance.

    Parameters
    ----------
    corneum_permeability : Float[ndarray, "sets"]
        For water [m/s].
    dermis_thickness : Float[ndarray, "sets"]
        Of the site [m]; the usual one if left out.
    is_sink_below : bool
        Whether nothing is cleared and all passes into a sink: a diffusion cell.
    is_hydrated : bool
        Whether the horny layer is full of water, as under long occlusion; partly if not.
    """
    chemical = substance(name, facts)
    tissue = dermis(facts).tissue(chemical)
    swollen = "high" if is_hydrated else "value"
    corneum = facts.absorption["thickness", "stratum_corneum"].si(swollen)
    partition = corneum_partition(facts, is_hydrated=is_hydrated).of(chemical)
    same = np.ones_like(corneum_permeability)
    deep = same * _value(facts, "thickness", "dermis")
    thickness = np.array(
        [
            same * corneum,
            same * _value(facts, "thickness", "viable_epidermis"),
            deep if dermis_thickness is None else dermis_thickness,
        ]
    )
    in_corneum = corneum_permeability * corneum / partition
    return LayeredSkin(
        thickness=thickness,
        diffusivity=np.array([in_corneum, same * tissue.diffusivity, same * tissue.diffusivity]),
        partition=np.array([same * partition, same * tissue.partition, same * tissue.partition]),
        clearance=np.array([0 * same, 0 * same, same * (0 if is_sink_below else tissue.clearance)]),
        is_sink_below=is_sink_below,
    )


def saturated_dose(
    name: str, facts: Facts, *, amount: Sets, depth: Sets, removed_at: float
) -> Dose:
    """A product that drives no harder than a saturated one, however strong it is."""
    full = np.full_like(amount, substance(name, facts).solubility)
    return Dose(amount, depth, full, removed_at)


def body(facts: Facts, *, mass: Sets, area: Sets, depot: Sets, end: str = "value") -> Body:
    """One compartment that scales with body mass [kg].

    ``end``: the middle, or the cautious (``low``) ends of clearance and volume.
    """
    return Body(
        area=area,
        depot=depot,
        volume=mass * facts.absorption["volume", "lidocaine"].si(end),
        clearance=mass * facts.absorption["clearance", "lidocaine"].si(end),
    )


def cautious_blood(facts: Facts, *, mass: float) -> Blood:
    """The smallest published volume and clearance for a body mass [kg]."""
    return Blood(
        volume=mass * facts.absorption["volume", "lidocaine"].si("low"),
        clearance=mass * facts.absorption["clearance", "lidocaine"].si("low"),
    )


def anaesthetics_in(ingredients: Iterable[str], facts: Facts) -> float:
    """How many anaesthetics a product counts as in the blood, each taken for lidocaine."""
    rows = (facts.absorption.get(("counts_as_lidocaine", name)) for name in ingredients)
    return sum(row.value for row in rows if row is not None)


def flux_row(zones: Iterable[Iterable[str]], facts: Facts) -> ParameterRow:
    """The highest flux of all zones, each given by its sites.

    A zone of which none was measured may be like the highest measured anywhere; so may skin of
    which no zone is told. One zone more never lowers it.
    """
    measured = [row for row in facts.absorption.values() if row.quantity == "flux"]

    def of(sites: Iterable[str]) -> ParameterRow:
        wanted = set(sites)
        here = [row for row in measured if row.subject in wanted]
        return max(here or measured, key=_flux)

    return max((of(sites) for sites in (tuple(zones) or ((),))), key=_flux)


def _flux(row: ParameterRow) -> float:
    return row.value


def highest_uptake(facts: Facts, *, zones: Iterable[Iterable[str]], anaesthetics: float) -> Uptake:
    """Uptake that the published share of people stays below, in the sites of every zone."""
    share = _value(facts, "bound_share", "any")
    above_median = _value(facts, "flux_spread", "any") ** NormalDist().inv_cdf(share)
    return Uptake(
        flux=anaesthetics * flux_row(zones, facts).si() * above_median,
        reservoir=anaesthetics * facts.absorption["reservoir", "any"].si("high"),
    )


def _value(facts: Facts, quantity: str, subject: str) -> float:
    return facts.absorption[quantity, subject].si()
