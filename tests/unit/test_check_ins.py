"""Check-ins: what they say of redness, and every fault of their file named."""

from datetime import date
from pathlib import Path

import pytest

from percuta.errors import CaseError
from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.plan.document import read_plan, write_plan
from percuta.planning.plan.plan import Plan, make_plan
from percuta.planning.plan.revalidation import recheck
from percuta.planning.recovery.check_in import Felt
from percuta.planning.recovery.check_in_file import read_check_ins
from percuta.planning.recovery.clinic_redness import clinic_reports, told_by
from percuta.report.professional import professional_page
from tests.check_ins import look, two_looks
from tests.people import a_case, a_plan

EXAMPLES = Path(__file__).parents[2] / "examples" / "check-ins"
HEAD = "person,session,device_kind,depth_mm,hours_after,redness,signs"


def faults_of(text: str, name: str, folder: Path, facts: Facts) -> tuple[str, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as raised:
        read_check_ins(path, facts)
    return raised.value.faults


def test_two_looks_are_two_ends_of_one_time() -> None:
    (report,) = clinic_reports(two_looks("a", 24, 48))
    assert (report.lower_h, report.upper_h, report.looks_n) == (24, 48, 2)


def test_redness_that_was_still_there_has_no_later_end() -> None:
    (report,) = clinic_reports([look("a", 24, Felt.STILL), look("a", 12, Felt.STILL)])
    assert (report.lower_h, report.upper_h) == (24, None)


def test_redness_that_came_back_had_not_gone() -> None:
    looks = [look("a", 20, Felt.GONE), look("a", 30, Felt.STILL), look("a", 70, Felt.GONE)]
    (report,) = clinic_reports(looks)
    assert (report.lower_h, report.upper_h) == (30, 70)


def test_who_was_not_asked_tells_nothing() -> None:
    assert clinic_reports([look("a", 24, None)]) == ()


def test_a_person_counts_once_however_often_they_told() -> None:
    often = [
        told
        for month in (3, 4, 5, 6)
        for told in two_looks("a", 24, 48, session=date(2026, month, 1))
    ]
    reports = clinic_reports([*often, *two_looks("b", 24, 48)])
    assert sum(report.person_share for report in reports) == pytest.approx(2)
    assert told_by(reports) == "adjusted by 10 check-ins of this clinic, from 2 people"


def test_a_stored_plan_says_nothing_of_whose_check_ins_they_were(facts: Facts) -> None:
    reports = clinic_reports(two_looks("Maria K.", 24, 48))
    text = write_plan(make_plan(a_case(facts), facts, clinic_redness=reports))
    assert "Maria" not in text
    assert "2026-09-01" not in text


def test_both_forms_of_the_file_say_the_same(facts: Facts, tmp_path: Path) -> None:
    told = read_check_ins(EXAMPLES / "two-people.toml", facts)
    lines = [HEAD.replace("redness", "zones,redness,tenderness,sunburn_feeling")]
    lines += [
        f"{t.person},{t.session},{t.device_kind},{t.depth_mm},{t.said.hours_after},"
        f"{';'.join(t.said.zones)},{t.said.redness},{t.said.tenderness},{t.said.sunburn_feeling},none"
        for t in told
    ]
    path = tmp_path / "same.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read_check_ins(path, facts) == told
    assert told[0].said.zones == (Zone.CHEEK_LEFT, Zone.CHEEK_RIGHT)


def test_an_empty_cell_was_not_asked_and_none_is_none(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"{HEAD}\na,2026-09-01,pen,1,24,,\nb,2026-09-01,pen,1,24,gone,none\n", "utf-8")
    asked, told = read_check_ins(path, facts)
    assert (asked.said.redness, asked.said.signs) == (None, None)
    assert (told.said.redness, told.said.signs) == (Felt.GONE, ())


def test_every_fault_is_named_by_its_entry(facts: Facts, tmp_path: Path) -> None:
    text = (
        f"{HEAD}\n"
        "a,2026-09-01,pen,1,-3,gone,none\n"
        "b,yesterday,laser,9,24,perhaps,pox\n"
        ",2026-09-01,pen,1,24,gone,none\n"
    )
    faults = "\n".join(faults_of(text, "c.csv", tmp_path, facts))
    for said in (
        "check_ins.1.hours_after: '-3.0' is not allowed",
        "check_ins.2.session: 'yesterday' is not allowed: should be a day like 2026-11-22",
        "check_ins.2.device_kind: 'laser' is not allowed",
        "check_ins.2.depth_mm: '9.0' is not allowed",
        "check_ins.2.redness: 'perhaps' is not allowed",
        "check_ins.2.signs: 'pox' is not a sign; there are pih_chu2021, granuloma, red_flag_",
        "check_ins.3.person: is missing",
    ):
        assert said in faults


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("c.toml", "[[check_ins]]\nperson = ", "is not TOML"),
        ("c.toml", "[[check_in]]\nperson = 'a'", r"holds entries [[check_ins]] and nothing else"),
        ("c.toml", "check_ins = 3", "nothing else"),
        ("c.toml", "[[check_ins]]\nhow = 1\n", "check_ins.1.how: is not a field of a check-in"),
        ("c.csv", "person,mood\na,b\n", "not mood"),
        ("c.csv", f"{HEAD}\na,2026-09-01\n", "line 2: not as many cells"),
        ("c.csv", f'{HEAD}\n"a,2026\n', "is not CSV"),
        ("c.csv", "", "holds no check-in"),
        ("c.csv", f"{HEAD}\n", "holds no check-in"),
        ("c.toml", "check_ins = []", "holds no check-in"),
    ],
)
def test_what_is_no_file_of_check_ins_is_said(
    name: str, text: str, fault: str, tmp_path: Path, facts: Facts
) -> None:
    assert fault in "\n".join(faults_of(text, name, tmp_path, facts))


