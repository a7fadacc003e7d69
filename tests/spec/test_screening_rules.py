"""Every screening rule: what fires it, what does not, and the day, age or word where it turns.

The lines are typed by hand in ``screening_table.py``. The person is a healthy woman of 34 whose
cheeks are to be treated on 23 November 2026; each test changes one answer.
"""

import csv
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from percuta.facts.edition import BUILT_IN, Facts, open_edition
from percuta.planning.judgement.findings import Finding
from percuta.planning.screening.screening import screen
from tests.people import SESSION, a_case
from tests.spec.screening_table import LINES, Line

TOMORROW = "2026-11-24"
CHEEKS = ("cheek_left", "cheek_right")

APPLIES: dict[str, tuple[dict[str, Any], ...]] = {
    "always": ({},),
    "sex=female": ({"sex": "female"},),
    "numbing!=none": (
        {"numbing": "lidocaine_4_cream"},
        {"numbing": "lidocaine_prilocaine_cream"},
        {"numbing": "lidocaine_tetracaine_peel"},
        {"numbing": "tetracaine_gel"},
    ),
    "numbing=amide": (
        {"numbing": "lidocaine_4_cream"},
        {"numbing": "lidocaine_prilocaine_cream"},
        {"numbing": "lidocaine_tetracaine_peel"},
    ),
    "numbing=ester": ({"numbing": "lidocaine_tetracaine_peel"}, {"numbing": "tetracaine_gel"}),
    "numbing=soya_lecithin": ({"numbing": "lidocaine_4_cream"},),
    "numbing=prilocaine,benzocaine": ({"numbing": "lidocaine_prilocaine_cream"},),
    "device=stainless_steel,other": ({"device": "generic_pen_14"}, {"device": "generic_pen_12"}),
    "device=nickel": ({"device": "generic_pen_14"}, {"device": "generic_pen_12"}),
    "phototype in IV,V,VI": ({"phototype": "IV"}, {"phototype": "V"}, {"phototype": "VI"}),
    "age<22": ({"age": 21}, {"age": 17}),
    "age<18": ({"age": 17},),
}

DOES_NOT_APPLY: dict[str, tuple[dict[str, Any], ...]] = {
    "always": (),
    "sex=female": ({"sex": "male"},),
    "numbing!=none": ({"numbing": "none"},),
    "numbing=amide": ({"numbing": "none"}, {"numbing": "tetracaine_gel"}),
    "numbing=ester": (
        {"numbing": "none"},
        {"numbing": "lidocaine_4_cream"},
        {"numbing": "lidocaine_prilocaine_cream"},
    ),
    "numbing=soya_lecithin": (
        {"numbing": "none"},
        {"numbing": "lidocaine_prilocaine_cream"},
        {"numbing": "lidocaine_tetracaine_peel"},
    ),
    "numbing=prilocaine,benzocaine": (
        {"numbing": "none"},
        {"numbing": "lidocaine_4_cream"},
        {"numbing": "lidocaine_tetracaine_peel"},
    ),
    "device=stainless_steel,other": ({"device": "generic_pen_6"},),
    "device=nickel": ({"device": "generic_pen_6"},),
    "phototype in IV,V,VI": ({"phototype": "III"}, {"phototype": "II"}, {"phototype": "I"}),
    "age<22": ({"age": 22}, {"age": 71}),
    "age<18": ({"age": 18}, {"age": 21}),
}

ASKED = [line for line in LINES if line.fires != ("person",)]
BY_SETTING = [(line, setting) for line in LINES for setting in APPLIES[line.only]]
FIRING = [(line, answer) for line in ASKED for answer in line.fires if answer != "past"]
DATED = [line for line in LINES if "past" in line.fires]
SILENT_ON_UNKNOWN = {"isotretinoin.recent", "diabetes.uncontrolled"}
"""The second rule on a question leaves an unknown answer to the first: it is told once."""


def ids(value: object) -> str | None:
    return value.rule if isinstance(value, Line) else None


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Today's facts with a titanium pen, a pen of another metal, and a gel of tetracaine alone."""
    edition = open_edition().edition
    folder = tmp_path_factory.mktemp("shelf") / edition
    shutil.copytree(BUILT_IN / edition, folder)
    devices = _lines(folder / "devices.csv")
    devices["generic_pen_6"] = devices["generic_pen_6"].replace(
        ",stainless_steel,yes,", ",titanium,no,"
    )
    devices["generic_pen_12"] = devices["generic_pen_12"].replace(
        ",stainless_steel,yes,", ",other,unknown,"
    )
    (folder / "devices.csv").write_text("".join(devices.values()))
    agents = _lines(folder / "agents.csv")
    agents["tetracaine_gel"] = (
        agents["lidocaine_tetracaine_peel"]
        .replace("lidocaine_tetracaine_peel", "tetracaine_gel")
        .replace(",amide;ester,lidocaine;tetracaine;", ",ester,tetracaine;")
    )
    (folder / "agents.csv").write_text("".join(agents.values()))
    return open_edition(shelf=folder.parent)


