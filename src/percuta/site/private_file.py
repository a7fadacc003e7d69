"""Files that only the server's own user may read."""

import contextlib
import os
import secrets
import stat
from pathlib import Path

from percuta.errors import SettingsError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OWN_FOLDER = 0o700
_OWN_FILE = 0o600


def open_folder(path: Path) -> Path:
    """The folder, made if there is none; refused if others may enter it.

    Raises
    ------
    SettingsError
        If it cannot be made, is no folder, or is open to others on this machine.
    """
    try:
        path.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError([f"{path}: cannot be made a folder: {error.strerror}"]) from error
    _refuse_others(path, "700")
    return path


def read(path: Path) -> bytes:
    """What the file holds.

    Raises
    ------
    SettingsError
        If it cannot be read, or others on this machine could read it too.
    """
    _refuse_others(path, "600")
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError([f"{path}: cannot be read: {error.strerror}"]) from error


def keep_first(path: Path, content: bytes) -> bytes:
    """Write the file unless there is one; what then stands in it, whoever wrote it.

    Two processes that start together get the same bytes, and no process reads half a file.
    """
    if not path.exists():
        draft = _draft(path, content)
        try:
            # A link is made whole or not at all, and never over another's file.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
        except OSError as error:
            raise SettingsError([f"{path}: cannot be written: {error.strerror}"]) from error
        finally:
            draft.unlink()
    return read(path)


def replace(path: Path, content: bytes) -> None:
    """Write the file, in place of what is there."""
    _draft(path, content).replace(path)


def _draft(path: Path, content: bytes) -> Path:
    """The content in a file of its own beside ``path``, safe on the disk."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN_FILE)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SettingsError([f"{path}: cannot be written: {error.strerror}"]) from error
    return draft


def _refuse_others(path: Path, wanted: str) -> None:
    """Windows keeps its permissions elsewhere, and its mode bits tell nothing."""
    if os.name == "nt":
        return
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise SettingsError([f"{path}: cannot be read: {error.strerror}"]) from error
    if mode & _OTHERS:
        raise SettingsError([f"{path}: others on this machine can open it: chmod {wanted} {path}"])
