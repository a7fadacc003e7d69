"""One prediction against one published figure: met or missed, by the rule of its row."""

from collections.abc import Callable, Mapping

from percuta.errors import OutsideValidity
from percuta.facts.validation import PublishedFigure, Rule
from percuta.validation.predicted import Predicted, Spans

Judge = Callable[[Predicted, PublishedFigure, float], bool]


def is_met(predicted: Predicted, figure: PublishedFigure) -> bool:
    """Whether a prediction keeps to the tolerance of its row.

    Raises
    ------
    OutsideValidity
        If a band is asked for and the prediction has none that holds the share asked for.
    """
    tolerance = figure.tolerance if figure.tolerance is not None else 0.0
    if figure.rule in _BY_BAND and predicted.share != tolerance:
        raise OutsideValidity(f"{figure.key}: judged by a band of {tolerance}, not by this one")
    return _JUDGES[figure.rule](predicted, figure, tolerance)


def is_inside(predicted: Predicted, figure: PublishedFigure) -> bool:
    """Whether the published figure lies between the ends of the prediction."""
    return predicted.low <= figure.published_lo <= figure.published_hi <= predicted.high


def is_covered_by(predicted: Predicted, figure: PublishedFigure, *, share: float) -> bool | None:
    """The same where a single figure and a band of that share exist; otherwise nothing is said."""
    is_single = figure.published_lo == figure.published_hi
    if not is_single or predicted.spans is not Spans.BAND or predicted.share != share:
        return None
    return is_inside(predicted, figure)


def _relative(p: Predicted, f: PublishedFigure, tolerance: float) -> bool:
    return abs(p.middle - f.published_lo) <= tolerance * abs(f.published_lo)


def _absolute(p: Predicted, f: PublishedFigure, tolerance: float) -> bool:
    return abs(p.middle - f.published_lo) <= tolerance


def _factor(p: Predicted, f: PublishedFigure, tolerance: float) -> bool:
    return f.published_lo / tolerance <= p.middle <= f.published_hi * tolerance


_BY_BAND = {Rule.IN_BAND, Rule.OVERLAP}
_JUDGES: Mapping[Rule, Judge] = {
    Rule.RELATIVE: _relative,
    Rule.ABSOLUTE: _absolute,
    Rule.FACTOR: _factor,
    Rule.AT_MOST: lambda p, f, tolerance: p.middle <= f.published_hi * tolerance,
    Rule.AT_LEAST: lambda p, f, tolerance: p.middle >= f.published_lo * tolerance,
    Rule.BELOW: lambda p, _, tolerance: p.middle <= tolerance,
    Rule.ABOVE: lambda p, _, tolerance: p.middle >= tolerance,
    Rule.EQUAL: lambda p, f, _: p.middle == f.published_lo,
    Rule.IN_BAND: lambda p, f, _: is_inside(p, f),
    Rule.OVERLAP: lambda p, f, _: p.low <= f.published_hi and f.published_lo <= p.high,
}
