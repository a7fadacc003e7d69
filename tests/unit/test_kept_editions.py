"""An edition that was parsed before: the same, believed only whole, never in anybody's way."""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from percuta.errors import FactError
from percuta.facts import kept
from percuta.facts.edition import Facts, editions, open_edition
from percuta.facts.table import read_table


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "percuta"


def _kept(name: str | None, folder: Path) -> Facts:
    """An edition that a process before this one kept."""
    open_edition(name, keeping=folder).keep()
    return open_edition(name, keeping=folder)


@pytest.fixture(name="parsing")
def _parsing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the tables that are parsed from here on."""
    parsed: list[str] = []

    def noted(text: str, *more: object) -> object:
        parsed.append(text.split(",", 1)[0])
        return read_table(text, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("percuta.facts.edition.read_table", noted)
    return parsed


@pytest.mark.parametrize("name", editions())
def test_what_is_kept_is_what_is_parsed(name: str, folder: Path, parsing: list[str]) -> None:
    parsed, again = open_edition(name), _kept(name, folder)
    parsing.clear()
    tables = [again.table(table) for table in again.table_names]
    assert not parsing
    for mine, theirs in zip(tables, map(parsed.table, parsed.table_names), strict=True):
        assert repr(mine) == repr(theirs)
        assert mine == theirs
    assert again.sources == dict(parsed.sources)
    for table in parsed.table_names:
        assert again.schema(table) == parsed.schema(table)


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _one_byte_other(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _writable_by_others(path: Path) -> None:
    path.chmod(0o666)


def _in_a_folder_of_everybody(path: Path) -> None:
    path.parent.chmod(0o777)


@pytest.mark.parametrize(
    "broken",
    [
        _truncated,
        _one_byte_other,
        _empty,
        _a_folder,
        _writable_by_others,
        _in_a_folder_of_everybody,
        Path.unlink,
    ],
)
def test_a_file_that_cannot_be_believed_is_as_good_as_none(
    broken: Callable[[Path], None], folder: Path, parsing: list[str]
) -> None:
    open_edition(keeping=folder).keep()
    (path,) = folder.iterdir()
    broken(path)
    parsing.clear()
    again = open_edition(keeping=folder)
    assert repr(again.table("policy")) == repr(open_edition().table("policy"))
    assert parsing == ["row", "row"]


def test_another_edition_or_other_code_is_never_taken_for_this_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsing: list[str]
) -> None:
    now = open_edition(keeping=folder)
    now.keep()
    changed = tmp_path / now.folder.name
    copytree(now.folder, changed)
    table = changed / "policy.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("assumed", "expert", 1), "utf-8")
    parsing.clear()
    other = Facts(changed, keeping=folder)
    assert repr(other.table("policy")) != repr(now.table("policy"))
    assert parsing == ["row"]
    monkeypatch.setattr(kept, "_code_digest", lambda: "other code")
    open_edition(keeping=folder).table("policy")
    assert parsing == ["row", "row"]


def test_an_edition_with_a_fault_is_not_kept(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "2199-01-01"
    copytree(open_edition().folder, broken)
    with (broken / "policy.csv").open("a", encoding="utf-8") as file:
        file.write("one cell\n")
    Facts(broken, keeping=folder).keep()
    assert not folder.exists()
    with pytest.raises(FactError):
        Facts(broken, keeping=folder).table("policy")


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    facts = open_edition(keeping=in_the_way / "percuta")
    facts.keep()
    assert len(facts.table("policy")) > 0


@pytest.mark.skipif(os.name == "nt", reason="rights are other things there")
def test_nobody_else_reads_or_writes_what_is_kept(folder: Path) -> None:
    open_edition(keeping=folder).keep()
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_only_the_newest_few_are_kept(folder: Path) -> None:
    facts = open_edition()
    tables, sources = [facts.table("policy")], dict(facts.sources)
    for number in range(kept.MOST_FILES + 3):
        kept.keep(folder, f"edition {number}", tables, sources)
    assert len(list(folder.iterdir())) == kept.MOST_FILES
    assert kept.read_kept(folder, f"edition {number}") is not None
