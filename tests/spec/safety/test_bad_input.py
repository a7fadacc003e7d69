"""Nothing unreadable is half understood."""

from pathlib import Path

import pytest

from percuta.cli.main import run
from percuta.errors import CaseError, PlanError
from percuta.facts.edition import Facts
from percuta.planning.case.case_file import parse_case
from percuta.planning.plan.document import read_plan, write_plan
from tests.people import a_plan, raw_case


def test_a_misspelt_item_is_a_fault(facts: Facts) -> None:
    raw = raw_case(facts)
    raw["history"]["isotretinoine"] = raw["history"].pop("isotretinoin")
    with pytest.raises(CaseError, match="is it 'isotretinoin'"):
        parse_case(raw, facts)


def test_half_a_plan_is_no_plan(facts: Facts, tmp_path: Path) -> None:
    text = write_plan(a_plan(facts))
    path = tmp_path / "plan.json"
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(PlanError):
        read_plan(path)


def test_every_fault_of_a_case_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case that cannot be read gives exit status 2, every fault, and no plan."""
    path = tmp_path / "case.toml"
    path.write_text(
        '[person]\nage = "old"\nheight = 170\n[history]\nkeloid = "maybe"\n'
        '[[concerns]]\nconcern = "texture"\nzones = ["lid_left"]\n'
        '[setting]\ndevice = "laser"\noperator = "nurse"\ndate = 2026-11-23\nnumbing = "none"\n',
        encoding="utf-8",
    )
    assert run(["plan", str(path), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    for word in ("person.age", "person.height", "history.keloid", "lid_left", "setting.device"):
        assert word in printed.err
