"""How well groups of studies are foretold: each study left out, blinded and unblinded apart."""

import csv
from collections.abc import Iterable
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm, t

from percuta.facts.edition import Facts
from percuta.facts.outcome import OutcomeCheck
from percuta.facts.vocabulary import Concern
from percuta.planning.plan.group_forecast import GroupForecast
from percuta.science.outcome.arms import fitted_arms, fitted_rows
from percuta.science.outcome.event_rates import exact_interval
from percuta.science.outcome.prediction import group_outcome
from percuta.units import to_si
from tests.people import a_plan, one_concern

_READ = ("maturation_months", "level_acne_scars_share", "studies_share", "person_sd_share")

DUE = 0.8
"""What a band for four in five should hold."""


class Law(Protocol):
    """A law of how far studies lie off, by its quantiles."""

    def ppf(self, q: NDArray[np.float64]) -> NDArray[np.float64]:
        """Quantiles."""


def checks(facts: Facts) -> list[OutcomeCheck]:
    """Arms with a published number, each foretold by all other studies."""
    return [row for row in facts.outcome_checks if not row.quantity.startswith("significant")]


def held(rows: Iterable[OutcomeCheck]) -> tuple[int, int]:
    """How many lie in their band for four in five, of how many."""
    inside = [row.low_80 <= row.published <= row.high_80 for row in rows]
    return sum(inside), len(inside)


def interval_score(rows: Iterable[OutcomeCheck]) -> float:
    """Mean width of the band for four in five, and ten times by how much it was missed.

    Gneiting and Raftery, J Am Stat Assoc 102 (2007) 359-378: lower is better; grades and shares
    count alike, for the same arms stand on both sides of a comparison.
    """
    scores = [
        row.high_80
        - row.low_80
        + 10 * max(0.0, row.low_80 - row.published)
        + 10 * max(0.0, row.published - row.high_80)
        for row in rows
    ]
    return float(np.mean(scores))


def test_four_in_five_is_not_refuted_blinded_and_unblinded_apart(facts: Facts) -> None:
    """k of n with its exact interval: the share that is due must lie in it."""
    blinded = {
        f"check.{k.removeprefix('arm.')}" for k, d in facts.outcome_designs.items() if d.is_blinded
    }
    groups = {
        "blinded": [row for row in checks(facts) if row.key in blinded],
        "unblinded or not told": [row for row in checks(facts) if row.key not in blinded],
    }
    for name, rows in groups.items():
        k, n = held(rows)
        rate = exact_interval(k, n)
        assert rate.low <= DUE <= rate.high, (name, k, n, rate)


@pytest.mark.xfail(
    reason="1.34 against 0.95: the trial that found nothing widens every band of grades, also "
    "where studies differ by a t; the model was frozen before it was fitted",
    strict=True,
)
def test_the_interval_score_is_no_worse_than_that_of_the_edition_in_force(
    facts: Facts, earlier: Facts
) -> None:
    old = {row.key: row for row in checks(earlier)}
    new = {row.key: row for row in checks(facts)}
    both = old.keys() & new.keys()
    assert len(both) == 21
    assert interval_score(new[key] for key in both) <= interval_score(old[key] for key in both)


def test_no_gain_over_control_without_an_untreated_control(facts: Facts) -> None:
    untreated = {k for k, d in facts.outcome_designs.items() if d.comparator == "untreated"}
    assert not untreated & {row.key for row in fitted_rows(facts)}
    for concern in ("acne_scars", "wrinkles", "stretch_marks"):
        plan = a_plan(facts, concerns=one_concern(concern, "cheek_left"))
        for forecast in plan.group_forecast:
            assert forecast.gain_over_control_grades is None
            assert "untreated control" in " ".join(forecast.unknowns)


def test_the_trial_that_found_nothing_is_in(facts: Facts) -> None:
    row = next(row for row in fitted_rows(facts) if row.study == "S66")
    assert (row.report, row.people_n) == ("not_significant", 40)


