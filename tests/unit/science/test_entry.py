"""Force at which a needle enters: one constant, within the tips that were measured."""

import pytest

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.science.puncture.parameters import entry_law
from percuta.units import to_si


def force_mn(facts: Facts, tip_um: float, end: str = "value") -> float:
    return entry_law(facts, end=end).force(to_si(tip_um, "um")) / to_si(1.0, "mn")


@pytest.mark.parametrize("tip_um", [5, 12, 37])
def test_a_tip_twice_as_wide_takes_twice_the_force(facts: Facts, tip_um: float) -> None:
    assert force_mn(facts, tip_um) == pytest.approx(tip_um * force_mn(facts, 5) / 5)


@pytest.mark.parametrize("tip_um", [5, 20, 37])
def test_the_middle_lies_between_its_ends(facts: Facts, tip_um: float) -> None:
    low, middle, high = (force_mn(facts, tip_um, end) for end in ("low", "value", "high"))
    assert low < middle < high


@pytest.mark.parametrize("tip_um", [0, 4.9, 37.1, 200, float("nan")])
def test_no_law_is_told_beyond_the_tips_that_were_measured(facts: Facts, tip_um: float) -> None:
    with pytest.raises(OutsideValidity, match="from 5 to 37 um"):
        force_mn(facts, tip_um)


def test_a_needle_may_enter_without_a_jump(facts: Facts) -> None:
    """As the sharpest tip did."""
    assert entry_law(facts, end="low").jump == 0
    assert entry_law(facts).jump < entry_law(facts, end="high").jump
