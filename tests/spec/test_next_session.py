"""The next session, from what was delivered and reported: never beyond the plan, never guessed."""

from datetime import date, timedelta

import pytest

from percuta.errors import CaseError, PlanError, UnknownEdition
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Advice, Zone
from percuta.planning.follow_up.delivered import (
    Clearance,
    Delivered,
    Done,
    Endpoint,
    StoppedFor,
    ZoneDelivered,
)
from percuta.planning.follow_up.next_session import next_session
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.revalidation import on_day
from percuta.planning.recovery.check_in import CheckIn, Felt
from tests.delivered import (
    LATE_H,
    LATER,
    asked,
    delivered,
    of_zone,
    rules,
    settled,
    with_zone,
)
from tests.people import SESSION, a_case, a_plan, a_ready_plan, one_concern

LEFT, RIGHT = Zone.CHEEK_LEFT, Zone.CHEEK_RIGHT
FOUR_WEEKS = timedelta(days=28)
AGAIN = SESSION + FOUR_WEEKS


@pytest.fixture(name="plan", scope="module")
def _plan(facts: Facts) -> Plan:
    return a_ready_plan(facts)


def test_settled_skin_goes_on_as_planned_after_the_interval(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan), facts)
    assert answer.advice is Advice.KEEP
    assert answer.earliest == SESSION + FOUR_WEEKS
    assert answer.bounds[0].rule == "next.series_interval"
    for zone in answer.zones:
        planned = next(z for z in plan.zones if z.zone is zone.zone)
        assert zone.depth_mm_at_most == planned.depth_mm.chosen
        assert zone.passes_at_most == planned.passes
    assert not answer.questions


def test_the_series_goes_on_from_the_day_that_was_delivered(plan: Plan, facts: Facts) -> None:
    late = delivered(plan, session=SESSION + timedelta(days=10))
    answer = asked(plan, late, facts)
    first = SESSION + timedelta(days=38)
    assert answer.dates == (first, first + FOUR_WEEKS, first + 2 * FOUR_WEEKS)
    assert (answer.sessions_done, answer.sessions_to_go) == (1, 3)


def test_a_missed_date_moves_to_the_day_of_asking_and_the_rest_follows(
    plan: Plan, facts: Facts
) -> None:
    on = SESSION + timedelta(days=40)
    answer = asked(plan, delivered(plan, check_ins=(settled(39 * 24),)), facts, on=on)
    assert answer.dates[:2] == (on, on + FOUR_WEEKS)
    assert answer.bounds[0].rule == "next.today"


def test_zones_that_were_not_delivered_join_the_next_session(plan: Plan, facts: Facts) -> None:
    zones = (
        delivered(plan).zones[0],
        ZoneDelivered(zone=RIGHT, done=Done.NO, stopped_for=StoppedFor.TIME),
    )
    answer = asked(plan, delivered(plan, zones=zones), facts)
    right = of_zone(answer, RIGHT)
    assert (right.advice, rules(right)) == (Advice.KEEP, {"stopped_time"})
    assert right.passes_at_most == plan.zones[1].passes


def test_where_nothing_was_needled_nothing_has_to_heal(plan: Plan, facts: Facts) -> None:
    told = delivered(plan, zones=nothing_done(plan), last_needled="never", check_ins=())
    answer = asked(plan, told, facts)
    assert (answer.advice, answer.earliest) == (Advice.KEEP, LATER)
    assert not answer.questions


def nothing_done(plan: Plan, why: StoppedFor | None = StoppedFor.TIME) -> tuple[ZoneDelivered, ...]:
    return tuple(
        ZoneDelivered(zone=zone.zone, done=Done.NO, stopped_for=why) for zone in plan.zones
    )


