"""Systems of few and of many sets are solved in two ways that agree with the dense solution."""

import numpy as np
import pytest

from percuta.errors import DidNotConverge
from percuta.science.numerics.tridiagonal import FEW, Factored, solved

CELLS = 7


@pytest.mark.parametrize("sets", [1, 3, FEW - 1, FEW, FEW + 5])
@pytest.mark.parametrize("sides", [1, 2])
def test_every_set_has_the_solution_of_its_own_matrix(sets: int, sides: int) -> None:
    rng = np.random.default_rng(1)
    beside = -rng.uniform(0, 1, (CELLS - 1, sets))
    diagonal = rng.uniform(2.01, 4, (CELLS, sets))
    rights = rng.normal(size=(CELLS, sides, sets))
    found = solved(diagonal.copy(), beside, rights.copy())
    for one in {0, sets // 2, sets - 1}:
        off = beside[:, one]
        matrix = np.diag(diagonal[:, one]) + np.diag(off, 1) + np.diag(off, -1)
        assert found[:, :, one] == pytest.approx(np.linalg.solve(matrix, rights[:, :, one]))


@pytest.mark.parametrize("sets", [1, 2, FEW])
def test_systems_that_were_taken_apart_once_have_the_same_solutions(sets: int) -> None:
    rng = np.random.default_rng(2)
    beside = -rng.uniform(0, 1, (CELLS - 1, sets))
    diagonal = rng.uniform(2.01, 4, (CELLS, sets))
    once = Factored(diagonal, beside)
    for _ in range(2):
        rights = rng.normal(size=(CELLS, 1, sets))
        whole = solved(diagonal.copy(), beside, rights.copy())[:, 0]
        assert once.solved(rights[:, 0].copy()) == pytest.approx(whole, rel=1e-12)
    with pytest.raises(DidNotConverge, match="not definite"):
        Factored(0.1 * diagonal, beside)


@pytest.mark.parametrize("sets", [2, FEW])
def test_a_system_that_is_not_definite_is_refused(sets: int) -> None:
    diagonal, beside = np.full((CELLS, sets), 1.0), np.full((CELLS - 1, sets), -2.0)
    with pytest.raises(DidNotConverge, match="not definite"):
        solved(diagonal, beside, np.ones((CELLS, 1, sets)))
