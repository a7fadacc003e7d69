"""The slab of V3 as an engineer would do it without us: SciPy's LSODA with a banded Jacobian.

The same equation on even cells, the flow out of the last one integrated beside it. LSODA reads the
band of the Jacobian only where it is told that there is one.
"""

import numpy as np
from scipy.integrate import odeint, solve_ivp

from percuta.science.numerics.sampling import Draws
from percuta.validation.finite_doses import SLAB_DIFFUSIVITY, SLAB_END, SLAB_THICKNESS

CELLS = 80
TOLERANCE = 1e-4
"""The loosest that keeps the error of 80 cells: tighter ones only take longer."""


def _rate(diffusivity: float):  # type: ignore[no-untyped-def] # noqa: ANN202
    width = SLAB_THICKNESS / CELLS
    between = diffusivity / width**2
    levels, rate = np.empty(CELLS + 2), np.empty(CELLS + 1)

    def rates(state: Draws, _: float) -> Draws:
        levels[1:-1] = state[:CELLS]
        # Half a cell to either face: 1 above, nothing below.
        levels[0], levels[-1] = 2 - state[0], -state[CELLS - 1]
        rate[:CELLS] = between * np.diff(np.diff(levels))
        rate[CELLS] = 2 * diffusivity / width * state[CELLS - 1]
        return rate

    return rates


def by_odeint(diffusivity: float = SLAB_DIFFUSIVITY) -> float:
    """What has passed [m], by the interface with the least overhead."""
    told = odeint(
        _rate(diffusivity),
        np.zeros(CELLS + 1),
        [0.0, SLAB_END],
        ml=1,
        mu=1,
        rtol=TOLERANCE,
        atol=1e-3 * TOLERANCE,
    )
    return float(told[-1, CELLS])


def by_solve_ivp(diffusivity: float = SLAB_DIFFUSIVITY) -> float:
    """The same by the interface that SciPy's manual recommends."""
    rates = _rate(diffusivity)
    told = solve_ivp(
        lambda time, state: rates(state, time).copy(),
        (0.0, SLAB_END),
        np.zeros(CELLS + 1),
        method="LSODA",
        lband=1,
        uband=1,
        rtol=TOLERANCE,
        atol=1e-3 * TOLERANCE,
    )
    return float(told.y[CELLS, -1])
