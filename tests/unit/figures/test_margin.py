"""Labels in a margin: in order, apart, and as near to their own height as that allows."""

from random import Random

import pytest

from percuta.report.figures.margin import rising


def test_what_rises_already_stays() -> None:
    assert rising([1.0, 2.0, 2.0, 5.0]) == [1.0, 2.0, 2.0, 5.0]


def test_two_out_of_order_meet_in_the_middle() -> None:
    assert rising([4.0, 2.0, 9.0]) == [3.0, 3.0, 9.0]


@pytest.mark.parametrize("seed", range(20))
def test_no_other_rising_values_are_closer(seed: int) -> None:
    """A slow judge: small lawful moves away from the answer never bring it nearer."""
    rng = Random(seed)
    wanted = [rng.uniform(0, 10) for _ in range(7)]
    found = rising(wanted)
    assert found == sorted(found)

    def distance(values: list[float]) -> float:
        return sum((a - b) ** 2 for a, b in zip(values, wanted, strict=True))

    for _ in range(300):
        moved = sorted(value + rng.gauss(0, 0.3) for value in found)
        assert distance(moved) >= distance(found) - 1e-9
