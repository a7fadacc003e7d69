"""Many symmetric tridiagonal systems at once, such as diffusion gives."""

import numpy as np
from numpy.typing import NDArray

from percuta.errors import DidNotConverge

Cells = NDArray[np.float64]
"""``Float[ndarray, "cells sets"]``: one column a parameter set."""

Rights = NDArray[np.float64]
"""``Float[ndarray, "cells sides sets"]``: right-hand sides of every set's system."""

FEW = 256
"""Below so many sets one long system is solved faster than a sweep over all sets at once."""


def solved(diagonal: Cells, beside: Cells, rights: Rights) -> Rights:
    """Solutions of every set's system, one for each right-hand side.

    Parameters
    ----------
    diagonal : Float[ndarray, "cells sets"]
        Above 0, and larger than the two factors beside it together: no pivoting is needed.
    beside : Float[ndarray, "cells-1 sets"]
        Factor of the next unknown in each row, and of the one before in the next row.
    rights : Float[ndarray, "cells sides sets"]
        Right-hand sides; they may be overwritten, as may the diagonal.

    Raises
    ------
    DidNotConverge
        If a system is not definite.

    Notes
    -----
    Few sets: LAPACK's ``ptsv`` on all sets end to end, without couplings between them. Many: the
    same elimination, cell by cell for all sets at once, which needs no SciPy.
    """
    solve = _end_to_end if diagonal.shape[1] < FEW else _swept
    return solve(diagonal, beside, rights)


def _swept(diagonal: Cells, beside: Cells, rights: Rights) -> Rights:
    for cell in range(1, len(diagonal)):
        share = beside[cell - 1] / diagonal[cell - 1]
        diagonal[cell] -= share * beside[cell - 1]
        rights[cell] -= share * rights[cell - 1]
    if not np.all(diagonal > 0):
        raise DidNotConverge("a tridiagonal system is not definite")
    rights[-1] /= diagonal[-1]
    for cell in range(len(diagonal) - 2, -1, -1):
        rights[cell] -= beside[cell] * rights[cell + 1]
        rights[cell] /= diagonal[cell]
    return rights


def _end_to_end(diagonal: Cells, beside: Cells, rights: Rights) -> Rights:
    from scipy.linalg.lapack import dptsv

    apart = np.zeros_like(diagonal)
    apart[:-1] = beside
    columns = np.moveaxis(rights, 1, 2).reshape(-1, rights.shape[1], order="F")
    *_, found, info = dptsv(diagonal.ravel("F"), apart.ravel("F")[:-1], columns)
    if info != 0:
        raise DidNotConverge(f"tridiagonal system {info} is not definite")
    cells, sides, sets = rights.shape
    solutions: Rights = found.reshape(cells, sets, sides, order="F").transpose(0, 2, 1)
    return solutions
