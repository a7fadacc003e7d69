"""From a case file to a case, or to every fault in it at once."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind, ScreeningRule, condition
from percuta.facts.vocabulary import (
    KINDS,
    NUMBING_NONE,
    Concern,
    Level,
    ScarKind,
    Scope,
    Sex,
    Zone,
)
from percuta.planning.case.case import Answer, Case, Frozen, as_day
from percuta.planning.case.fault_sentences import fault_sentence, is_echo, shortened
from percuta.planning.case.text_file import small_text

STATUSES = {
    AnswerKind.YES_NO: ("no", "yes", "unknown"),
    AnswerKind.DATED: ("never", "past", "current", "unknown"),
    AnswerKind.DIABETES: ("no", "controlled", "uncontrolled", "unknown"),
}
_MOST_SYNTAX_FAULTS = 20
DOSES = ("passes", "strikes_per_cm2", "seconds_per_cm2", "minutes")
"""What may be set of one dose: each follows from any other."""

_PAIR = {"passes", "strikes_per_cm2"}
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_case(path: Path, facts: Facts) -> Case:
    """Read a case file.

    Raises
    ------
    CaseError
        Naming every fault: lines that are not TOML, unknown words, values out of range,
        answers that do not fit their item.
    """
    raw, faults = _tolerant_toml(small_text(path, facts, CaseError))
    return parse_case(raw, facts, earlier=faults)


def parse_case(raw: Mapping[str, Any], facts: Facts, *, earlier: Iterable[str] = ()) -> Case:
    """Check a case given as plain data; ``earlier`` are faults found while reading it."""
    faults = list(earlier)
    case: Case | None = None
    try:
        case = Case.model_validate(raw)
    except ValidationError as error:
        faults.extend(_sentence(fault) for fault in error.errors() if not _told_elsewhere(fault))
    faults.extend(_misfits(raw, facts))
    if faults or case is None:
        raise CaseError(dict.fromkeys(faults))
    return case


def _tolerant_toml(text: str) -> tuple[dict[str, Any], list[str]]:
    """Parse what can be parsed: a line that is not TOML is named and left out."""
    lines = text.splitlines()
    faults: list[str] = []
    while True:
        try:
            return tomllib.loads("\n".join(lines)), faults
        except tomllib.TOMLDecodeError as error:
            message = str(error)
        except RecursionError:
            raise CaseError([*faults, "the file is nested too deeply to be a case"]) from None
        at = _AT_LINE.search(message)
        number = int(at[1]) if at else len(lines)
        if number > len(lines) or not lines[number - 1].strip():
            raise CaseError([*faults, f"line {number}: is not TOML: {message}"])
        what = _AT_LINE.sub("", message).strip().rstrip(":")
        faults.append(
            f"line {number}: '{shortened(lines[number - 1].strip())}' is not TOML: {what}"
        )
        if len(faults) >= _MOST_SYNTAX_FAULTS:
            raise CaseError([*faults, "and more: this does not look like a case file"])
        lines[number - 1] = ""


def _told_elsewhere(fault: Mapping[str, Any]) -> bool:
    """Faults that ``_misfits`` words better, or that only echo a fault inside."""
    where, value = fault["loc"], fault["input"]
    is_answer_word = where[0] == "history" and where[-1] == "status" and isinstance(value, str)
    return is_answer_word or is_echo(fault)


def _sentence(fault: Mapping[str, Any]) -> str:
    value, message = fault["input"], fault["msg"]
    if fault["type"] == "model_type":
        message = "should be a word such as 'no', or a table with a status"
    elif isinstance(value, str) and fault["type"] == "enum" and "lid" in value:
        message += "; nothing inside the bony orbital rim is a zone"
    where = fault["loc"]
    if where[0] == "depth_mm" and where[-1] == "mm":
        where = where[:-1]
    return fault_sentence({**fault, "loc": where, "msg": message}, kind="a case file")


def _misfits(raw: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    """Faults that need the facts: unknown keys, answers that do not fit their item."""
    setting = _table(raw.get("setting"))
    session = setting.get("date")
    yield from _device_misfits(setting.get("device"), facts)
    numbing = [key for key, agent in facts.agents.items() if agent.role == "numbing"]
    yield from _unknown_key("setting.numbing", setting.get("numbing"), [NUMBING_NONE, *numbing])
    yield from _unknown_key("setting.licence", setting.get("licence"), facts.licences)
    for role in ("glide", "soothing"):
        fitting = [key for key, agent in facts.agents.items() if role in agent.role]
        yield from _unknown_key(f"setting.{role}", setting.get(role), fitting)
    yield from _topical_misfits(setting.get("topicals"), facts)
    yield from _history_misfits(raw, facts, session)
    yield from _concern_misfits(raw, facts)
    yield from _dose_misfits(raw)
    yield from _clinic_misfits(raw, facts)


def _device_misfits(given: object, facts: Facts) -> Iterator[str]:
    """An unknown device, or one that is known by name and cannot be planned with."""
    entry = facts.catalogue.get(given) if isinstance(given, str) else None
    if entry is not None and given not in facts.devices:
        yield f"setting.device: {entry.refusal}"
    else:
        yield from _unknown_key("setting.device", given, facts.devices)


def _topical_misfits(given: object, facts: Facts) -> Iterator[str]:
    fitting = [key for key, agent in facts.agents.items() if "topical" in agent.role]
    named = given if isinstance(given, list | tuple) else []
    for number, value in enumerate(named, start=1):
        where = f"setting.topicals.{number}"
        yield from _unknown_key(where, value, fitting)
        if value in named[: number - 1]:
            yield f"{where}: '{shortened(value)}' is named twice"


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _unknown_key(where: str, value: object, known: Iterable[str]) -> Iterator[str]:
    words = list(known)
    if isinstance(value, str) and value not in words:
        yield f"{where}: '{shortened(value)}' is not known; there are {', '.join(words)}"


def answer_faults(key: str, value: object, facts: Facts, *, session: date) -> tuple[str, ...]:
    """Every fault of one history answer, given as in a case file; empty if it can stand."""
    raw = {"history": {key: value}}
    given = {"status": value} if isinstance(value, str) else value
    shaped = shape_faults(Answer, given, "history", key)
    return tuple(dict.fromkeys([*shaped, *_history_misfits(raw, facts, session)]))


def shape_faults(part: type[Frozen], value: object, *where: str) -> tuple[str, ...]:
    """Every fault of one part of a case as to its own fields; ``where`` it stands in the case."""
    try:
        part.model_validate(value)
    except ValidationError as error:
        placed = [{**fault, "loc": (*where, *fault["loc"])} for fault in error.errors()]
        return tuple(_sentence(fault) for fault in placed if not _told_elsewhere(fault))
    return ()


def possible(part: type[Frozen], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those fields of a part of a case whose values it can have."""
    try:
        part.model_validate(values)
    except ValidationError as error:
        refused = {fault["loc"][0] for fault in error.errors()}
        return {name: value for name, value in values.items() if name not in refused}
    return dict(values)


