"""After a session: a red flag stops the series, and what is not known is not nothing."""

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Advice, Zone
from percuta.planning.check_in_file import reportable_signs
from percuta.planning.delivered import Done, Endpoint, StoppedFor
from tests.delivered import asked, delivered, of_zone, settled, with_zone
from tests.people import a_plan

SIGNS = reportable_signs(open_edition())


@pytest.mark.parametrize("sign", SIGNS)
def test_a_warning_sign_never_goes_on(sign: str, facts: Facts) -> None:
    plan = a_plan(facts)
    answer = asked(plan, delivered(plan, check_ins=(settled(signs=(sign,)),)), facts)
    assert not answer.advice.may_go_on
    assert all(zone.depth_mm_at_most is None for zone in answer.zones)
    assert answer.act_now


def test_what_nobody_told_is_asked_and_holds(facts: Facts) -> None:
    plan = a_plan(facts)
    answer = asked(plan, delivered(plan, check_ins=()), facts)
    assert answer.advice is Advice.HOLD
    assert answer.questions


def test_a_zone_that_bore_less_never_gets_more(facts: Facts) -> None:
    plan = a_plan(facts)
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
    plan = a_plan(facts, depth_mm={"cheek_left": 1.0})
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
        plan = a_plan(facts, interval_weeks=weeks)
        assert plan.series is not None
        assert plan.course is not None
        answer = asked(plan, delivered(plan), facts)
        assert answer.earliest is not None
        apart = answer.earliest - answer.session
        assert apart.days >= 7 * (plan.series.interval_weeks or 0)
        assert apart.days * 24 >= max(wait.advised_h for wait in plan.course.waiting)
