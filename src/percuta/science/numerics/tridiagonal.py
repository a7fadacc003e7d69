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

    cells, sides, sets = rights.shape
    if sets == 1:
        # Nothing to lay end to end: a single set is all overhead.
        *_, found, info = dptsv(diagonal[:, 0], beside[:, 0], rights[:, :, 0], overwrite_d=1)
        return _definite(found, info)[:, :, None]
    apart = np.zeros_like(diagonal)
    apart[:-1] = beside
    columns = np.moveaxis(rights, 1, 2).reshape(-1, sides, order="F")
    *_, found, info = dptsv(diagonal.ravel("F"), apart.ravel("F")[:-1], columns)
    _definite(found, info)
    solutions: Rights = found.reshape(cells, sets, sides, order="F").transpose(0, 2, 1)
    return solutions


def _definite(found: Rights, info: int) -> Rights:
    if info != 0:
        raise DidNotConverge(f"tridiagonal system {info} is not definite")
    return found


class Factored:
    """Every set's system taken apart once, for right-hand sides that come one after another.

    Takes ``diagonal`` and ``beside`` as ``solved`` does; neither is overwritten.

    Raises
    ------
    DidNotConverge
        If a system is not definite.
    """

    def __init__(self, diagonal: Cells, beside: Cells) -> None:
        left = diagonal.copy()
        shares = np.empty_like(beside)
        for cell in range(len(beside)):
            np.divide(beside[cell], left[cell], out=shares[cell])
            left[cell + 1] -= shares[cell] * beside[cell]
        if not np.all(left > 0):
            raise DidNotConverge("a tridiagonal system is not definite")
        self._shares, self._left = shares, left
        # Rows as views made once: making them costs as much as the arithmetic on them.
        self._rows = list(shares)

    def solved(self, right: Cells) -> Cells:
        """Solutions for one right-hand side a set, which is overwritten."""
        if right.shape[1] == 1:
            return self._alone(right)
        rows, much = list(right), np.empty_like(right[0])
        for share, row, below in zip(self._rows, rows, rows[1:], strict=False):
            np.multiply(share, row, much)
            np.subtract(below, much, below)
        right /= self._left
        rows.reverse()
        for share, row, above in zip(reversed(self._rows), rows, rows[1:], strict=False):
            np.multiply(share, row, much)
            np.subtract(above, much, above)
        return right

    def _alone(self, right: Cells) -> Cells:
        from scipy.linalg.lapack import dpttrs

        found, info = dpttrs(self._left[:, 0], self._shares[:, 0], right)
        return _definite(found, info)
