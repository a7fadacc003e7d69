"""From answers to a verdict: what is asked, what a clinic may change, what a finding removes.

The lines of ``screening_table.py`` say which answers are required and whom they concern.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.planning.depth_findings import RULE_THROUGH_DERMIS
from percuta.planning.findings import Finding
from percuta.planning.plan import Plan
from percuta.planning.screening import screen
from tests.people import SESSION, a_case, a_plan, one_concern, raw_case
from tests.spec.screening_table import LINES, Line

ASKED = [line for line in LINES if line.fires != ("person",)]
KEYS = sorted({line.key for line in ASKED})
REQUIRED = {line.key for line in ASKED if line.is_required}
NUMBING = {
    "none": set(),
    "lidocaine_4_cream": {"anaesthetic_allergy", "antiarrhythmic", "hepatic_disease"},
    "lidocaine_prilocaine_cream": {
        *("anaesthetic_allergy", "antiarrhythmic", "hepatic_disease"),
        "methaemoglobinaemia_or_g6pd",
    },
    "lidocaine_tetracaine_peel": {"anaesthetic_allergy", "antiarrhythmic", "hepatic_disease"},
}
OF_WOMEN = {"pregnancy", "breastfeeding"}
WITH_NUMBING: set[str] = set().union(*NUMBING.values())


def setting_for(line: Line) -> dict[str, Any]:
    """A choice of product under which a line's question is asked."""
    fitting = {
        "numbing=prilocaine,benzocaine": "lidocaine_prilocaine_cream",
        "numbing=ester": "lidocaine_tetracaine_peel",
    }
    is_about_numbing = line.only.startswith("numbing")
    return {"numbing": fitting.get(line.only, "lidocaine_4_cream")} if is_about_numbing else {}


def questions(plan: Plan) -> set[str]:
    return {question.rule for question in plan.questions}


def told(plan: Plan) -> tuple[Finding, ...]:
    """Findings of screening; the physics of the base case has its own caution."""
    return tuple(finding for finding in plan.findings if finding.rule != RULE_THROUGH_DERMIS)


def levels(plan: Plan) -> dict[str, str]:
    return {finding.rule: finding.level.value for finding in told(plan)}


def days_ago(days: int) -> dict[str, Any]:
    return {"status": "past", "last": SESSION - timedelta(days=days)}


# What is asked


@pytest.mark.parametrize("line", [each for each in ASKED if each.is_required], ids=lambda x: x.rule)
def test_a_missing_answer_is_asked_for_and_nothing_else_is(line: Line, facts: Facts) -> None:
    plan = a_plan(facts, **{line.key: None}, **setting_for(line))
    assert plan.verdict == "incomplete"
    assert not plan.is_made
    (question,) = plan.questions
    assert question.rule in {each.rule for each in LINES if each.key == line.key}
    assert question.question == facts.row(f"screening/{question.rule}").cells["question"]


@pytest.mark.parametrize(
    "line", [each for each in ASKED if not each.is_required], ids=lambda x: x.rule
)
def test_an_answer_that_is_not_required_may_be_left_out(line: Line, facts: Facts) -> None:
    plan = a_plan(facts, **{line.key: None}, **setting_for(line))
    assert plan.verdict == "suitable"
    assert plan.questions == ()
    assert levels(plan).get(line.rule) == ("note" if line.level == "stop" else None)


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("numbing", sorted(NUMBING))
def test_an_empty_history_is_asked_for_everything_that_applies_and_only_that(
    sex: str, numbing: str, facts: Facts
) -> None:
    nothing = dict.fromkeys(KEYS)
    plan = a_plan(facts, sex=sex, numbing=numbing, **nothing)
    asked = {line.key for line in ASKED if line.rule in questions(plan)}
    expected = REQUIRED - OF_WOMEN - WITH_NUMBING | NUMBING[numbing]
    assert asked == (expected | OF_WOMEN if sex == "female" else expected)
    assert len(plan.questions) == len(asked)


def test_nobody_asks_a_man_about_pregnancy(facts: Facts) -> None:
    plan = a_plan(facts, sex="male", pregnancy=None, breastfeeding=None)
    assert plan.questions == ()
    assert plan.verdict == "suitable"


