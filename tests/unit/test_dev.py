"""./dev says which suites ran; one that cannot run never passes in silence."""

import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def load() -> Any:
    loader = importlib.machinery.SourceFileLoader("dev", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(name="dev")
def _dev(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = load()
    monkeypatch.setattr(module, "set_up", lambda: None)
    monkeypatch.setattr(module, "run_suite", lambda suite: 0)
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


def test_every_test_folder_is_a_suite(dev: Any) -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").exists()}
    assert folders == set(dev.SUITES) - {"check"}


def test_an_old_python_is_told_so(dev: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"install the package python3\.11"):
        dev.main(["demo"])


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
    for verb in ("demo", "test", "check", "bench", "soak", "docs", "lock"):
        assert f"./dev {verb}" in done.stdout


def test_ci_runs_the_readme_s_test_command() -> None:
    assert "./dev test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "./dev test" in (ROOT / "README.md").read_text(encoding="utf-8")
