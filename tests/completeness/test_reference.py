"""The generated pages are as the code would write them now, and links between pages hold."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from percuta.facts.edition import Facts
from percuta.validation.judgement import Verdict, judgement

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def write_reference(*arguments: str) -> subprocess.CompletedProcess[str]:
    tool = ROOT / "tools" / "write_reference.py"
    command = [sys.executable, str(tool), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_no_generated_page_is_stale() -> None:
    done = write_reference("--check")
    assert done.returncode == 0, f"{done.stdout}run ./dev docs"


def test_a_stale_page_is_named(tmp_path: Path) -> None:
    assert write_reference("--folder", str(tmp_path)).returncode == 0
    (tmp_path / "reference" / "policy.md").write_text("old", encoding="utf-8")
    done = write_reference("--check", "--folder", str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == "stale: docs/reference/policy.md\n"


def test_pages_are_written_the_same_twice(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert write_reference("--folder", str(tmp_path / folder)).returncode == 0
    names = sorted(
        str(path.relative_to(tmp_path / "one")) for path in (tmp_path / "one").glob("*/*")
    )
    assert names == sorted(
        str(path.relative_to(ROOT / "docs"))
        for path in (*ROOT.glob("docs/reference/*.md"), *ROOT.glob("docs/images/*.svg"))
    )
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_hold(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = {link for link in _LINK.findall(text) if "://" not in link}
    broken = {link for link in links if not (page.parent / link).exists()}
    assert not broken - {"docs/images/plan.png"}


def test_every_miss_and_every_gap_of_the_report_is_explained(facts: Facts) -> None:
    """By its own number, or that of all its parts."""
    page = (ROOT / "docs" / "explanation" / "validation.md").read_text(encoding="utf-8")
    _, missed, without = re.split("## What fails|## What needs", page)
    told = judgement(facts)
    for row in told.rows:
        text = {Verdict.MISSED: missed, Verdict.NOT_COMPUTED: without}.get(row.verdict)
        if text is not None:
            assert row.figure.key in named(text), row.figure.key


def named(text: str) -> set[str]:
    """Rows that a text names, also as ``V19f to V19i``, and all parts of ``V4``."""
    found = set()
    for first, letter, last in re.findall(r"(V\d+)([a-z]?)(?:\s+to\s+V\d+([a-z]))?", text):
        start, end = letter or "a", last or letter or "z"
        found |= {first} if not letter else set()
        found |= {f"{first}{chr(code)}" for code in range(ord(start), ord(end) + 1)}
    return found


def test_every_page_can_be_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link).resolve() for link in _LINK.findall(index.read_text("utf-8"))}
    missing = set(ROOT.glob("docs/**/*.md")) - linked - {index}
    assert not {str(page.relative_to(ROOT)) for page in missing}
