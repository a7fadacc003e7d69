"""A file that people write for us: small, UTF-8, and if it is TOML then all of it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from percuta.errors import Faults
from percuta.facts.edition import Facts


def small_text(path: Path, facts: Facts, error: type[Faults]) -> str:
    """The text of a file that is small enough to be one of ours.

    Raises
    ------
    Faults
        Of the kind asked for, if it is too large, cannot be read, or is no text.
    """
    limit = int(facts.policy["case_file_max_bytes", "case"].value)
    try:
        size = path.stat().st_size
        if size > limit:
            raise error([f"{path}: {size} bytes; at most {limit} are read"])
        return path.read_text(encoding="utf-8-sig")
    except OSError as refused:
        raise error([f"{path}: cannot be read: {refused.strerror}"]) from refused
    except UnicodeDecodeError as broken:
        raise error([f"{path}: is not UTF-8 text (byte {broken.start})"]) from broken


def small_toml(path: Path, facts: Facts, error: type[Faults]) -> Mapping[str, Any]:
    """The plain data of such a file."""
    try:
        return tomllib.loads(small_text(path, facts, error))
    except (tomllib.TOMLDecodeError, RecursionError) as broken:
        raise error([f"{path}: is not TOML: {broken}"]) from broken