def test_a_man_s_answer_about_pregnancy_changes_nothing(facts: Facts) -> None:
    assert levels(a_plan(facts, sex="male", pregnancy="no", breastfeeding="unknown")) == {}


@pytest.mark.parametrize("item", ["pregnancy", "breastfeeding"])
def test_a_pregnant_man_is_a_slip_of_the_pen_and_not_ignored(item: str, facts: Facts) -> None:
    with pytest.raises(CaseError, match=f"history.{item}: 'yes' does not fit person.sex 'male'"):
        a_case(facts, sex="male", **{item: "yes"})


@pytest.mark.parametrize("missing", ["age", "sex", "phototype"])
def test_who_the_person_is_must_be_known(missing: str, facts: Facts) -> None:
    plan = a_plan(facts, **{missing: None})
    assert plan.verdict == "incomplete"
    assert questions(plan) == {f"person.{missing}"}


def test_the_weight_is_asked_for_only_when_something_numbs(facts: Facts) -> None:
    assert a_plan(facts, weight_kg=None).verdict == "suitable"
    plan = a_plan(facts, weight_kg=None, numbing="lidocaine_prilocaine_cream")
    assert questions(plan) == {"person.weight_kg"}


def test_a_question_is_asked_once_though_two_rules_need_it(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin=None, diabetes=None)
    assert questions(plan) == {"isotretinoin.current", "diabetes.controlled"}


def test_unknown_is_an_answer_but_it_is_not_no(facts: Facts) -> None:
    plan = a_plan(facts, keloid="unknown")
    assert plan.questions == ()
    assert levels(plan) == {"keloid": "refer"}
    assert plan.verdict == "refer"


@pytest.mark.parametrize(
    "line",
    [each for each in ASKED if "past" in each.fires and each.is_required],
    ids=lambda x: x.rule,
)
def test_a_past_without_its_date_asks_for_the_date(line: Line, facts: Facts) -> None:
    plan = a_plan(facts, **{line.key: "past"})
    assert plan.verdict == "incomplete"
    assert questions(plan) == {line.rule}
    assert told(plan) == ()


@pytest.mark.parametrize(
    "line",
    [each for each in ASKED if "past" in each.fires and not each.is_required],
    ids=lambda x: x.rule,
)
def test_where_the_date_is_not_required_a_past_without_one_is_an_unknown_answer(
    line: Line, facts: Facts
) -> None:
    plan = a_plan(facts, **{line.key: "past"})
    assert plan.questions == ()
    assert levels(plan) == {line.rule: line.unknown}


# Clearance


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


# A clinic's own waiting times


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


# Which verdict


STOP = {"bleeding_disorder": "yes"}
MISSING = {"epilepsy": None}
REFER = {"keloid": "yes"}
DEFER = {"isotretinoin": days_ago(10)}
CAUTION = {"herpes_history": "yes"}
NOTE = {"smoking": "yes"}
GRAVEST_FIRST: list[tuple[str, dict[str, Any]]] = [
    ("unsuitable", STOP),
    ("incomplete", MISSING),
    ("refer", REFER),
    ("defer", DEFER),
    ("suitable", CAUTION),
    ("suitable", NOTE),
]


@pytest.mark.parametrize("first", range(len(GRAVEST_FIRST)))
def test_the_gravest_answer_decides_whatever_else_was_said(first: int, facts: Facts) -> None:
    outcome, _ = GRAVEST_FIRST[first]
    answers: dict[str, Any] = {}
    for _, more in GRAVEST_FIRST[first:]:
        answers |= more
    plan = a_plan(facts, **answers)
    assert plan.verdict == outcome
    assert plan.is_made == (outcome == "suitable")


def test_nobody_under_eighteen_is_planned(facts: Facts) -> None:
    assert a_plan(facts, age=17).verdict == "unsuitable"
    assert a_plan(facts, age=18).verdict == "suitable"


