"""Imports point one way; the check notices a planted one that does not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")
PLANTED = [
    ("science/__init__.py", '"""Science."""\n\nimport django  # noqa\n'),
    ("facts/policy.py", "import percuta.planning.case.case  # noqa\n"),
    ("planning/case/case.py", "import socket  # noqa\n"),
    ("planning/depth/ceilings.py", "import percuta.report.wording  # noqa\n"),
    ("report/wording.py", "import percuta.cli.main  # noqa\n"),
    ("planning/judgement/findings.py", "import percuta.planning.plan.plan  # noqa\n"),
    ("report/pdf.py", "import django  # noqa\n"),
    ("science/course.py", "import distributed  # noqa\n"),
    ("planning/plan/course.py", "import pyarrow  # noqa\n"),
    ("study/running.py", "import percuta.report.wording  # noqa\n"),
    ("study/cluster.py", "import urllib  # noqa\n"),
    ("study/chunks.py", "import percuta.study.folder  # noqa\n"),
    ("validation/judging.py", "import percuta.validation.judgement  # noqa\n"),
    ("validation/asked.py", "import percuta.report.wording  # noqa\n"),
    ("cli/facts.py", "import django  # noqa\n"),
    ("cli/main.py", "import percuta.site.commands  # noqa\n"),
    ("site/commands.py", "import percuta.cli.main  # noqa\n"),
    ("site/configuration.py", "import percuta.site.serve  # noqa\n"),
    ("clinic/patients/queries.py", "import percuta.web.urls  # noqa\n"),
    ("clinic/patients/actions.py", "import percuta.clinic.plans.models  # noqa\n"),
    ("web/patients.py", "import percuta.site.serve  # noqa\n"),
    ("web/people.py", "import percuta.clinic.accounts.models  # noqa\n"),
    ("somewhere/__init__.py", '"""A folder nobody declared."""\n'),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINTER), "--no-logo", "--no-cache"]
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(name="house")
def _house(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "tables")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_house_as_it_stands_is_kept(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line"), PLANTED, ids=[f"{file}: {line.splitlines()[-1]}" for file, line in PLANTED]
)
def test_a_planted_import_is_noticed(file: str, line: str, house: Path) -> None:
    path = house / "src" / "percuta" / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + line, encoding="utf-8")
    assert lint(house).returncode != 0
