"""The PDF as a file: whole or not at all, the same bytes every time, readable by all."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from percuta.errors import PlanError
from percuta.facts.edition import Facts
from percuta.planning.plan.document import write_plan
from percuta.report.pdf import write_pdf
from tests.people import a_plan


def test_a_letter_without_a_font_is_named_and_the_old_file_stays(
    facts: Facts, tmp_path: Path
) -> None:
    plan = a_plan(facts, herpes_history="yes")
    finding = plan.findings[0].model_copy(update={"reason": "set by 田中"})
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old")
    with pytest.raises(PlanError, match="the PDF cannot be made: .*田") as caught:
        write_pdf(plan.model_copy(update={"findings": (finding,)}), path)
    assert len(caught.value.faults) == 1
    assert "\n" not in str(caught.value)
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.pdf"]
    assert path.read_bytes() == b"old"


def test_a_missing_folder_is_named(facts: Facts, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="the folder .*nowhere does not exist; make it first"):
        write_pdf(a_plan(facts), tmp_path / "nowhere" / "plan.pdf")


def test_a_folder_is_not_a_file(facts: Facts, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="is not a file"):
        write_pdf(a_plan(facts), tmp_path)


def test_a_file_that_cannot_take_its_place_leaves_nothing_behind(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PlanError, match="cannot be written: Permission denied"):
        write_pdf(a_plan(facts), tmp_path / "plan.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_same_plan_gives_the_same_bytes_in_every_process(facts: Facts, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; "
        "from percuta.planning.plan.document import read_plan; "
        "from percuta.report.pdf import write_pdf; "
        "write_pdf(read_plan(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    stored = tmp_path / "plan.json"
    stored.write_text(
        write_plan(a_plan(facts, herpes_history="yes", numbing="lidocaine_prilocaine_cream")),
        encoding="utf-8",
    )
    digests = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.pdf"
        environment = {"PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}", "SOURCE_DATE_EPOCH": seed}
        subprocess.run(
            [sys.executable, "-c", program, stored, path], check=True, env=environment, timeout=120
        )
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_file_is_tagged_titled_and_in_english(facts: Facts, tmp_path: Path) -> None:
    write_pdf(a_plan(facts), tmp_path / "plan.pdf")
    content = (tmp_path / "plan.pdf").read_bytes()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"/Lang(en" in content
    document = pdfium.PdfDocument(tmp_path / "plan.pdf")
    assert document.is_tagged()
    facts_of_file = document.get_metadata_dict()
    assert facts_of_file["Title"] == "Micro-needling: plan of 23 Nov 2026"
    assert facts_of_file["CreationDate"] == ""
    document.close()
