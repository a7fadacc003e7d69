"""V10 and V11: ends over a whole range, and an order that holds in air and not under cover."""

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.science.channels.clock_parameters import closing
from percuta.science.channels.clocks import Clock
from percuta.validation.asked import known
from percuta.validation.predictions import PREDICTIONS

GROUPS = [f"channels/chan.{number}" for number in range(1, 6)]


def test_v10a_its_ends_hold_every_error_between_the_quantiles(facts: Facts) -> None:
    """The error is least inside the range, at the middle group, and not at either end."""
    groups_h = np.array([float(str(facts.row(row).cells["value"])) for row in GROUPS])
    middle_group_h = float(np.median(groups_h))
    low_h, high_h = 43.5, 85.9  # 5 to 95 % for lightness that was not measured
    told = known(PREDICTIONS["V10a"](facts), "V10a")
    assert low_h < middle_group_h < high_h
    for mean_h in np.append(np.linspace(low_h, high_h, 401), middle_group_h):
        assert told.low - 1e-9 <= np.abs(groups_h - mean_h).mean() <= told.high
    assert told.low == pytest.approx(np.abs(groups_h - middle_group_h).mean())


def clocks_h(facts: Facts, *, covered: bool) -> list[float]:
    length_mm = facts.closure["length_reference", "any"].value
    return [
        closing(clock, covered=covered, site="cheek", length_mm=length_mm, facts=facts).closed_by(
            0.5
        )
        for clock in Clock
    ]


def test_v11_the_middles_are_in_order_in_air_and_one_step_is_not_under_cover(facts: Facts) -> None:
    in_air, under_cover = (clocks_h(facts, covered=covered) for covered in (False, True))
    assert in_air == sorted(in_air)
    barrier, epidermis, imaging = under_cover
    assert epidermis < barrier < imaging
    assert known(PREDICTIONS["V11a"](facts), "V11a").middle == 2
    assert known(PREDICTIONS["V11b"](facts), "V11b").middle == 1
