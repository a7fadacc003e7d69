"""The figures of the validation report: one a kind, so that kinds are never pooled."""

import math
from functools import partial

from percuta.facts.validation import Kind, PublishedFigure, Rule
from percuta.report import validation_words as words
from percuta.report.figures.agreement import AgreementData, AgreementRow, agreement
from percuta.report.figures.figure import Figure
from percuta.report.figures.palette import Theme
from percuta.report.figures.table import DataTable
from percuta.validation.judgement import Judged, Judgement, Verdict
from percuta.validation.predicted import Spans

_ON_A_LOG_SCALE = "log10_cm_per_s"


def figures_of_validation(told: Judgement) -> tuple[Figure, ...]:
    """One figure for each kind that has something to draw."""
    return tuple(
        Figure(name=figure_name(kind), draw=partial(_drawn, data, kind), table=_table(told, kind))
        for kind in Kind
        if (data := agreement_data(told, kind)).rows
    )


def figure_name(kind: Kind) -> str:
    """The file name of a kind's figure, without ending."""
    return f"validation-{kind.replace('_', '-')}"


def _drawn(data: AgreementData, kind: Kind, theme: Theme) -> str:
    return agreement(data, theme=theme, name=figure_name(kind))


def agreement_data(told: Judgement, kind: Kind) -> AgreementData:
    """The rows of one kind in multiples of what was published, and which ones are left out."""
    drawn, without = [], []
    for row in told.of(kind):
        found = _row(row)
        if found is None:
            without.append(row.figure.key)
        else:
            drawn.append(found)
    left_out = f"Not drawn: {', '.join(without)}; see the table." if without else ""
    return AgreementData(title=words.KIND[kind], rows=tuple(drawn), left_out=left_out)


def _row(row: Judged) -> AgreementRow | None:
    """Nothing where nothing was computed, or where a multiple has no meaning."""
    figure, told = row.figure, row.predicted
    if told is None or not (_is_log(figure) or (_reference(figure) > 0 and told.middle > 0)):
        return None
    low, middle, high = (_over(figure, end) for end in (told.low, told.middle, told.high))
    return AgreementRow(
        key=figure.key,
        what=figure.what,
        middle=middle,
        low=low,
        high=high,
        is_band=told.spans is Spans.BAND,
        tolerance=_tolerance(figure),
        published=_published(figure),
        verdict=row.verdict,
        is_missed=row.verdict is Verdict.MISSED,
    )


def _is_log(figure: PublishedFigure) -> bool:
    return figure.unit == _ON_A_LOG_SCALE and figure.published_lo < 0


def _reference(figure: PublishedFigure) -> float:
    """The figure; of a range its middle, or its high end if it begins at 0; else the limit."""
    low, high = figure.published_lo, figure.published_hi
    if low > 0:
        return math.sqrt(low * high)
    return high if high > 0 else figure.tolerance or 0.0


def _over(figure: PublishedFigure, value: float) -> float:
    if _is_log(figure):
        return float(10.0 ** (value - figure.published_lo))
    return value / _reference(figure)


def _tolerance(figure: PublishedFigure) -> tuple[float, float] | None:
    amount = figure.tolerance if figure.tolerance is not None else 0.0
    low, high = figure.published_lo, figure.published_hi
    ends = {
        Rule.RELATIVE: (low * (1 - amount), low * (1 + amount)),
        Rule.ABSOLUTE: (low - amount, low + amount),
        Rule.FACTOR: (low / (amount or 1.0), high * amount),
        Rule.AT_MOST: (0.0, high * amount),
        Rule.AT_LEAST: (low * amount, math.inf),
        Rule.BELOW: (0.0, amount),
        Rule.ABOVE: (amount, math.inf),
        Rule.EQUAL: (low, low),
    }.get(figure.rule)
    return None if ends is None else (_over(figure, ends[0]), _over(figure, ends[1]))


def _published(figure: PublishedFigure) -> tuple[float, float] | None:
    low, high = figure.published_lo, figure.published_hi
    if low != high:
        return _over(figure, low), _over(figure, high)
    if figure.spread is None:
        return None
    return _over(figure, low - figure.spread), _over(figure, high + figure.spread)


def _cells(key: str, what: str, *others: str) -> tuple[str, ...]:
    """Number and quantity together name the row."""
    return (f"{key} {what}", *others)


def _table(told: Judgement, kind: Kind) -> DataTable:
    return DataTable(
        caption=f"{words.KIND[kind]}. {words.MEANS[kind]}",
        header=words.COLUMNS[1:],
        rows=tuple(_cells(*words.cells(row)) for row in told.of(kind)),
    )
