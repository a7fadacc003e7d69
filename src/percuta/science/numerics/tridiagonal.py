"""Many tridiagonal systems at once, as one long system without couplings between them."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dgtsv

from percuta.errors import DidNotConverge

Cells = NDArray[np.float64]
"""``Float[ndarray, "sets cells"]``: one row a parameter set."""


def solved(lower: Cells, diagonal: Cells, upper: Cells, *rights: Cells) -> tuple[Cells, ...]:
    """Solutions of every set's system, one for each right-hand side.

    Parameters
    ----------
    lower, diagonal, upper : Float[ndarray, "sets cells"]
        Of row ``i``: the factors of unknowns ``i - 1``, ``i`` and ``i + 1``. The first ``lower``
        and the last ``upper`` of each set are ignored.
    rights : Float[ndarray, "sets cells"]
        Right-hand sides.

    Raises
    ------
    DidNotConverge
        If a system is singular.

    Notes
    -----
    LAPACK's ``gtsv``: Gaussian elimination with partial pivoting.
    """
    above, below = upper.copy(), lower.copy()
    above[:, -1] = 0.0
    below[:, 0] = 0.0
    columns = np.stack([right.ravel() for right in rights], axis=1)
    *_, found, info = dgtsv(below.ravel()[1:], diagonal.ravel(), above.ravel()[:-1], columns)
    if info != 0:
        raise DidNotConverge(f"tridiagonal system {info} is singular")
    return tuple(found[:, place].reshape(diagonal.shape) for place in range(len(rights)))