def test_where_nothing_was_needled_the_interval_counts_from_the_last_needling(
    plan: Plan, facts: Facts
) -> None:
    last = SESSION - timedelta(days=3)
    told = delivered(plan, zones=nothing_done(plan), last_needled=last, check_ins=())
    assert asked(plan, told, facts).earliest == last + FOUR_WEEKS
    untold = asked(plan, delivered(plan, zones=nothing_done(plan), check_ins=()), facts)
    assert untold.advice is Advice.HOLD
    assert "last_needled" in untold.questions[0].question


def test_a_zone_left_out_for_a_reason_that_nobody_told_is_held(plan: Plan, facts: Facts) -> None:
    told = delivered(plan, zones=nothing_done(plan, None), last_needled="never", check_ins=())
    answer = asked(plan, told, facts)
    assert answer.advice is Advice.HOLD
    assert "Why was cheek, left not needled?" in {q.question for q in answer.questions}


def test_a_planned_zone_that_nobody_wrote_down_is_held_and_asked(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan, zones=delivered(plan).zones[:1]), facts)
    right = of_zone(answer, RIGHT)
    assert (right.advice, rules(right)) == (Advice.HOLD, {"not_recorded"})
    assert "What was done in cheek, right?" in {q.question for q in answer.questions}
    assert of_zone(answer, LEFT).advice is Advice.KEEP


@pytest.mark.parametrize("endpoint", [Endpoint.PINPOINT_BLEEDING, Endpoint.HEAVY_BLEEDING])
def test_a_passed_endpoint_means_a_step_less_and_no_study_says_how_much(
    endpoint: Endpoint, plan: Plan, facts: Facts
) -> None:
    told = delivered(plan, zones=with_zone(plan, LEFT, endpoint=endpoint))
    left = of_zone(asked(plan, told, facts), LEFT)
    assert (left.advice, left.depth_mm_at_most, left.passes_at_most) == (Advice.LIGHTER, 1.25, 3)
    (reason,) = left.reasons
    assert "No study says by how much." in reason.reason
    assert "policy/lighter_steps.any" in reason.facts


def test_what_was_borne_is_kept_and_a_step_up_is_the_professionals(
    plan: Plan, facts: Facts
) -> None:
    """A session that went well at less than planned is no ground for more."""
    told = delivered(plan, zones=with_zone(plan, LEFT, depth_mm=0.5, passes=2))
    left = of_zone(asked(plan, told, facts), LEFT)
    assert (left.advice, left.depth_mm_at_most, left.passes_at_most) == (Advice.KEEP, 0.5, 2)
    assert rules(left) == {"less_than_planned"}
    assert "0.5 mm in 2 passes." in left.reasons[0].reason


def test_a_roller_bears_no_less_depth_than_its_needles(facts: Facts) -> None:
    plan = a_ready_plan(facts, device="roller_192_15", passes=3)
    left = of_zone(asked(plan, delivered(plan, zones=with_zone(plan, LEFT, passes=2)), facts), LEFT)
    assert (left.depth_mm_at_most, left.passes_at_most) == (1.5, 2)


def test_a_session_long_before_its_plan_is_refused(plan: Plan, facts: Facts) -> None:
    old = delivered(plan, session=SESSION - timedelta(days=400), check_ins=())
    with pytest.raises(CaseError, match="session: .* is before the plan"):
        asked(plan, old, facts)


@pytest.mark.parametrize("why", [StoppedFor.PAIN, StoppedFor.BLEEDING, StoppedFor.PERSON])
def test_a_zone_that_was_stopped_starts_below_what_it_bore(
    why: StoppedFor, plan: Plan, facts: Facts
) -> None:
    changed = with_zone(plan, LEFT, done=Done.PART, depth_mm=1.0, passes=2, stopped_for=why)
    left = of_zone(asked(plan, delivered(plan, zones=changed), facts), LEFT)
    assert (left.advice, left.depth_mm_at_most, left.passes_at_most) == (Advice.LIGHTER, 0.75, 2)


