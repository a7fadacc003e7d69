"""The secret key is made once, whoever starts first, and nobody else may read it."""

import multiprocessing
from pathlib import Path

import pytest

from percuta.errors import SettingsError
from percuta.site import private_file
from percuta.site.configuration import configuration
from percuta.site.secret import given_secret, made_secret


def test_a_key_is_made_on_the_first_start_and_kept(tmp_path: Path) -> None:
    environment = {"PERCUTA_DATA_FOLDER": str(tmp_path)}
    key = configuration(environment).secret_key
    assert len(key) >= 50
    assert configuration(environment).secret_key == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"], "no draft is left"


def test_two_folders_have_two_keys(tmp_path: Path) -> None:
    assert made_secret(tmp_path / "one") != made_secret(tmp_path / "two")


def test_starters_that_race_get_one_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(8) as pool:
        keys = pool.map(made_secret, [tmp_path / "key"] * 64)
    assert len(set(keys)) == 1


def test_who_comes_second_takes_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    private_file.replace(path, b"first")
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert private_file.keep_first(path, b"second") == b"first"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    made_secret(path)
    path.chmod(mode)
    for read in (made_secret, given_secret):
        with pytest.raises(SettingsError, match=f"others .* can open it: chmod 600 {path}"):
            read(path)


@pytest.mark.parametrize("content", ["", "short", "a" * 60, " " * 60])
def test_a_weak_key_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    private_file.replace(path, content.encode())
    with pytest.raises(SettingsError, match="holds no strong key"):
        given_secret(path)


def test_a_key_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        given_secret(tmp_path / "key")
    assert not (tmp_path / "key").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written"):
        made_secret(tmp_path / "missing" / "key")
