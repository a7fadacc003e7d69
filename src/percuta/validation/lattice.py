"""The real lattice of a roller, hole by hole: it judges formulas that treat holes as random."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from percuta.science.numerics.sampling import stream

Holes = NDArray[np.float64]
"""``Float[ndarray, "holes 2"]``, places on the skin [m]."""

_PIXELS_A_RADIUS = 14


@dataclass(frozen=True)
class Lattice:
    """Needles of a drum unrolled: steps along and across the way it rolls [m]."""

    along: float
    across: float

    def holes(self, passes: int, *, side: float, seed: int) -> Holes:
        """Holes in a square after passes in random directions and phases."""
        rng = stream(seed, "roller lattice")
        places = self._unrolled(2 * side)
        found = []
        for _ in range(passes):
            angle = rng.uniform(0, math.pi)
            turn = np.array(
                [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
            )
            holes = (places + rng.uniform(0, 1, 2) * (self.along, self.across)) @ turn.T
            found.append(holes[(np.abs(holes) < side / 2).all(axis=1)])
        return np.vstack(found)

    def _unrolled(self, reach: float) -> Holes:
        along, across = np.meshgrid(
            np.arange(-reach, reach, self.along), np.arange(-reach, reach, self.across)
        )
        return np.column_stack([along.ravel(), across.ravel()])


def roller_lattice(*, needles: int, rows: int, diameter: float, width: float) -> Lattice:
    """Needles even around a drum of this diameter and width [m], in rows along it."""
    return Lattice(along=math.pi * diameter * rows / needles, across=width / rows)


def covered_share(holes: Holes, *, side: float, radius: float) -> float:
    """Share of the square that lies in a hole, counted on a fine raster."""
    pixel = radius / _PIXELS_A_RADIUS
    cells = math.ceil(side / pixel)
    is_covered = np.zeros((cells, cells), dtype=bool)
    reach = np.arange(-_PIXELS_A_RADIUS - 1, _PIXELS_A_RADIUS + 2)
    for x, y in (holes + side / 2) / pixel:
        column, row = int(x) + reach, int(y) + reach
        column, row = (at[(at >= 0) & (at < cells)] for at in (column, row))
        away = (column[:, None] + 0.5 - x) ** 2 + (row[None, :] + 0.5 - y) ** 2
        is_covered[np.ix_(column, row)] |= away < _PIXELS_A_RADIUS**2
    return float(is_covered.mean())