@pytest.mark.parametrize("numbing", ["lidocaine_tetracaine_peel", "lidocaine_4_cream"])
def test_an_optional_stop_that_was_not_asked_is_said(numbing: str, facts: Facts) -> None:
    rule = {
        "lidocaine_tetracaine_peel": "pseudocholinesterase_deficiency",
        "lidocaine_4_cream": "soya_or_peanut_allergy",
    }[numbing]
    plan = a_plan(facts, numbing=numbing, **{rule: None})
    finding = next(f for f in plan.findings if f.rule == rule)
    assert finding.level == "note"
    assert finding.reason.startswith("Not asked: ")


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


def test_the_day_to_screen_again_respects_every_zone(facts: Facts) -> None:
    plan = a_plan(
        facts, self_tan=days_ago(1), tan_or_sunbed=days_ago(1), isotretinoin=days_ago(179)
    )
    assert plan.earliest_date == SESSION + timedelta(days=13)


def test_nothing_to_say_is_suitable(facts: Facts) -> None:
    plan = a_plan(facts)
    assert (plan.verdict, told(plan), plan.questions) == ("suitable", (), ())


def test_a_deferral_with_a_date_says_from_when_to_screen_again(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin=days_ago(10), chemotherapy_or_radiotherapy=days_ago(1))
    assert plan.earliest_date == SESSION + timedelta(days=170)


def test_a_deferral_until_an_event_has_no_date(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin=days_ago(10), pregnancy="yes")
    assert plan.verdict == "defer"
    assert plan.earliest_date is None


# Zone findings remove zones, never the person


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("tattoo_in_zone", "yes"),
        ("skin_cancer_in_zone", "unknown"),
        ("open_wound_in_zone", "yes"),
        ("recent_scar", "current"),
    ],
)
def test_a_blocked_zone_is_left_out_and_the_others_are_planned(
    key: str, answer: str, facts: Facts
) -> None:
    plan = a_plan(facts, **{key: {"status": answer, "zones": ["cheek_left"]}})
    assert plan.verdict == "suitable"
    assert [zone.zone.value for zone in plan.zones] == ["cheek_right"]
    (finding,) = told(plan)
    assert finding.zones == ("cheek_left",)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"tattoo_in_zone": "yes"}, "unsuitable"),
        ({"skin_cancer_in_zone": "unknown"}, "refer"),
        ({"open_wound_in_zone": "yes"}, "defer"),
        ({"open_wound_in_zone": "yes", "tattoo_in_zone": "yes"}, "unsuitable"),
        (
            {
                "open_wound_in_zone": "yes",
                "tattoo_in_zone": {"status": "yes", "zones": ["cheek_left"]},
            },
            "defer",
        ),
    ],
)
def test_where_no_zone_is_left_the_zones_speak_for_the_person(
    answers: dict[str, Any], outcome: str, facts: Facts
) -> None:
    plan = a_plan(facts, **answers)
    assert plan.verdict == outcome
    assert plan.zones == ()


def test_a_caution_in_a_zone_keeps_it(facts: Facts) -> None:
    plan = a_plan(facts, tattoo_in_zone="unknown")
    assert levels(plan) == {"tattoo_in_zone": "caution"}
    assert len(plan.zones) == 2


def test_a_zone_that_waits_joins_the_first_session_after_its_date(facts: Facts) -> None:
    plan = a_plan(facts, filler={**days_ago(4), "zones": ["cheek_left"]})
    assert plan.series is not None
    (later,) = plan.series.later_zones
    assert (later.zone, later.until) == ("cheek_left", "2026-12-03")
    assert later.joins == next(day for day in plan.series.dates if day >= date(2026, 12, 3))


def test_a_zone_that_this_device_may_never_needle_joins_no_session(facts: Facts) -> None:
    waiting = {**days_ago(4), "zones": ["neck_front"]}
    concerns = one_concern("wrinkles", "cheek_left", "neck_front")
    unhurt = a_plan(facts, device="roller_192_15", concerns=concerns)
    assert levels(unhurt)["depth.nothing_allowed"] == "stop"
    plan = a_plan(facts, device="roller_192_15", concerns=concerns, filler=waiting)
    assert plan.series is not None
    assert [later.joins for later in plan.series.later_zones if later.joins] == []