def test_a_zone_needled_beyond_its_plan_starts_below_the_plan(facts: Facts) -> None:
    plan = a_ready_plan(facts, depth_mm={"cheek_left": 1.0})
    zones = with_zone(plan, LEFT, depth_mm=1.5, passes=5, endpoint=Endpoint.HEAVY_BLEEDING)
    left = of_zone(asked(plan, delivered(plan, zones=zones), facts), LEFT)
    assert (left.depth_mm_at_most, left.passes_at_most) == (0.75, 3)


def test_a_roller_has_no_dial_so_it_goes_a_pass_less(facts: Facts) -> None:
    plan = a_ready_plan(facts, device="roller_192_15")
    told = delivered(plan, zones=with_zone(plan, LEFT, endpoint=Endpoint.HEAVY_BLEEDING))
    left = of_zone(asked(plan, told, facts), LEFT)
    assert (left.depth_mm_at_most, left.passes_at_most) == (1.5, plan.zones[0].passes - 1)


def test_where_nothing_less_can_be_set_a_physician_is_asked(facts: Facts) -> None:
    plan = a_ready_plan(facts, device="roller_192_15", passes=1)
    told = delivered(plan, zones=with_zone(plan, LEFT, endpoint=Endpoint.HEAVY_BLEEDING))
    left = of_zone(asked(plan, told, facts), LEFT)
    assert (left.advice, left.depth_mm_at_most) == (Advice.ASK_PHYSICIAN, None)
    assert "nothing_lighter" in rules(left)


def test_skin_that_looked_wrong_waits_until_it_has_healed(plan: Plan, facts: Facts) -> None:
    changed = with_zone(plan, LEFT, done=Done.PART, stopped_for=StoppedFor.SKIN)
    left = of_zone(asked(plan, delivered(plan, zones=changed), facts), LEFT)
    assert (left.advice, left.until) == (Advice.WAIT, ("event:healed",))
    assert "screening/open_wound_in_zone" in left.reasons[0].facts


@pytest.mark.parametrize("felt", ["redness", "tenderness", "sunburn_feeling"])
def test_what_is_still_felt_waits_until_it_has_healed(felt: str, plan: Plan, facts: Facts) -> None:
    look = settled().model_copy(update={felt: Felt.STILL, "hours_after": 100.0})
    signs = CheckIn(hours_after=LATE_H, signs=())
    answer = asked(plan, delivered(plan, check_ins=(look, signs)), facts)
    assert answer.advice is Advice.WAIT
    assert answer.until == ("event:healed",)
    assert f"{felt}_still" in rules(of_zone(answer, LEFT))


def test_a_check_in_about_one_zone_says_nothing_of_another(plan: Plan, facts: Facts) -> None:
    looks = (settled(zones=(LEFT,)), CheckIn(hours_after=LATE_H, signs=()))
    answer = asked(plan, delivered(plan, check_ins=looks), facts)
    assert of_zone(answer, LEFT).advice is Advice.KEEP
    right = of_zone(answer, RIGHT)
    assert (right.advice, rules(right)) == (Advice.HOLD, {"not_reported"})


def test_a_missing_report_asks_and_holds(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan, check_ins=()), facts)
    assert answer.advice is Advice.HOLD
    questions = " ".join(question.question for question in answer.questions)
    assert "Is it over in cheek, left: redness, tenderness, sunburnt feeling?" in questions
    assert "spreading redness, warmth, pus or fever" in questions


def test_signs_that_come_later_than_anybody_asked_are_asked_for(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan, check_ins=(settled(100.0),)), facts)
    (question,) = answer.questions
    assert "about 3 weeks later" in question.question
    assert "grouped blisters" not in question.question
    assert answer.advice is Advice.HOLD


def test_an_endpoint_that_nobody_wrote_down_is_asked(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan, zones=with_zone(plan, LEFT, endpoint=None)), facts)
    assert of_zone(answer, LEFT).advice is Advice.HOLD
    assert "What was seen while needling cheek, left?" in {q.question for q in answer.questions}


