"""Each rule is met up to its tolerance and missed beyond it."""

import pytest

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.facts.table import Provenance
from percuta.facts.validation import Kind, PublishedFigure, Rule
from percuta.facts.vocabulary import Basis
from percuta.validation.judging import is_covered_by, is_met
from percuta.validation.predicted import Predicted, banded, exactly, ranged

NOWHERE = Provenance(("PERCUTA",), "test", Basis.ASSUMED, "nobody", "")


def figure(
    rule: Rule, tolerance: float | None, low: float = 10.0, high: float | None = None
) -> PublishedFigure:
    return PublishedFigure(
        key="V0",
        provenance=NOWHERE,
        topic="skin",
        what="a figure",
        kind=Kind.LOOKED_AT,
        published_lo=low,
        published_hi=low if high is None else high,
        spread=None,
        unit="1",
        rule=rule,
        tolerance=tolerance,
        fact=None,
        not_computed=None,
    )


@pytest.mark.parametrize(
    ("rule", "tolerance", "met", "missed"),
    [
        (Rule.RELATIVE, 0.1, (9.01, 10.99), (8.99, 11.01)),
        (Rule.ABSOLUTE, 0.5, (9.5, 10.5), (9.4, 10.6)),
        (Rule.FACTOR, 2.0, (5.01, 19.9), (4.99, 20.1)),
        (Rule.AT_MOST, 1.0, (0.0, 10.0), (10.1,)),
        (Rule.AT_MOST, 3.0, (30.0,), (30.1,)),
        (Rule.AT_LEAST, 1.0, (10.0, 99.0), (9.9,)),
        (Rule.BELOW, 12.0, (12.0,), (12.1,)),
        (Rule.ABOVE, 1.3, (1.3,), (1.2,)),
        (Rule.EQUAL, None, (10.0,), (9.0, 11.0)),
    ],
)
def test_a_middle_is_judged_by_its_rule(
    rule: Rule, tolerance: float | None, met: tuple[float, ...], missed: tuple[float, ...]
) -> None:
    row = figure(rule, tolerance)
    assert all(is_met(exactly(value), row) for value in met)
    assert not any(is_met(exactly(value), row) for value in missed)


def test_a_factor_is_stricter_than_a_share_below_the_figure() -> None:
    assert is_met(exactly(8.0), figure(Rule.RELATIVE, 0.2))
    assert not is_met(exactly(8.0), figure(Rule.FACTOR, 1.2))


def test_a_band_holds_the_figure_or_misses_it() -> None:
    row = figure(Rule.IN_BAND, 0.9)
    assert is_met(banded(9.0, 9.5, 10.0), row)
    assert not is_met(banded(9.0, 9.5, 9.9), row)
    assert not is_met(banded(10.1, 11.0, 12.0), row)


def test_a_band_meets_what_was_published_where_they_touch() -> None:
    row = figure(Rule.OVERLAP, 0.9, 3.0, 6.0)
    assert is_met(banded(6.0, 20.0, 99.0), row)
    assert is_met(banded(4.0, 4.5, 5.0), row)
    assert not is_met(banded(6.1, 20.0, 99.0), row)
    assert not is_met(banded(0.1, 1.0, 2.9), row)


@pytest.mark.parametrize(
    "other", [banded(9.0, 10.0, 11.0, share=0.95), exactly(10.0), ranged(10.0, 9.0, 11.0)]
)
def test_a_wider_band_cannot_stand_in_for_the_one_asked_for(other: Predicted) -> None:
    with pytest.raises(OutsideValidity, match="V0"):
        is_met(other, figure(Rule.IN_BAND, 0.9))


def test_coverage_says_nothing_of_limits_ranges_and_other_bands() -> None:
    single, limit = figure(Rule.FACTOR, 2.0), figure(Rule.AT_MOST, 1.0, 0.0, 10.0)
    assert is_covered_by(banded(9.0, 10.0, 11.0), single, share=0.9) is True
    assert is_covered_by(banded(10.1, 10.5, 11.0), single, share=0.9) is False
    assert is_covered_by(banded(9.0, 10.0, 11.0, share=0.8), single, share=0.9) is None
    assert is_covered_by(exactly(10.0), single, share=0.9) is None
    assert is_covered_by(banded(9.0, 10.0, 11.0), limit, share=0.9) is None


def test_the_table_asks_for_bands_that_its_predictions_have(facts: Facts) -> None:
    by_band = [row for row in facts.validation.values() if row.rule in {Rule.IN_BAND, Rule.OVERLAP}]
    assert {row.tolerance for row in by_band} == {0.8, 0.9, 0.95}
