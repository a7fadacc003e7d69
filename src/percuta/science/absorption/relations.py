"""How substances pass skin, from their size and their liking for fat.

Relations fitted to many substances: they miss a single one by a factor of ten or more.
"""

import numpy as np

from percuta.frozen import frozen
from percuta.science.numerics.sampling import Draws
from percuta.units import convert, to_si


@frozen
class Substance:
    """What the relations ask of a substance.

    ``molar_mass`` [kg/mol]; ``log_p``, octanol over water; ``unbound``, share not bound to
    protein; ``solubility`` in water [kg/m3].
    """

    name: str
    molar_mass: float
    log_p: float
    unbound: float
    solubility: float
    pka: float | None = None

    @property
    def grams_per_mole(self) -> float:
        """Molar mass as the published relations count it."""
        return convert(self.molar_mass, source="kg", target="g")

    def neutral_share(self, *, ph: float) -> float:
        """Share of a base that carries no charge at a pH, in 0..1, rising with pH."""
        return 1.0 if self.pka is None else float(1.0 / (1.0 + 10.0 ** (self.pka - ph)))


@frozen
class PottsGuy:
    """Permeability of skin: ``log10 (P / cm/h) = intercept + slope log P + mass M / (g/mol)``.

    References
    ----------
    Potts and Guy (1992), doi 10.1023/A:1015810312465.
    """

    intercept: float
    slope: float
    mass: float

    def permeability(self, substance: Substance) -> float:
        """For water [m/s]."""
        return self.of(log_p=substance.log_p, grams_per_mole=substance.grams_per_mole)

    def of(self, *, log_p: float, grams_per_mole: float) -> float:
        """The same from the two properties it rests on."""
        log = self.intercept + self.slope * log_p + self.mass * grams_per_mole
        return to_si(10.0**log, "cm_per_h")


@frozen
class CorneumPartition:
    """Partition of horny layer over water: ``a Kow^p + b Kow^q + c``, lipid, protein, water."""

    lipid: float
    lipid_power: float
    protein: float
    protein_power: float
    water: float

    def of(self, substance: Substance) -> float:
        """Over water, above 0."""
        fat = 10.0**substance.log_p
        in_lipid = self.lipid * fat**self.lipid_power
        in_protein = self.protein * fat**self.protein_power
        return float(in_lipid + in_protein + self.water)


@frozen
class Tissue:
    """Partition over water, diffusivity [m2/s] and clearance [1/s] in living skin."""

    partition: float
    diffusivity: float
    clearance: float


@frozen
class Dermis:
    """Living tissue: water with albumin and a little fat, drained by capillaries.

    ``capillary_surface`` [1/m], ``capillary_flow`` [1/s], ``albumin_diffusivity`` [m2/s].

    Notes
    -----
    With ``b = 1 - a + a / f_u + l f_n Kow`` for albumin space ``a``, unbound share ``f_u``, lipid
    space ``l`` and neutral share ``f_n``: ``K = w b / f_n``,
    ``D = (D_free + a D_a (1 - f_u) / f_u) / b`` and
    ``k = 1 / (1 / (P_cap S) + 1 / Q) / b``.

    References
    ----------
    Dancik et al. (2013), doi 10.1016/j.addr.2012.01.006, as printed in the guide ``S111``.
    """

    diffusion_intercept: float
    diffusion_slope: float
    albumin_space: float
    lipid_space: float
    water_space: float
    albumin_diffusivity: float
    capillary_surface: float
    capillary_flow: float
    capillary_factor: float
    ph: float
    walls: PottsGuy

    def free_diffusivity(self, substance: Substance) -> float:
        """In the water of tissue and of channels [m2/s]."""
        log = self.diffusion_intercept + self.diffusion_slope * np.log10(substance.grams_per_mole)
        return to_si(float(10.0**log), "cm2_per_s")

    def tissue(self, substance: Substance) -> Tissue:
        """The dermis for a substance; living epidermis is the same without clearance."""
        neutral = substance.neutral_share(ph=self.ph)
        bound_ratio = (1.0 - substance.unbound) / substance.unbound
        lipid = self.lipid_space * neutral * 10.0**substance.log_p
        binding = 1.0 + self.albumin_space * bound_ratio + lipid
        carried = self.albumin_space * self.albumin_diffusivity * bound_ratio
        walls = self.capillary_factor * self.walls.permeability(substance)
        drained = 1.0 / (1.0 / (walls * self.capillary_surface) + 1.0 / self.capillary_flow)
        return Tissue(
            partition=self.water_space * binding / neutral,
            diffusivity=(self.free_diffusivity(substance) + carried) / binding,
            clearance=drained / binding,
        )


@frozen
class UnboundShare:
    """Unbound share where none was measured: ``1 / (1 + a exp(log D) + b)``, as published."""

    slope: float
    offset: float

    def of(self, *, log_p: float, neutral_share: float) -> float:
        """In 0..1, falling with the liking for fat."""
        log_d = log_p + np.log10(neutral_share)
        return float(1.0 / (1.0 + self.slope * np.exp(log_d) + self.offset))


def ph_partition(neutral_share: Draws, *, neutral: float, ion: float) -> Draws:
    """Permeability of a base that passes as base and, less, as ion [m/s], rising with pH.

    Parameters
    ----------
    neutral_share : Float[ndarray, "any"]
        Share without charge, in 0..1.
    neutral, ion : float
        Permeability where all is base, and where all is ion [m/s].
    """
    mixed: Draws = neutral_share * neutral + (1.0 - neutral_share) * ion
    return mixed
