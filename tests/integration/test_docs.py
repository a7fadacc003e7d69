"""The documentation does what it says: its commands are run, its output is compared.

In a ``console`` block, ``$`` begins a command and ``>`` goes on with it; the lines after it are
its output. A line ``...`` stands for any lines. A page runs from top to bottom in one folder
that holds copies of the examples and of the facts, so that a page may build on itself.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    path
    for path in sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
    if "```console" in path.read_text(encoding="utf-8")
]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BASH = shutil.which("bash") or "bash"


class Step(NamedTuple):
    command: str
    output: list[str]


def steps(page: Path) -> Iterator[Step]:
    for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        step: Step | None = None
        for line in block.splitlines():
            if line.startswith("$ "):
                if step is not None:
                    yield step
                step = Step(line[2:], [])
            elif step is not None and re.match(r">( |$)", line) and not step.output:
                step = Step(f"{step.command}\n{line[2:]}", [])
            elif step is not None:
                step.output.append(line)
        if step is not None:
            yield step


def as_pattern(lines: list[str]) -> re.Pattern[str]:
    parts = [r"(?:.*\n)*?" if line == "..." else re.escape(line.rstrip()) + r"\n" for line in lines]
    return re.compile("".join(parts))


def run_step(command: str, folder: Path) -> str:
    scripts = str(Path(sys.executable).parent)
    environment = {
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        [_BASH, "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as a reader of the docs has it: the examples and the facts."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    tables = Path("src") / "percuta" / "facts" / "tables"
    shutil.copytree(ROOT / tables, tmp_path / tables)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_of_a_page_answer_as_printed(page: Path, desk: Path) -> None:
    for step in steps(page):
        answer = run_step(step.command, desk)
        assert as_pattern(step.output).fullmatch(answer), f"$ {step.command}\n{answer}"


def test_the_first_plan_runs(desk: Path) -> None:
    answer = run_step("python examples/first_plan.py", desk)
    assert answer.splitlines()[0] == "suitable"
    assert "Cheek, left: at most 1.5 mm, label of SkinPen Precision for face" in answer


def test_the_readme_shows_the_first_plan_as_it_is() -> None:
    program = (ROOT / "examples" / "first_plan.py").read_text(encoding="utf-8")
    assert f"```python\n{program}```" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert len([line for line in program.splitlines() if line]) == 12
