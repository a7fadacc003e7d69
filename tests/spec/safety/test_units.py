"""A unit is never guessed."""

import math
from pathlib import Path

import pytest

from percuta.errors import CaseError, FactError, UnknownUnit
from percuta.facts.edition import Facts, open_edition
from percuta.facts.schema import read_schema
from percuta.units import convert, to_si
from tests.people import a_case


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(UnknownUnit):
        to_si(1.5, "inch")
    assert math.isclose(to_si(1.5, "mm"), 0.0015)
    assert math.isclose(convert(4, source="weeks", target="days"), 28)


def test_a_column_cannot_hide_its_unit(tmp_path: Path) -> None:
    """A column called mm whose schema says cm is refused."""
    schema = (open_edition().folder / "depths.toml").read_text(encoding="utf-8")
    wrong = schema.replace('about = "deep end"\nunit = "mm"', 'about = "deep end"\nunit = "cm"')
    assert wrong != schema
    path = tmp_path / "depths.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(FactError, match="does not carry its unit"):
        read_schema(path)


def test_a_depth_in_another_unit_is_out_of_range(facts: Facts) -> None:
    """1.5 mm written as 150 (hundredths) or 1500 (um) is a fault of the case, not a plan."""
    for wrong in (150.0, 1500.0):
        with pytest.raises(CaseError, match="depth_mm"):
            a_case(facts, depth_mm={"cheek_left": wrong})