def test_a_zone_that_never_opens_does_not_set_the_day_to_screen_again(facts: Facts) -> None:
    plan = a_plan(
        facts,
        tattoo_in_zone={"status": "yes", "zones": ["cheek_left"]},
        tan_or_sunbed={**days_ago(10), "zones": ["cheek_left"]},
        filler={**days_ago(1), "zones": ["cheek_right"]},
    )
    assert plan.verdict == "defer"
    assert plan.earliest_date == SESSION + timedelta(days=13)


# Agent findings remove the product, never the plan


@pytest.mark.parametrize(
    ("answer", "numbing"),
    [
        ({"anaesthetic_allergy": "yes"}, "lidocaine_4_cream"),
        ({"anaesthetic_allergy": "unknown"}, "lidocaine_prilocaine_cream"),
        ({"antiarrhythmic": "yes"}, "lidocaine_4_cream"),
        ({"hepatic_disease": "yes"}, "lidocaine_tetracaine_peel"),
        ({"pseudocholinesterase_deficiency": "yes"}, "lidocaine_tetracaine_peel"),
        ({"soya_or_peanut_allergy": "yes"}, "lidocaine_4_cream"),
        ({"methaemoglobinaemia_or_g6pd": "yes"}, "lidocaine_prilocaine_cream"),
        ({"product_ingredient_allergy": "yes"}, "lidocaine_prilocaine_cream"),
    ],
)
def test_numbing_that_must_not_be_used_is_taken_away_and_the_plan_stays(
    answer: dict[str, str], numbing: str, facts: Facts
) -> None:
    with_numbing = a_plan(facts, numbing=numbing)
    assert with_numbing.numbing is not None
    plan = a_plan(facts, numbing=numbing, **answer)
    assert plan.verdict == "suitable"
    assert plan.numbing is None
    assert [zone.zone for zone in plan.zones] == [zone.zone for zone in with_numbing.zones]


@pytest.mark.parametrize(
    ("answer", "numbing"),
    [
        ({"methaemoglobinaemia_or_g6pd": "unknown"}, "lidocaine_prilocaine_cream"),
        ({"hepatic_disease": "unknown"}, "lidocaine_4_cream"),
        ({"soya_or_peanut_allergy": "yes"}, "lidocaine_tetracaine_peel"),
        ({"methaemoglobinaemia_or_g6pd": "yes"}, "lidocaine_4_cream"),
        ({"herpes_history": "yes"}, "lidocaine_4_cream"),
    ],
)
def test_a_caution_or_another_product_s_rule_leaves_the_numbing(
    answer: dict[str, str], numbing: str, facts: Facts
) -> None:
    assert a_plan(facts, numbing=numbing, **answer).numbing is not None


def test_an_ingredient_is_recognised_however_it_is_written(facts: Facts) -> None:
    allergy = {"status": "yes", "ingredients": ["Propylene glycol"]}
    plan = a_plan(facts, product_ingredient_allergy=allergy, glide="pectin_glide_gel")
    assert plan.glide is None or plan.glide.product != "pectin_glide_gel"


# Device findings


def test_a_metal_allergy_stops_a_steel_device(facts: Facts) -> None:
    plan = a_plan(facts, metal_allergy="yes")
    assert plan.verdict == "unsuitable"
    assert plan.findings[0].scope == "device"


def test_a_nickel_allergy_is_referred(facts: Facts) -> None:
    assert a_plan(facts, nickel_allergy="yes").verdict == "refer"
    assert a_plan(facts, nickel_allergy="unknown").verdict == "suitable"


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_a_device_finding_is_about_every_zone(answer: str, facts: Facts) -> None:
    concerns = one_concern("wrinkles", "forehead", "cheek_left")
    plan = a_plan(facts, metal_allergy=answer, concerns=concerns)
    assert plan.zones == ()
    assert plan.findings[0].zones == ()


def test_the_healthy_person_of_these_specs_has_answered_everything(facts: Facts) -> None:
    assert sorted(raw_case(facts)["history"]) == KEYS
