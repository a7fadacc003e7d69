"""The ten example cases, run as a user runs them: a real process, its exit status, its output."""

import json
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parents[2] / "examples" / "cases"
EXPECTED = tomllib.loads((CASES / "expected.toml").read_text(encoding="utf-8"))
NAMES = sorted(EXPECTED)

ANSWER = {
    *("verdict", "findings", "zones", "numbing", "duration_min", "series", "recovery"),
    *("downtime_days", "expectation", "alternatives", "provenance"),
}
FINDING = {"rule", "level", "zones", "until", "reason", "sources"}
ZONE = {
    *("zone", "concern", "depth_mm", "passes", "area_cm2", "minutes"),
    *("p_reach_dermis", "p_through_dermis", "strikes_per_cm2"),
}
DEPTH = {"low", "recommended", "high", "limit", "limited_by"}
NUMBING = {
    *("product", "grams_max", "area_cm2_max", "dwell_min"),
    *("plasma_ug_per_ml_upper", "toxic_ug_per_ml"),
}
SERIES = {"sessions", "interval_weeks", "dates"}
DOWNTIME = {"typical", "upper"}


@cache
def plan_run(name: str, *options: str, again: bool = False) -> subprocess.CompletedProcess[bytes]:
    """``percuta plan`` on an example in its own process; ``again`` is a second process."""
    del again
    command = [sys.executable, "-W", "error", "-m", "percuta", "plan", f"{CASES / name}.toml"]
    return subprocess.run([*command, *options], capture_output=True, check=False, env={})


def answer(name: str) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(plan_run(name, "--json").stdout)
    return plan