def _lines(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return {line.partition(",")[0]: line for line in lines}


def applying(line: Line) -> dict[str, Any]:
    return APPLIES[line.only][0]


def said(line: Line, facts: Facts, **changes: Any) -> Finding | None:
    """What one rule says of this person, if anything."""
    findings = screen(a_case(facts, **changes), facts).findings
    return _only([finding for finding in findings if finding.rule == line.rule])


def _only(findings: Iterable[Finding]) -> Finding | None:
    found = list(findings)
    assert len(found) <= 1
    return found[0] if found else None


def past(days: int) -> dict[str, Any]:
    return {"status": "past", "last": SESSION - timedelta(days=days)}


def assert_says(line: Line, finding: Finding | None, level: str, until: str | None) -> None:
    """A finding at the stated level and end, with its scope, zones, reason and source."""
    assert finding is not None, f"{line.rule} was silent"
    assert (finding.level, finding.until) == (level, until)
    assert finding.scope == line.scope
    assert finding.zones == (CHEEKS if line.scope == "zone" else ())
    assert finding.facts == (f"screening/{line.rule}",)
    assert finding.reason
    assert finding.sources


# The table


def test_every_rule_of_the_fact_table_has_a_line_here(facts: Facts) -> None:
    assert sorted(line.rule for line in LINES) == sorted(rule.key for rule in facts.screening)


@pytest.mark.parametrize("line", LINES, ids=ids)
def test_the_fact_table_says_what_was_typed_here(line: Line, facts: Facts) -> None:
    path = facts.folder / "screening.csv"
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["row"] == line.rule)
    assert row["history_key"] == line.key
    assert row["fires_on"] == ";".join(line.fires)
    assert row["level"] == line.level
    assert row["level_if_unknown"] == (line.unknown or "none")
    assert row["scope"] == line.scope
    assert row["until_event"] == (line.until or "none")
    assert row["defer_days"] == ("none" if line.wait is None else str(line.wait))
    assert row["caution_days"] == ("none" if line.watch is None else str(line.watch))
    assert row["applies_if"] == line.only
    assert row["is_required"] == ("yes" if line.is_required else "no")


# What fires


@pytest.mark.parametrize(("line", "answer"), FIRING, ids=ids)
def test_the_answer_that_fires_gives_the_stated_level_and_end(
    line: Line, answer: str, facts: Facts
) -> None:
    finding = said(line, facts, **{line.key: answer}, **applying(line))
    until = f"event:{line.until}" if line.until else None
    if until is None and answer == "current" and line.wait is not None:
        until = (SESSION + timedelta(days=line.wait)).isoformat()
    assert_says(line, finding, line.level, until)


@pytest.mark.parametrize(("line", "setting"), BY_SETTING, ids=ids)
def test_it_fires_for_everybody_and_everything_it_is_about(
    line: Line, setting: dict[str, Any], shelf: Facts
) -> None:
    answer = past(0) if line.fires == ("past",) else line.fires[0]
    answers = {} if line.fires == ("person",) else {line.key: answer}
    finding = said(line, shelf, **answers, **setting)
    assert finding is not None
    assert (finding.level, finding.scope) == (line.level, line.scope)


# What does not fire


@pytest.mark.parametrize("line", ASKED, ids=ids)
def test_the_answer_no_or_never_says_nothing(line: Line, facts: Facts) -> None:
    assert said(line, facts, **applying(line)) is None


@pytest.mark.parametrize("line", [each for each in LINES if each.only != "always"], ids=ids)
def test_it_says_nothing_of_those_it_is_not_about(line: Line, shelf: Facts) -> None:
    answers = {} if line.fires == ("person",) else {line.key: line.fires[0]}
    for setting in DOES_NOT_APPLY[line.only]:
        if line.only == "sex=female":
            answers = {line.key: "unknown"}
        assert said(line, shelf, **answers, **setting) is None, setting


@pytest.mark.parametrize("line", [each for each in LINES if each.scope == "zone"], ids=ids)
def test_what_is_in_another_zone_says_nothing_here(line: Line, facts: Facts) -> None:
    elsewhere = {"status": line.fires[0], "zones": ["forehead", "chin"]}
    assert said(line, facts, **{line.key: elsewhere}) is None


@pytest.mark.parametrize("line", [each for each in LINES if each.scope == "zone"], ids=ids)
def test_what_is_in_one_zone_is_said_of_that_zone_only(line: Line, facts: Facts) -> None:
    here = {"status": line.fires[0], "zones": ["cheek_left", "forehead"]}
    finding = said(line, facts, **{line.key: here})
    assert finding is not None
    assert finding.zones == ("cheek_left",)


