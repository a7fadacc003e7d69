"""What a model refuses of a file, as sentences that name field, value and what is allowed."""

from collections.abc import Mapping
from typing import Any

_UNSPELT = {"[key]", "said"}
"""Steps inside a model that no file spells."""

_LONGEST = 60


def fault_sentence(fault: Mapping[str, Any], *, kind: str, within: str = "") -> str:
    """One fault of a validation in words; entries of a list count from 1.

    Parameters
    ----------
    kind : str
        What was read, as in "is not a field of a case file".
    within : str
        Where the checked part stands in the file.
    """
    steps = [str(step + 1) if isinstance(step, int) else step for step in fault["loc"]]
    where = ".".join(step for step in (within, *steps) if step and step not in _UNSPELT)
    if fault["type"] == "missing":
        return f"{where}: is missing"
    if fault["type"] == "extra_forbidden":
        return f"{where}: is not a field of {kind}"
    if fault["type"] == "too_short":
        return f"{where}: is empty; name at least one"
    message = str(fault["msg"]).removeprefix("Value error, ")
    if isinstance(fault["input"], Mapping) and fault["type"] == "value_error":
        return f"{where}: {message}"
    return (
        f"{where}: '{shortened(fault['input'])}' is not allowed: {message[0].lower()}{message[1:]}"
    )


def is_echo(fault: Mapping[str, Any]) -> bool:
    """Whether it only follows from others: a list whose every entry is faulty counts as empty."""
    return fault["type"] == "too_short" and bool(fault["input"])


def shortened(value: object) -> str:
    """A value as it is shown in a sentence."""
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
