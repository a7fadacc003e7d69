"""What a plan was made from: enough to make it again, and everything it rests on."""

import hashlib
import json
from typing import Any

from percuta import __version__
from percuta.facts.edition import Facts
from percuta.facts.sources import citations
from percuta.facts.vocabulary import Basis
from percuta.planning.case import Case, Frozen


class Provenance(Frozen):
    """What a plan was made from: enough to make it again, and everything it rests on."""

    percuta: str
    facts_edition: str
    facts_sha256: str
    case_sha256: str
    facts: tuple[str, ...]
    assumptions: tuple[str, ...]
    bibliography: tuple[str, ...]


def provenance_of(body: dict[str, Any], case: Case, facts: Facts) -> Provenance:
    """Gather every fact row and source named anywhere in a plan's parts."""
    used = sorted(_collect(body, {"fact", "facts", "limited_by", "runner_up"}))
    cited = _collect(body, {"sources"})
    assumed = [ref for ref in used if facts.row(ref).provenance.basis is Basis.ASSUMED]
    case_bytes = json.dumps(case.model_dump(mode="json"), sort_keys=True).encode()
    return Provenance(
        percuta=__version__,
        facts_edition=facts.edition,
        facts_sha256=facts.sha256,
        case_sha256=hashlib.sha256(case_bytes).hexdigest(),
        facts=tuple(used),
        assumptions=tuple(assumed),
        bibliography=citations(cited, facts.sources),
    )


def _collect(value: object, names: set[str]) -> set[str]:
    """Every string held under one of ``names`` anywhere in a plan's parts."""
    found: set[str] = set()
    if isinstance(value, Frozen):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in names and isinstance(inner, str):
                found.add(inner)
            elif name in names and isinstance(inner, tuple):
                found.update(item for item in inner if isinstance(item, str))
            found |= _collect(inner, names)
    elif isinstance(value, tuple | list):
        for inner in value:
            found |= _collect(inner, names)
    return found
