"""After a session: a red flag stops the series, and what is not known is not nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from percuta.errors import CaseError
from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Advice, Zone
from percuta.planning.case.case import Case
from percuta.planning.follow_up.delivered import Clearance, Done, Endpoint, StoppedFor
from percuta.planning.follow_up.earliest_date import date_bounds
from percuta.planning.follow_up.next_session import NextSession, next_session
from percuta.planning.judgement.findings import Verdict
from percuta.planning.plan.plan import Plan, make_plan
from percuta.planning.plan.revalidation import on_day
from percuta.planning.recovery.check_in import Felt
from percuta.planning.recovery.check_in_file import reportable_signs
from percuta.planning.recovery.clinic_redness import ClinicReport
from tests.delivered import asked, delivered, last_told, of_zone, rules, settled, with_zone
from tests.people import SESSION, a_case, a_ready_plan
from tests.spec.safety.reading import a_shelf

SIGNS = reportable_signs(open_edition())


@pytest.mark.parametrize("sign", SIGNS)
def test_a_warning_sign_never_goes_on(sign: str, facts: Facts) -> None:
    plan = a_ready_plan(facts)
    answer = asked(plan, delivered(plan, check_ins=(settled(signs=(sign,)),)), facts)
    assert not answer.advice.may_go_on
    assert all(zone.depth_mm_at_most is None for zone in answer.zones)
    assert answer.act_now


def test_what_nobody_told_is_asked_and_holds(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    answer = asked(plan, delivered(plan, check_ins=()), facts)
    assert answer.advice is Advice.HOLD
    assert answer.questions


def test_a_zone_that_bore_less_never_gets_more(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    zone = Zone.CHEEK_LEFT
    for harm in (
        {"endpoint": Endpoint.HEAVY_BLEEDING},
        {"done": Done.PART, "stopped_for": StoppedFor.BLEEDING, "depth_mm": 1.0},
    ):
        told = delivered(plan, zones=with_zone(plan, zone, **harm))
        advice = of_zone(asked(plan, told, facts), zone)
        done = next(z for z in told.zones if z.zone is zone)
        assert advice.depth_mm_at_most is not None
        assert done.depth_mm is not None
        assert advice.depth_mm_at_most < done.depth_mm


def test_the_next_session_is_never_deeper_than_the_signed_ceiling(facts: Facts) -> None:
    plan = a_ready_plan(facts, depth_mm={"cheek_left": 1.0})
    answer = asked(plan, delivered(plan), facts)
    for zone in answer.zones:
        planned = next(z for z in plan.zones if z.zone is zone.zone)
        assert zone.depth_mm_at_most is not None
        assert zone.depth_mm_at_most <= planned.depth_mm.limit
    assert of_zone(answer, Zone.CHEEK_LEFT).depth_mm_at_most == 1.0


def test_the_next_session_is_never_sooner_than_the_interval_or_the_aftercare(
    facts: Facts,
) -> None:
    for weeks in (1.0, 4.0):
        plan = a_ready_plan(facts, interval_weeks=weeks)
        assert plan.series is not None
        assert plan.course is not None
        answer = asked(plan, delivered(plan), facts)
        assert answer.earliest is not None
        apart = answer.earliest - answer.session
        assert apart.days >= 7 * (plan.series.interval_weeks or 0)
        assert apart.days * 24 >= max(wait.advised_h for wait in plan.course.waiting)


def test_nothing_that_has_not_happened_yet_counts(facts: Facts) -> None:
    """An infection cannot have been cleared on a day that has not come."""
    plan = a_ready_plan(facts)
    look = settled(48.0, signs=("red_flag_infection",))
    cleared = Clearance(sign="red_flag_infection", on=SESSION + timedelta(days=40), by="Dr A")
    for told, field in (
        (delivered(plan, check_ins=(look,), cleared=(cleared,)), "cleared.1.on"),
        (delivered(plan), "check_ins.1.hours_after"),
        (delivered(plan, session=SESSION + timedelta(days=30)), "session"),
    ):
        with pytest.raises(CaseError, match=field):
            asked(plan, told, facts, on=SESSION + timedelta(days=3))


@pytest.mark.parametrize(
    ("answers", "advice"),
    [
        ({"granuloma_after_needling": "yes"}, Advice.STOP),
        ({"keloid": "yes"}, Advice.ASK_PHYSICIAN),
        ({"bleeding_disorder": "yes"}, None),
        ({"skin_infection": "yes"}, Advice.HOLD),
    ],
)
def test_screening_of_today_is_never_softened(
    answers: dict[str, str], advice: Advice | None, facts: Facts
) -> None:
    plan = a_ready_plan(facts)
    on = SESSION + timedelta(days=28)
    today = on_day(a_case(facts, **answers), on)
    fresh = make_plan(today, facts)
    answer = next_session(plan, delivered(plan), own=facts, today=facts, on=on, case=today)
    worst = {
        Verdict.UNSUITABLE: Advice.STOP,
        Verdict.REFER: Advice.ASK_PHYSICIAN,
        Verdict.DEFER: Advice.HOLD,
    }
    assert answer.advice is (advice or worst[fresh.verdict])
    assert answer.dates == ()
    assert all(zone.depth_mm_at_most is None for zone in answer.zones)
    if answer.advice is Advice.STOP:
        assert answer.earliest is None


def after_clearing(sign: str, facts: Facts) -> NextSession:
    """A sign told after a day and cleared in writing four weeks later."""
    plan = a_ready_plan(facts)
    cleared = Clearance(sign=sign, on=SESSION + timedelta(days=28), by="Dr A")
    looks = (settled(24.0, signs=(sign,)), settled())
    return asked(plan, delivered(plan, check_ins=looks, cleared=(cleared,)), facts)


@pytest.mark.parametrize(
    "sign", ["red_flag_methaemoglobinaemia", "red_flag_herpes", "red_flag_anaesthetic_toxicity"]
)
def test_a_cleared_sign_that_changes_an_answer_still_holds(sign: str, facts: Facts) -> None:
    answer = after_clearing(sign, facts)
    assert answer.advice is Advice.HOLD
    assert any(facts.next_session[sign].reason in reason.reason for reason in answer.reasons)


def test_signs_of_the_session_that_nobody_wrote_down_are_asked(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    answer = asked(plan, delivered(plan, signs=None), facts)
    assert answer.advice is Advice.HOLD
    assert "signs were seen during the session" in answer.questions[0].question


def test_no_signs_in_one_zone_is_not_no_signs_in_another(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    felt = settled().model_copy(update={"signs": None})
    one = delivered(plan, check_ins=(felt, settled(zones=(Zone.CHEEK_LEFT,))))
    answer = asked(plan, one, facts)
    assert answer.advice is Advice.HOLD
    assert answer.questions


def test_a_sign_whose_onset_nobody_knows_is_asked_to_the_end(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    answer = asked(plan, delivered(plan, check_ins=(settled(100.0),)), facts)
    assert "plaques" in answer.questions[0].question


def test_other_people_never_bring_the_day_forward(facts: Facts) -> None:
    """A clinic whose skin settles fast may not shorten what was published."""
    quick = ClinicReport(
        lower_h=0.0,
        upper_h=1.0,
        depth_mm=1.5,
        device_kind=DeviceKind.PEN,
        looks_n=1,
        person_share=1.0,
    )
    plan = a_ready_plan(facts)
    told = delivered(plan, check_ins=())
    alone = date_bounds(plan, told, (), on=SESSION, facts=facts)
    of_clinic = plan.model_copy(update={"clinic_redness": (quick,) * 40, "course": None})
    among = date_bounds(of_clinic, told, (), on=SESSION, facts=facts)
    days = [{b.rule: b.day for b in found}["next.redness_expected"] for found in (alone, among)]
    assert days[1] >= days[0]


STOPPING = [sign for sign in SIGNS if not open_edition().next_session[sign].can_be_cleared]


@pytest.mark.parametrize("sign", STOPPING)
def test_nobody_can_clear_what_is_never_needled_again(sign: str, facts: Facts) -> None:
    answer = after_clearing(sign, facts)
    assert answer.advice is Advice.STOP
    assert answer.earliest is None


def test_what_was_still_felt_holds_past_the_interval(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    told = delivered(plan, check_ins=(settled(24.0 * 60, tenderness=Felt.STILL),))
    answer = asked(plan, told, facts)
    assert ("next.still_told", SESSION + timedelta(days=60)) in {
        (bound.rule, bound.day) for bound in answer.bounds
    }


def test_the_gravest_advice_of_the_zones_that_go_on_is_that_of_the_session(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    zones = with_zone(plan, Zone.CHEEK_LEFT, endpoint=Endpoint.HEAVY_BLEEDING)
    answer = asked(plan, delivered(plan, zones=zones), facts)
    assert of_zone(answer, Zone.CHEEK_RIGHT).advice is Advice.KEEP
    assert answer.advice is Advice.LIGHTER


def test_heavy_bleeding_is_too_much_whatever_the_protocol_stops_at(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    bloody = [zone.model_copy(update={"endpoint": "heavy bleeding"}) for zone in plan.zones]
    plan = plan.model_copy(update={"zones": tuple(bloody)})
    zones = with_zone(plan, Zone.CHEEK_LEFT, endpoint=Endpoint.HEAVY_BLEEDING)
    answer = asked(plan, delivered(plan, zones=zones), facts)
    assert "endpoint_passed" in rules(of_zone(answer, Zone.CHEEK_LEFT))


def asked_with(case: Case, plan: Plan, facts: Facts) -> NextSession:
    """Asked four weeks later, with the answers of that day."""
    on = SESSION + timedelta(days=28)
    return next_session(plan, delivered(plan), own=facts, today=facts, on=on, case=on_day(case, on))


def test_a_deferral_of_today_moves_the_day(facts: Facts) -> None:
    plan, last = a_ready_plan(facts), SESSION - timedelta(days=10)
    case = a_case(facts, isotretinoin={"status": "past", "last": last})
    answer = asked_with(case, plan, facts)
    assert answer.advice is Advice.HOLD
    assert answer.earliest == last + timedelta(days=180)


def test_a_ceiling_that_is_lower_today_is_not_exceeded(facts: Facts) -> None:
    plan = a_ready_plan(facts)
    case = a_case(facts, operator="esthetician", licence="example_arizona_esthetician")
    answer = asked_with(case, plan, facts)
    limits = [zone.limit_mm for zone in answer.zones]
    assert limits == [0.5] * len(plan.zones)
    assert all((zone.depth_mm_at_most or 0.0) <= 0.5 for zone in answer.zones)


def test_what_another_device_did_is_no_measure_of_what_was_borne(facts: Facts) -> None:
    """Its depth and passes are another dose: the plan stays as it is."""
    plan = a_ready_plan(facts)
    zones = with_zone(plan, Zone.CHEEK_LEFT, depth_mm=0.5, passes=1)
    told = delivered(plan, device="generic_pen_6", zones=zones)
    left = of_zone(asked(plan, told, facts), Zone.CHEEK_LEFT)
    planned = next(zone for zone in plan.zones if zone.zone is Zone.CHEEK_LEFT)
    assert (left.depth_mm_at_most, left.passes_at_most) == (
        planned.depth_mm.chosen,
        planned.passes,
    )


def test_a_depth_above_a_lowered_limit_stops_no_zone(facts: Facts, tmp_path: Path) -> None:
    """It has to be planned and signed again, at most at today's limit; nothing more."""
    today = a_shelf(
        tmp_path,
        table="depths.csv",
        before="depth.2,label_limit,needling,acne_scars,any,face,pen,skinpen,unknown,1.5",
        after="depth.2,label_limit,needling,acne_scars,any,face,pen,skinpen,unknown,1.0",
    )
    plan = a_ready_plan(facts)
    told = delivered(plan)
    answer = next_session(plan, told, own=facts, today=today, on=last_told(told))
    assert answer.advice is Advice.HOLD
    said = " ".join(reason.reason for reason in answer.reasons)
    assert "Cheek, left: the depth chosen (1.50 mm) is above today's limit (1.00 mm)." in said
    for zone in answer.zones:
        assert (zone.advice, zone.depth_mm_at_most, zone.limit_mm) == (Advice.HOLD, 1.0, 1.0)