def _history_misfits(raw: Mapping[str, Any], facts: Facts, session: object) -> Iterator[str]:
    history, sex = _table(raw.get("history")), _table(raw.get("person")).get("sex")
    rules: dict[str, ScreeningRule] = {}
    for rule in facts.screening:
        if rule.answer_kind is not AnswerKind.PERSON:
            rules.setdefault(rule.history_key, rule)
    for key, value in history.items():
        where = f"history.{key}"
        if key not in rules:
            import difflib

            close = difflib.get_close_matches(key, rules, n=1)
            yield f"{where}: is not a history item" + (f"; is it '{close[0]}'?" if close else "")
            continue
        answer = {"status": value} if isinstance(value, str) else _table(value)
        yield from _answer_misfits(where, answer, rules[key], session)
        if answer.get("status") == "yes" and _is_for_the_other_sex(rules[key], sex):
            yield f"{where}: 'yes' does not fit person.sex '{sex}'; one of them is wrong"


def _is_for_the_other_sex(rule: ScreeningRule, sex: object) -> bool:
    wanted = condition(rule.applies_if)
    is_by_sex = wanted is not None and wanted.attribute == "sex"
    return is_by_sex and wanted is not None and sex in list(Sex) and sex not in wanted.values


def _answer_misfits(
    where: str, answer: Mapping[str, Any], rule: ScreeningRule, session: object
) -> Iterator[str]:
    allowed = STATUSES[rule.answer_kind]
    status = answer.get("status")
    if isinstance(status, str) and status not in allowed:
        yield f"{where}: '{shortened(status)}' is not an answer; there are {', '.join(allowed)}"
    if answer.get("zones") and rule.scope is not Scope.ZONE:
        yield f"{where}.zones: this item is about the whole person, not about zones"
    last = answer.get("last")
    if last is not None and status != "past":
        yield f"{where}.last: only a 'past' answer has a date"
    then, now = _day_or_none(last), _day_or_none(session)
    if then is not None and now is not None and then > now:
        yield f"{where}.last: {then} lies after the session on {now}"
    if answer.get("cleared") is not None and not may_be_cleared(rule):
        yield f"{where}.cleared: nothing here ends by a clearance"
    if answer.get("ingredients") and not names_ingredients(rule.history_key):
        yield f"{where}.ingredients: only product_ingredient_allergy names ingredients"


