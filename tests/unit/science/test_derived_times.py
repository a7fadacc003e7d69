"""Rows that are derived say what their parents say: each is computed again from them."""

import math

import pytest

from percuta.facts.edition import Facts
from percuta.units import convert


def cell(facts: Facts, row: str, column: str) -> float:
    value = facts.row(f"channels/{row}").cells[column]
    assert isinstance(value, float)
    return value


def median_of(facts: Facts, row: str) -> float:
    """Of a lognormal with the printed mean and standard deviation."""
    mean, sd = cell(facts, row, "value"), cell(facts, row, "sd")
    return mean / math.sqrt(1 + (sd / mean) ** 2)


def test_the_covered_barrier_comes_from_the_upper_arm_and_its_groups(facts: Facts) -> None:
    row = facts.closure["half_closed", "barrier_covered"]
    found = [median_of(facts, key) for key in ("chan.8", "chan.2", "chan.1")]
    assert found == pytest.approx([row.value, row.low, row.high], abs=0.1)


@pytest.mark.parametrize(
    ("subject", "low", "high"),
    [("barrier_air", ("chan.16", "time_h"), ("chan.21", "time_h"))],
)
def test_a_middle_between_two_statements_is_their_geometric_one(
    subject: str, low: tuple[str, str], high: tuple[str, str], facts: Facts
) -> None:
    row = facts.closure["half_closed", subject]
    assert (row.low, row.high) == (cell(facts, *low), cell(facts, *high))
    assert row.value == pytest.approx(math.sqrt(row.low * row.high))


def test_the_epidermis_comes_from_the_printed_range(facts: Facts) -> None:
    row = facts.closure["half_closed", "epithelium"]
    assert (row.low, row.high) == (cell(facts, "chan.28", "low"), cell(facts, "chan.28", "high"))
    assert row.value == pytest.approx(math.sqrt(row.low * row.high), abs=0.05)


def test_the_visible_clock_ends_with_laser_zones(facts: Facts) -> None:
    """A lognormal through 75 % seen at day 7 and 25 % at day 14."""
    days = [convert(cell(facts, key, "time_h"), source="h", target="days") for key in LASER]
    quartile = 0.6745
    row, spread = facts.closure["half_closed", "visible"], math.log(days[1] / days[0])
    assert row.low == cell(facts, "chan.19", "time_h")
    assert row.high == pytest.approx(24 * math.sqrt(days[0] * days[1]), abs=1)
    assert facts.closure["people_spread", "visible"].value == pytest.approx(
        spread / (2 * quartile), abs=0.01
    )
    assert row.value == pytest.approx(math.sqrt(row.low * row.high), abs=0.1)


LASER = ("chan.29", "chan.30")


@pytest.mark.parametrize(("site", "key"), [("abdomen", "chan.6"), ("forearm", "chan.10")])
def test_sites_are_told_over_the_upper_arm(site: str, key: str, facts: Facts) -> None:
    ratio = cell(facts, key, "value") / cell(facts, "chan.8", "value")
    assert facts.closure["site_factor", site].value == pytest.approx(ratio, abs=0.001)


def test_the_power_of_length_lies_between_water_loss_and_dye(facts: Facts) -> None:
    length = math.log(
        cell(facts, "chan.15", "needle_low_um") / cell(facts, "chan.14", "needle_low_um")
    )
    by_dye, by_water = (
        math.log(cell(facts, long, "time_h") / cell(facts, short, "time_h")) / length
        for short, long in (("chan.14", "chan.15"), ("chan.12", "chan.13"))
    )
    row = facts.closure["length_effect", "any"]
    assert row.low == by_water == 0
    assert row.high == pytest.approx(by_dye, abs=0.01)
    assert row.value == pytest.approx((row.low + row.high) / 2)


def test_every_statement_of_redness_cites_a_row_that_says_the_same(facts: Facts) -> None:
    for row in facts.redness_statements:
        assert row.role == "spent"
        assert row.lower_h < row.upper_h
        assert row.depth_mm_lo <= row.depth_mm_hi
        assert row.provenance.note.startswith(("recovery.", "channels chan.")), row.key
