"""How much of the skin's surface is open, by geometry and by what acts.

The open area by geometry follows from holes per area. What passes through it is less, by a
factor that publications spread over two orders of magnitude: a lognormal, never one number.
"""

import numpy as np

from percuta.errors import OutsideValidity
from percuta.frozen import frozen
from percuta.science.numerics.sampling import Draws
from percuta.science.puncture.density import coverage


@frozen
class Effectiveness:
    """Open area that acts over open area by geometry: a lognormal.

    ``median`` and geometric ``spread``, both above 0.
    """

    median: float
    spread: float

    def draw(self, sets: int, rng: np.random.Generator) -> Draws:
        """Draws of the factor."""
        return self.at(rng.standard_normal(sets))

    def at(self, standard: Draws) -> Draws:
        """The factor for standard normal draws."""
        factor: Draws = self.median * self.spread**standard
        return factor


def apparent_open_area(
    density: float | Draws, *, hole_radius: float, effectiveness: Draws, own_overlap: float = 0.0
) -> Draws:
    """Share of the surface that lets a substance pass, in 0..1, rising with density.

    Parameters
    ----------
    density : float or Float[ndarray, "sets"]
        Strikes per area [1/m2].
    hole_radius : float
        At the surface [m].
    effectiveness : Float[ndarray, "sets"]
        What acts over geometry.
    """
    strikes: Draws = np.asarray(density, dtype=np.float64)
    geometric = coverage(strikes, hole_radius=hole_radius, own_overlap=own_overlap)
    acting: Draws = np.minimum(1.0, geometric * effectiveness)
    return acting


def conductance(open_area: Draws, *, diffusivity: float, length: float) -> Draws:
    """How fast water carries a substance down open channels [m/s].

    Parameters
    ----------
    open_area : Float[ndarray, "sets"]
        Share of the surface, in 0..1.
    diffusivity, length : float
        Of the substance in water [m2/s]; of the channels [m], above 0.

    Raises
    ------
    OutsideValidity
        If the channels have no length.
    """
    if not length > 0:
        raise OutsideValidity(f"channels of {length} m: a length above 0 is needed")
    carried: Draws = open_area * diffusivity / length
    return carried
