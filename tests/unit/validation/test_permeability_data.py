"""A copy of measured permeability: what is read of it, and how far the relation misses."""

import math
from pathlib import Path

import pytest

from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.science.absorption.parameters import potts_guy
from percuta.units import to_si
from percuta.validation.permeability_data import Measured, read_measured, relation_error

HEAD = '"Compound name","logkp (cm/s)","used layer","LogP","molecular weight"\n'
INVENTED = "invented,-6.0,epidermis,2.0,200\nother layer,unknown,dermis,unknown,unknown\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "copy.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_only_epidermis_is_judged(facts: Facts, tmp_path: Path) -> None:
    assert read_measured(written(tmp_path, HEAD + INVENTED), facts) == (Measured(-6.0, 2.0, 200.0),)


@pytest.mark.parametrize("off", [0.0, 0.5, -1.5])
def test_rows_that_miss_by_as_much_have_that_error_and_no_spread(facts: Facts, off: float) -> None:
    told = potts_guy(facts).of(log_p=1.0, grams_per_mole=150.0) / to_si(1.0, "cm_per_s")
    found = relation_error(facts, (Measured(math.log10(told) + off, 1.0, 150.0),) * 4)
    assert (found.low, found.middle, found.high) == pytest.approx((abs(off),) * 3, abs=1e-9)


def test_the_band_holds_the_error_of_unlike_rows(facts: Facts) -> None:
    rows = tuple(Measured(-6.0 - step / 10, 2.0, 200.0) for step in range(40))
    found = relation_error(facts, rows)
    assert 0 < found.low < found.middle < found.high


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Compound name,LogP\n", "column 'used layer' is missing"),
        (HEAD + "one,-6,dermis,2,200\n", "no row has 'epidermis'"),
        (HEAD + "one,unknown,epidermis,2,200\n", "holds no number"),
    ],
)
def test_another_file_is_refused_in_words(
    text: str, named: str, facts: Facts, tmp_path: Path
) -> None:
    with pytest.raises(Faults, match=named):
        read_measured(written(tmp_path, text), facts)


def test_a_file_that_is_not_there_is_named(facts: Facts, tmp_path: Path) -> None:
    with pytest.raises(Faults, match="none.csv: cannot be read"):
        read_measured(tmp_path / "none.csv", facts)