def test_signs_of_infection_come_before_anything_else(plan: Plan, facts: Facts) -> None:
    look = settled(signs=("red_flag_infection",))
    answer = asked(plan, delivered(plan, check_ins=(look,)), facts)
    assert answer.advice is Advice.ASK_PHYSICIAN
    assert answer.act_now == ("Spreading redness, warmth, pus or fever: urgent care: infection.",)
    assert answer.until == ("event:cleared",)
    assert answer.dates == ()
    assert all(zone.depth_mm_at_most is None for zone in answer.zones)
    reason = answer.reasons[0]
    assert {"screening/skin_infection", "recovery/recovery.red_flag_infection"} <= set(reason.facts)


def test_a_granulomatous_reaction_is_never_needled_again(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan, check_ins=(settled(signs=("granuloma",)),)), facts)
    assert (answer.advice, answer.earliest) == (Advice.STOP, None)


def test_a_sign_seen_in_the_session_counts_like_one_told_later(plan: Plan, facts: Facts) -> None:
    told = delivered(plan, signs=("red_flag_anaesthetic_toxicity",))
    answer = asked(plan, told, facts)
    assert answer.advice is Advice.ASK_PHYSICIAN
    assert "no study says whether or how to numb again" in answer.reasons[0].reason


def test_a_sign_that_was_cleared_in_writing_is_said_and_holds_no_longer(
    plan: Plan, facts: Facts
) -> None:
    cleared = Clearance(
        sign="red_flag_infection", on=SESSION + timedelta(days=40), by="Dr Invented"
    )
    looks = (settled(48.0, signs=("red_flag_infection",)), settled())
    answer = asked(plan, delivered(plan, check_ins=looks, cleared=(cleared,)), facts)
    assert answer.advice is Advice.KEEP
    assert answer.earliest == cleared.on
    assert "cleared in writing on" in answer.reasons[0].reason
    assert answer.act_now == ()


def test_a_clearance_from_before_the_sign_clears_nothing(plan: Plan, facts: Facts) -> None:
    cleared = Clearance(sign="red_flag_herpes", on=SESSION + timedelta(days=1), by="Dr Invented")
    looks = (settled(signs=("red_flag_herpes",)),)
    answer = asked(plan, delivered(plan, check_ins=looks, cleared=(cleared,)), facts)
    assert answer.advice is Advice.ASK_PHYSICIAN


def test_redness_that_came_back_is_looked_at(plan: Plan, facts: Facts) -> None:
    looks = (settled(48.0), settled(96.0, redness=Felt.STILL))
    left = of_zone(asked(plan, delivered(plan, check_ins=looks), facts), LEFT)
    assert left.advice is Advice.ASK_PHYSICIAN
    assert "recovery/recovery.red_flag_infection" in left.reasons[0].facts


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_reports_of_one_hour_the_worse_counts(turn: int, plan: Plan, facts: Facts) -> None:
    signs = CheckIn(hours_after=LATE_H, signs=())
    looks = (settled(48.0), settled(48.0, redness=Felt.STILL), signs)[::turn]
    left = of_zone(asked(plan, delivered(plan, check_ins=looks), facts), LEFT)
    assert "redness_still" in rules(left)


def without_interval(plan: Plan) -> Plan:
    """The same plan where nothing but the skin holds the next session back."""
    assert plan.series is not None
    series = plan.series.model_copy(update={"interval_weeks": None})
    return plan.model_copy(update={"series": series})


def aftercare_ends(plan: Plan, told: Delivered, facts: Facts) -> date:
    """The day that aftercare holds a next session to."""
    bounds = {bound.rule: bound.day for bound in asked(plan, told, facts).bounds}
    return bounds["next.aftercare"]


