"""Two people at one draft: who changed what meanwhile, and the change that was not saved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.plans import queries
from percuta.clinic.plans.queries import PlanVersion
from percuta.clinic.plans.wishes import Wishes, read_wishes
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import NumbingPrescription
from percuta.report import wording
from percuta.report.typesetting import zone_name

_NOT_REPEATED = {"csrfmiddlewaretoken", "seen"}
_AS_ADVISED = "as advised"


@dataclass(frozen=True)
class Meanwhile:
    """Who changed a draft since it was read, what it says now, and what was not saved.

    ``again`` are the fields of the press that was refused, to be sent once more.
    """

    who: str
    at: datetime
    theirs: tuple[str, ...]
    mine: tuple[str, ...]
    again: tuple[tuple[str, str], ...]


def meanwhile(
    version: PlanVersion,
    mine: Wishes,
    fields: Mapping[str, str],
    *,
    seen: int,
    by: User,
    facts: Facts,
) -> Meanwhile:
    """What happened to a draft since revision ``seen``, and what somebody wanted of it."""
    now = read_wishes(version.wishes)
    before = queries.wishes_at(version, seen, by=by) or now
    return Meanwhile(
        who=version.changed_by.name,
        at=version.changed_at,
        theirs=changes(before, now, facts),
        mine=changes(now, mine, facts),
        again=tuple((key, value) for key, value in fields.items() if key not in _NOT_REPEATED),
    )


def changes(before: Wishes, after: Wishes, facts: Facts) -> tuple[str, ...]:
    """Every wish that differs, with its new value, in words."""
    old, new = _told(before, facts), _told(after, facts)
    return tuple(
        f"{label}: {new.get(label, _AS_ADVISED)}"
        for label in dict.fromkeys((*old, *new))
        if old.get(label) != new.get(label)
    )


def _told(wishes: Wishes, facts: Facts) -> dict[str, str]:
    setting = wishes.setting
    told = {
        "Device": facts.devices[setting.device].name,
        "By": setting.operator.value,
        "Session": wording.day(setting.date),
        "Numbing": _agent(setting.numbing, facts),
        "Other local anaesthetic": _number(setting.other_local_anaesthetic_mg, "mg"),
        "By drug": ", ".join(
            f"{dose.drug} {dose.amount_mg:g} mg" for dose in setting.other_local_anaesthetics
        )
        or "not told",
        "Prescribed": _prescribed(setting.numbing_prescription),
        "Between sessions": _number(setting.interval_weeks, "weeks"),
        "Skin calm on": wording.day(setting.calm_by) if setting.calm_by else "no day",
        "Glide": _agent(setting.glide, facts),
        "Soothing": _agent(setting.soothing, facts),
        "On open holes": ", ".join(_agent(key, facts) for key in setting.topicals) or "nothing",
        "Strikes per cm² everywhere": _number(setting.strikes_per_cm2, ""),
        "Licence rule": setting.licence or "none",
    }
    return {**told, **dict(_of_zones(wishes))}


def _of_zones(wishes: Wishes) -> Iterator[tuple[str, str]]:
    for zone, depth in wishes.depth_mm.items():
        yield zone_name(Zone(zone)).capitalize(), f"{wording.depth(depth.mm)} mm"
    for zone, number in wishes.passes.items():
        yield f"Passes, {zone_name(Zone(zone))}", str(number)
    for zone, strikes in wishes.strikes_per_cm2.items():
        yield f"Strikes per cm², {zone_name(Zone(zone))}", f"{strikes:g}"
    for zone, seconds in wishes.seconds_per_cm2.items():
        yield f"Seconds per cm², {zone_name(Zone(zone))}", f"{seconds:g}"
    for zone, minutes in wishes.minutes.items():
        yield f"Minutes, {zone_name(Zone(zone))}", f"{minutes:g}"


def _agent(key: str | None, facts: Facts) -> str:
    if key is None:
        return "as the rules choose"
    return facts.agents[key].name if key in facts.agents else key


def _prescribed(written: NumbingPrescription | None) -> str:
    if written is None:
        return "nothing"
    amounts = f"{written.grams:g} g on {written.area_cm2:g} cm² for {written.minutes:g} min"
    return f"{amounts}, by {written.by}"


def _number(value: float | None, unit: str) -> str:
    return "not told" if value is None else f"{value:g} {unit}".strip()
