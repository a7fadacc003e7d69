"""Published figures that the models are judged by, with the tolerance of each."""

from enum import StrEnum

from percuta.facts.doors import Fact
from percuta.frozen import frozen


class Kind(StrEnum):
    """What a figure had to do with the model before it judges it; kinds are never pooled."""

    CALIBRATED = "calibrated"
    SELF_CONSISTENT = "self_consistent"
    SPENT = "spent"
    LOOKED_AT = "looked_at"
    UNTOUCHED = "untouched"
    VERIFICATION = "verification"
    KNOWN_FAILURE = "known_failure"


class Rule(StrEnum):
    """How a prediction is judged; the schema of the table tells each in words."""

    RELATIVE = "relative"
    ABSOLUTE = "absolute"
    FACTOR = "factor"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    BELOW = "below"
    ABOVE = "above"
    EQUAL = "equal"
    IN_BAND = "in_band"
    OVERLAP = "overlap"


@frozen
class PublishedFigure(Fact):
    """One published figure, in its own unit, with how far a prediction may miss it."""

    topic: str
    what: str
    kind: Kind
    published_lo: float
    published_hi: float
    spread: float | None
    unit: str
    rule: Rule
    tolerance: float | None
    fact: str | None
    not_computed: str | None
