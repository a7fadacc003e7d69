"""Lidocaine in the blood after numbing, as published, against absorption: V21 to V27."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.numbing.blood_level import NumbedSkin, blood_level
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.parameters import (
    body,
    layered_skin,
    permeability,
    saturated_dose,
)
from percuta.science.numerics.sampling import stream
from percuta.units import to_si
from percuta.validation.asked import done, known
from percuta.validation.predicted import Predicted, of_draws, ranged

_ENGINE = FiniteVolumes(Resolution((12, 4, 14), (1.2, 1.3, 1.25), 60, 2.0))
_PEOPLE, _DAY = 400, to_si(24.0, "h")
_LEAST_DEPOT = 1.0
_ON_FACE = (Zone.CHEEK_LEFT,)


@lru_cache(maxsize=64)
def plasma_peak(facts: Facts, row: str, site: str | None) -> Predicted:
    """The highest blood level of 400 people [ug/mL]; the band is the spread of skin alone."""
    entering = permeability("lidocaine", facts, site=site).draw(_PEOPLE, stream(1, row))
    area = np.full(_PEOPLE, done(facts, "area", row))
    depot = facts.absorption["depot_time", site].si() if site is not None else 0.0
    dose = saturated_dose(
        "lidocaine",
        facts,
        amount=_applied(facts, row) / area,
        depth=np.full(_PEOPLE, facts.absorption["film", "local_anaesthetic"].si()),
        removed_at=done(facts, "time", row),
    )
    person = body(
        facts,
        mass=np.full(_PEOPLE, _mass(facts)),
        area=area,
        depot=np.full(_PEOPLE, max(depot, _LEAST_DEPOT)),
    )
    skin = layered_skin("lidocaine", facts, corneum_permeability=entering)
    told = _ENGINE.absorb(skin, dose, until=_DAY, body=person)
    peaks = known(told.plasma, "blood level").max(axis=0) / to_si(1.0, "ug_per_ml")
    return of_draws(peaks)


def bound_on_face(facts: Facts, row: str) -> Predicted:
    """V24b [ug/mL]: the bound that plans use, for lidocaine alone; ends by the area of a face."""
    cream = facts.agents["lidocaine_4_cream"]
    strength = done(facts, "strength", row) / to_si(1.0, "mg_per_g")
    as_strong = replace(cream, anaesthetic_mg_per_g=strength)
    grams = done(facts, "product", row) / to_si(1.0, "g")

    def bound(end: str) -> float:
        skin = NumbedSkin(
            zones=_ON_FACE,
            area_cm2=done(facts, "area", row, end) / to_si(1.0, "cm2"),
            minutes=done(facts, "time", row) / to_si(1.0, "min"),
        )
        told = blood_level(
            as_strong, skin, facts, grams=grams, weight_kg=_mass(facts), other_mg=0.0
        )
        return told.plasma_ug_per_ml_upper

    return ranged(bound("value"), bound("low"), bound("high"))


def _applied(facts: Facts, row: str) -> float:
    return done(facts, "product", row) * done(facts, "strength", row)


def _mass(facts: Facts) -> float:
    return facts.absorption["reference_mass", "any"].si()