def test_a_file_that_is_not_there_or_not_text_is_said(facts: Facts, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be read"):
        read_check_ins(tmp_path / "none.csv", facts)
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CaseError, match="not UTF-8"):
        read_check_ins(tmp_path / "b.csv", facts)
    (tmp_path / "long.csv").write_text("x" * 1_000_001, encoding="utf-8")
    with pytest.raises(CaseError, match="at most 1000000"):
        read_check_ins(tmp_path / "long.csv", facts)


def test_hundreds_of_faults_are_cut_short(facts: Facts, tmp_path: Path) -> None:
    text = "\n".join([HEAD, *["a,2026-09-01,pen,1,0,gone,none"] * 80])
    assert faults_of(text, "c.csv", tmp_path, facts)[-1] == "and 30 more"


def adjusted_plan(facts: Facts) -> Plan:
    told = read_check_ins(EXAMPLES / "invented-clinic.csv", facts)
    return make_plan(a_case(facts), facts, clinic_redness=clinic_reports(told))


def test_the_plan_says_that_the_clinic_adjusted_it(facts: Facts) -> None:
    plan = adjusted_plan(facts)
    assert plan.course is not None
    said = "Redness is adjusted by 16 check-ins of this clinic, from 7 people."
    assert plan.course.redness.why.text.startswith(said)
    assert said in plan.course.notes


def test_the_sheet_on_paper_says_so_too_and_only_then(facts: Facts) -> None:
    told, plain = (
        {entry.text for entry in professional_page(plan).course if entry.label == "Redness"}
        for plan in (adjusted_plan(facts), a_plan(facts))
    )
    assert told == {"Redness is adjusted by 16 check-ins of this clinic, from 7 people."}
    assert plain == set()


def test_check_ins_move_redness_and_nothing_else(facts: Facts) -> None:
    plain, told = a_plan(facts), adjusted_plan(facts)
    assert plain.course is not None
    assert told.course is not None
    assert told.course.redness.hours != plain.course.redness.hours
    moved = {"redness", "unknowns", "notes"}
    assert told.course.model_dump(exclude=moved) == plain.course.model_dump(exclude=moved)
    apart = {"course", "provenance", "clinic_redness"}
    assert told.model_dump(exclude=apart) == plain.model_dump(exclude=apart)


def test_without_check_ins_a_plan_has_the_bytes_it_always_had(facts: Facts) -> None:
    plan = make_plan(a_case(facts), facts, clinic_redness=clinic_reports([look("a", 24, None)]))
    assert write_plan(plan) == write_plan(a_plan(facts))
    assert "clinic_redness" not in write_plan(plan)


def test_a_stored_adjusted_plan_can_be_rechecked(facts: Facts, tmp_path: Path) -> None:
    plan = adjusted_plan(facts)
    path = tmp_path / "plan.json"
    path.write_text(write_plan(plan), encoding="utf-8")
    stored = read_plan(path)
    assert stored == plan
    answer = recheck(stored, own=facts, today=facts, on=plan.case.setting.date)
    assert answer.may_be_used, answer.refusals


def test_a_roller_is_told_apart_from_a_pen() -> None:
    pen, roller = clinic_reports(
        [look("a", 24, Felt.STILL), look("b", 24, Felt.STILL, device_kind=DeviceKind.ROLLER)]
    )
    assert (pen.as_report.pen, roller.as_report.pen) == (1.0, 0.0)
