"""A broken case names every fault in one go; nothing is guessed, nothing crashes."""

from pathlib import Path

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.planning.case.case_file import parse_case, read_case
from tests.people import raw_case

BROKEN = """
[person]
age = 34.5
sex = "woman"
phototype = 4
weight_kg = -3
name = "Ann"

[history]
pregnancy = "maybe"
isotretinoinn = "never"
isotretinoin = { status = "past", last = 2027-01-01 }
keloid = { status = "no", zones = ["cheek_left"] }
sunburn = { status = "past", last = "yesterday" }
botulinum = 2026-13-45
filler = nan
anticoagulant = { status = "yes", cleared = 2026-01-01 }
tan_or_sunbed = { status = "current", last = 2026-01-01 }

[[concerns]]
concern = "acne_scars"
kind = "rolly"
zones = ["cheek_left", "eyelid_left", "cheek_left"]
severity = 9

[[concerns]]
concern = "wrinkles"
kind = "rolling"
zones = []

[setting]
device = "pen"
operator = "doctor"
date = 2026-11-22
numbing = "emla"
interval_weeks = inf
licence = "mars"
glide = "butter"
topicals = ["butter", "vitamin_c_serum", "vitamin_c_serum"]
this is not toml

[depth_mm]
cheek_left = nan
nose = 1.0

[[clinic_deferrals]]
rule = "keloid"
defer_days = 3
by = "Dr A"
expires = 2027-01-01
"""

FAULTS = [
    "line 15: 'botulinum = 2026-13-45' is not TOML",
    "line 40: 'this is not toml' is not TOML",
    "person.age: '34.5' is not allowed",
    "person.sex: 'woman' is not allowed: input should be 'female' or 'male'",
    "person.phototype: '4' is not allowed",
    "person.weight_kg: '-3' is not allowed: input should be greater than or equal to 2",
    "person.name: is not a field of a case file",
    "history.pregnancy: 'maybe' is not an answer; there are no, yes, unknown",
    "history.isotretinoinn: is not a history item; is it 'isotretinoin'?",
    "history.isotretinoin.last: 2027-01-01 lies after the session on 2026-11-22",
    "history.keloid.zones: this item is about the whole person, not about zones",
    "history.sunburn.last: 'yesterday' is not allowed: should be a day like 2026-11-22",
    "history.filler: 'nan' is not allowed: should be a word such as 'no'",
    "history.anticoagulant.cleared: nothing here ends by a clearance",
    "history.tan_or_sunbed.last: only a 'past' answer has a date",
    "concerns.1.kind: 'rolly' is not allowed",
    "concerns.1.zones.2: 'eyelid_left' is not allowed",
    "concerns.1.zones: 'cheek_left' is named twice for acne_scars",
    "concerns.1.severity: '9' is not allowed",
    "concerns.2.zones: is empty; name at least one",
    "concerns.2.kind: only acne_scars and other_scars have a kind",
    "setting.operator: 'doctor' is not allowed",
    "setting.interval_weeks: 'inf' is not allowed: input should be a finite number",
    "setting.device: 'pen' is not known; there are generic_pen_12",
    "setting.numbing: 'emla' is not known; there are none, lidocaine_4_cream",
    "setting.licence: 'mars' is not known",
    "setting.glide: 'butter' is not known",
    "setting.topicals.1: 'butter' is not known; there are vitamin_c_serum, cosmetic_hyaluronic",
    "setting.topicals.3: 'vitamin_c_serum' is named twice",
    "depth_mm.cheek_left: 'nan' is not allowed",
    "depth_mm.nose: no concern names this zone",
    "clinic_deferrals.1.rule: names no waiting time that a clinic may set",
]


def faults_of(text: str | bytes, folder: Path, facts: Facts) -> list[str]:
    path = folder / "case.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CaseError) as caught:
        read_case(path, facts)
    return list(caught.value.faults)


@pytest.fixture(name="told")
def _told(tmp_path: Path, facts: Facts) -> list[str]:
    return faults_of(BROKEN, tmp_path, facts)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named_in_one_go(fault: str, told: list[str]) -> None:
    assert [line for line in told if line.startswith(fault)]


def test_nothing_is_named_that_is_not_wrong(told: list[str]) -> None:
    assert len(told) == len(FAULTS)


def test_a_lid_is_explained(told: list[str]) -> None:
    lid = next(line for line in told if "eyelid_left" in line)
    assert "nothing inside the bony orbital rim is a zone" in lid


@pytest.mark.parametrize(
    ("junk", "said"),
    [
        (b"\x00\xff" * 1000, "is not UTF-8 text"),
        (b"[" * 900_000, "is not TOML"),
        (b"a = " + b"[" * 900_000, "nested too deeply"),
        (b"x" * 1_000_001, "1000001 bytes; at most"),
        (b"\n".join(b"junk" for _ in range(100)), "does not look like a case file"),
        (b"", "person: is missing"),
        (b'a = """', "is not TOML"),
    ],
    ids=["bytes", "brackets", "nested", "too_large", "lines", "empty", "open_string"],
)
def test_junk_is_refused_without_a_crash(
    junk: bytes, said: str, tmp_path: Path, facts: Facts
) -> None:
    assert any(said in line for line in faults_of(junk, tmp_path, facts))


def test_a_missing_file_is_named(tmp_path: Path, facts: Facts) -> None:
    with pytest.raises(CaseError, match="cannot be read"):
        read_case(tmp_path / "none.toml", facts)


def test_a_folder_is_no_case(tmp_path: Path, facts: Facts) -> None:
    with pytest.raises(CaseError, match="cannot be read"):
        read_case(tmp_path, facts)


def test_a_day_may_be_written_as_text_but_not_with_a_time(facts: Facts) -> None:
    assert parse_case(raw_case(facts, date="2026-11-23"), facts).setting.date.year == 2026
    for wrong in ("2026-11-23T10:00", 20261123, True, None):
        with pytest.raises(CaseError, match=r"setting\.date"):
            parse_case(raw_case(facts, date=wrong), facts)


@pytest.mark.parametrize("wrong", ["62", True, -1, 0, 401, float("nan"), float("inf"), [62]])
def test_a_weight_is_a_possible_number(wrong: object, facts: Facts) -> None:
    with pytest.raises(CaseError, match=r"person\.weight_kg"):
        parse_case(raw_case(facts, weight_kg=wrong), facts)


@pytest.mark.parametrize("wrong", [7, "x", [1], {"a": 1}])
def test_a_section_of_the_wrong_type_is_named(wrong: object, facts: Facts) -> None:
    for section in ("person", "history", "concerns", "setting", "depth_mm", "clinic_deferrals"):
        raw = raw_case(facts)
        raw[section] = wrong
        with pytest.raises(CaseError, match=section):
            parse_case(raw, facts)
