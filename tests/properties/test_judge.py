"""The planner and the slow judge agree over random people, under our facts and under others."""

from pathlib import Path

import pytest

from percuta.facts.edition import Facts
from tests.agreement import first_disagreement
from tests.stress import stressed_edition


@pytest.mark.parametrize("seed", [11, 12])
def test_plans_agree_with_the_tables(seed: int, facts: Facts) -> None:
    assert first_disagreement(seed, 750, facts) == ""


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_plans_agree_with_other_tables(seed: int, facts: Facts, tmp_path: Path) -> None:
    assert first_disagreement(seed, 400, stressed_edition(tmp_path, seed, of=facts)) == ""


@pytest.mark.parametrize("seed", [31, 32])
def test_plans_of_the_earlier_edition_agree_with_its_tables(seed: int, earlier: Facts) -> None:
    assert first_disagreement(seed, 400, earlier) == ""


@pytest.mark.parametrize("seed", [41, 42])
def test_plans_of_the_earlier_edition_agree_with_other_tables(
    seed: int, earlier: Facts, tmp_path: Path
) -> None:
    assert first_disagreement(seed, 400, stressed_edition(tmp_path, seed, of=earlier)) == ""


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 116))
def test_plans_agree_over_eighty_thousand_cases(seed: int, facts: Facts) -> None:
    assert first_disagreement(seed, 5000, facts) == ""


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200, 220))
def test_plans_agree_over_twenty_thousand_cases_of_other_tables(
    seed: int, facts: Facts, tmp_path: Path
) -> None:
    assert first_disagreement(seed, 1000, stressed_edition(tmp_path, seed, of=facts)) == ""
