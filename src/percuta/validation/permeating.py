"""How fast skin lets substances through, as published: V15, V16, V17, V29."""

import math
from dataclasses import replace

import numpy as np

from percuta.facts.edition import Facts
from percuta.science.absorption.parameters import (
    Permeability,
    dermis,
    permeability,
    permeability_at,
    potts_guy,
    substance,
)
from percuta.science.absorption.relations import ph_partition
from percuta.science.channels.open_area import apparent_open_area, conductance
from percuta.science.channels.parameters import effectiveness
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.density import strike_density
from percuta.science.puncture.parameters import hole_radius, motion_of
from percuta.units import to_si
from percuta.validation.asked import cell, done
from percuta.validation.predicted import NINETY_SIGMAS, Predicted, banded, of_draws, ranged

_DRAWS = 20_000


def lidocaine_at(facts: Facts, row: str) -> Predicted:
    """V15 [log10 cm/s]: between two fitted ends; the band is that of repeated measurements."""
    ph = np.array([done(facts, "ph", row)])
    return _logged(permeability_at("lidocaine", ph, facts)[0], facts, "measured_error")


def fentanyl_at(facts: Facts, row: str) -> Predicted:
    """V16 [log10 cm/s]: the same law with its ends fitted to the lowest and highest pH."""
    share = substance("fentanyl", facts).neutral_share(ph=done(facts, "ph", row))
    ion, neutral = (_end(facts, end) for end in ("V16a", "V16i"))
    mixed = ph_partition(np.array([share]), neutral=neutral, ion=ion)[0]
    return _logged(mixed, facts, "measured_error")


def _end(facts: Facts, row: str) -> float:
    return to_si(10.0 ** facts.validation[row].published_lo, "cm_per_s")


def lidocaine_by_size(facts: Facts) -> Predicted:
    """V17 [log10 cm/s]: by Potts and Guy; the band is the relation's error over substances."""
    found = potts_guy(facts).permeability(substance("lidocaine", facts))
    return _logged(found, facts, "relation_error")


def _logged(found: float, facts: Facts, error: str) -> Predicted:
    middle = math.log10(found / to_si(1.0, "cm_per_s"))
    away = NINETY_SIGMAS * facts.absorption[error, "any"].value
    return banded(middle - away, middle, middle + away)


def naloxone_at_twice_the_length(facts: Facts) -> Predicted:
    """V29a: acting area fitted at 250 um; the same channels under needles of 500 um.

    Channels of one length act alike at the least. At the most twice the length makes holes twice as
    wide, of four times the area.
    """
    more = cell(facts, "transport/trans.96") - 1
    length, fitted = (cell(facts, f"transport/trans.{row}", "needle_low_um") for row in (95, 96))
    return ranged(1 + more, 1 + more * (length / fitted) ** 2)


def ascorbic_acid_through_holes(facts: Facts) -> Predicted:
    """V29b: what passes holes and skin over what passes skin, with both uncertainties."""
    return _through_holes(facts, "V29b", "ascorbic_acid", permeability("ascorbic_acid", facts))


def salt_through_holes(facts: Facts, row: str, name: str) -> Predicted:
    """V29c, V29d: the same for a salt, whose ion passes skin as much worse as lidocaine's does."""
    share = substance(name, facts).neutral_share(ph=done(facts, "ph", row))
    base, ion = (
        10.0 ** facts.absorption[f"log_permeability_{form}", "lidocaine"].value
        for form in ("unionised", "ionised")
    )
    neutral = permeability(name, facts)
    split = ph_partition(np.array([share]), neutral=neutral.median, ion=neutral.median * ion / base)
    return _through_holes(facts, row, name, replace(neutral, median=float(split[0])))


def _through_holes(facts: Facts, row: str, name: str, through: Permeability) -> Predicted:
    rng = stream(29, row)
    density = strike_density(
        motion_of(facts.devices["roller_192_15"], facts), passes=done(facts, "passes", row)
    )
    area = apparent_open_area(
        density,
        hole_radius=hole_radius(facts),
        effectiveness=effectiveness(facts).draw(_DRAWS, rng),
    )
    more = 1 + area * _carried(facts, name) / through.draw(_DRAWS, rng)
    return of_draws(more)


def _carried(facts: Facts, name: str) -> float:
    """What skin that is nothing but channel lets through [m/s]."""
    found = conductance(
        np.ones(1),
        diffusivity=dermis(facts).free_diffusivity(substance(name, facts)),
        length=facts.absorption["channel_diffusion_length", "any"].si(),
    )
    return float(found[0])
