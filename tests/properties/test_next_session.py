"""Whatever was delivered and told: never beyond the plan, never sooner for worse, sides alike."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from percuta.facts.edition import open_edition
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case_file import parse_case
from percuta.planning.follow_up.delivered import (
    Delivered,
    Done,
    Endpoint,
    StoppedFor,
    ZoneDelivered,
)
from percuta.planning.follow_up.delivered_file import parse_delivered
from percuta.planning.follow_up.next_session import NextSession, next_session
from percuta.planning.plan.plan import Plan, make_plan
from percuta.planning.recovery.check_in import CheckIn, Felt
from percuta.planning.recovery.check_in_file import reportable_signs
from tests.mirror import in_any_order, mirrored
from tests.people import SESSION, raw_case

FACTS = open_edition()
ZONES = (Zone.CHEEK_LEFT, Zone.CHEEK_RIGHT, Zone.JAWLINE_LEFT)
SIGNS = reportable_signs(FACTS)
HOURS = (6.0, 26.0, 70.0, 200.0, 400.0, 672.0)
FELT = ("redness", "tenderness", "sunburn_feeling")


@cache
def plan(device: str = "generic_pen_14", is_mirrored: bool = False) -> Plan:
    concerns = [
        {"concern": "acne_scars", "kind": "rolling", "zones": list(ZONES), "severity": 3},
    ]
    raw: Any = raw_case(FACTS, concerns=concerns, device=device)
    return make_plan(parse_case(mirrored(raw) if is_mirrored else raw, FACTS), FACTS)


def answer(told: Delivered, *, of: Plan | None = None, after: int = 40) -> NextSession:
    on = told.session + timedelta(days=after)
    return next_session(of or plan(told.device), told, own=FACTS, today=FACTS, on=on)


@st.composite
def zones(draw: st.DrawFn) -> tuple[ZoneDelivered, ...]:
    told = []
    for zone in ZONES:
        done = draw(st.sampled_from([Done.YES, Done.YES, Done.YES, Done.PART, Done.NO]))
        if done is Done.NO:
            why = draw(st.sampled_from([StoppedFor.TIME, StoppedFor.SKIN, None]))
            told.append(ZoneDelivered(zone=zone, done=done, stopped_for=why))
            continue
        told.append(
            ZoneDelivered(
                zone=zone,
                done=done,
                depth_mm=draw(st.sampled_from([0.25, 0.5, 1.0, 1.25, 1.5, 1.5, 1.75])),
                passes=draw(st.integers(1, 5)),
                endpoint=draw(st.sampled_from([Endpoint.REDNESS, *Endpoint, None])),
                stopped_for=draw(st.sampled_from(StoppedFor)) if done is Done.PART else None,
            )
        )
    return tuple(told)


felt = st.sampled_from([Felt.GONE, Felt.GONE, Felt.STILL, None])


@st.composite
def looks(draw: st.DrawFn, signs: st.SearchStrategy[Any]) -> tuple[CheckIn, ...]:
    hours = draw(st.lists(st.sampled_from(HOURS), unique=True, max_size=4))
    return tuple(
        CheckIn(
            hours_after=at,
            redness=draw(felt),
            tenderness=draw(felt),
            sunburn_feeling=draw(felt),
            signs=draw(signs),
        )
        for at in hours
    )


no_signs = st.sampled_from([(), (), None])


@st.composite
def sessions(draw: st.DrawFn, signs: st.SearchStrategy[Any] = no_signs) -> Delivered:
    return Delivered(
        session=SESSION + timedelta(days=draw(st.integers(0, 20))),
        device=draw(st.sampled_from(["generic_pen_14", "roller_192_15"])),
        sessions_done=draw(st.integers(1, 5)),
        zones=draw(zones()),
        signs=draw(no_signs),
        check_ins=draw(looks(signs)),
    )


def allowed(told: NextSession) -> Mapping[Zone, tuple[float, int]]:
    """What may be set on the day: nothing where a zone may not go on."""
    return {
        zone.zone: (zone.depth_mm_at_most or 0.0, zone.passes_at_most or 0)
        if zone.advice.may_go_on
        else (0.0, 0)
        for zone in told.zones
    }


def assert_not_more(less: NextSession, more_harm: NextSession) -> None:
    before, after = allowed(less), allowed(more_harm)
    for zone, (depth_mm, passes) in after.items():
        assert depth_mm <= before[zone][0] + 1e-9
        assert passes <= before[zone][1]
    assert held_to(more_harm) >= held_to(less)


def held_to(found: NextSession) -> date:
    """The day until which anything but the day of asking holds the next session back."""
    days = (bound.day for bound in found.bounds if bound.rule != "next.today")
    return max(days, default=found.session)


@settings(max_examples=20, deadline=None)
@given(told=sessions())
def test_never_deeper_than_the_ceiling_never_more_passes_than_planned(told: Delivered) -> None:
    planned = {zone.zone: zone for zone in plan(told.device).zones}
    for zone in answer(told).zones:
        if zone.depth_mm_at_most is not None:
            assert zone.depth_mm_at_most <= planned[zone.zone].depth_mm.limit + 1e-9
            assert zone.depth_mm_at_most > 0
        if zone.passes_at_most is not None:
            assert 1 <= zone.passes_at_most <= planned[zone.zone].passes
        assert zone.reasons


@settings(max_examples=20, deadline=None)
@given(told=sessions(), sign=st.sampled_from(SIGNS), at=st.sampled_from(HOURS))
def test_a_red_flag_never_yields_go_on(told: Delivered, sign: str, at: float) -> None:
    flagged = CheckIn(hours_after=at, signs=(sign,))
    found = answer(told.model_copy(update={"check_ins": (*told.check_ins, flagged)}))
    assert not found.advice.may_go_on
    assert not any(zone.advice.may_go_on for zone in found.zones)
    assert found.act_now
    assert found.dates == ()


@settings(max_examples=15, deadline=None)
@given(told=sessions(), later=st.integers(1, 30))
def test_a_later_session_never_gives_an_earlier_date(told: Delivered, later: int) -> None:
    moved = told.model_copy(update={"session": told.session + timedelta(days=later)})
    assert held_to(answer(moved)) >= held_to(answer(told))


@settings(max_examples=15, deadline=None)
@given(told=sessions(), factor=st.floats(1.0, 8.0))
def test_a_longer_closure_never_gives_an_earlier_date(told: Delivered, factor: float) -> None:
    own = plan(told.device)
    assert own.course is not None
    waits = [w.model_copy(update={"advised_h": w.advised_h * factor}) for w in own.course.waiting]
    course = own.course.model_copy(update={"waiting": tuple(waits)})
    assert own.series is not None
    series = own.series.model_copy(update={"interval_weeks": None})
    own = own.model_copy(update={"series": series})
    slower = own.model_copy(update={"course": course})
    assert held_to(answer(told, of=slower)) >= held_to(answer(told, of=own))


@settings(max_examples=15, deadline=None)
@given(told=sessions(), deeper=st.sampled_from([2.0, 2.5]))
def test_skin_that_was_needled_deeper_never_gets_an_earlier_date(
    told: Delivered, deeper: float
) -> None:
    into = tuple(
        zone.model_copy(update={"depth_mm": deeper}) if zone.is_needled else zone
        for zone in told.zones
    )
    assert_not_more(answer(told), answer(told.model_copy(update={"zones": into})))


@settings(max_examples=20, deadline=None)
@given(told=sessions(), name=st.sampled_from(FELT), at=st.sampled_from(HOURS))
def test_what_lasts_longer_never_gives_more(told: Delivered, name: str, at: float) -> None:
    """The same reports, but for one thing that was still there when it was said to be over."""
    worse = tuple(
        look.model_copy(update={name: Felt.STILL}) if look.hours_after == at else look
        for look in told.check_ins
    )
    assert_not_more(answer(told), answer(told.model_copy(update={"check_ins": worse})))


@settings(max_examples=20, deadline=None)
@given(told=sessions(), name=st.sampled_from((*FELT, "signs")))
def test_what_nobody_told_never_gives_more(told: Delivered, name: str) -> None:
    assert_not_more(answer(told), answer(told.model_copy(update={"signs": None})))
    silent = tuple(look.model_copy(update={name: None}) for look in told.check_ins)
    unsaid = answer(told.model_copy(update={"check_ins": silent}))
    before, after = allowed(answer(told)), allowed(unsaid)
    needled = {zone.zone for zone in told.needled}
    for zone, dose in after.items():
        assert dose == (
            (0.0, 0) if zone in needled or name == "signs" and needled else before[zone]
        )


@settings(max_examples=20, deadline=None)
@given(told=sessions(), zone=st.sampled_from(ZONES), endpoint=st.sampled_from(Endpoint))
def test_more_bleeding_never_gives_more(told: Delivered, zone: Zone, endpoint: Endpoint) -> None:
    def is_worse(seen: ZoneDelivered) -> bool:
        known = seen.endpoint
        return seen.zone is zone and known is not None and endpoint.weight >= known.weight

    worse = tuple(
        seen.model_copy(update={"endpoint": endpoint}) if is_worse(seen) else seen
        for seen in told.zones
    )
    assert_not_more(answer(told), answer(told.model_copy(update={"zones": worse})))


@settings(max_examples=20, deadline=None)
@given(told=sessions(), zone=st.sampled_from(ZONES), why=st.sampled_from(StoppedFor))
def test_a_zone_that_had_to_be_stopped_never_gets_more(
    told: Delivered, zone: Zone, why: StoppedFor
) -> None:
    stopped = tuple(
        done.model_copy(update={"done": Done.PART, "stopped_for": why})
        if done.zone is zone and done.done is Done.YES
        else done
        for done in told.zones
    )
    assert_not_more(answer(told), answer(told.model_copy(update={"zones": stopped})))


@settings(max_examples=12, deadline=None)
@given(data=st.data(), told=sessions(st.sampled_from([(), None, ("pih_chu2021",)])))
def test_the_order_of_zones_and_reports_does_not_matter(
    data: st.DataObject, told: Delivered
) -> None:
    shuffled = told.model_copy(
        update={
            "check_ins": tuple(data.draw(st.permutations(told.check_ins))),
            "zones": tuple(data.draw(st.permutations(told.zones))),
        }
    )
    assert answer(shuffled).to_json() == answer(told).to_json()


@settings(max_examples=12, deadline=None)
@given(told=sessions(st.sampled_from([(), None, ("red_flag_herpes",)])))
def test_left_and_right_get_the_same(told: Delivered) -> None:
    other = parse_delivered(mirrored(json.loads(told.model_dump_json())), FACTS)
    there = answer(other, of=plan(told.device, is_mirrored=True))
    here = mirrored(json.loads(answer(told).to_json()))
    assert in_any_order(there.to_json()) == in_any_order(json.dumps(here))


def test_the_same_asked_twice_gives_the_same_bytes() -> None:
    told = Delivered(session=SESSION, device="generic_pen_14", zones=plan_zones())
    assert answer(told).to_json() == answer(told).to_json()


def plan_zones() -> tuple[ZoneDelivered, ...]:
    return tuple(ZoneDelivered(zone=zone, done=Done.NO) for zone in ZONES)


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_that_can_be_told_has_its_answer(sign: str) -> None:
    told = Delivered(
        session=SESSION,
        device="generic_pen_14",
        zones=plan_zones(),
        check_ins=(CheckIn(hours_after=24.0, signs=(sign,)),),
    )
    found = answer(told)
    assert f"next.{sign}" in {reason.rule for reason in found.reasons}
    assert not found.advice.may_go_on
