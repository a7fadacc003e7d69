"""Which edition is in force: the newest that is no draft."""

from pathlib import Path
from shutil import copytree

import pytest

from percuta.errors import UnknownEdition
from percuta.facts.edition import DRAFT_MARK, editions, open_edition, released


@pytest.fixture(name="shelf")
def _shelf(tmp_path: Path) -> Path:
    """A shelf with the edition in force and a later one that is still a draft."""
    now = open_edition().folder
    copytree(now, tmp_path / now.name)
    copytree(now, tmp_path / "2199-01-01")
    (tmp_path / "2199-01-01" / DRAFT_MARK).write_text("# Draft\n", encoding="utf-8")
    return tmp_path


def test_a_draft_is_opened_by_name_and_never_in_force(shelf: Path) -> None:
    assert editions(shelf)[-1] == "2199-01-01"
    assert released(shelf) == (open_edition().edition,)
    assert open_edition(shelf=shelf).edition == open_edition().edition
    assert open_edition("2199-01-01", shelf=shelf).is_draft


def test_its_mark_is_part_of_its_digest(shelf: Path) -> None:
    draft = open_edition("2199-01-01", shelf=shelf).sha256
    (shelf / "2199-01-01" / DRAFT_MARK).unlink()
    now = open_edition(shelf=shelf)
    assert now.edition == "2199-01-01"
    assert now.sha256 != draft


def test_a_shelf_of_drafts_has_nothing_in_force(shelf: Path) -> None:
    for name in released(shelf):
        (shelf / name / DRAFT_MARK).write_text("# Draft\n", encoding="utf-8")
    with pytest.raises(UnknownEdition, match="drafts only: .*2199-01-01"):
        open_edition(shelf=shelf)