def test_what_was_set_deeper_than_planned_lengthens_aftercare(plan: Plan, facts: Facts) -> None:
    gentle = a_ready_plan(facts, depth_mm={"cheek_left": 0.25, "cheek_right": 0.25})
    deeper = aftercare_ends(gentle, delivered(plan), facts)
    assert deeper > aftercare_ends(gentle, delivered(gentle), facts)


def test_the_longer_of_plan_and_record_holds(plan: Plan, facts: Facts) -> None:
    shallow = tuple(told.model_copy(update={"depth_mm": 0.25}) for told in delivered(plan).zones)
    less = aftercare_ends(plan, delivered(plan, zones=shallow), facts)
    assert less == aftercare_ends(plan, delivered(plan), facts)


def test_until_somebody_tells_that_redness_is_over_its_expected_end_holds(
    plan: Plan, facts: Facts
) -> None:
    skin = without_interval(plan)
    assert skin.course is not None
    hours = skin.course.redness.hours.model_copy(update={"nineteen_in_twenty": 24.0 * 60})
    slow = skin.course.redness.model_copy(update={"hours": hours})
    slower = skin.model_copy(update={"course": skin.course.model_copy(update={"redness": slow})})
    untold = asked(slower, delivered(plan, check_ins=()), facts)
    assert untold.bounds[0].rule == "next.redness_expected"
    assert untold.earliest == SESSION + timedelta(days=60)
    told = asked(slower, delivered(plan), facts)
    assert "next.redness_expected" not in {bound.rule for bound in told.bounds}


def test_redness_beyond_all_that_was_published_is_looked_at(plan: Plan, facts: Facts) -> None:
    assert plan.downtime_days is not None
    beyond_h = 24.0 * plan.downtime_days.upper + 1
    looks = (settled(beyond_h, redness=Felt.STILL), settled())
    left = of_zone(asked(plan, delivered(plan, check_ins=looks), facts), LEFT)
    assert "redness_beyond_published" in rules(left)
    assert left.advice is Advice.ASK_PHYSICIAN


def test_deeper_than_the_signed_ceiling_is_an_incident(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan, zones=with_zone(plan, LEFT, depth_mm=1.75)), facts)
    left = of_zone(answer, LEFT)
    assert left.advice is Advice.ASK_PHYSICIAN
    assert "1.75 mm; the ceiling was 1.5 mm." in left.reasons[0].reason
    assert [line.partition(":")[0] for line in answer.act_now] == ["Cheek, left"]
    assert of_zone(answer, RIGHT).advice is Advice.KEEP


def test_a_zone_that_nobody_planned_is_an_incident(plan: Plan, facts: Facts) -> None:
    extra = ZoneDelivered(
        zone=Zone.CHIN, done=Done.YES, depth_mm=1.0, passes=1, endpoint=Endpoint.REDNESS
    )
    answer = asked(plan, delivered(plan, zones=(*delivered(plan).zones, extra)), facts)
    chin = of_zone(answer, Zone.CHIN)
    assert (chin.advice, rules(chin)) == (Advice.ASK_PHYSICIAN, {"not_planned"})
    assert answer.act_now == (f"Chin: {facts.next_session['not_planned'].reason}",)


def test_more_passes_than_planned_never_become_the_plan(plan: Plan, facts: Facts) -> None:
    left = of_zone(asked(plan, delivered(plan, zones=with_zone(plan, LEFT, passes=5)), facts), LEFT)
    assert (left.passes_at_most, rules(left)) == (3, {"more_than_planned"})


def test_a_complete_series_needs_a_plan_of_its_own(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan, sessions_done=4), facts)
    assert (answer.advice, answer.sessions_to_go, answer.dates) == (Advice.HOLD, 0, ())
    late = ZoneDelivered(zone=RIGHT, done=Done.NO, stopped_for=StoppedFor.TIME)
    owed = (delivered(plan).zones[0], late)
    answer = asked(plan, delivered(plan, sessions_done=4, zones=owed), facts)
    assert of_zone(answer, RIGHT).advice is Advice.KEEP
    assert len(answer.dates) == 1


