"""Which faults a run plants: those of files changed since the last release, and some of the rest.

Every fault takes seconds. Where nothing was released yet, and in a long run, all are planted.
"""

import hashlib
import subprocess
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tests.mutation.planting import ROOT, Fault, file_of

TENTH = 10
"""One in so many faults of unchanged files is planted all the same."""


class History(NamedTuple):
    """The commit that is tested, and the files changed since the last release, if there was one."""

    commit: str
    changed: frozenset[Path] | None


def history(root: Path = ROOT) -> History:
    """The history of a repository; what is not committed yet counts as changed."""
    commit = _git(root, "rev-parse", "HEAD")
    tag = _git(root, "describe", "--tags", "--abbrev=0", "--match", "v*")
    if not commit or not tag:
        return History(commit, None)
    listed = _git(root, "diff", "--name-only", tag).splitlines()
    return History(commit, frozenset(root / name for name in listed))


def is_planted(fault: Fault, known: History) -> bool:
    """Whether a run at this commit plants a fault: the same answer each time it is asked."""
    if known.changed is None or _file_of(fault) in known.changed:
        return True
    drawn = hashlib.sha256(f"{known.commit} {fault.where} {fault.name}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") % TENTH == 0


_file_of = lru_cache(maxsize=None)(file_of)


def left_out(faults: Iterable[Fault], known: History) -> tuple[Fault, ...]:
    """Faults that a run at this commit does not plant, to be named."""
    return tuple(fault for fault in faults if not is_planted(fault, known))


def _git(root: Path, *arguments: str) -> str:
    """What git answers; nothing where it has no answer, or is not there."""
    try:
        done = subprocess.run(
            ["git", *arguments],  # noqa: S607 - wherever the machine keeps it
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