def case(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def in_the_words_of_expected(plan: dict[str, Any]) -> dict[str, Any]:
    """The pinned facts of an answer under the names that ``expected.toml`` gives them."""
    depths = {zone["zone"]: zone["depth_mm"] for zone in plan["zones"]}
    series = plan["series"] or {"sessions": None, "later_zones": []}
    return {
        "verdict": plan["verdict"],
        "limits_mm": {zone: depth["limit"] for zone, depth in depths.items()},
        "limited_by": sorted({depth["limited_by"] for depth in depths.values()}),
        "chosen_mm": {z: d["chosen"] for z, d in depths.items() if d["chosen"] is not None},
        "not_advised": sorted(z for z, d in depths.items() if d["recommended"] is None),
        "sessions": series["sessions"],
        "later_zones": {later["zone"]: later["joins"] for later in series["later_zones"]},
        "grams_max": plan["numbing"] and plan["numbing"]["grams_max"],
        "rules": sorted({finding["rule"] for finding in plan["findings"]}),
        "until": {
            finding["rule"]: finding["until"]
            for finding in plan["findings"]
            if str(finding["until"]).startswith("event:")
        },
        "questions": sorted(question["rule"] for question in plan["questions"]),
        "earliest_date": plan["earliest_date"],
    }


def as_json(value: object) -> object:
    """TOML's dates as JSON writes them."""
    return json.loads(json.dumps(value, default=str))


def test_there_are_ten_examples_and_each_says_what_it_must_answer() -> None:
    files = sorted(path.stem for path in CASES.glob("*.toml") if path.stem != "expected")
    assert files == NAMES
    assert len(files) == 10


@pytest.mark.parametrize("name", NAMES)
def test_an_example_opens_with_who_this_is_and_what_the_answer_teaches(name: str) -> None:
    lines = (CASES / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# A ")
    assert lines[1].startswith("# ")
    assert lines[2] == ""


@pytest.mark.parametrize("name", NAMES)
def test_it_leaves_with_the_expected_status_and_complains_of_nothing(name: str) -> None:
    done = plan_run(name, "--json")
    assert done.returncode == EXPECTED[name]["exit_status"]
    assert done.stderr == b""


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_what_is_expected(name: str) -> None:
    pinned = {key: value for key, value in EXPECTED[name].items() if key not in {"why"}}
    del pinned["exit_status"]
    seen = in_the_words_of_expected(answer(name))
    for key, expected in pinned.items():
        if key in {"limits_mm", "chosen_mm", "grams_max"}:
            assert seen[key] == pytest.approx(expected), key
        else:
            assert seen[key] == as_json(expected), key


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_pinned_is_not_there(name: str) -> None:
    seen = in_the_words_of_expected(answer(name))
    unpinned = seen.keys() - EXPECTED[name].keys()
    assert {key: seen[key] for key in unpinned if seen[key]} == {}


@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_keys_that_scripts_rely_on(name: str) -> None:
    plan = answer(name)
    assert plan.keys() >= ANSWER
    assert all(finding.keys() >= FINDING for finding in plan["findings"])
    for zone in plan["zones"]:
        assert zone.keys() >= ZONE
        assert zone["depth_mm"].keys() >= DEPTH
    for key, wanted in (("numbing", NUMBING), ("series", SERIES), ("downtime_days", DOWNTIME)):
        assert plan[key] is None or wanted <= plan[key].keys()


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_has_a_reason(name: str) -> None:
    for finding in answer(name)["findings"]:
        assert finding["reason"].strip()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_case_gives_the_same_bytes(name: str) -> None:
    first, second = plan_run(name, "--json"), plan_run(name, "--json", again=True)
    assert first is not second
    assert first.stdout == second.stdout
    assert first.stdout.endswith(b"}\n")


@pytest.mark.parametrize("name", NAMES)
def test_piped_text_is_plain(name: str) -> None:
    done = plan_run(name)
    assert done.returncode == EXPECTED[name]["exit_status"]
    assert done.stdout
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_piped_text_has_no_trailing_blanks(name: str) -> None:
    lines = plan_run(name).stdout.decode().splitlines()
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_clinic_s_shorter_wait_is_printed_with_its_author() -> None:
    (finding,) = (
        finding
        for finding in answer("08-stretch-marks-roller")["findings"]
        if finding["rule"] == "isotretinoin.recent"
    )
    assert finding["level"] == "caution"
    assert "waits 90 days instead of 180" in finding["reason"]
    assert "Dr A. Osei, medical director" in finding["reason"]
    assert "2027-06-30" in finding["reason"]


def test_pregnancy_changes_what_is_offered_instead() -> None:
    offered = answer("04-melasma-in-pregnancy")["alternatives"]
    assert [other["alternative"] for other in offered] == [
        "azelaic acid and sun protection; otherwise wait until after"
    ]


def test_together_the_examples_are_as_different_as_people() -> None:
    cases = [case(name) for name in NAMES]
    people = [each["person"] for each in cases]
    settings = [each["setting"] for each in cases]
    stated = [concern for each in cases for concern in each["concerns"]]
    zones = {zone for concern in stated for zone in concern["zones"]}

    assert {person["phototype"] for person in people} == {"I", "II", "III", "IV", "V", "VI"}
    assert {person["sex"] for person in people} == {"female", "male"}
    assert min(person["age"] for person in people) == 19
    assert max(person["age"] for person in people) == 71
    assert zones >= {"cheek_left", "neck_front", "decolletage", "hand_left_dorsal"}
    assert "stretch_marks" in {concern["concern"] for concern in stated}
    assert {c["kind"] for c in stated if "kind" in c} == {"icepick", "boxcar", "rolling"}
    assert {each["operator"] for each in settings} == {"physician", "nurse", "esthetician"}
    assert {each["device"].split("_")[0] for each in settings} == {"generic", "roller"}
    assert {each["numbing"] for each in settings} == {
        *("none", "lidocaine_4_cream"),
        *("lidocaine_prilocaine_cream", "lidocaine_tetracaine_peel"),
    }
    assert any("licence" in each for each in settings)
    assert any("depth_mm" in each for each in cases)
    assert any("clinic_deferrals" in each for each in cases)
    assert {answer(name)["verdict"] for name in NAMES} == {
        *("suitable", "defer", "refer", "unsuitable", "incomplete"),
    }
