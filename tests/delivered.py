"""Delivered sessions for tests: everything as planned and settled, and ways to change one thing."""

from datetime import date, timedelta
from typing import Any

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.follow_up.delivered import Delivered, Done, Endpoint, ZoneDelivered
from percuta.planning.follow_up.next_session import NextSession, next_session
from percuta.planning.follow_up.zone_advice import ZoneAdvice
from percuta.planning.plan.plan import Plan
from percuta.planning.recovery.check_in import CheckIn, Felt
from tests.people import SESSION

LATE_H = 24.0 * 28
LATER = SESSION + timedelta(days=1)


def settled(hours_after: float = LATE_H, **changes: Any) -> CheckIn:
    """A check-in that asked everything and found nothing."""
    given: dict[str, Any] = {
        "redness": Felt.GONE,
        "tenderness": Felt.GONE,
        "sunburn_feeling": Felt.GONE,
        "signs": (),
    }
    return CheckIn(hours_after=hours_after, **{**given, **changes})


def done_as_planned(plan: Plan) -> tuple[ZoneDelivered, ...]:
    """Every zone in full at the depth of the plan, red at the end."""
    return tuple(
        ZoneDelivered(
            zone=zone.zone,
            done=Done.YES,
            depth_mm=zone.depth_mm.chosen or zone.depth_mm.recommended or zone.depth_mm.low,
            passes=zone.passes,
            endpoint=Endpoint.REDNESS,
        )
        for zone in plan.zones
    )


def delivered(plan: Plan, **changes: Any) -> Delivered:
    """The session of a plan as planned, settled four weeks later."""
    given: dict[str, Any] = {
        "session": plan.case.setting.date,
        "device": plan.case.setting.device,
        "zones": done_as_planned(plan),
        "signs": (),
        "check_ins": (settled(),),
    }
    return Delivered(**{**given, **changes})


def with_zone(plan: Plan, zone: Zone, **changes: Any) -> tuple[ZoneDelivered, ...]:
    """The same zones, one of them changed."""
    return tuple(
        ZoneDelivered(**{**told.model_dump(), **changes}) if told.zone is zone else told
        for told in done_as_planned(plan)
    )


def asked(plan: Plan, told: Delivered, facts: Facts, *, on: date | None = None) -> NextSession:
    """The next session, asked on the day of the last that was told."""
    return next_session(plan, told, own=facts, today=facts, on=on or last_told(told))


def last_told(told: Delivered) -> date:
    """The first day on which all of it can have been told, the day after at the earliest."""
    looks = [told.session + timedelta(hours=look.hours_after) for look in told.check_ins]
    cleared = [clearance.on for clearance in told.cleared]
    return max((told.session + timedelta(days=1), *looks, *cleared))


def of_zone(answer: NextSession, zone: Zone) -> ZoneAdvice:
    """What an answer says of one zone."""
    return next(advice for advice in answer.zones if advice.zone is zone)


def rules(advice: ZoneAdvice) -> set[str]:
    """The rules of one zone."""
    return {reason.rule.removeprefix("next.") for reason in advice.reasons}
