"""What a signature accepts: every caution, choice and omission, each by its own key."""

from datetime import timedelta
from typing import Any

import pytest

from percuta.clinic.plans.acceptance import About, statements
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level
from tests.people import SESSION, a_plan, one_concern


def told(facts: Facts, **changes: Any) -> dict[About, str]:
    """One sentence of each kind that a plan asks to accept."""
    return {each.about: each.text for each in statements(a_plan(facts, **changes))}


@pytest.mark.parametrize(
    ("changes", "about", "words"),
    [
        ({"concerns": one_concern("texture", "forehead")}, About.OFF_LABEL,
         "is not cleared for texture here"),
        ({"concerns": one_concern("texture", "hand_left_dorsal"),
          "depth_mm": {"hand_left_dorsal": {"mm": 0.25, "chosen_by": "physician"}}},
         About.NO_PUBLISHED_DEPTH,
         "Back of hand, left. There is no published depth for this site."),
        ({"depth_mm": {"cheek_left": 1.0}}, About.CHOSEN,
         "Cheek, left: 1.00 mm was chosen; no depth is recommended here."),
        ({"concerns": one_concern("texture", "forehead"), "depth_mm": {"forehead": 0.5}},
         About.CHOSEN, "Forehead: 0.50 mm was chosen; 0.75 mm is recommended."),
        ({"tattoo_in_zone": {"status": "yes", "zones": ["cheek_left"]}}, About.LEFT_OUT,
         "Cheek, left. Tattoo"),
        ({"herpes_history": "yes"}, About.CAUTION, "herpes"),
        ({"soya_or_peanut_allergy": None, "numbing": "lidocaine_4_cream"}, About.NOT_ASKED,
         "Are you allergic to soya or peanuts?"),
        ({}, About.ASSUMED, "assumptions of facts edition 2026-11-30, not published"),
        ({}, About.ENDS, "holds until 21 Feb 2027"),
    ],
)  # fmt: skip
def test_it_is_spelled_out(facts: Facts, changes: dict[str, Any], about: About, words: str) -> None:
    sentences = [each for each in statements(a_plan(facts, **changes)) if each.about is about]
    assert any(words in each.text for each in sentences)


def test_a_waiting_time_of_the_clinic_names_who_set_it_and_when_it_ends(facts: Facts) -> None:
    shortened = {
        "isotretinoin": {"status": "past", "last": SESSION - timedelta(days=120)},
        "clinic_deferrals": [
            {
                "rule": "isotretinoin.recent",
                "defer_days": 90,
                "by": "Dr Haddad",
                "expires": SESSION + timedelta(days=30),
            }
        ],
    }
    assert told(facts, **shortened)[About.WAITING] == (
        "Isotretinoin, recent: 90 days, set by Dr Haddad. It ends on 23 Dec 2026."
    )
    assert About.WAITING not in told(facts, **(shortened | {"isotretinoin": "never"}))


def test_chosen_passes_are_accepted_and_published_ones_need_no_tick(facts: Facts) -> None:
    chosen = [e.text for e in statements(a_plan(facts, passes=2)) if e.about is About.CHOSEN]
    assert len(chosen) == 2
    assert "Cheek, left: 2 passes" in chosen[0]
    assert About.CHOSEN not in told(facts)


@pytest.mark.parametrize("changes", [{}, {"herpes_history": "yes", "numbing": "lidocaine_4_cream"}])
def test_no_finding_above_a_note_goes_unaccepted_and_no_two_share_a_tick(
    facts: Facts, changes: dict[str, Any]
) -> None:
    plan = a_plan(facts, **changes)
    keys = [each.key for each in statements(plan)]
    assert len(keys) == len(set(keys))
    graver = [finding for finding in plan.findings if finding.level is not Level.NOTE]
    assert {".".join((f.rule, *f.zones)) for f in graver} <= set(keys)
