"""``percuta validate`` as a user meets it: words, JSON, figures; misses end in status 0."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from percuta.facts.edition import Facts
from percuta.facts.validation import Kind
from tests.invented_permeability import HEAD, ON_EPIDERMIS, invented

NO_UNTREATED_SIDE = frozenset({"V34a", "V34b"})
"""Rows that no copy and no clock can help: no trial that was read has such a side."""


def percuta(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "percuta", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_prints_each_kind_apart_with_its_misses_and_reasons() -> None:
    done = percuta("validate")
    assert done.returncode == 0, done.stderr
    for head in ("Calibrated: ", "Spent: ", "Looked at: ", "Untouched: no row", "Known failures: "):
        assert head in done.stdout
    known = done.stdout.split("Known failures: ")[1]
    assert "V20e" in known
    assert "missed" in known
    assert "V18: not computed: " in done.stdout
    assert "V9a, V9b: half-life and closure come from one study" in " ".join(done.stdout.split())
    looked_at = done.stdout.split("Looked at: ")[1].split("Untouched: ")[0]
    assert "9 of 11 single figures lie in their 90 % band" in looked_at
    assert done.stdout.count("single figures lie in their 90 % band") == 1
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_json_holds_every_row_with_prediction_interval_and_verdict() -> None:
    told = json.loads(percuta("validate", "--json").stdout)
    assert set(told["kinds"]) == set(Kind)
    for row in told["rows"]:
        assert row["verdict"] in {"met", "missed", "not computed"}
        assert (row["predicted"] is None) == (row["verdict"] == "not computed")
        assert (row["not_computed"] is None) == (row["predicted"] is not None)
        assert row["sources"]
    for kind, found in told["kinds"].items():
        rows = [row for row in told["rows"] if row["kind"] == kind]
        assert sum(found["verdicts"].values()) == len(rows)
    assert len(told["tolerances_sha256"]) == 64


@pytest.mark.parametrize(
    ("edition", "untold"), [("2026-11-23", frozenset()), ("2026-11-30", NO_UNTREATED_SIDE)]
)
def test_a_clock_and_a_copy_of_the_data_base_leave_no_row_out(
    edition: str, untold: frozenset[str], facts: Facts, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.csv"
    copy.write_text(invented(facts), encoding="utf-8")
    asked = ("--json", "--huskindb", copy, "--edition", edition)
    told = json.loads(percuta("validate", *asked).stdout)
    left_out = {row["row"]: row["not_computed"] for row in told["rows"] if row["not_computed"]}
    assert set(left_out) == untold
    assert all("untreated side" in why for why in left_out.values())
    judged = [row for row in told["rows"] if row["row"] not in untold]
    assert all(row["verdict"] in {"met", "missed"} for row in judged)
    took = next(row["predicted"] for row in told["rows"] if row["row"] == "V3b")
    assert 0 < took["low"] <= took["middle"] <= took["high"]


def test_another_file_for_the_data_base_is_refused(tmp_path: Path) -> None:
    (tmp_path / "copy.csv").write_text("name\n", encoding="utf-8")
    done = percuta("validate", "--huskindb", tmp_path / "copy.csv")
    assert done.returncode == 2
    assert "column 'used layer' is missing" in done.stderr


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (ON_EPIDERMIS * 2, "2 rows have 'epidermis' under 'used layer'; row V18 is about 230"),
        ("one,nan,epidermis,2.0,200\n", "line 2, 'logkp (cm/s)': 'nan' does not lie in -14 to 0"),
    ],
)
def test_a_file_of_two_rows_or_of_no_numbers_is_not_judged(
    rows: str, named: str, tmp_path: Path
) -> None:
    (tmp_path / "copy.csv").write_text(HEAD + rows, encoding="utf-8")
    done = percuta("validate", "--huskindb", tmp_path / "copy.csv")
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_figures_are_written_with_a_page_that_has_their_tables(tmp_path: Path) -> None:
    done = percuta("validate", "--json", "--figures", tmp_path / "drawn")
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "drawn").iterdir()}
    assert {"figures.html", "validation-looked-at.svg", "validation-known-failure.svg"} <= names
    page = (tmp_path / "drawn" / "figures.html").read_text(encoding="utf-8")
    assert page.count("<svg") == len(names) - 1
    assert "lidocaine cream on the face" in page
