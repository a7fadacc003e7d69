"""What was fixed before anything was computed, figures and tolerances and inputs, as a digest."""

import hashlib
from collections.abc import Iterator

from percuta.facts.edition import Facts

_JUDGING = ("row", "kind", "published_lo", "published_hi", "unit", "rule", "tolerance")
_ASKING = ("row", "value", "low", "high", "unit")


def frozen_digest(facts: Facts) -> str:
    """Digest of everything that decides a verdict but the model; words and sources are free."""
    return hashlib.sha256("\n".join(_lines(facts)).encode()).hexdigest()


def _lines(facts: Facts) -> Iterator[str]:
    for name, columns in (("validation", _JUDGING), ("validation_inputs", _ASKING)):
        for row in facts.table(name):
            yield " ".join(str(row.cells[column]) for column in columns)
