"""Every validation row comes to what it came to: prediction, interval and verdict, misses too.

Made again by ``python -m tests.validation.test_verdicts`` from the root of the repository. What
changed is then seen in the change itself, and said in the changelog.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.facts.validation import Kind, Rule
from percuta.validation.asked import known
from percuta.validation.judgement import Judged, Judgement, Verdict, judgement
from percuta.validation.judging import is_met
from percuta.validation.predicted import Spans
from percuta.validation.predictions import PREDICTIONS

FILE = Path(__file__).with_name("verdicts.json")
SHIPPED = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
CREAM = '"lidocaine cream on the face, 100 cm2 for 2 h",calibrated'
WITHOUT_INTERVAL = {"V10b", "V37", "V40a", "V40b"}
"""Counts."""

WITHOUT_A_CONTROL = {"V34a", "V34b"}
"""A gain over untreated skin, of which no trial that was read tells any more."""

NEEDED_FROM_OUTSIDE = {"V3b", "V18"}
"""A clock, and a copy of a data base: the command judges them."""

Kept = dict[str, str | float]


def kept(row: Judged) -> Kept:
    """A row in figures rounded for the file."""
    found: Kept = {"kind": row.figure.kind, "verdict": row.verdict}
    if row.predicted is not None:
        ends = {name: getattr(row.predicted, name) for name in ("middle", "low", "high")}
        found |= {name: float(f"{value:.3g}") for name, value in ends.items()}
    return found


@pytest.fixture(name="told", scope="module")
def _told(facts: Facts) -> Judgement:
    return judgement(facts)


@pytest.mark.parametrize("name", SHIPPED or ["missing"])
def test_a_row_comes_to_what_it_came_to(name: str, told: Judgement) -> None:
    row = next(row for row in told.rows if row.figure.key == name)
    found = kept(row)
    for key, value in SHIPPED[name].items():
        expected = pytest.approx(value, rel=0.02, abs=1e-3) if isinstance(value, float) else value
        assert found[key] == expected, (key, found)


def test_every_row_has_figure_prediction_interval_and_verdict_or_says_why_not(
    told: Judgement, facts: Facts
) -> None:
    assert [row.figure.key for row in told.rows] == list(facts.validation)
    assert list(SHIPPED) == list(facts.validation)
    for row in told.rows:
        if row.predicted is None:
            assert row.verdict is Verdict.NOT_COMPUTED
            assert row.figure.not_computed
            continue
        assert row.verdict in {Verdict.MET, Verdict.MISSED}
        assert row.predicted.low <= row.predicted.middle <= row.predicted.high, row.figure.key
        is_exact = row.predicted.spans is Spans.EXACT
        assert is_exact == (row.figure.key in WITHOUT_INTERVAL), row.figure.key
        assert not is_exact or row.predicted.low == row.predicted.high
        assert (row.predicted.spans is Spans.BAND) == (row.predicted.share is not None)


def test_a_row_is_predicted_or_says_why_not_and_never_both(facts: Facts) -> None:
    without = {key for key, row in facts.validation.items() if row.not_computed is not None}
    assert set(PREDICTIONS) | without == set(facts.validation)
    assert set(PREDICTIONS) & without == WITHOUT_A_CONTROL
    assert without == NEEDED_FROM_OUTSIDE | WITHOUT_A_CONTROL


def test_known_failures_are_in_the_report_because_they_fail(told: Judgement) -> None:
    missed = {row.figure.key for row in told.misses}
    assert {"V12", "V16c", "V20e", "V24b", "V27c", "V31h", "V36c", "V38b"} <= missed
    for kind in Kind:
        verdicts = [row.verdict is Verdict.MISSED for row in told.of(kind)]
        assert verdicts == sorted(verdicts, reverse=True), "misses stand first"


def test_every_failure_that_is_printed_with_answers_is_missed_here(
    told: Judgement, facts: Facts
) -> None:
    missed = [row.figure.key for row in told.misses]
    for failure in facts.model_failures:
        assert any(key.startswith(failure.key.upper()) for key in missed), failure.key


def test_kinds_are_never_pooled(told: Judgement) -> None:
    for kind in Kind:
        rows = told.of(kind)
        assert {row.figure.kind for row in rows} <= {kind}
        assert sum(told.counts(kind).values()) == len(rows)
    assert sum(len(told.of(kind)) for kind in Kind) == len(told.rows)


def test_coverage_counts_single_figures_with_a_ninety_percent_band_only(told: Judgement) -> None:
    found = told.coverage(Kind.LOOKED_AT)
    counted = [
        row
        for row in told.of(Kind.LOOKED_AT)
        if row.predicted is not None
        and row.predicted.share == 0.9
        and row.figure.published_lo == row.figure.published_hi
    ]
    assert found.of == len(counted)
    outside = [
        row.figure.key
        for row in counted
        if row.predicted is not None
        and not row.predicted.low <= row.figure.published_lo <= row.predicted.high
    ]
    assert outside == ["V41", "V25"]
    assert found.inside == found.of - 2


@pytest.mark.parametrize("row", ["V1", "V8", "V15b", "V21", "V27a", "V36b", "V40a"])
def test_another_prediction_comes_to_another_verdict(row: str, told: Judgement) -> None:
    """Thirty times more, or less where less is what is asked not to happen."""
    before = next(judged for judged in told.rows if judged.figure.key == row)
    assert before.predicted is not None
    assert is_met(before.predicted, before.figure)
    times = 1 / 30 if before.figure.rule is Rule.ABOVE else 30
    mutated = replace(before.predicted, middle=before.predicted.middle * times)
    assert not is_met(mutated, before.figure)


@pytest.mark.parametrize(
    ("table", "right", "wrong"),
    [
        (
            "absorption",
            "flux.face,flux,face,0.125,0.125,0.125,",
            "flux.face,flux,face,0.5,0.5,0.5,",
        ),
        ("validation", f"{CREAM},0.16,0.16,", f"{CREAM},0.8,0.8,"),
    ],
)
def test_another_fact_or_figure_comes_to_another_verdict(
    table: str, right: str, wrong: str, facts: Facts, tmp_path: Path
) -> None:
    """Verdicts are computed from the tables, not kept in them."""
    folder = shutil.copytree(facts.folder, tmp_path / facts.edition)
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    verdicts = [
        is_met(known(PREDICTIONS["V21"](told), "V21"), told.validation["V21"])
        for told in (facts, Facts(folder))
    ]
    assert verdicts == [True, False]


if __name__ == "__main__":
    made = {row.figure.key: kept(row) for row in judgement(open_edition()).rows}
    FILE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
