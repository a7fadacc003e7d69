"""How a validation row is worded: figure, prediction, tolerance, verdict, the same everywhere."""

import math
from collections.abc import Iterable, Iterator, Mapping

from percuta.facts.validation import Kind, PublishedFigure, Rule
from percuta.units import convert
from percuta.validation.judgement import Coverage, Judged, Judgement, Verdict
from percuta.validation.predicted import Predicted, Spans

KIND: Mapping[Kind, str] = {
    Kind.CALIBRATED: "Calibrated",
    Kind.SELF_CONSISTENT: "One study against itself",
    Kind.SPENT: "Spent",
    Kind.LOOKED_AT: "Looked at",
    Kind.UNTOUCHED: "Untouched",
    Kind.VERIFICATION: "Verification",
    Kind.KNOWN_FAILURE: "Known failures",
}
MEANS: Mapping[Kind, str] = {
    Kind.CALIBRATED: "A parameter was set from the figure: meeting it shows that the fit was done.",
    Kind.SELF_CONSISTENT: "Figure and input come from one study: agreement is internal.",
    Kind.SPENT: "The figure chose a law or a prior: it cannot also test it.",
    Kind.LOOKED_AT: "Compared, and nothing was chosen on it; but it had been seen before.",
    Kind.UNTOUCHED: "Never compared before model and tolerance were frozen: the only clean test.",
    Kind.VERIFICATION: "Equations, codes or tables against each other, not against people.",
    Kind.KNOWN_FAILURE: "Known to fail when the list was written. It stays here.",
}
TESTING = (Kind.LOOKED_AT, Kind.UNTOUCHED)
"""Kinds whose coverage says something: nothing was chosen on their figures."""

_UNIT = {
    "1": "",
    "n": "",
    "per_cm2": "per cm2",
    "mn": "mN",
    "pct": "%",
    "log10_cm_per_s": "log10 cm/s",
    "ug_per_cm2": "ug/cm2",
    "ug_per_cm2_per_h": "ug/cm2/h",
    "ug_per_ml": "ug/mL",
    "per_month": "per month",
}
_LEAST = 1e-3
_DIGITS, _PRINTED, _MOST = 3, 5, 7


def shown(value: float, digits: int = _DIGITS) -> str:
    """A number with so many digits and no exponent; what is tiny is told as such."""
    if value == 0:
        return "0"
    if abs(value) < _LEAST:
        return f"under {_LEAST:g}"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    text = f"{round(value, places):.{max(0, places)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float) -> str:
    """A share of people, studies or beliefs."""
    return f"{convert(share, source='1', target='pct'):g} %"


def published(figure: PublishedFigure) -> str:
    """The figure with its unit, and its spread where one was printed."""
    unit = _UNIT.get(figure.unit, figure.unit)
    low, high = (shown(end, _PRINTED) for end in (figure.published_lo, figure.published_hi))
    value = low if low == high else f"{low} to {high}"
    spread = "" if figure.spread is None else f" (sd {shown(figure.spread, _PRINTED)})"
    return f"{value} {unit}".rstrip() + spread


def predicted(prediction: Predicted) -> str:
    """The middle with its interval."""
    if prediction.spans is Spans.EXACT:
        return f"{shown(prediction.middle)} (exact)"
    digits = _telling_apart(prediction.low, prediction.high)
    middle, low, high = (
        shown(value, digits) for value in (prediction.middle, prediction.low, prediction.high)
    )
    return f"{middle} ({low} to {high}{_of(prediction)})"


def _telling_apart(low: float, high: float) -> int:
    """So few digits that both ends are still told apart, up to as many as make sense."""
    enough = (n for n in range(_DIGITS, _MOST) if shown(low, n) != shown(high, n))
    return next(enough, _MOST)


def _of(prediction: Predicted) -> str:
    if prediction.share is None:
        return ", ends"
    return f", {percent(prediction.share)}"


def tolerance(figure: PublishedFigure) -> str:
    """By how much a prediction may miss."""
    amount = figure.tolerance if figure.tolerance is not None else 0.0
    times = "" if amount == 1 else f" {amount:g} x that"
    return {
        Rule.RELATIVE: f"within {percent(amount)}",
        Rule.ABSOLUTE: f"within {amount:g}",
        Rule.FACTOR: f"within {amount:g} x",
        Rule.AT_MOST: f"at most{times}",
        Rule.AT_LEAST: f"at least{times}",
        Rule.BELOW: f"up to {amount:g}",
        Rule.ABOVE: f"from {amount:g}",
        Rule.EQUAL: "the same",
        Rule.IN_BAND: f"in the {percent(amount)} band",
        Rule.OVERLAP: f"the {percent(amount)} band meets it",
    }[figure.rule]


COLUMNS = ("Row", "What", "Published", "Predicted", "Tolerance", "Verdict")


def cells(row: Judged) -> tuple[str, ...]:
    """A row under ``COLUMNS``."""
    return (
        row.figure.key,
        row.figure.what,
        published(row.figure),
        "" if row.predicted is None else predicted(row.predicted),
        tolerance(row.figure),
        row.verdict,
    )


def reasons(rows: Iterable[Judged]) -> Iterator[str]:
    """Why rows were not computed, those with the same reason together."""
    left = (row.figure for row in rows if row.verdict is Verdict.NOT_COMPUTED)
    told = ((figure.key, figure.not_computed or "") for figure in left)
    for keys, reason in _together(told):
        yield f"{keys}: not computed: {reason}."


def notes(rows: Iterable[Judged]) -> Iterator[str]:
    """What a reader should know of rows, those with the same caveat together."""
    told = ((row.figure.key, row.figure.provenance.note) for row in rows)
    for keys, note in _together(told):
        yield f"{keys}: {note}."


def _together(told: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Keys of the same text in one, texts in the order of their first; no text, no line."""
    keys: dict[str, list[str]] = {}
    for key, text in told:
        keys.setdefault(text, []).append(key)
    return ((", ".join(found), text) for text, found in keys.items() if text)


def counts(told: Judgement, kind: Kind) -> str:
    """How many rows of one kind came to what."""
    found = told.counts(kind)
    if not told.of(kind):
        return "no row"
    return ", ".join(f"{found[verdict]} {verdict}" for verdict in Verdict)


def coverage(told: Coverage) -> str:
    """How many figures lie in their band, with how few that rests on."""
    share = percent(round(told.inside / told.of, 2))
    return f"{told.inside} of {told.of} single figures lie in their 90 % band ({share})"
