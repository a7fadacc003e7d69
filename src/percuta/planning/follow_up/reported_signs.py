"""What reports since a session call for: signs, redness that stays, and what nobody told."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from percuta.facts.edition import Facts
from percuta.facts.evidence import RecoveryRow
from percuta.facts.vocabulary import Advice, Zone
from percuta.planning.case.case import Case
from percuta.planning.follow_up.delivered import Clearance, Delivered
from percuta.planning.follow_up.reasons import NextReason, reason_for
from percuta.planning.judgement.findings import Question
from percuta.planning.plan.plan import Plan
from percuta.planning.recovery.check_in import CheckIn, Felt
from percuta.units import convert

NOT_REPORTED = "not_reported"
_FELT = {"redness": "redness", "tenderness": "tenderness", "sunburn_feeling": "sunburnt feeling"}
_URGENCY = ("emergency", "urgent", "same_day", "routine")


class SignTold(NamedTuple):
    """A sign that somebody told or saw, the latest hour of it, and who cleared it since."""

    row: RecoveryRow
    hours_after: float
    cleared: Clearance | None

    @property
    def key(self) -> str:
        """The sign as it is reported."""
        return self.row.key.removeprefix("recovery.")


def days_of(hours: float) -> timedelta:
    """Whole days, begun ones counted in full."""
    return timedelta(days=-int(-convert(hours, source="h", target="days") // 1))


def signs_told(delivered: Delivered, facts: Facts) -> tuple[SignTold, ...]:
    """Every sign that was told, the most urgent first."""
    latest = dict.fromkeys(delivered.signs or (), 0.0)
    for look in delivered.check_ins:
        for sign in look.signs or ():
            latest[sign] = max(latest.get(sign, 0.0), look.hours_after)
    found = [
        SignTold(row, hours, _clearance(row, hours, delivered))
        for row in facts.recovery
        if (hours := latest.get(row.key.removeprefix("recovery."))) is not None
    ]
    return tuple(sorted(found, key=lambda told: _URGENCY.index(told.row.urgency)))


def _clearance(row: RecoveryRow, hours: float, delivered: Delivered) -> Clearance | None:
    """The last clearance that came after the sign was last told."""
    told_on = delivered.session + days_of(hours)
    fitting = [
        clearance
        for clearance in delivered.cleared
        if f"recovery.{clearance.sign}" == row.key and clearance.on >= told_on
    ]
    return max(fitting, key=lambda clearance: clearance.on, default=None)


def sign_reasons(
    told: tuple[SignTold, ...], plan: Plan, case: Case | None, facts: Facts
) -> Iterator[NextReason]:
    """What each sign calls for; one that was cleared is still said, with what it changes."""
    for sign in told:
        reason = reason_for(sign.key, facts)
        if sign.cleared is None or not facts.next_session[sign.key].can_be_cleared:
            yield reason
        else:
            on, by = sign.cleared.on, sign.cleared.by
            text = f"{_first(sign.row.sign)}: cleared in writing on {on} by {by}."
            change = {"advice": Advice.KEEP, "until": None, "reason": f"{text} {reason.reason}"}
            yield reason.model_copy(update=change)
            if _is_answer_untrue(sign.key, plan, case, facts):
                yield reason_for("sign_again", facts, detail=f"{_first(sign.row.sign)} was told.")


def _is_answer_untrue(sign: str, plan: Plan, case: Case | None, facts: Facts) -> bool:
    """Whether the answers in use still deny what a sign has shown."""
    corrected = facts.next_session[sign].corrects
    if corrected is None:
        return False
    answer = (case or plan.case).history.get(corrected)
    return answer is None or answer.status in {"no", "never", "unknown"}


def act_now(told: tuple[SignTold, ...]) -> tuple[str, ...]:
    """What must happen before anybody thinks of a next session."""
    return tuple(
        f"{_first(sign.row.sign)}: {sign.row.action if sign.row.action != 'none' else 'review'}."
        for sign in told
        if sign.cleared is None
    )


def unasked_signs(delivered: Delivered, facts: Facts) -> tuple[str, ...]:
    """Red flags that nobody asked about late enough, in some needled zone, to see them begin.

    Where nobody knows when a sign begins, only asking after every zone's last known one will do.
    """
    last_h = min((_last_asked_h(told.zone, delivered) for told in delivered.needled), default=0.0)
    latest_h = max(row.onset_h_hi or 0.0 for row in facts.recovery if _is_asked_for(row))
    return tuple(
        row.sign
        for row in facts.recovery
        if _is_asked_for(row)
        if last_h == 0.0 or (latest_h if row.onset_h_hi is None else row.onset_h_hi) > last_h
    )


def _last_asked_h(zone: Zone, delivered: Delivered) -> float:
    """The last hour at which signs were asked of a zone, 0 where never."""
    looks = (look for look in delivered.check_ins if not look.zones or zone in look.zones)
    return max((look.hours_after for look in looks if look.signs is not None), default=0.0)


def _is_asked_for(row: RecoveryRow) -> bool:
    return row.kind == "red_flag" and row.modality == "needling"


def zone_reports(
    zone: Zone, name: str, plan: Plan, delivered: Delivered, facts: Facts
) -> tuple[tuple[NextReason, ...], tuple[Question, ...]]:
    """What was told of a needled zone, and what was not."""
    looks = [look for look in delivered.check_ins if not look.zones or zone in look.zones]
    reasons = list(_redness_reasons(zone, looks, plan, facts))
    lacking = []
    for felt, words in _FELT.items():
        told = _told(looks, felt)
        if not told:
            lacking.append(words)
        elif told[-1][1] is Felt.STILL:
            detail = f"Told {told[-1][0]:g} h after the session."
            reasons.append(reason_for(f"{felt}_still", facts, zones=(zone,), detail=detail))
    if not lacking:
        return tuple(reasons), ()
    text = f"Is it over in {name[:1].lower()}{name[1:]}: {', '.join(lacking)}?"
    asked = Question(rule=f"next.{NOT_REPORTED}", question=text)
    return (*reasons, reason_for(NOT_REPORTED, facts, zones=(zone,))), (asked,)


def is_red_at_last(zone: Zone, delivered: Delivered) -> bool:
    """Whether nobody has told that redness is over in a zone."""
    looks = [look for look in delivered.check_ins if not look.zones or zone in look.zones]
    told = _told(looks, "redness")
    return not told or told[-1][1] is Felt.STILL


def last_still(delivered: Delivered) -> float:
    """The latest hour at which anything was told to last."""
    return max(
        (
            look.hours_after
            for look in delivered.check_ins
            if Felt.STILL in (look.redness, look.tenderness, look.sunburn_feeling)
        ),
        default=0.0,
    )


def cleared_on(told: tuple[SignTold, ...]) -> date | None:
    """The last day on which somebody cleared a sign."""
    days = [sign.cleared.on for sign in told if sign.cleared is not None]
    return max(days, default=None)


def _redness_reasons(
    zone: Zone, looks: list[CheckIn], plan: Plan, facts: Facts
) -> Iterator[NextReason]:
    told = _told(looks, "redness")
    gone = [hours for hours, felt in told if felt is Felt.GONE]
    still = [hours for hours, felt in told if felt is Felt.STILL]
    is_red = bool(told) and told[-1][1] is Felt.STILL
    if is_red and gone:
        yield reason_for("redness_returned", facts, zones=(zone,))
    downtime = plan.downtime_days
    if downtime is not None and still:
        longest_h = convert(downtime.upper, source="days", target="h")
        if max(still) > longest_h:
            detail = f"Still red at {max(still):g} h; {downtime.upper} days is the longest."
            also = downtime.facts[0]
            yield reason_for(
                "redness_beyond_published", facts, zones=(zone,), detail=detail, also=also
            )


def _told(looks: list[CheckIn], felt: str) -> list[tuple[float, Felt]]:
    """What was told of one thing, in order of time; of two at one time the worse counts last."""
    told = [(look.hours_after, getattr(look, felt)) for look in looks]
    known = [(hours, value) for hours, value in told if value is not None]
    return sorted(known, key=lambda pair: (pair[0], pair[1] is Felt.STILL))


def _first(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
