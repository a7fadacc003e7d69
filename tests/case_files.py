"""Cases as files, for tests of what a user does with one."""

import json
import re
from pathlib import Path
from typing import Any

from percuta.facts.edition import Facts
from tests.people import a_case


def write_case(folder: Path, facts: Facts, **changes: Any) -> Path:
    """The case of ``tests.people.a_case`` as a case file in ``folder``."""
    case = a_case(facts, **changes).model_dump(mode="json", exclude_none=True)
    path = folder / "case.toml"
    path.write_text(as_toml(case), encoding="utf-8")
    return path


def as_toml(case: dict[str, Any]) -> str:
    """Plain data as TOML: inline tables, JSON strings, and days without quotes."""
    lines = [f"{name} = {_value(value)}" for name, value in case.items()]
    return re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", "\n".join(lines)) + "\n"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_value(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return json.dumps(value)
