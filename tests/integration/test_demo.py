"""``percuta demo``: one PDF and one JSON plan a case, an overview, and the folder opened."""

import argparse
import platform
import shutil
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from percuta.cli import demo
from percuta.errors import PercutaError
from percuta.facts.edition import Facts
from percuta.planning.case.case_file import read_case
from percuta.planning.plan.document import write_plan
from percuta.planning.plan.plan import make_plan
from tests.people import a_plan

EXAMPLES = Path(__file__).parents[2] / "examples" / "cases"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that the demo asks the desktop to open; nothing is opened."""
    addresses: list[str] = []

    def note(url: str, *_: Any) -> bool:
        addresses.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", note)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    return addresses


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Three examples, one of each kind of outcome, and the file of expectations beside them."""
    folder = tmp_path / "cases"
    folder.mkdir()
    for name in (
        *("02-face-and-neck-at-71", "03-icepick-scars-at-19", "10-answers-missing"),
        "expected",
    ):
        shutil.copy(EXAMPLES / f"{name}.toml", folder)
    return folder


def run(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    demo.add_to(parser.add_subparsers(required=True))
    options = parser.parse_args(["demo", *(str(argument) for argument in arguments)])
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


@pytest.mark.usefixtures("opened")
def test_every_case_gets_a_pdf_and_its_plan_and_a_line(
    cases: Path, tmp_path: Path, facts: Facts, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "out"
    assert run(cases, "--out", out) == 0
    shown = capsys.readouterr()
    names = ["02-face-and-neck-at-71", "03-icepick-scars-at-19", "10-answers-missing"]
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{name}.{kind}" for name in names for kind in ("json", "pdf")
    )
    for name in names:
        plan = make_plan(read_case(cases / f"{name}.toml", facts), facts)
        assert (out / f"{name}.json").read_bytes() == write_plan(plan).encode()
        assert (out / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
        assert f"{name}.pdf" in shown.out
    assert {"suitable", "defer", "incomplete"} <= set(shown.out.split())
    assert shown.out.rstrip().endswith(str(out))
    assert shown.err == ""


def test_the_overview_names_zones_or_what_is_in_the_way(facts: Facts) -> None:
    def outcome(name: str) -> str:
        return demo._outcome(make_plan(read_case(EXAMPLES / f"{name}.toml", facts), facts))

    assert outcome("02-face-and-neck-at-71") == (
        "cheek left, cheek right, upper lip, neck front; later: periorbital left, periorbital right"
    )
    assert outcome("03-icepick-scars-at-19") == "isotretinoin.recent until 14 Mar 2027"
    assert outcome("04-melasma-in-pregnancy") == "pregnancy until end of pregnancy"
    assert outcome("06-backs-of-the-hands") == "depth.no_published_depth"
    assert outcome("10-answers-missing").startswith("still to ask: person.weight_kg, ")


def test_a_stop_outranks_the_questions_in_the_overview(facts: Facts) -> None:
    assert demo._outcome(a_plan(facts, keloid=None, bleeding_disorder="yes")) == "bleeding_disorder"


@pytest.mark.usefixtures("opened")
def test_a_case_that_cannot_be_read_is_named_and_the_others_are_planned(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (cases / "00-broken.toml").write_text('[person]\nage = "old"\nshoes = 43\n')
    assert run(cases, "--out", tmp_path / "out") == 2
    shown = capsys.readouterr()
    assert "unreadable" in shown.out
    assert "00-broken.toml: person.age: 'old' is not allowed" in shown.err
    assert "00-broken.toml: person.shoes: is not a field" in shown.err
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 3


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_folder_without_cases_is_refused_by_name(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PercutaError, match=f"{name}: there are no case files"):
        run(tmp_path / name)


def test_a_folder_that_cannot_be_written_is_refused_by_name(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(PercutaError, match="out: cannot be written to"):
        run(cases, "--out", tmp_path / "out")


@pytest.mark.parametrize(
    ("is_terminal", "display", "system", "is_opened"),
    [
        (True, ":0", "Linux", True),
        (True, None, "Linux", False),
        (True, None, "Darwin", True),
        (True, None, "Windows", True),
        (False, ":0", "Linux", False),
        (False, None, "Darwin", False),
    ],
)
def test_the_folder_opens_only_for_somebody_who_can_see_it(
    is_terminal: bool,
    display: str | None,
    system: str,
    is_opened: bool,
    opened: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    monkeypatch.setattr(platform, "system", lambda: system)
    if display is not None:
        monkeypatch.setenv("DISPLAY", display)
    demo._open_folder(tmp_path)
    assert opened == ([tmp_path.as_uri()] if is_opened else [])


@pytest.mark.parametrize("error", [webbrowser.Error("none"), OSError("none")])
def test_a_desktop_that_cannot_open_a_folder_is_no_failure(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> bool:
        raise error

    monkeypatch.setattr(webbrowser, "open", refuse)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("DISPLAY", ":0")
    demo._open_folder(tmp_path)
