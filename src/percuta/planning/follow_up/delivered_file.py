"""From the file of one delivered session to what was delivered, or to every fault at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.planning.case.fault_sentences import fault_sentence
from percuta.planning.case.text_file import small_toml
from percuta.planning.follow_up.delivered import Delivered
from percuta.planning.recovery.check_in_file import sign_faults
from percuta.units import convert


def read_delivered(path: Path, facts: Facts) -> Delivered:
    """Read what was delivered at one session and reported since.

    Raises
    ------
    CaseError
        Naming every fault: fields that are missing or unknown, values that cannot be, signs that
        the recovery table does not know, clearances of what was never told.
    """
    return parse_delivered(small_toml(path, facts, CaseError), facts)


def parse_delivered(raw: Mapping[str, Any], facts: Facts) -> Delivered:
    """Check a delivered session given as plain data."""
    faults = list(_unknown_signs(raw, facts))
    try:
        delivered = Delivered.model_validate(raw)
    except ValidationError as error:
        told = (fault_sentence(fault, kind="a delivered session") for fault in error.errors())
        raise CaseError([*faults, *told]) from error
    faults += _misfits(delivered, facts)
    if faults:
        raise CaseError(faults)
    return delivered


def refuse_the_future(delivered: Delivered, on: date) -> None:
    """Hold a record to the day of asking: what has not happened yet tells nothing.

    Raises
    ------
    CaseError
        Naming each session, check-in and clearance that lies later.
    """
    faults = list(_yet_to_come(delivered, on))
    if faults:
        raise CaseError(faults)


def refuse_another_time(delivered: Delivered, planned: date, facts: Facts) -> None:
    """Hold a record to the time of its plan, which is older by no more than a plan lasts.

    Raises
    ------
    CaseError
        If the session lies longer before the day that was planned.
    """
    days = int(facts.policy["plan_valid_days", "plan"].value)
    first = planned - timedelta(days=days)
    if delivered.session < first:
        raise CaseError(
            [f"session: {delivered.session} is before the plan for {planned}; {first} is allowed"]
        )


def _yet_to_come(delivered: Delivered, on: date) -> Iterator[str]:
    allowed = f"is after the day of asking; at the latest {on} is allowed"
    if delivered.session > on:
        yield f"session: {delivered.session} {allowed}"
        return
    last_h = convert(float((on - delivered.session).days + 1), source="days", target="h")
    for number, look in enumerate(delivered.check_ins, start=1):
        if look.hours_after > last_h:
            yield f"check_ins.{number}.hours_after: {look.hours_after:g} {allowed}"
    for number, clearance in enumerate(delivered.cleared, start=1):
        if clearance.on > on:
            yield f"cleared.{number}.on: {clearance.on} {allowed}"


def _unknown_signs(raw: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    yield from sign_faults(raw, "session", facts)
    check_ins = raw.get("check_ins")
    for number, told in enumerate(check_ins if isinstance(check_ins, list) else [], start=1):
        if isinstance(told, Mapping):
            yield from sign_faults(told, f"check_ins.{number}", facts)


def _misfits(delivered: Delivered, facts: Facts) -> Iterator[str]:
    """Faults that need the facts, or several fields together."""
    if delivered.device not in facts.devices:
        yield f"device: '{delivered.device}' is not known; there are {', '.join(facts.devices)}"
    for zone, count in Counter(told.zone for told in delivered.zones).items():
        if count > 1:
            yield f"zones: '{zone}' is named {count} times"
    needled = {told.zone for told in delivered.needled}
    for number, told in enumerate(delivered.check_ins, start=1):
        for zone in told.zones:
            if zone not in needled:
                yield f"check_ins.{number}.zones: '{zone}' was not needled at this session"
    last = delivered.last_needled
    if isinstance(last, date) and last > delivered.session:
        yield f"last_needled: {last} lies after the session on {delivered.session}"
    yield from _clearance_misfits(delivered, facts)


def _clearance_misfits(delivered: Delivered, facts: Facts) -> Iterator[str]:
    told = set(delivered.signs or ())
    told |= {sign for look in delivered.check_ins for sign in look.signs or ()}
    for number, clearance in enumerate(delivered.cleared, start=1):
        where = f"cleared.{number}"
        row = facts.next_session.get(clearance.sign)
        if clearance.sign not in told:
            yield f"{where}.sign: '{clearance.sign}' was never told"
        elif row is not None and not row.can_be_cleared:
            yield f"{where}.sign: nothing here ends by a clearance"
        if clearance.on < delivered.session:
            yield f"{where}.on: {clearance.on} lies before the session on {delivered.session}"
