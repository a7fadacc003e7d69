"""The next session: when at the earliest, and what each zone calls for, from what was delivered.

It rests on the signed plan, on the record of the session and on what was reported since. It never
goes beyond the plan, and whatever is not known is asked. The professional decides.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from percuta import __version__
from percuta.errors import PlanError, UnknownEdition
from percuta.facts.edition import Facts
from percuta.facts.sources import citations
from percuta.facts.vocabulary import Advice
from percuta.planning.case.case import Case, Frozen
from percuta.planning.follow_up.delivered import Delivered
from percuta.planning.follow_up.delivered_file import refuse_another_time, refuse_the_future
from percuta.planning.follow_up.earliest_date import (
    DateBound,
    date_bounds,
    interval_days,
    is_last_needling_untold,
    latest_first,
)
from percuta.planning.follow_up.reasons import NextReason, reason_for
from percuta.planning.follow_up.reported_signs import (
    NOT_REPORTED,
    act_now,
    sign_reasons,
    signs_told,
    unasked_signs,
)
from percuta.planning.follow_up.rescreening import deferral_bounds, screening_reasons
from percuta.planning.follow_up.zone_advice import (
    ZoneAdvice,
    incidents,
    planned_zone,
    unplanned_zones,
)
from percuta.planning.judgement.findings import Question
from percuta.planning.plan.choices_above import depths_above, lowered
from percuta.planning.plan.plan import Plan, make_plan
from percuta.planning.plan.revalidation import on_day, recheck
from percuta.planning.recovery.recovery_interval import Rest
from percuta.planning.session.open_days import OpenDays, calm_days, open_days
from percuta.planning.session.series import LaterZone


class NextSession(Frozen):
    """What the next session should be.

    ``advice`` is of the zones that may go on, or else the mildest of what holds them; ``earliest``
    is the first day by every date that is known, and ``until`` are events that must happen too.
    ``reasons`` hold for the whole person, those of a zone stand with it. ``act_now``, warning
    signs and incidents of the session, comes before all else. ``dates`` are what is left of the
    series, from the session that was delivered; none while anything holds it.
    """

    advice: Advice
    act_now: tuple[str, ...]
    earliest: date | None
    until: tuple[str, ...]
    dates: tuple[date, ...]
    sessions_done: int
    sessions_to_go: int | None
    zones: tuple[ZoneAdvice, ...]
    later_zones: tuple[LaterZone, ...]
    reasons: tuple[NextReason, ...]
    questions: tuple[Question, ...]
    bounds: tuple[DateBound, ...]
    on: date
    session: date
    percuta: str
    plan_edition: str
    today_edition: str
    bibliography: tuple[str, ...]

    def to_json(self) -> str:
        """The answer's bytes: stable order, one trailing newline."""
        return self.model_dump_json(indent=2) + "\n"


def next_session(
    plan: Plan,
    delivered: Delivered,
    *,
    own: Facts | UnknownEdition,
    today: Facts,
    on: date,
    case: Case | None = None,
) -> NextSession:
    """What the next session should be after one that was delivered.

    Parameters
    ----------
    plan : Plan
        The plan that was signed.
    delivered : Delivered
        What was done, and what was reported since.
    own : Facts or UnknownEdition
        The edition that the plan names, or the error that says it is not on this machine.
    today : Facts
        The edition in force; what is stricter in it counts.
    on : date
        The day of asking.
    case : Case, optional
        Today's answers, where they were asked for again.

    Raises
    ------
    PlanError
        If the plan holds nothing that could be delivered.
    CaseError
        If anything is told of a day after the day of asking, or long before the plan's.
    """
    if not plan.is_made:
        raise PlanError(["there is nothing to go on from: the case was answered without a plan"])
    refuse_the_future(delivered, on)
    refuse_another_time(delivered, plan.case.setting.date, today)
    told = signs_told(delivered, today)
    bounds = date_bounds(plan, delivered, told, on=on, facts=today)
    earliest = bounds[0].day
    again = recheck(plan, own=own, today=today, on=earliest, case=case)
    day = on_day(case or plan.case, again.on)
    fresh = make_plan(lowered(day, depths_above(day, today), today), today)
    bounds = latest_first((*bounds, *deferral_bounds(fresh)))
    earliest = bounds[0].day
    person = (
        *sign_reasons(told, plan, case, today),
        *screening_reasons(fresh, today),
        *(
            reason_for("sign_again", today, detail=f"{text.rstrip('.')}.")
            for text in again.refusals
        ),
        *_of_the_whole(plan, delivered, today),
    )
    zones, asked = _zones(plan, fresh, delivered, person, today)
    advice = _overall(zones)
    questions = tuple(dict.fromkeys((*_questions(plan, delivered, today), *asked)))
    days = _series_days(plan, delivered, zones, earliest)
    return NextSession(
        advice=advice,
        act_now=(*act_now(told), *incidents(zones)),
        earliest=None if advice is Advice.STOP else earliest,
        until=tuple(dict.fromkeys(_until(person, zones))),
        dates=days if advice.may_go_on else (),
        sessions_done=delivered.sessions_done,
        sessions_to_go=_left(plan, delivered),
        zones=zones,
        later_zones=tuple(_later(plan, days if _is_ours(advice) else ())),
        reasons=tuple(sorted(person, key=lambda reason: -reason.advice.weight)),
        questions=questions,
        bounds=bounds,
        on=on,
        session=delivered.session,
        percuta=__version__,
        plan_edition=plan.provenance.facts_edition,
        today_edition=today.edition,
        bibliography=_bibliography(person, zones, bounds, today),
    )


