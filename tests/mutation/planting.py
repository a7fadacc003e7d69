"""A mistake that somebody could make, planted in a copy of the product for others to notice."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Fault(NamedTuple):
    """One mistake: what it is, where, what stands there, what is put in its place."""

    name: str
    file: str
    right: str
    wrong: str


def named(fault: Fault) -> str:
    """A fault in the name of its test."""
    return fault.name.replace(" ", "_")


def copy_of_the_product(folder: Path) -> Path:
    """A copy of the package; tables are shared, code is not."""
    package = folder / "percuta"
    shutil.copytree(ROOT / "src" / "percuta", package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def plant(fault: Fault, folder: Path) -> None:
    """A copy of the package with the mistake in it."""
    path = copy_of_the_product(folder) / fault.file
    text = path.read_text(encoding="utf-8")
    assert text.count(fault.right) == 1, f"{fault.name}: '{fault.right}' is not there just once"
    path.write_text(text.replace(fault.right, fault.wrong), encoding="utf-8")


def run_on_the_copy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python module as a command that finds the copied package before any other."""
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    command: Sequence[str] = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
