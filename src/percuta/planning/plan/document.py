"""A stored plan: its format, its digest, and how a plan of any earlier format is read.

A document outlives the code that wrote it. It is intact while its digest holds, whatever today's
code would compute or say; it is read through its own format for ever.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from percuta.errors import PlanChanged, PlanError
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.upgrades import FORMAT, UPGRADES

_NO_DIGEST = "0" * 64
"""What stands in the place of the digest while it is computed."""

_WITHOUT_DIGEST = (
    "format 1 holds no digest, so nobody can tell whether it was changed: give the digest that "
    "stands on the signed paper"
)


def write_plan(plan: Plan) -> str:
    """The document of a plan, as it is stored: its format first, its digest last.

    The same plan gives the same bytes. The digest is SHA-256 over the document with zeros in its
    own place.
    """
    # Every plan has members, so the text begins with a brace and a new line, and ends likewise.
    members = plan.model_dump_json(indent=2)[1:-2]
    text = f'{{\n  "format": {FORMAT},{members},{_ending(_NO_DIGEST)}'
    return text.removesuffix(_ending(_NO_DIGEST)) + _ending(_sha256(text))


def parse_plan(text: str, *, sha256: str | None = None, is_for_use: bool = True) -> Plan:
    """The plan in a document of any format up to today's.

    Parameters
    ----------
    text : str
        The document.
    sha256 : str or None
        SHA-256 over the whole document, as the record or the signed paper has it. A document of
        format 1 holds no digest of its own and is held to this one; a later one to both.
    is_for_use : bool
        Whether something will be done on the strength of it: then a document without any digest
        is refused, as nobody can tell whether it was changed.

    Raises
    ------
    PlanChanged
        If it is not what was stored.
    PlanError
        If it is no plan, or of a format that a later Percuta wrote.
    """
    if sha256 is not None and _sha256(text) != sha256:
        raise PlanChanged(["what is stored is not what was signed: its digest differs"])
    stored = _members(text)
    number = _format_of(stored)
    if number > 1:
        _hold_to_its_digest(text, stored.pop("sha256", None))
    else:
        if is_for_use and sha256 is None:
            raise PlanError([_WITHOUT_DIGEST])
        _hold_to_its_case(stored)
    for older in range(number, FORMAT):
        stored = UPGRADES[older](stored)
    try:
        return Plan.model_validate_json(to_json(stored))
    except ValidationError as error:
        raise PlanError(
            f"{'.'.join(str(part) for part in fault['loc']) or 'file'}: {fault['msg']}"
            for fault in error.errors()
        ) from error


def read_plan(path: Path, *, sha256: str | None = None, is_for_use: bool = True) -> Plan:
    """Read a stored plan from a file, as ``parse_plan`` reads its text.

    Raises
    ------
    PlanError
        If the file is not a plan of this software, or was changed after it was made.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError([f"{path}: cannot be read as a plan"]) from error
    try:
        return parse_plan(text, sha256=sha256, is_for_use=is_for_use)
    except PlanError as error:
        raise type(error)(f"{path}: {fault}" for fault in error.faults) from error


def _ending(sha256: str) -> str:
    return f'\n  "sha256": "{sha256}"\n}}\n'


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _members(text: str) -> dict[str, Any]:
    try:
        found = from_json(text)
    except ValueError as error:
        raise PlanError([f"not a plan: {error}"]) from error
    if not isinstance(found, dict):
        raise PlanError(["not a plan: it holds no object"])
    return found


def _format_of(stored: dict[str, Any]) -> int:
    """The format's number, taken out; a document without one is of format 1."""
    number = stored.pop("format", 1)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise PlanError([f"format: '{number}' is no format of a plan; should be 1 to {FORMAT}"])
    if number > FORMAT:
        raise PlanError(
            [f"format: {number} was written by a newer Percuta; this one reads 1 to {FORMAT}"]
        )
    return number


def _hold_to_its_digest(text: str, sha256: object) -> None:
    ending = _ending(str(sha256))
    if not text.endswith(ending):
        raise PlanChanged(["it was changed after it was made: its digest is not at its end"])
    if _sha256(text.removesuffix(ending) + _ending(_NO_DIGEST)) != sha256:
        raise PlanChanged(["it was changed after it was made: its digest differs"])


def _hold_to_its_case(stored: dict[str, Any]) -> None:
    """A plan belongs to its case: the one thing in format 1 that has a digest."""
    provenance = stored.get("provenance")
    if not isinstance(provenance, dict) or "case" not in stored:
        return  # no plan at all: that is said with the other faults of its shape
    case = json.dumps(stored["case"], sort_keys=True)
    if provenance.get("case_sha256") != _sha256(case):
        raise PlanChanged(["it was changed after it was made: its case is another"])
