"""The planner and the slow judge agree over random people, under our facts and under others."""

from pathlib import Path

import pytest

from percuta.facts.edition import Facts, editions, open_edition
from tests.agreement import first_disagreement
from tests.stress import stressed_edition


@pytest.mark.parametrize("seed", [11, 12])
def test_plans_agree_with_the_tables(seed: int, facts: Facts) -> None:
    assert first_disagreement(seed, 750, facts) == ""


def test_plans_agree_with_the_tables_that_are_being_written() -> None:
    assert first_disagreement(13, 750, open_edition("2026-11-30")) == ""


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_plans_agree_with_other_tables(seed: int, tmp_path: Path) -> None:
    assert first_disagreement(seed, 400, stressed_edition(tmp_path, seed)) == ""


@pytest.mark.parametrize("seed", [31, 32])
def test_plans_of_the_newest_edition_agree_with_its_tables(seed: int) -> None:
    assert first_disagreement(seed, 400, open_edition(editions()[-1])) == ""


@pytest.mark.parametrize("seed", [41, 42, 43])
def test_plans_of_the_newest_edition_agree_with_other_tables(seed: int, tmp_path: Path) -> None:
    newest = open_edition(editions()[-1])
    assert first_disagreement(seed, 400, stressed_edition(tmp_path, seed, of=newest)) == ""


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 116))
def test_plans_agree_over_eighty_thousand_cases(seed: int, facts: Facts) -> None:
    assert first_disagreement(seed, 5000, facts) == ""


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200, 220))
def test_plans_agree_over_twenty_thousand_cases_of_other_tables(seed: int, tmp_path: Path) -> None:
    assert first_disagreement(seed, 1000, stressed_edition(tmp_path, seed)) == ""