def may_be_cleared(rule: ScreeningRule) -> bool:
    """Whether somebody can end it by clearing it in writing."""
    return rule.until_event == "prescriber_clearance"


def names_ingredients(key: str) -> bool:
    """Whether the answer to an item names what was reacted to."""
    return key == "product_ingredient_allergy"


def _day_or_none(value: object) -> date | None:
    try:
        return as_day(value)
    except ValueError:
        return None


def _concern_misfits(raw: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    concerns = raw.get("concerns")
    stated = [_table(item) for item in concerns] if isinstance(concerns, list) else []
    seen: set[tuple[Any, str]] = set()
    asked: set[str] = set()
    for number, item in enumerate(stated, start=1):
        yield from _kind_misfits(f"concerns.{number}", item, facts)
        zones = item.get("zones")
        for zone in zones if isinstance(zones, list) else []:
            pair = (str(item.get("concern")), str(zone))
            if pair in seen:
                yield f"concerns.{number}.zones: '{zone}' is named twice for {pair[0]}"
            seen.add(pair)
            asked.add(str(zone))
    for name in ("depth_mm", *DOSES):
        for zone in _table(raw.get(name)):
            if zone in list(Zone) and zone not in asked:
                yield f"{name}.{zone}: no concern names this zone"


def _kind_misfits(where: str, item: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    """A concern that the edition does not know, a kind that is not one of it, a wrong place."""
    concern, kind, zones = item.get("concern"), item.get("kind"), item.get("zones")
    if concern in list(Concern) and concern not in facts.concerns:
        yield f"{where}.concern: facts edition {facts.edition} says nothing of '{concern}'"
    kinds = KINDS.get(Concern(concern), ()) if concern in list(Concern) else ()
    if kind is not None and not kinds:
        scars = " and ".join(scar for scar in KINDS if scar in facts.concerns)
        yield f"{where}.kind: only {scars} have a kind"
    elif kind in list(ScarKind) and kind not in kinds:
        yield f"{where}.kind: '{kind}' is no kind of {concern}; there are {', '.join(kinds)}"
    places = set(map(str, zones)) if isinstance(zones, list | tuple) else set()
    if concern == Concern.HAIR_LOSS and places - {Zone.SCALP.value}:
        yield f"{where}.zones: hair_loss is of the scalp alone"


def _dose_misfits(raw: Mapping[str, Any]) -> Iterator[str]:
    """Passes and density follow from each other: naming both would be naming one wrongly."""
    said = "the other follows from it; name only one of passes and strikes_per_cm2"
    if {"passes", "strikes_per_cm2"} <= set(_table(raw.get("setting"))):
        yield f"setting.strikes_per_cm2: {said}"
    named: dict[str, str] = {}
    for name in DOSES:
        for zone in _table(raw.get(name)):
            if zone in named:
                yield f"{name}.{zone}: {said if name in _PAIR else _of_four(named[zone])}"
            named.setdefault(zone, name)


def _of_four(other: str) -> str:
    return f"follows from {other}; name only one of {', '.join(DOSES)}"


def _clinic_misfits(raw: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    entries = raw.get("clinic_deferrals")
    rules = {rule.key: rule for rule in facts.screening}
    seen: set[str] = set()
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        where = f"clinic_deferrals.{number}"
        rule = rules.get(str(_table(entry).get("rule")))
        if rule is None or rule.level is not Level.DEFER or rule.defer_days is None:
            yield f"{where}.rule: names no waiting time that a clinic may set"
            continue
        if rule.key in seen:
            yield f"{where}.rule: '{rule.key}' is named twice"
        seen.add(rule.key)
        yield from _endless(where, _table(entry).get("expires"), raw, facts)
        readings = [r for r in facts.deferrals if r.rule == rule.key and r.is_choosable]
        published = sorted({reading.defer_days for reading in readings})
        if _table(entry).get("defer_days") not in published:
            listing = ", ".join(str(days) for days in published) or "none"
            yield f"{where}.defer_days: only published waiting times may be set: {listing}"


def _endless(where: str, expires: object, raw: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    session = _day_or_none(_table(raw.get("setting")).get("date"))
    end = _day_or_none(expires)
    longest = int(facts.policy["clinic_choice_days", "any"].value)
    if session is not None and end is not None and (end - session).days > longest:
        yield f"{where}.expires: {end} is more than {longest} days after the session"
