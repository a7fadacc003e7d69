"""A case as a file that people can read, keep and hand to the command line."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import tomli_w

from percuta.planning.case.case import Case


def case_file(case: Case) -> str:
    """The text of a case file; reading it gives the same case, and so the same plan."""
    raw = case.model_dump(exclude_none=True, exclude_defaults=True)
    history = raw.pop("history", {})
    raw["history"] = {key: _answer(history[key]) for key in sorted(history)}
    order = [name for name in Case.model_fields if raw.get(name)]
    return tomli_w.dumps({name: _words(raw[name]) for name in order})


def _answer(given: Mapping[str, Any]) -> object:
    """An answer without details is one word."""
    return given["status"] if set(given) == {"status"} else given


def _words(value: object) -> object:
    """The same, with words of closed lists as plain text: TOML knows no enumerations."""
    if isinstance(value, Mapping):
        return {str(key): _words(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_words(inner) for inner in value]
    return value.value if isinstance(value, StrEnum) else value
