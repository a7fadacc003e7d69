"""How thick epidermis and dermis are at a site, as a mixture of what was published.

Each published row is as likely as the others: two methods that disagree (ultrasound reads
thicker than optical coherence tomography) are a source of spread, not an average.
"""

import math
from dataclasses import dataclass

import numpy as np

from percuta.facts.edition import Facts
from percuta.facts.skin_layers import SkinLayer
from percuta.facts.vocabulary import Sex
from percuta.science.numerics.sampling import Draws, positive_normal
from percuta.units import to_si


@dataclass(frozen=True)
class Reading:
    """One published thickness: mean and spread between people [m], and its row."""

    mean: float
    sd: float
    row: str


@dataclass(frozen=True)
class Skin:
    """The readings that speak for one site and sex."""

    epidermis: tuple[Reading, ...]
    dermis: tuple[Reading, ...]
    selection: str

    @property
    def rows(self) -> tuple[str, ...]:
        """Every layer row used."""
        return tuple(reading.row for reading in (*self.epidermis, *self.dermis))


@dataclass(frozen=True)
class SkinDraws:
    """Thickness of both layers in many people of this site and sex.

    ``epidermis`` and ``dermis`` : Float[ndarray, "draws"], each positive [m].
    """

    epidermis: Draws
    dermis: Draws

    @property
    def total(self) -> Draws:
        """Depth at which the dermis ends [m]."""
        return self.epidermis + self.dermis


def skin_at(site: str, sex: Sex, facts: Facts) -> Skin | None:
    """The published thickness at a site, or ``None`` where nothing usable exists.

    Rows marked ``never_for_a_limit`` are never used.
    """
    selection = facts.skin_selection[site, sex.value]
    if selection.epidermis is None or selection.dermis is None:
        return None
    return Skin(
        epidermis=_readings(selection.epidermis, selection.widening, facts),
        dermis=_readings(selection.dermis, selection.widening, facts),
        selection=selection.key,
    )


def _readings(keys: str, widening: float, facts: Facts) -> tuple[Reading, ...]:
    rows = [facts.skin_layers[key] for key in keys.split(";")]
    usable = [row for row in rows if row.use == "usable"]
    return tuple(_reading(row, widening, facts) for row in usable)


def _reading(row: SkinLayer, widening: float, facts: Facts) -> Reading:
    mean, sd = row.mean_um, row.sd_um
    usual = facts.puncture["unknown_layer_spread", "any"].value
    if mean is None:
        # A range of the means of several sites: between sites it is even, between people usual.
        low, high = row.low_um or 0.0, row.high_um or 0.0
        mean = (low + high) / 2
        sd = math.hypot(usual * mean, (high - low) / math.sqrt(12))
    if sd is None or sd > mean / 2:
        # No spread, or one that only a misprint explains.
        sd = mean * usual
    return Reading(to_si(mean, "um"), to_si(sd * widening, "um"), f"skin_layers/{row.key}")


def sample_skin(skin: Skin, draws: int, rng: np.random.Generator) -> SkinDraws:
    """Thickness of both layers in ``draws`` people; which reading holds is drawn as well."""
    return SkinDraws(
        epidermis=_mixture(skin.epidermis, draws, rng),
        dermis=_mixture(skin.dermis, draws, rng),
    )


def _mixture(readings: tuple[Reading, ...], draws: int, rng: np.random.Generator) -> Draws:
    which = rng.integers(len(readings), size=draws)
    means = np.array([reading.mean for reading in readings])[which]
    spreads = np.array([reading.sd for reading in readings])[which]
    return positive_normal(rng, means, spreads)
