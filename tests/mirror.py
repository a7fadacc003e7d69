"""The mirror image of a case or of a plan: the patient's left and right changed over."""

import json
import re
from collections.abc import Mapping
from typing import Any

_SIDES = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
_SIDE = re.compile(
    r"(?<![A-Za-z])(?<!nothing is )(?<!nothing_)(?<!measurements is )(?<!of skin is )"
    r"(left|right|Left|Right)(?![A-Za-z]|_on| out)"
)
_WORD = re.compile(r"\w+")
_OF_THE_CASE = {"case_sha256"}


def mirrored(value: Any) -> Any:
    """Plain data with left and right changed over in every key and every text."""
    if isinstance(value, str):
        return _SIDE.sub(lambda side: _SIDES[side[0]], value)
    if isinstance(value, Mapping):
        return {mirrored(str(key)): mirrored(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [mirrored(inner) for inner in value]
    return value


def in_any_order(text: str) -> str:
    """A plan's JSON with every list, also in a text, sorted: work goes left to right in everybody.

    What digests the case itself is left out, since the mirrored case is another case.
    """
    return json.dumps(_sorted(json.loads(text)), indent=1, sort_keys=True)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in value.items() if key not in _OF_THE_CASE}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return sorted(_WORD.findall(value)) if isinstance(value, str) else value
