"""What passes layers over a perfect sink, by transfer matrices and a numerical Laplace inversion.

It shares nothing with the engines that it judges: no cells, no steps, no matrix of rates.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from percuta.science.absorption.problem import LayeredSkin

_POINTS = 20
"""Points on the contour; with doubles twelve to twenty-four agree to ten digits."""


@dataclass(frozen=True)
class Layers:
    """Layers from the surface down: thickness [m], diffusivity [m2/s], partition over water."""

    thickness: NDArray[np.float64]
    diffusivity: NDArray[np.float64]
    partition: NDArray[np.float64]

    @property
    def lag(self) -> float:
        """Lag time [s]: where the line of what passes in the end meets zero."""
        late = 1e4 * float(np.sum(self.thickness**2 / self.diffusivity))
        return late - self.passed(late) * self.resistance

    @property
    def resistance(self) -> float:
        """Over steady flux under a constant surface of 1 [s/m]."""
        return float(np.sum(self.thickness / (self.diffusivity * self.partition)))

    @property
    def skin(self) -> LayeredSkin:
        """The same for an engine, as one set that clears nothing."""
        return LayeredSkin(
            thickness=self.thickness[:, None],
            diffusivity=self.diffusivity[:, None],
            partition=self.partition[:, None],
            clearance=np.zeros((len(self.thickness), 1)),
            is_sink_below=True,
        )

    def passed(self, time: float) -> float:
        """What has passed by a moment under a constant surface of 1 [m]."""
        return _inverted(self._transform, time)

    def _transform(self, s: complex) -> complex:
        through = np.eye(2, dtype=complex)
        for length, spread, holds in zip(
            self.thickness, self.diffusivity, self.partition, strict=True
        ):
            rate = np.sqrt(s / spread)
            gives = spread * holds * rate
            fall, rise = np.cosh(rate * length), np.sinh(rate * length)
            through = np.array([[fall, -rise / gives], [-gives * rise, fall]]) @ through
        # No level below, and a determinant of 1: the flux out is that of the surface over this.
        return complex(-1 / through[0, 1] / s**2)


def _inverted(transform: Callable[[complex], complex], time: float) -> float:
    """Fixed Talbot (Abate and Valko 2004, doi 10.1002/nme.995)."""
    rate = 2 * _POINTS / (5 * time)
    total = 0.5 * np.exp(rate * time) * transform(complex(rate)).real
    for angle in np.pi * np.arange(1, _POINTS) / _POINTS:
        turn = 1 / np.tan(angle)
        at = rate * angle * (turn + 1j)
        weight = 1 + 1j * (angle + (angle * turn - 1) * turn)
        total += (np.exp(time * at) * transform(at) * weight).real
    return float(rate / _POINTS * total)


UNLIKE = Layers(
    np.array([15e-6, 1e-4, 1e-3]), np.array([1e-13, 1e-10, 2e-10]), np.array([8, 0.7, 0.6])
)
"""Any numbers: a thin tight layer that holds much, over two thick loose ones."""
