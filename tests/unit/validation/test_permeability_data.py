"""A copy of measured permeability: what is read of it, and how far the relation misses."""

import math
import re
from pathlib import Path

import pytest

from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.science.absorption.parameters import potts_guy
from percuta.units import to_si
from percuta.validation.permeability_data import Measured, read_measured, relation_error
from tests.invented_permeability import HEAD, ON_EPIDERMIS, OTHER_LAYER, invented


def written(folder: Path, text: str) -> Path:
    path = folder / "copy.csv"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str, facts: Facts) -> tuple[str, ...]:
    with pytest.raises(Faults) as found:
        read_measured(written(folder, text), facts)
    return tuple(found.value.faults)


def test_only_epidermis_is_judged(facts: Facts, tmp_path: Path) -> None:
    told = read_measured(written(tmp_path, invented(facts) + OTHER_LAYER), facts)
    assert len(told) == facts.validation_inputs["measurements", "V18"].value
    assert set(told) == {Measured(-6.0, 2.0, 200.0)}


@pytest.mark.parametrize("off", [0.0, 0.5, -1.5])
def test_rows_that_miss_by_as_much_have_that_error_and_no_spread(facts: Facts, off: float) -> None:
    told = potts_guy(facts).of(log_p=1.0, grams_per_mole=150.0) / to_si(1.0, "cm_per_s")
    found = relation_error(facts, (Measured(math.log10(told) + off, 1.0, 150.0),) * 4)
    assert (found.low, found.middle, found.high) == pytest.approx((abs(off),) * 3, abs=1e-9)


def test_the_band_holds_the_error_of_unlike_rows(facts: Facts) -> None:
    rows = tuple(Measured(-6.0 - step / 10, 2.0, 200.0) for step in range(40))
    found = relation_error(facts, rows)
    assert 0 < found.low < found.middle < found.high


@pytest.mark.parametrize("rows", [-1, -228, 1, 40])
def test_more_or_fewer_measurements_than_the_row_is_about_are_refused(
    rows: int, facts: Facts, tmp_path: Path
) -> None:
    """A figure over 230 measurements is not judged on two."""
    about = int(facts.validation_inputs["measurements", "V18"].value)
    told = " ".join(refused(tmp_path, invented(facts, more=rows), facts))
    assert f"{about + rows} rows have 'epidermis'" in told
    assert f"row V18 is about {about}" in told


def test_a_file_with_another_layer_only_is_refused(facts: Facts, tmp_path: Path) -> None:
    assert "0 rows have 'epidermis'" in " ".join(refused(tmp_path, HEAD + OTHER_LAYER, facts))


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ("unknown,epidermis,2.0,200", "line 3, 'logkp (cm/s)': 'unknown' is no number"),
        (",epidermis,2.0,200", "line 3, 'logkp (cm/s)': '' is no number"),
        ("nan,epidermis,2.0,200", "line 3, 'logkp (cm/s)': 'nan' does not lie in -14 to 0"),
        ("-inf,epidermis,2.0,200", "line 3, 'logkp (cm/s)': '-inf' does not lie in -14 to 0"),
        ("-6.0,epidermis,1e9,200", "line 3, 'LogP': '1e9' does not lie in -12 to 12"),
        ("-6.0,epidermis,2.0,-200", "line 3, 'molecular weight': '-200' does not lie in 10 to"),
        ("-6.0,epidermis,2.0", "line 3, 'molecular weight': '' is no number"),
        ("6.0,epidermis,nan,0", "line 3, 'LogP': 'nan' does not lie in -12 to 12"),
    ],
)
def test_a_cell_that_holds_no_plausible_number_is_named_with_its_line(
    cells: str, named: str, facts: Facts, tmp_path: Path
) -> None:
    text = invented(facts, more=-2).replace(HEAD, f"{HEAD}{ON_EPIDERMIS}one,{cells}\n")
    faults = refused(tmp_path, text, facts)
    assert any(named in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Compound name,LogP\n", "column 'used layer' is missing"),
        (f'{HEAD}"one,-6,epidermis', "is not CSV after line 1"),
    ],
)
def test_another_file_is_refused_in_words(
    text: str, named: str, facts: Facts, tmp_path: Path
) -> None:
    with pytest.raises(Faults, match=re.escape(named)):
        read_measured(written(tmp_path, text), facts)


def test_a_file_that_is_not_there_is_named(facts: Facts, tmp_path: Path) -> None:
    with pytest.raises(Faults, match="none.csv: cannot be read"):
        read_measured(tmp_path / "none.csv", facts)
