"""What a plan was made from: enough to make it again, and everything it rests on."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from percuta import __version__
from percuta.facts.edition import Facts
from percuta.facts.sources import citations
from percuta.facts.vocabulary import Basis
from percuta.planning.case.case import Case, Frozen

_ROWS = ("fact", "facts", "limited_by", "runner_up")
"""Under which names a plan's parts name rows of facts."""

_HOLDERS = (Frozen, dict, tuple, list)


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
    named = _strings_under({*_ROWS, "sources"}, body)
    used = _rows(named)
    assumed = [ref for ref in used if facts.row(ref).provenance.basis is Basis.ASSUMED]
    case_bytes = json.dumps(case.model_dump(mode="json"), sort_keys=True).encode()
    return Provenance(
        percuta=__version__,
        facts_edition=facts.edition,
        facts_sha256=facts.sha256,
        case_sha256=hashlib.sha256(case_bytes).hexdigest(),
        facts=tuple(used),
        assumptions=tuple(assumed),
        bibliography=citations(named["sources"], facts.sources),
    )


def rows_named(body: object) -> tuple[str, ...]:
    """Every fact row named anywhere in the parts of a plan, as ``table/key``, in order."""
    return tuple(_rows(_strings_under(set(_ROWS), body)))


def _rows(named: dict[str, set[str]]) -> list[str]:
    return sorted(set().union(*(named[name] for name in _ROWS)))


def _strings_under(names: set[str], body: object) -> dict[str, set[str]]:
    """Every string held under each of ``names`` anywhere in a plan's parts."""
    found: dict[str, set[str]] = {name: set() for name in names}
    rest: list[Any] = [body]
    while rest:
        part = rest.pop()
        if isinstance(part, Frozen):
            part = vars(part)
        if isinstance(part, dict):
            for name in names & part.keys():
                found[name].update(_strings(part[name]))
            part = part.values()
        rest.extend(inner for inner in part if isinstance(inner, _HOLDERS))
    return found


def _strings(value: object) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else (value,):
        if isinstance(item, str):
            yield item
