"""Figures, tolerances and inputs stay as they were committed before anything was computed.

To change one: write in the changelog which row and why, never in order to be met; put the new
digest here in the same commit; and let that commit come before the one that computes the row.
"""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.validation import Kind, Rule
from percuta.validation.frozen import frozen_digest

FROZEN = "a474bbcbb3f3871b2f679e4adacf7c078f692ef91fa2eadd31b07ab8e4303b2a"
NUMBERS = (
    *("V1", "V2", "V3", "V4", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "V13", "V14", "V15"),
    *("V16", "V17", "V18", "V19", "V20", "V21", "V22", "V23", "V24", "V25", "V27", "V29", "V31"),
    *("V32", "V34", "V36", "V37", "V38", "V39", "V40", "V41"),
)
WITHOUT_TOLERANCE = {Rule.EQUAL}


def test_nothing_that_decides_a_verdict_was_changed(facts: Facts) -> None:
    assert frozen_digest(facts) == FROZEN


def test_a_loosened_tolerance_would_be_seen(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in facts.table("validation") if row.key == "V1")
    monkeypatch.setitem(row.cells, "tolerance", 0.2)
    assert frozen_digest(facts) != FROZEN


def test_every_number_of_the_list_has_a_row(facts: Facts) -> None:
    assert {key.rstrip("abcdefghijk") for key in facts.validation} == set(NUMBERS)


def test_a_rule_has_its_tolerance(facts: Facts) -> None:
    for row in facts.validation.values():
        assert (row.tolerance is None) == (row.rule in WITHOUT_TOLERANCE), row.key
        if row.rule in {Rule.IN_BAND, Rule.OVERLAP}:
            assert 0 < (row.tolerance or 0) < 1, row.key


def test_a_measured_figure_stands_in_the_evidence_too(facts: Facts) -> None:
    """A figure that was computed from printed ones is ``derived`` and says how."""
    for row in facts.validation.values():
        if row.fact is None:
            continue
        cells = facts.row(row.fact).cells
        told = [value for value in cells.values() if isinstance(value, int | float)]
        words = f"{cells.get('note', '')} {cells.get('what', '')}"
        if row.provenance.basis == "measured":
            for figure in {row.published_lo, row.published_hi} - {0.0}:
                assert figure in told or f"{figure:g}" in words, row.key


def test_no_row_is_untouched_any_more(facts: Facts) -> None:
    """Whoever adds one commits it before it is computed, and takes this line away."""
    assert all(row.kind is not Kind.UNTOUCHED for row in facts.validation.values())