def test_where_no_interval_was_published_the_professional_decides(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("enlarged_pores", "nose"), depth_mm={"nose": 0.5})
    assert plan.series is not None
    assert plan.series.interval_weeks is None
    answer = asked(plan, delivered(plan), facts)
    assert "No study says how far apart" in " ".join(reason.reason for reason in answer.reasons)
    assert "next.series_interval" not in {bound.rule for bound in answer.bounds}
    assert answer.earliest is not None
    assert answer.earliest > SESSION + timedelta(days=3)


def test_a_session_with_another_device_is_said(plan: Plan, facts: Facts) -> None:
    answer = asked(plan, delivered(plan, device="generic_pen_12"), facts)
    assert "next.other_device" in {reason.rule for reason in answer.reasons}
    assert answer.advice is Advice.KEEP


def test_a_plan_that_is_out_of_date_by_then_is_signed_again_first(plan: Plan, facts: Facts) -> None:
    on = SESSION + timedelta(days=120)
    answer = asked(plan, delivered(plan, check_ins=(settled(119 * 24),)), facts, on=on)
    assert answer.advice is Advice.HOLD
    assert "expired" in answer.reasons[0].reason


def test_answers_of_today_count_before_those_of_the_plan(plan: Plan, facts: Facts) -> None:
    today = a_case(facts, skin_infection="yes")
    answer = next_session(
        plan, delivered(plan), own=facts, today=facts, on=AGAIN, case=on_day(today, AGAIN)
    )
    assert answer.advice is Advice.HOLD


def test_an_edition_that_is_not_here_is_no_ground_to_go_on(plan: Plan, facts: Facts) -> None:
    gone = UnknownEdition("facts edition '1999-01-01' is not here")
    answer = next_session(plan, delivered(plan), own=gone, today=facts, on=AGAIN)
    assert answer.advice is Advice.HOLD


def test_a_session_brought_forward_does_not_bring_the_next_one_before_its_interval(
    plan: Plan, facts: Facts
) -> None:
    early = delivered(plan, session=SESSION - timedelta(days=3))
    assert asked(plan, early, facts).earliest == SESSION + timedelta(days=25)


def test_zones_that_the_plan_left_waiting_get_the_new_dates(facts: Facts) -> None:
    filler = {"status": "past", "last": SESSION, "zones": ["cheek_right"]}
    plan = a_ready_plan(facts, filler=filler)
    assert plan.series is not None
    (later,) = asked(plan, delivered(plan), facts).later_zones
    assert later.zone is RIGHT
    assert later.joins == SESSION + FOUR_WEEKS
    assert date.fromisoformat(later.until) <= later.joins


def test_an_answer_without_a_plan_has_no_next_session(facts: Facts) -> None:
    plan, made = a_ready_plan(facts, keloid="yes"), a_ready_plan(facts)
    with pytest.raises(PlanError, match="nothing to go on from"):
        asked(plan, delivered(made), facts)


def test_every_reason_names_rows_that_exist_and_who_says_so(plan: Plan, facts: Facts) -> None:
    looks = (settled(48.0), settled(96.0, redness=Felt.STILL, signs=("pih_chu2021",)))
    zones = with_zone(plan, LEFT, endpoint=Endpoint.HEAVY_BLEEDING, depth_mm=1.75, passes=9)
    answer = asked(plan, delivered(plan, zones=zones, check_ins=looks), facts)
    reasons = [*answer.reasons, *(r for zone in answer.zones for r in zone.reasons)]
    assert len({reason.rule for reason in reasons}) >= 7
    for reason in reasons:
        assert reason.facts
        assert reason.sources
        for reference in reason.facts:
            facts.row(reference)
    cited = {line[1:].partition("]")[0] for line in answer.bibliography}
    assert {key for reason in reasons for key in reason.sources} <= cited
