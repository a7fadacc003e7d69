"""./dev says which suites ran; one that cannot run never passes in silence."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.developer_commands import ROOT, load


@pytest.fixture(name="dev")
def _dev(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = load()
    monkeypatch.setattr(module, "set_up", lambda: None)
    monkeypatch.setattr(module, "run_suite", lambda suite: 0)
    monkeypatch.setattr(module, "missing_browser", lambda: "")
    return module


def test_every_suite_is_told(dev: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["test"]) == 0
    told = capsys.readouterr().out
    for suite in dev.SUITES:
        assert f"{suite:<13} passed" in told
    assert f"{len(dev.SUITES)} passed, 0 failed, 0 skipped" in told


def test_a_failing_suite_fails_the_whole(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "run_suite", lambda suite: int(suite == "spec"))
    assert dev.main(["test"]) == 1


def test_a_suite_that_cannot_run_fails_the_whole_by_name(
    dev: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = {"spec": "it needs a browser: install the package chromium"}
    monkeypatch.setattr(dev, "missing_for", lambda suite: lacking.get(suite, ""))
    assert dev.main(["test"]) == 1
    assert "spec          NOT RUN: it needs a browser" in capsys.readouterr().out
    assert dev.main(["test", "--without=spec"]) == 0
    assert "spec          not run: left out by request" in capsys.readouterr().out


def test_an_unknown_suite_is_refused(dev: Any) -> None:
    with pytest.raises(SystemExit, match="no suite brwoser"):
        dev.main(["test", "--without=brwoser"])


def test_one_test_of_a_suite_is_asked_of_pytest_alone(
    dev: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def run(*command: str) -> int:
        asked.append(command)
        return 0

    monkeypatch.setattr(dev, "_run", run)
    assert dev.main(["test", "unit", "-k", "one_test", "-x"]) == 0
    (command,) = asked
    assert command[-4:] == ("tests/unit", "-k", "one_test", "-x")
    assert "-n" not in command, "one process is quicker for one test"
    for suites in ([], ["check"], ["brwoser"]):
        with pytest.raises(SystemExit, match="name the suites of these tests before -k"):
            dev.main(["test", *suites, "-k", "one_test"])


def test_every_test_folder_is_a_suite(dev: Any) -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").exists()}
    assert folders == set(dev.SUITES) - {"check"}


def test_an_old_python_is_told_so(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"install the package python3\.11"):
        dev.main(["demo"])


def test_the_demo_is_served_from_a_folder_of_its_own(
    dev: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERCUTA_DATA_FOLDER", "")
    monkeypatch.delenv("PERCUTA_DATA_FOLDER")
    run: list[tuple[Any, ...]] = []

    def noted(*command: Any) -> int:
        run.append(command)
        return 0

    monkeypatch.setattr(dev, "_run", noted)
    monkeypatch.setattr(dev, "set_up", lambda: None)
    assert dev.main(["demo", "--port", "8080"]) == 0
    assert run == [(dev.PYTHON, "-m", "percuta", "serve", "--demo", "--port", "8080")]
    assert os.environ["PERCUTA_DATA_FOLDER"] == str(ROOT / ".percuta" / "clinic")


def test_missing_git_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = load()
    monkeypatch.setattr(module.shutil, "which", lambda program: None)
    with pytest.raises(SystemExit, match="install the package git"):
        module.set_up()


def test_the_lock_names_no_host_and_pins_every_package() -> None:
    text = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    assert "://" not in text
    packages = [line for line in text.splitlines() if line and line[0].isalnum()]
    assert all("==" in line for line in packages)
    assert text.count("--hash=sha256:") >= len(packages)


def test_help_is_printed() -> None:
    command = [sys.executable, str(ROOT / "dev")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    for verb in ("demo", "set-up", "test", "check", "bench", "soak", "docs", "lock"):
        assert f"./dev {verb}" in done.stdout


def test_ci_runs_the_readme_s_test_command() -> None:
    assert "./dev test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "./dev test" in (ROOT / "README.md").read_text(encoding="utf-8")


class Machine:
    """A machine with some programs, on which installing may work or not."""

    def __init__(self, *programs: str, user: int = 0, working: tuple[str, ...] = ()) -> None:
        self.programs = set(programs)
        self.user = user
        self.working = working
        self.ran: list[str] = []

    def which(self, program: str) -> str | None:
        return f"/usr/bin/{program}" if program in self.programs else None

    def quietly(self, *command: object) -> bool:
        self.ran.append(" ".join(str(part).rsplit("/", 1)[-1] for part in command))
        works = any(word in self.ran[-1] for word in self.working)
        if works and "playwright" not in self.ran[-1]:
            self.programs.add("chromium")
        return works


@pytest.fixture(name="on")
def _on(monkeypatch: pytest.MonkeyPatch) -> Callable[[Machine], Any]:
    def on(machine: Machine) -> Any:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        monkeypatch.delenv("PERCUTA_BROWSER", raising=False)
        module = load()
        monkeypatch.setattr(module.shutil, "which", machine.which)
        monkeypatch.setattr(module.os, "geteuid", lambda: machine.user)
        monkeypatch.setattr(module, "_quietly", machine.quietly)
        return module

    return on


@pytest.mark.parametrize("program", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_on_the_system_is_found(on: Callable[[Machine], Any], program: str) -> None:
    machine = Machine(program, "apt-get")
    dev = on(machine)
    assert dev.missing_for("browser") == ""
    assert dev.find_browser() == f"/usr/bin/{program}"
    assert machine.ran == []


def test_a_named_browser_is_taken_or_its_absence_told(
    on: Callable[[Machine], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine("chromium", "my-chrome", "apt-get")
    dev = on(machine)
    monkeypatch.setenv("PERCUTA_BROWSER", "my-chrome")
    assert (dev.missing_for("browser"), dev.find_browser()) == ("", "/usr/bin/my-chrome")
    monkeypatch.setenv("PERCUTA_BROWSER", "other")
    assert dev.missing_for("browser") == "PERCUTA_BROWSER names no program: other"
    assert machine.ran == [], "nobody asked for another one"


@pytest.mark.parametrize(
    ("manager", "last"),
    [
        ("apt-get", "apt-get install -q -y chromium"),
        ("dnf", "dnf install -q -y chromium"),
        ("apk", "apk add --quiet chromium"),
        ("pacman", "pacman -Sy --noconfirm chromium"),
    ],
)
def test_root_installs_it_with_the_system_s_package_manager(
    on: Callable[[Machine], Any], manager: str, last: str
) -> None:
    machine = Machine(manager, working=("install", "add", "-Sy"))
    assert on(machine).missing_for("browser") == ""
    assert machine.ran[-1] == last


def test_who_may_not_install_lets_the_library_fetch_its_own(on: Callable[[Machine], Any]) -> None:
    machine = Machine("apt-get", user=1000, working=("playwright",))
    dev = on(machine)
    assert dev.missing_for("browser") == ""
    assert [line.split(" ", 1)[1] for line in machine.ran] == ["-m playwright install chromium"]
    assert dev.find_browser() == "", "the library knows where its own is"


def test_when_nothing_works_the_suite_fails_by_name_with_what_to_do(
    on: Callable[[Machine], Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dev = on(Machine("apt-get"))
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "run_suite", lambda suite: 0)
    assert dev.main(["test", "browser"]) == 1
    told = capsys.readouterr().out
    assert "browser       NOT RUN: it needs a browser: install the package chromium" in told