def test_a_forecast_is_never_bolder_than_before(facts: Facts, earlier: Facts) -> None:
    for concern, zone in (("acne_scars", "cheek_left"), ("wrinkles", "forehead")):
        now, before = (_grades(edition, concern, zone) for edition in (facts, earlier))
        assert now.gain_grades is not None
        assert before.gain_grades is not None
        assert now.gain_grades.middle < before.gain_grades.middle
        assert now.gain_grades.nineteen_in_twenty.low <= before.gain_grades.nineteen_in_twenty.low


def test_every_fitted_arm_says_how_it_was_judged(facts: Facts) -> None:
    assert {row.key for row in fitted_rows(facts)} == set(facts.outcome_designs)


def test_the_two_studies_of_one_group_of_people_count_once(facts: Facts) -> None:
    fitted = {row.study for row in fitted_rows(facts)}
    assert "ALQAM2022" in fitted
    assert "ALQAM2023" not in fitted


def _grades(edition: Facts, concern: str, zone: str) -> GroupForecast:
    told = a_plan(edition, concerns=one_concern(concern, zone)).group_forecast
    return next(forecast for forecast in told if forecast.gain_grades is not None)


def test_covariates_are_those_of_the_table_read_by_hand(facts: Facts) -> None:
    """Blinding that is not told counts as none; only a test's outcome is a test's outcome."""
    arms = fitted_arms(facts)
    for place, key in enumerate(arms.keys):
        design = _cells(facts, "outcome_designs", "arm", key)
        report = _cells(facts, "outcome_arms", "row", key)["report"]
        assert arms.is_unblinded[place] == (design["rating"] != "blinded"), key
        assert arms.is_alone[place] == (design["comparator"] == "none"), key
        tested = {"significant": 1, "not_significant": -1}.get(report, 0)
        assert arms.tested[place] == tested, key


def test_the_edition_in_force_knows_no_covariates(earlier: Facts) -> None:
    arms = fitted_arms(earlier)
    assert not arms.is_unblinded.any()
    assert not arms.is_alone.any()
    assert not arms.tested.any()


def test_bands_of_new_studies_carry_the_tail(facts: Facts) -> None:
    """Counted again from the draws by inverting each law: Student's t fits, the normal does not."""
    (told,) = (
        outcome
        for outcome in group_outcome(
            Concern.ACNE_SCARS,
            facts,
            sessions=4,
            interval=to_si(1, "months"),
            since_last=to_si(3, "months"),
        )
        if outcome.axis == "share"
    )
    low, high = told.mean.nineteen_in_twenty
    assert _beyond(facts, t(4), low, high) == pytest.approx(0.05, abs=0.008)
    assert _beyond(facts, norm(), low, high) < 0.04


def _beyond(facts: Facts, law: Law, low: float, high: float) -> float:
    """Share of new studies of acne scars outside two ends, where they lie off by a law."""
    with (facts.folder / "outcome_posterior.csv").open(encoding="utf-8", newline="") as file:
        rows = [{name: float(row[name]) for name in _READ} for row in csv.DictReader(file)]
    outside = []
    for row in rows:
        pace = np.exp(-1 / row["maturation_months"])
        matured = 1 - np.exp(-3 / row["maturation_months"]) * (1 - pace**4) / (1 - pace) / 4
        level = row["level_acne_scars_share"] + np.log(matured)
        off = law.ppf((np.arange(500) + 0.5) / 500) * row["studies_share"]
        mean = 1 / (1 + np.exp(-level - off))
        error = row["person_sd_share"] / np.sqrt(30)
        outside.append(np.mean(norm.cdf((low - mean) / error) + norm.sf((high - mean) / error)))
    return float(np.mean(outside))


def _cells(facts: Facts, table: str, column: str, value: str) -> dict[str, str]:
    with (facts.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row[column] == value)