def _of_the_whole(plan: Plan, delivered: Delivered, facts: Facts) -> Iterator[NextReason]:
    if delivered.needled and (delivered.signs is None or unasked_signs(delivered, facts)):
        yield reason_for(NOT_REPORTED, facts)
    if is_last_needling_untold(plan, delivered):
        yield reason_for(NOT_REPORTED, facts, detail="Nobody told when the skin was last needled.")
    if delivered.device != plan.case.setting.device:
        yield reason_for("other_device", facts)
    if interval_days(plan) is None:
        yield reason_for("no_interval", facts)


def _questions(plan: Plan, delivered: Delivered, facts: Facts) -> Iterator[Question]:
    rule = f"next.{NOT_REPORTED}"
    if is_last_needling_untold(plan, delivered):
        yield Question(
            rule=rule, question="When was the skin last needled, if ever (last_needled)?"
        )
    if delivered.needled and delivered.signs is None:
        yield Question(rule=rule, question="Which signs were seen during the session, if any?")
    unasked = unasked_signs(delivered, facts)
    if delivered.needled and unasked:
        text = f"Since the session, has there been any of these: {'; '.join(unasked)}?"
        yield Question(rule=rule, question=text)


def _zones(
    plan: Plan,
    fresh: Plan,
    delivered: Delivered,
    person: tuple[NextReason, ...],
    facts: Facts,
) -> tuple[tuple[ZoneAdvice, ...], tuple[Question, ...]]:
    """Every planned zone in the order of work, then those that nobody had planned."""
    limits_mm = {zone.zone: zone.depth_mm.limit for zone in fresh.zones}
    told: list[ZoneAdvice] = []
    questions: list[Question] = []
    for zone in plan.zones:
        advice, asked = planned_zone(
            zone, plan, delivered, limit_mm=limits_mm.get(zone.zone), person=person, facts=facts
        )
        told.append(advice)
        questions += asked
    return (*told, *unplanned_zones(plan, delivered, facts)), tuple(questions)


def _overall(zones: tuple[ZoneAdvice, ...]) -> Advice:
    """Of the zones that may go on the gravest; where none may, the mildest of the others."""
    going = [zone.advice for zone in zones if zone.advice.may_go_on]
    if going:
        return max(going, key=lambda advice: advice.weight)
    return min((zone.advice for zone in zones), key=lambda advice: advice.weight)


def _until(person: Iterable[NextReason], zones: Iterable[ZoneAdvice]) -> Iterator[str]:
    yield from (reason.until for reason in person if reason.until is not None)
    for zone in zones:
        yield from zone.until


def _left(plan: Plan, delivered: Delivered) -> int | None:
    sessions = plan.series.sessions if plan.series is not None else None
    return None if sessions is None else max(sessions - delivered.sessions_done, 0)


def _is_ours(advice: Advice) -> bool:
    """Whether it goes on once what is asked is answered and signed, without a physician."""
    return advice.weight < Advice.ASK_PHYSICIAN.weight


def _series_days(
    plan: Plan, delivered: Delivered, zones: tuple[ZoneAdvice, ...], earliest: date
) -> tuple[date, ...]:
    """The rest of the series; one more day where zones of the last session were not delivered."""
    needled = {told.zone for told in delivered.needled}
    is_owed = any(zone.advice.may_go_on and zone.zone not in needled for zone in zones)
    left, days = _left(plan, delivered), interval_days(plan)
    count = max(1 if left is None else left, int(is_owed))
    free = _open_days(plan)
    if days is None:
        return (free.first(earliest),)[:count]
    return free.dates(earliest, count, days) if count else ()


def _open_days(plan: Plan) -> OpenDays:
    """The days that were free when it was planned: not closed, and skin calm when it must be."""
    after = 0
    if plan.course is not None and plan.downtime_days is not None:
        rest = Rest(waiting=plan.course.waiting, redness=plan.course.redness)
        after = calm_days(rest, downtime_upper_days=plan.downtime_days.upper)
    return open_days(plan.case.setting, calm_days=after)


def _later(plan: Plan, days: tuple[date, ...]) -> Iterator[LaterZone]:
    """Zones that the plan left waiting, with the first day of the series that they may join."""
    for later in plan.series.later_zones if plan.series is not None else ():
        joins = None
        if not later.until.startswith("event:"):
            end = date.fromisoformat(later.until)
            joins = next((day for day in days if day >= end), None)
        yield later.model_copy(update={"joins": joins})


def _bibliography(
    person: Iterable[NextReason],
    zones: Iterable[ZoneAdvice],
    bounds: Iterable[DateBound],
    facts: Facts,
) -> tuple[str, ...]:
    said: list[NextReason | DateBound] = [*person, *bounds]
    said += [reason for zone in zones for reason in zone.reasons]
    cited = {key for told in said for key in told.sources}
    return citations(cited & set(facts.sources), facts.sources)
