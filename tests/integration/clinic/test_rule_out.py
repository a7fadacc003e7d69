"""None of these applies: one press answers what is still open, and never speaks over anybody."""

from uuid import uuid4

import pytest

from percuta.clinic.consults import actions as consults
from percuta.clinic.consults.models import Consultation
from percuta.clinic.consults.queries import answers
from percuta.errors import Faults
from percuta.facts.edition import Facts
from tests.integration.clinic.people import NOW, Practice


def begin(practice: Practice) -> Consultation:
    return consults.open_consultation(
        by=practice.practitioner, at=NOW, consultation_id=uuid4(), patient=practice.patient
    )


def rule_out(practice: Practice, opened: Consultation, facts: Facts, *keys: str) -> None:
    consults.rule_out(by=practice.practitioner, at=NOW, consultation=opened, keys=keys, facts=facts)


def say(practice: Practice, opened: Consultation, facts: Facts, key: str, status: str) -> None:
    consults.answer(
        by=practice.practitioner,
        at=NOW,
        consultation=opened,
        key=key,
        given={"status": status},
        seen=0,
        facts=facts,
    )


def told(practice: Practice, opened: Consultation) -> dict[str, tuple[str, bool]]:
    """Answer and whether it is confirmed, by item."""
    given = answers(opened, by=practice.practitioner)
    return {key: (part.status, part.is_confirmed) for key, part in given.items()}


def test_what_is_open_gets_its_own_word_for_no(practice: Practice, facts: Facts) -> None:
    opened = begin(practice)
    rule_out(practice, opened, facts, "smoking", "botulinum", "diabetes")
    assert told(practice, opened) == {
        "smoking": ("no", True),
        "botulinum": ("never", True),
        "diabetes": ("no", True),
    }


def test_a_yes_of_today_stands(practice: Practice, facts: Facts) -> None:
    opened = begin(practice)
    say(practice, opened, facts, "smoking", "yes")
    rule_out(practice, opened, facts, "smoking", "keloid")
    assert told(practice, opened) == {"smoking": ("yes", True), "keloid": ("no", True)}


def test_an_answer_of_last_time_that_may_have_changed_is_not_spoken_over(
    practice: Practice, facts: Facts
) -> None:
    first = begin(practice)
    say(practice, first, facts, "keloid", "yes")
    second = begin(practice)
    rule_out(practice, second, facts, "keloid")
    assert told(practice, second) == {"keloid": ("yes", False)}


def test_what_is_asked_at_each_visit_is_answered_for_today(
    practice: Practice, facts: Facts
) -> None:
    first = begin(practice)
    say(practice, first, facts, "pregnancy", "yes")
    second = begin(practice)
    rule_out(practice, second, facts, "pregnancy")
    assert told(practice, second) == {"pregnancy": ("no", True)}


def test_a_second_press_changes_nothing(practice: Practice, facts: Facts) -> None:
    opened = begin(practice)
    for _ in range(2):
        rule_out(practice, opened, facts, "smoking", "smoking")
    assert told(practice, opened) == {"smoking": ("no", True)}


def test_an_item_that_does_not_exist_is_named(practice: Practice, facts: Facts) -> None:
    with pytest.raises(Faults, match="lycanthropy"):
        rule_out(practice, begin(practice), facts, "lycanthropy")
