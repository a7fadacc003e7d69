"""The folder of a study's results: whole parts or none, of one study only.

A part is written beside its name and then moved onto it, so that a process that is killed leaves
no half part behind. Its name holds the digest of its bytes: what a failing disk or a power cut has
torn is done again, so nobody waits for the disk to have it. The result has its digest in a file
beside it, as ``sha256sum`` reads it.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from percuta.errors import StudyError
from percuta.study.identity import Identity

_IDENTITY = "study.json"
_LOCK = "lock"
_PARTS = "parts"
_PARQUET = ".parquet"
_UNFINISHED = ".unfinished"


class Folder:
    """Results of one study; opened with ``opened``."""

    def __init__(self, path: Path, identity: Identity) -> None:
        self.path = path
        self.result = path / f"{identity.study}{_PARQUET}"
        self._parts = path / _PARTS

    def parts(self) -> Mapping[int, Path]:
        """Every part by its chunk, whole or torn."""
        return {
            int(path.name.partition(".")[0]): path
            for path in sorted(self._parts.glob(f"[0-9]*{_PARQUET}"))
        }

    def content(self, chunk: int, part: Path) -> bytes | None:
        """The bytes of a part; ``None`` if it is torn or gone."""
        try:
            content = part.read_bytes()
        except OSError:
            return None
        return content if part == self._place(chunk, content) else None

    def keep(self, chunk: int, content: bytes) -> None:
        """Keep a part, whole or not at all."""
        with _told(self.path):
            self._parts.mkdir(exist_ok=True)
            place = self._place(chunk, content)
            _draft(place, content).replace(place)

    def drop(self, part: Path) -> None:
        """Let go of a part that belongs to something else."""
        with _told(self.path):
            part.unlink()

    def finish(self, draft: Path) -> None:
        """Move the whole result to its name, then let the parts go."""
        with _told(self.path):
            _write(self._told_digest, self._line(draft))
            _settle(draft, self.result)
            self.tidy()

    @property
    def is_finished(self) -> bool:
        """Whether the result is there, whole."""
        if not (self.result.exists() and self._told_digest.exists()):
            return False
        return self._told_digest.read_bytes() == self._line(self.result)

    def _line(self, path: Path) -> bytes:
        return f"{digest(path)}  {self.result.name}\n".encode()

    @property
    def _told_digest(self) -> Path:
        return self.result.with_name(f"{self.result.name}.sha256")

    def _place(self, chunk: int, content: bytes) -> Path:
        return self._parts / f"{chunk:06d}.{hashlib.sha256(content).hexdigest()}{_PARQUET}"

    @property
    def draft(self) -> Path:
        """Where the result is written until it is whole."""
        return self.result.with_name(self.result.name + _UNFINISHED)

    def tidy(self) -> None:
        """Let go of parts, and of what was not finished."""
        for path in (*self._parts.glob("*"), *self.path.glob(f"*{_UNFINISHED}")):
            path.unlink()
        with suppress(FileNotFoundError):
            self._parts.rmdir()


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path: Path, identity: Identity) -> Iterator[Folder]:
    """The folder of a study, for one process at a time.

    Raises
    ------
    StudyError
        If it holds anything else, belongs to another process, or cannot be written to.
    """
    with _told(path):
        path.mkdir(parents=True, exist_ok=True)
        _refuse_others(path, identity)
        number = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _alone(number, path)
        with _told(path):
            if not (path / _IDENTITY).exists():
                text = json.dumps(asdict(identity), indent=2) + "\n"
                _write(path / _IDENTITY, text.encode())
        yield Folder(path, identity)
    finally:
        os.close(number)


def _refuse_others(path: Path, identity: Identity) -> None:
    try:
        told = json.loads((path / _IDENTITY).read_text(encoding="utf-8"))
        there = Identity(**told)
    except FileNotFoundError:
        if any(each.name != _LOCK and not _is_unfinished(each) for each in path.iterdir()):
            raise StudyError([f"{path}: holds other files; give an empty folder"]) from None
        return
    except (ValueError, TypeError):
        raise StudyError([f"{path / _IDENTITY}: cannot be read; give another folder"]) from None
    differing = identity.differences(there)
    if differing:
        raise StudyError(
            [f"{path}: holds results of {what}; give another folder" for what in differing]
        )


def _is_unfinished(path: Path) -> bool:
    return path.name.endswith(_UNFINISHED)


def _alone(number: int, path: Path) -> None:
    """Refuse a second process; the lock ends with its process, even a killed one."""
    try:
        import fcntl
    except ImportError:  # Windows has other locks; there, two processes write the same bytes.
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StudyError([f"{path}: another process is writing here; wait for it"]) from None


def _write(path: Path, content: bytes) -> None:
    _settle(_draft(path, content), path)


def _draft(path: Path, content: bytes) -> Path:
    draft = path.with_name(path.name + _UNFINISHED)
    draft.write_bytes(content)
    return draft


def _settle(draft: Path, path: Path) -> None:
    """Give a written file its name once the disk has it."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StudyError([f"{path}: cannot be written to: {error.strerror}"]) from error
