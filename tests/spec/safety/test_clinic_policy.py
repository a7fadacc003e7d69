"""A clinic's own choice never opens what is closed."""

from datetime import timedelta
from typing import Any

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from percuta.planning.judgement.findings import Verdict
from tests.people import SESSION, a_case, a_plan


def a_choice(**changes: Any) -> list[dict[str, Any]]:
    chosen = {
        "rule": "isotretinoin.recent",
        "defer_days": 90,
        "by": "Dr Example",
        "expires": SESSION + timedelta(days=30),
    }
    return [{**chosen, **changes}]


def test_a_clinic_may_only_choose_a_published_waiting_time(facts: Facts) -> None:
    for wrong in ({"defer_days": 30}, {"rule": "pregnancy"}, {"rule": "bleeding_disorder"}):
        with pytest.raises(CaseError, match="clinic_deferrals"):
            a_case(facts, clinic_deferrals=a_choice(**wrong))


def test_a_clinics_choice_is_printed_and_ends(facts: Facts) -> None:
    taken = {"status": "past", "last": SESSION - timedelta(days=100)}
    assert not a_plan(facts, isotretinoin=taken).is_made
    loosened = a_plan(facts, isotretinoin=taken, clinic_deferrals=a_choice())
    told = next(f for f in loosened.findings if f.rule == "isotretinoin.recent")
    assert loosened.is_made
    assert told.level is Level.CAUTION
    assert "set by Dr Example" in told.reason
    over = a_choice(expires=SESSION)
    assert not a_plan(facts, isotretinoin=taken, clinic_deferrals=over).is_made


def test_no_case_field_reaches_a_stop(facts: Facts) -> None:
    """A stop stays a stop whatever a clinic writes into its waiting times."""
    plan = a_plan(facts, bleeding_disorder="yes", clinic_deferrals=a_choice())
    assert plan.verdict is Verdict.UNSUITABLE
