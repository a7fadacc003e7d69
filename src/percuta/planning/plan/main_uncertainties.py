"""What widens a course most, in sentences: what to measure or ask to make it narrower."""

from collections.abc import Iterable

from percuta.planning.case.case import Frozen
from percuta.planning.recovery.expected_times import ExpectedTime

MOST = 3
"""How many are told."""

_SENTENCES = {
    ("redness", "studies"): "Studies and clinics differ in how long redness lasts. Your own "
    "check-ins would narrow it.",
    ("redness", "clinic"): "How long redness lasts in this clinic: more check-ins would narrow it.",
    ("redness", "middle"): "Redness was never measured over time, only stated.",
    ("redness", "depth"): "No study compared redness at several depths.",
    ("redness", "device"): "No study compared redness after a pen and after a roller.",
    ("redness", "phototype"): "What skin colour does to redness is unknown.",
    ("barrier", "studies"): "Studies disagree on when the barrier closes.",
    ("epithelium", "studies"): "When the epidermis is whole again is known for laser zones only.",
    ("visible", "studies"): "How long imaging sees the holes is known between wide ends only.",
}
_ANY_CLOCK = {
    "site": "No study watched holes close at this site.",
    "length": "Few needle lengths were watched while holes closed.",
    "lightness": "The lightness of this skin was not measured.",
}


class Unknown(Frozen):
    """One thing that is not known, and the factor by which a time may be out because of it."""

    text: str
    of: str
    factor: float


def widest_unknowns(times: Iterable[ExpectedTime]) -> tuple[Unknown, ...]:
    """The unknowns with the largest factors. That people differ is no unknown and not told."""
    found: dict[str, Unknown] = {}
    for time in times:
        for widening in time.widened_by:
            text = _SENTENCES.get((time.what, widening.cause)) or _ANY_CLOCK.get(widening.cause)
            if text is None or (text in found and found[text].factor >= widening.factor):
                continue
            found[text] = Unknown(text=text, of=time.what, factor=widening.factor)
    return tuple(sorted(found.values(), key=lambda unknown: -unknown.factor)[:MOST])
