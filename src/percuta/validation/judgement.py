"""Every validation row with its prediction and verdict, and the counts of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from percuta.facts.edition import Facts
from percuta.facts.validation import Kind, PublishedFigure
from percuta.validation.frozen import frozen_digest
from percuta.validation.judging import is_covered_by, is_met
from percuta.validation.predicted import NINETY, Predicted
from percuta.validation.predictions import PREDICTIONS, Prediction


class Verdict(StrEnum):
    """What became of a row."""

    MET = "met"
    MISSED = "missed"
    NOT_COMPUTED = "not computed"


@dataclass(frozen=True)
class Judged:
    """A published figure, what the model says of it, and whether that is within the tolerance.

    ``predicted`` is missing only where the verdict is that nothing was computed.
    """

    figure: PublishedFigure
    predicted: Predicted | None
    verdict: Verdict


@dataclass(frozen=True)
class Coverage:
    """How many single published figures lie in the 90 % band of their prediction."""

    inside: int
    of: int


@dataclass(frozen=True)
class Judgement:
    """All rows in the order of the table, under one edition and one digest of the tolerances."""

    edition: str
    frozen_sha256: str
    rows: tuple[Judged, ...]

    def of(self, kind: Kind) -> tuple[Judged, ...]:
        """The rows of one kind, misses first; kinds are never pooled."""
        rows = [row for row in self.rows if row.figure.kind is kind]
        return tuple(sorted(rows, key=lambda row: row.verdict is not Verdict.MISSED))

    def counts(self, kind: Kind) -> Mapping[Verdict, int]:
        """How many rows of one kind came to each verdict."""
        found = [row.verdict for row in self.of(kind)]
        return {verdict: found.count(verdict) for verdict in Verdict}

    def coverage(self, kind: Kind) -> Coverage:
        """How many single figures of one kind lie in the 90 % band; rows without one are apart."""
        told = [
            is_covered_by(row.predicted, row.figure, share=NINETY)
            for row in self.of(kind)
            if row.predicted is not None
        ]
        return Coverage(inside=told.count(True), of=len(told) - told.count(None))

    @property
    def misses(self) -> tuple[Judged, ...]:
        """Every row that is missed, whatever its kind."""
        return tuple(row for row in self.rows if row.verdict is Verdict.MISSED)


def judgement(facts: Facts, predictions: Mapping[str, Prediction] = PREDICTIONS) -> Judgement:
    """Predict every row anew and judge it; nothing is read from an earlier run."""
    return Judgement(
        edition=facts.edition,
        frozen_sha256=frozen_digest(facts),
        rows=tuple(_judged(figure, facts, predictions) for figure in facts.validation.values()),
    )


def _judged(figure: PublishedFigure, facts: Facts, predictions: Mapping[str, Prediction]) -> Judged:
    predicted = predictions[figure.key](facts) if figure.key in predictions else None
    if predicted is None:
        return Judged(figure, None, Verdict.NOT_COMPUTED)
    return Judged(figure, predicted, Verdict.MET if is_met(predicted, figure) else Verdict.MISSED)
