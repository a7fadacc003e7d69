"""What may lighten a finding: a clearance in writing, or a waiting time that the clinic chose."""

from datetime import date, timedelta
from typing import Any

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.planning.screening.screening import screen
from tests.people import SESSION, a_case, a_plan
from tests.spec.screening_answers import ASKED, days_ago, levels, told
from tests.spec.screening_table import LINES, Line


def test_a_clearance_in_writing_leaves_a_caution_that_says_so(facts: Facts) -> None:
    def weighed(cleared: date) -> tuple[str, str]:
        case = a_case(facts, systemic_corticosteroid={"status": "current", "cleared": cleared})
        (finding,) = screen(case, facts).findings
        return finding.level.value, finding.reason

    level, reason = weighed(SESSION)
    assert level == "caution"
    assert "Cleared in writing on 2026-11-23." in reason
    tomorrow, _ = weighed(SESSION + timedelta(days=1))
    assert tomorrow == "defer"


@pytest.mark.parametrize(
    "line",
    [each for each in ASKED if each.until != "prescriber_clearance"],
    ids=lambda x: x.rule,
)
def test_what_no_clearance_ends_cannot_be_cleared(line: Line, facts: Facts) -> None:
    answer = {"status": line.fires[0], "cleared": SESSION}
    with pytest.raises(CaseError, match=f"history.{line.key}.cleared"):
        a_case(facts, **{line.key: answer})


def waits(rule: str, days: int, *, expires: date = date(2027, 6, 30)) -> list[dict[str, Any]]:
    return [{"rule": rule, "defer_days": days, "by": "Dr A. Osei", "expires": expires}]


def test_a_published_shorter_wait_turns_a_deferral_into_a_caution_with_a_name(
    facts: Facts,
) -> None:
    alone = a_plan(facts, isotretinoin=days_ago(100))
    assert levels(alone) == {"isotretinoin.recent": "defer"}
    plan = a_plan(
        facts, isotretinoin=days_ago(100), clinic_deferrals=waits("isotretinoin.recent", 90)
    )
    assert levels(plan) == {"isotretinoin.recent": "caution"}
    assert plan.is_made
    reason = plan.findings[0].reason
    assert "This clinic waits 90 days instead of 180" in reason
    assert "set by Dr A. Osei, ends 2027-06-30" in reason


@pytest.mark.parametrize(
    ("elapsed", "level", "until"),
    [(89, "defer", "2026-11-24"), (90, "caution", None), (180, "caution", None)],
)
def test_the_clinic_s_wait_turns_on_its_own_day(
    elapsed: int, level: str, until: str | None, facts: Facts
) -> None:
    plan = a_plan(
        facts, isotretinoin=days_ago(elapsed), clinic_deferrals=waits("isotretinoin.recent", 90)
    )
    (finding,) = told(plan)
    assert (finding.level, finding.until) == (level, until)
    assert "Dr A. Osei" in finding.reason


def test_a_clinic_may_also_wait_longer(facts: Facts) -> None:
    plan = a_plan(
        facts, isotretinoin=days_ago(300), clinic_deferrals=waits("isotretinoin.recent", 365)
    )
    assert levels(plan) == {"isotretinoin.recent": "defer"}
    assert plan.earliest_date == SESSION + timedelta(days=65)


def test_where_the_wait_has_no_watching_after_it_the_shortened_days_are_watched(
    facts: Facts,
) -> None:
    plan = a_plan(facts, sunburn=days_ago(5), clinic_deferrals=waits("sunburn", 1))
    assert levels(plan) == {"sunburn": "caution"}
    assert "waits 1 days instead of 14" in plan.findings[0].reason


@pytest.mark.parametrize(
    ("expires", "level"),
    [(SESSION + timedelta(days=1), "caution"), (SESSION, "defer"), (date(2026, 1, 1), "defer")],
)
def test_an_expired_choice_does_nothing(expires: date, level: str, facts: Facts) -> None:
    choice = waits("isotretinoin.recent", 90, expires=expires)
    plan = a_plan(facts, isotretinoin=days_ago(100), clinic_deferrals=choice)
    assert levels(plan) == {"isotretinoin.recent": level}
    assert ("Dr A. Osei" in plan.findings[0].reason) == (level == "caution")


def test_a_choice_about_another_rule_does_nothing(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin=days_ago(100), clinic_deferrals=waits("filler", 180))
    assert levels(plan) == {"isotretinoin.recent": "defer"}


@pytest.mark.parametrize("days", [0, 1, 30, 89, 91, 181])
def test_a_number_nobody_published_is_refused(days: int, facts: Facts) -> None:
    with pytest.raises(CaseError, match="only published waiting times may be set: 90, 180, 365"):
        a_case(facts, clinic_deferrals=waits("isotretinoin.recent", days))


@pytest.mark.parametrize(
    "line", [each for each in LINES if each.level != "defer"], ids=lambda x: x.rule
)
def test_a_stop_a_referral_or_a_caution_cannot_be_touched(line: Line, facts: Facts) -> None:
    with pytest.raises(CaseError, match="names no waiting time that a clinic may set"):
        a_case(facts, clinic_deferrals=waits(line.rule, 0))


@pytest.mark.parametrize(
    "line",
    [each for each in LINES if each.level == "defer" and each.wait is None],
    ids=lambda x: x.rule,
)
def test_what_waits_for_an_event_has_no_days_to_shorten(line: Line, facts: Facts) -> None:
    with pytest.raises(CaseError, match="names no waiting time that a clinic may set"):
        a_case(facts, clinic_deferrals=waits(line.rule, 0))


def test_a_longer_wait_of_the_clinic_also_holds_while_it_is_still_used(facts: Facts) -> None:
    plan = a_plan(
        facts,
        topical_retinoid_or_acid="current",
        clinic_deferrals=waits("topical_retinoid_or_acid", 7),
    )
    assert plan.earliest_date == SESSION + timedelta(days=7)


def test_two_waiting_times_for_one_rule_are_refused(facts: Facts) -> None:
    twice = [*waits("isotretinoin.recent", 90), *waits("isotretinoin.recent", 365)]
    with pytest.raises(CaseError, match="is named twice"):
        a_case(facts, clinic_deferrals=twice)


def test_a_loosening_has_an_author_and_an_end(facts: Facts) -> None:
    (entry,) = waits("isotretinoin.recent", 90)
    with pytest.raises(CaseError, match="by"):
        a_case(facts, clinic_deferrals=[{**entry, "by": "  "}])
    with pytest.raises(CaseError, match="expires"):
        a_case(facts, clinic_deferrals=[{**entry, "expires": SESSION + timedelta(days=731)}])
