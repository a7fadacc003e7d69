"""A new edition changes plans, the old one gives the old bytes, an old plan is asked again."""

import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from percuta.errors import FactError, PlanChanged, UnknownEdition
from percuta.facts.edition import BUILT_IN, Facts, open_edition, released
from percuta.facts.vocabulary import Advice
from percuta.planning.follow_up.next_session import NextSession, next_session
from percuta.planning.plan.document import parse_plan, write_plan
from percuta.planning.plan.plan import Plan, make_plan
from percuta.planning.plan.revalidation import on_day, recheck
from tests.case_files import write_case
from tests.delivered import delivered
from tests.people import SESSION, a_case, a_plan, one_concern

NEXT = "2026-12-01"


def percuta(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "percuta", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(name="shelf")
def _shelf(tmp_path: Path) -> Path:
    """A shelf with today's edition and a next one whose SkinPen face label says 1.25 mm."""
    shelf = tmp_path / "shelf"
    old = released()[-1]
    shutil.copytree(BUILT_IN / old, shelf / old)
    shutil.copytree(BUILT_IN / old, shelf / NEXT)
    change(shelf / NEXT / "depths.csv", "depth.2,label_limit", ",unknown,1.5,", ",unknown,1.25,")
    return shelf


def change(path: Path, line: str, before: str, after: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    hits = [number for number, text in enumerate(lines) if text.startswith(line)]
    assert len(hits) == 1
    assert before in lines[hits[0]]
    lines[hits[0]] = lines[hits[0]].replace(before, after)
    path.write_text("".join(lines), encoding="utf-8")


def test_a_lower_label_changes_the_plan_and_says_who_bit(shelf: Path) -> None:
    old, new = Facts(shelf / released()[-1]), Facts(shelf / NEXT)
    before, after = a_plan(old), a_plan(new)
    assert {zone.depth_mm.limit for zone in before.zones} == {1.5}
    assert {zone.depth_mm.limit for zone in after.zones} == {1.25}
    assert {zone.depth_mm.limited_by for zone in after.zones} == {"depths/depth.2"}
    assert {zone.depth_mm.high for zone in before.zones} == {1.5}
    assert {zone.depth_mm.high for zone in after.zones} == {1.25}
    assert before.provenance.facts_sha256 != after.provenance.facts_sha256


def test_the_old_edition_still_gives_the_old_bytes(shelf: Path, facts: Facts) -> None:
    assert write_plan(a_plan(Facts(shelf / facts.edition))) == write_plan(a_plan(facts))


def test_recheck_refuses_the_old_plan_and_explains(shelf: Path, tmp_path: Path) -> None:
    case = write_case(tmp_path, open_edition())
    stored = tmp_path / "plan.json"
    made = percuta("plan", case, "--json", "--shelf", shelf, "--edition", released()[-1])
    assert made.returncode == 0, made.stderr
    stored.write_text(made.stdout, encoding="utf-8")
    asked = percuta("recheck", stored, "--shelf", shelf, "--on", SESSION)
    assert asked.returncode == 3
    assert "the limit is now 1.25 mm, not 1.5 mm" in " ".join(asked.stdout.split())
    assert "depths/depth.2" in asked.stdout
    own = percuta("recheck", stored, "--shelf", shelf, "--edition", released()[-1], "--on", SESSION)
    assert own.returncode == 0, own.stdout


def test_the_next_session_never_ignores_what_is_stricter_today(shelf: Path) -> None:
    change(shelf / NEXT / "depths.csv", "depth.42,label_limit", ",unknown,1.5,", ",unknown,0.75,")
    plan, found = four_weeks_later(shelf, concerns=one_concern("texture", "cheek_left"))
    assert [zone.depth_mm.recommended for zone in plan.zones] == [1.0]
    assert found.advice is Advice.HOLD
    assert "the limit is now 0.75 mm, not 1.5 mm" in found.reasons[0].reason
    assert [(zone.depth_mm_at_most, zone.limit_mm) for zone in found.zones] == [(0.75, 0.75)]


def test_a_chosen_depth_that_today_s_limit_allows_stays_and_the_next_session_waits(
    shelf: Path,
) -> None:
    _, found = four_weeks_later(shelf, depth_mm={"cheek_left": 1.0, "cheek_right": 1.0})
    assert found.advice is Advice.HOLD
    assert "the limit is now 1.25 mm, not 1.5 mm" in found.reasons[0].reason
    for zone in found.zones:
        assert (zone.depth_mm_at_most, zone.limit_mm) == (1.0, 1.25)


def test_a_chosen_depth_beyond_today_s_limit_is_signed_again_under_that_limit(shelf: Path) -> None:
    """It never goes on as it is, and it is no stop: only a smaller choice is needed."""
    _, found = four_weeks_later(shelf, depth_mm={"cheek_left": 1.5, "cheek_right": 1.5})
    assert found.advice is Advice.HOLD
    assert not found.advice.may_go_on
    told = "Cheek, left: the depth chosen (1.50 mm) is above today's limit (1.25 mm)."
    assert told in found.reasons[0].reason
    for zone in found.zones:
        assert (zone.advice, zone.depth_mm_at_most) == (Advice.HOLD, 1.25)


def four_weeks_later(shelf: Path, **changes: Any) -> tuple[Plan, NextSession]:
    """A plan of today's edition, delivered as planned, asked again under the next edition."""
    old, new = Facts(shelf / released()[-1]), Facts(shelf / NEXT)
    plan, on = a_plan(old, **changes), SESSION + timedelta(days=28)
    return plan, next_session(plan, delivered(plan), own=old, today=new, on=on)


def answer(plan: Plan, facts: Facts, **changes: Any) -> tuple[str, ...]:
    asked: dict[str, Any] = {"own": facts, "today": facts, "on": SESSION, **changes}
    return recheck(plan, **asked).refusals


def test_an_intact_plan_in_its_time_may_be_used(facts: Facts) -> None:
    assert answer(a_plan(facts), facts) == ()


def test_a_plan_expires_the_day_after_its_last(facts: Facts) -> None:
    plan = a_plan(facts)
    assert plan.valid_until is not None
    assert answer(plan, facts, on=plan.valid_until) == ()
    late = plan.valid_until.replace(day=plan.valid_until.day + 1)
    assert answer(plan, facts, on=late) == (f"the plan expired on {plan.valid_until}",)


def test_an_edited_plan_is_noticed(facts: Facts) -> None:
    raw = json.loads(write_plan(a_plan(facts)))
    raw["zones"][0]["depth_mm"]["limit"] = 2.5
    with pytest.raises(PlanChanged, match="was changed after it was made"):
        parse_plan(json.dumps(raw, indent=2) + "\n")


def test_a_plan_that_allows_more_than_today_s_facts_is_refused_whatever_its_digest(
    facts: Facts,
) -> None:
    plan = a_plan(facts)
    zone = plan.zones[0]
    looser = zone.model_copy(update={"depth_mm": zone.depth_mm.model_copy(update={"limit": 2.5})})
    forged = plan.model_copy(update={"zones": (looser, *plan.zones[1:])})
    refusals = answer(parse_plan(write_plan(forged)), facts)
    assert any("the limit is now 1.5 mm, not 2.5 mm" in refusal for refusal in refusals)


def test_facts_changed_under_their_old_name_are_noticed(shelf: Path, facts: Facts) -> None:
    plan = a_plan(facts)
    tampered = shelf / facts.edition
    change(tampered / "depths.csv", "depth.4,label_limit", ",unknown,1.5,", ",unknown,2.0,")
    refusals = answer(plan, facts, own=Facts(tampered))
    assert any("are not those the plan was made from" in refusal for refusal in refusals)


def test_a_plan_from_an_edition_that_is_not_here_is_refused(facts: Facts) -> None:
    refusals = answer(a_plan(facts), facts, own=UnknownEdition("facts edition 'x' is not here"))
    assert refusals[0].startswith("facts edition 'x'")


def test_an_answer_without_a_plan_cannot_be_used(facts: Facts) -> None:
    refused = a_plan(facts, bleeding_disorder="yes")
    assert "there is nothing to use" in answer(refused, facts)[0]


def test_today_s_answers_and_weight_are_asked(facts: Facts, tmp_path: Path) -> None:
    scars = {"concern": "acne_scars", "kind": "rolling", "zones": ["cheek_left", "jawline_left"]}
    changes: dict[str, Any] = {"numbing": "lidocaine_tetracaine_peel", "concerns": [scars]}
    plan = a_plan(facts, **changes)
    for weight_kg, injected_mg, told in (
        (41.0, 0.0, "the most in g is now 11.7, not 16.9"),
        (62.0, 25.0, "the most in g is now 11.7, not 16.9"),
        (41.0, 0.0, "the largest area in cm2 is now 101.3, not 153.2"),
        (41.0, 50.0, "is no longer possible"),
        (62.0, 150.0, "a maximum of the day is reached"),
    ):
        asked = {**changes, "weight_kg": weight_kg, "other_local_anaesthetic_mg": injected_mg}
        refusals = answer(plan, facts, case=a_case(facts, **asked))
        assert any(told in refusal for refusal in refusals)
    stored = tmp_path / "plan.json"
    stored.write_text(write_plan(plan), encoding="utf-8")
    case = write_case(tmp_path, facts, **changes, pregnancy="yes")
    done = percuta("recheck", stored, "--case", case, "--on", SESSION)
    assert done.returncode == 3
    assert "the verdict is now defer, not suitable" in done.stdout


def test_a_later_day_is_screened_again(facts: Facts) -> None:
    case = a_case(facts, age=34)
    moved = on_day(case, date(2027, 1, 5))
    assert make_plan(moved, facts).series is not None
    assert moved.setting.date == date(2027, 1, 5)


def test_a_stored_file_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    for text in ("", "{}", "[1]", '{"verdict": "fine"}', "\x00"):
        path = tmp_path / "plan.json"
        path.write_text(text, encoding="utf-8")
        done = percuta("recheck", path)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert str(path) in done.stderr


def test_an_unknown_edition_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownEdition, match="1999-01-01"):
        open_edition("1999-01-01")
    with pytest.raises(UnknownEdition):
        open_edition(shelf=tmp_path)


def test_an_unknown_table_or_row_is_named(facts: Facts) -> None:
    with pytest.raises(FactError, match="no fact table 'depth'"):
        facts.table("depth")
    with pytest.raises(FactError, match="no row 'depth.99'"):
        facts.row("depths/depth.99")
