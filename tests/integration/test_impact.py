"""What a changed edition changes for virtual people, row by row."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.impact.counting import (
    Both,
    Counting,
    Editions,
    Impact,
    RowImpact,
    impact,
    people_before,
    tally,
)
from percuta.impact.differences_of_plans import Changed
from percuta.impact.narrowing import narrowing, narrowings, without_spread
from percuta.impact.row_changes import ChangeKind, RowChange, put_back, row_changes
from percuta.impact.virtual_people import common_offer, virtual_case
from percuta.report import impact as words
from tests.integration.test_editions import change

NEXT = "2026-12-01"
PEOPLE = 60


class Here(Executor):
    """Everything in this process, at once."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@pytest.fixture(name="shelf", scope="module")
def _shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition in force, and one that changes, adds, removes and re-words rows."""
    shelf, now = tmp_path_factory.mktemp("shelf"), open_edition().folder
    shutil.copytree(now, shelf / now.name)
    shutil.copytree(now, shelf / NEXT)
    depths = shelf / NEXT / "depths.csv"
    change(depths, "depth.2,label_limit", ",unknown,1.5,", ",unknown,1.25,")
    change(shelf / NEXT / "puncture.csv", "scan_speed.pen,", ",2,1,3,", ",2,1.5,3,")
    change(shelf / NEXT / "puncture.csv", "head_width.pen,", "the puncture model", "our model")
    lines = depths.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("depth.9,")]
    label = next(line for line in lines if line.startswith("depth.2,"))
    added = label.replace("depth.2,", "depth.200,").replace(",acne_scars,", ",wrinkles,")
    depths.write_text("".join((*kept, added)), encoding="utf-8")
    return shelf


@pytest.fixture(name="editions", scope="module")
def _editions(shelf: Path) -> Editions:
    return Editions(old=shelf / open_edition().edition, new=shelf / NEXT, seed=1)


@pytest.fixture(name="found", scope="module")
def _found(editions: Editions) -> Impact:
    return impact(editions, PEOPLE, Here())


def open_both(editions: Editions) -> tuple[Facts, Facts]:
    return Facts(editions.old), Facts(editions.new)


def test_every_row_whose_values_differ_is_found_and_no_other(editions: Editions) -> None:
    changes = {each.reference: each for each in row_changes(*open_both(editions))}
    assert {name: each.kind for name, each in changes.items()} == {
        "depths/depth.2": ChangeKind.CHANGED,
        "depths/depth.9": ChangeKind.REMOVED,
        "depths/depth.200": ChangeKind.ADDED,
        "puncture/scan_speed.pen": ChangeKind.CHANGED,
    }
    assert changes["depths/depth.2"].columns == ("depth_mm_hi",)


def test_a_row_put_back_stands_as_the_older_edition_has_it(editions: Editions) -> None:
    old, new = open_both(editions)
    for each in row_changes(old, new):
        variant = put_back(each, old, new)
        left = {left.reference for left in row_changes(old, variant)}
        assert left == {other.reference for other in row_changes(old, new)} - {each.reference}
        assert variant.sha256 not in {old.sha256, new.sha256}


def test_a_lower_label_is_counted_where_a_plan_cites_it(found: Impact) -> None:
    rows = {row.change.reference: row for row in found.rows}
    label = rows["depths/depth.2"]
    assert 0 < label.changing <= label.citing < found.people
    assert label.by_kind[Changed.CEILING] > 0
    assert rows["puncture/scan_speed.pen"].changing == 0
    assert found.by_kind[Changed.CEILING] > 0
    assert found.changing >= label.changing


def test_bands_are_counted_by_themselves(editions: Editions) -> None:
    found = impact(editions.model_copy(update={"counting": Counting.BANDS}), 30, Here())
    speed = next(row for row in found.rows if row.change.key == "scan_speed.pen")
    assert speed.changing > 0
    assert set(speed.by_kind) == set(found.by_kind) == {Changed.BANDS}
    assert "a band" in {row[0] for row in words.kinds_table(found).rows}


def test_the_same_seed_counts_the_same_and_another_counts_other_people(
    editions: Editions, found: Impact
) -> None:
    assert impact(editions, PEOPLE, Here()) == found
    other = impact(editions.model_copy(update={"seed": 2}), PEOPLE, Here())
    assert other.by_kind != found.by_kind


def test_nothing_changed_changes_nobody(editions: Editions) -> None:
    same = editions.model_copy(update={"new": editions.old})
    nothing = impact(same, 10, Here())
    assert (nothing.changing, nothing.rows, dict(nothing.by_kind)) == (0, (), {})


def test_a_row_that_others_lean_on_is_said_and_not_counted(
    editions: Editions, found: Impact
) -> None:
    both = Both.of(editions)
    people = people_before(editions, range(12), both)
    leaning = RowChange(table="policy", key="plan_valid_days.plan", kind=ChangeKind.ADDED)
    row = RowImpact(change=leaning, **dict(tally(leaning, people, both)))
    assert row.fault
    assert row.changing == 0
    told = found.model_copy(update={"rows": (*found.rows, row)})
    assert any("policy/plan_valid_days.plan" in remark for remark in words.remarks(told))


def test_a_person_is_the_same_under_both_editions(editions: Editions) -> None:
    old, new = open_both(editions)
    offer = common_offer((old, new))
    for number in range(20):
        assert virtual_case(number, 1, offer, old) == virtual_case(number, 1, offer, new)


def test_a_measurement_without_spread_narrows_the_band_that_leans_on_it(
    editions: Editions,
) -> None:
    facts = Facts(editions.old)
    measured = without_spread("puncture/scan_speed.pen", facts)
    speed = measured.puncture["scan_speed", "pen"]
    assert speed.high - speed.low == pytest.approx(2e-3)
    found = narrowing(editions.old, "puncture/scan_speed.pen", range(15), 1)
    assert set(found.lost) >= {"strikes_per_cm2"}
    assert 0 < found.lost["strikes_per_cm2"] < 1
    assert found.lost.get("new_collagen", 0.0) == 0.0
    rows = narrowings(editions.old, 6, 1, Here())
    assert [row.most for row in rows] == sorted((row.most for row in rows), reverse=True)


def test_the_command_prints_draws_and_answers_as_json(shelf: Path, tmp_path: Path) -> None:
    command = ["facts", "impact", open_edition().edition, NEXT, "--shelf", str(shelf)]
    picture = tmp_path / "impact.svg"
    asked = ("--people", "40", "--bands", "12", "--missing", "12", "--picture", str(picture))
    done = _percuta(*command, *asked)
    assert done.returncode == 0, done.stderr
    assert "virtual people get another plan" in done.stdout
    assert "depths/depth.2" in done.stdout
    assert "bands that move, as a share of 12 people" in done.stdout
    assert "What a measurement without spread would narrow" in done.stdout
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    told = json.loads(_percuta(*command, "--people", "20", "--json").stdout)
    assert told["is_a_plan"] is False
    assert told["impact"]["people"] == 20
    refused = _percuta(*command, "--people", "0")
    assert (refused.returncode, refused.stderr) == (2, "--people 0: at least one\n")


def _percuta(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "percuta", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
