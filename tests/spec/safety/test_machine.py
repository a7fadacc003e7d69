"""The machine keeps what it was told, whole."""

import io
import socket
import sys
import tomllib
from pathlib import Path

import pytest

from percuta.cli.main import run
from percuta.errors import PlanError
from percuta.facts.edition import Facts
from percuta.report.pdf import write_pdf
from tests.case_files import write_case
from tests.people import a_plan


def test_no_connection_is_opened(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert run(["plan", str(write_case(tmp_path, facts)), "--json"]) == 0


def test_the_layers_forbid_the_network() -> None:
    project = tomllib.loads(
        (Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8")
    )
    contracts = project["tool"]["importlinter"]["contracts"]
    network = next(c for c in contracts if "network" in c["name"])
    below = {"errors", "units", "facts", "science", "planning", "report", "cli"}
    assert {f"percuta.{name}" for name in below} <= set(network["source_modules"])
    assert {"requests", "httpx", "socket", "urllib", "http"} <= set(network["forbidden_modules"])


def test_a_document_is_written_whole_or_not_at_all(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    document = tmp_path / "plan.pdf"
    document.write_bytes(b"the plan of last month")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PlanError, match="No space left"):
        write_pdf(a_plan(facts), document)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.pdf"]
    assert document.read_bytes() == b"the plan of last month"


def test_planning_writes_no_file(facts: Facts, tmp_path: Path) -> None:
    path = write_case(tmp_path, facts)
    assert run(["plan", str(path)]) == 0
    assert run(["screen", str(path)]) == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_refusal_keeps_its_exit_status_when_the_pipe_closes(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Closed(io.StringIO):
        def write(self, text: str, /) -> int:
            raise BrokenPipeError

    path = write_case(tmp_path, facts, keloid="yes")
    monkeypatch.setattr(sys, "stdout", Closed())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert run(["plan", str(path), "--json"]) == 3