@pytest.mark.parametrize("line", [each for each in DATED if each.key != each.rule], ids=ids)
def test_of_two_rules_on_one_question_only_the_one_answered_speaks(
    line: Line, facts: Facts
) -> None:
    assert said(line, facts, **{line.key: "current"}) is None


@pytest.mark.parametrize("answer", ["controlled", "uncontrolled"])
def test_diabetes_is_judged_once(answer: str, facts: Facts) -> None:
    findings = screen(a_case(facts, diabetes=answer), facts).findings
    assert [finding.rule for finding in findings] == [f"diabetes.{answer}"]


# Unknown is not no


@pytest.mark.parametrize(
    "line", [each for each in ASKED if each.rule not in SILENT_ON_UNKNOWN], ids=ids
)
def test_an_unknown_answer_gives_its_own_level_and_says_so(line: Line, facts: Facts) -> None:
    finding = said(line, facts, **{line.key: "unknown"}, **applying(line))
    assert_says(line, finding, str(line.unknown), None)
    assert finding is not None
    assert "The answer is not known." in finding.reason


@pytest.mark.parametrize(
    ("key", "rule"),
    [("isotretinoin", "isotretinoin.current"), ("diabetes", "diabetes.controlled")],
)
def test_an_unknown_answer_to_a_question_of_two_rules_is_told_once(
    key: str, rule: str, facts: Facts
) -> None:
    findings = screen(a_case(facts, **{key: "unknown"}), facts).findings
    assert [(finding.rule, finding.level.value) for finding in findings] == [(rule, "refer")]


@pytest.mark.parametrize("line", DATED, ids=ids)
def test_a_past_whose_date_nobody_knows_is_an_unknown_answer(line: Line, facts: Facts) -> None:
    finding = said(line, facts, **{line.key: {"status": "past", "last": "unknown"}})
    assert_says(line, finding, str(line.unknown), None)


def test_an_isotretinoin_course_whose_end_nobody_remembers_goes_to_the_prescriber(
    facts: Facts,
) -> None:
    case = a_case(facts, isotretinoin={"status": "past", "last": "unknown"})
    (finding,) = screen(case, facts).findings
    assert (finding.rule, finding.level) == ("isotretinoin.recent", "refer")


def test_past_cortisone_says_nothing_whether_or_not_its_date_is_known(facts: Facts) -> None:
    for last in (SESSION - timedelta(days=400), "unknown"):
        case = a_case(facts, systemic_corticosteroid={"status": "past", "last": last})
        assert screen(case, facts).findings == ()


# The day on which it turns


@pytest.mark.parametrize("line", [each for each in DATED if each.wait], ids=ids)
def test_the_day_before_the_wait_is_over_it_still_defers_until_tomorrow(
    line: Line, facts: Facts
) -> None:
    finding = said(line, facts, **{line.key: past(int(line.wait or 0) - 1)})
    assert_says(line, finding, line.level, TOMORROW)


@pytest.mark.parametrize("line", [each for each in DATED if each.wait], ids=ids)
def test_the_day_the_wait_is_over_it_is_at_most_a_caution(line: Line, facts: Facts) -> None:
    finding = said(line, facts, **{line.key: past(int(line.wait or 0))})
    if line.watch is None:
        assert finding is None
    else:
        assert_says(line, finding, "caution", None)


@pytest.mark.parametrize("line", [each for each in DATED if each.watch], ids=ids)
def test_the_last_day_of_watching_is_a_caution(line: Line, facts: Facts) -> None:
    finding = said(line, facts, **{line.key: past(int(line.watch or 0) - 1)})
    assert_says(line, finding, "caution", None)


@pytest.mark.parametrize("line", [each for each in DATED if each.watch], ids=ids)
def test_the_day_after_watching_says_nothing(line: Line, facts: Facts) -> None:
    assert said(line, facts, **{line.key: past(int(line.watch or 0))}) is None


@pytest.mark.parametrize("line", DATED, ids=ids)
def test_today_counts_as_no_days_at_all(line: Line, facts: Facts) -> None:
    finding = said(line, facts, **{line.key: past(0)})
    until = None
    if line.wait is not None:
        until = (SESSION + timedelta(days=line.wait)).isoformat()
    assert_says(line, finding, line.level, until)


@pytest.mark.parametrize("line", DATED, ids=ids)
def test_long_ago_says_nothing(line: Line, facts: Facts) -> None:
    assert said(line, facts, **{line.key: past(3650)}) is None


def test_eighteen_lifts_the_stop_and_twenty_two_the_caution(facts: Facts) -> None:
    spoken = {
        age: [finding.rule for finding in screen(a_case(facts, age=age), facts).findings]
        for age in (17, 18, 21, 22)
    }
    assert spoken == {
        17: ["age.under_22", "age.under_18"],
        18: ["age.under_22"],
        21: ["age.under_22"],
        22: [],
    }
