"""People for tests: a healthy adult whose every answer is no, and ways to change one thing."""

from copy import deepcopy
from datetime import date
from typing import Any

from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind
from percuta.planning.case.case import Case
from percuta.planning.case.case_file import parse_case
from percuta.planning.plan.plan import Plan, make_plan

SESSION = date(2026, 11, 23)


def all_clear(facts: Facts) -> dict[str, Any]:
    """An answer to every history item that fires nothing."""
    return {
        rule.history_key: rule.answer_kind.denial
        for rule in facts.screening
        if rule.answer_kind is not AnswerKind.PERSON
    }


def raw_case(facts: Facts, **changes: Any) -> dict[str, Any]:
    """A complete case as plain data.

    ``changes`` name a person, setting or history key, or one of ``concerns``, ``depth_mm``,
    ``clinic_deferrals``, ``zone_passes``, ``zone_strikes_per_cm2``; a history key set to ``None``
    is left unanswered.
    """
    person: dict[str, Any] = {"age": 34, "sex": "female", "phototype": "II", "weight_kg": 62.0}
    setting: dict[str, Any] = {
        "device": "generic_pen_14",
        "operator": "physician",
        "date": SESSION,
        "numbing": "none",
    }
    raw: dict[str, Any] = {
        "person": person,
        "history": all_clear(facts),
        "concerns": [
            {
                "concern": "acne_scars",
                "kind": "rolling",
                "zones": ["cheek_left", "cheek_right"],
                "severity": 3,
            }
        ],
        "setting": setting,
    }
    for name, value in deepcopy(changes).items():
        if name in person:
            person[name] = value
        elif name in {"concerns", "depth_mm", "clinic_deferrals"}:
            raw[name] = value
        elif name.startswith("zone_"):
            raw[name.removeprefix("zone_")] = value
        elif name in raw["history"]:
            raw["history"][name] = value
        else:
            setting[name] = value
    raw["history"] = {key: value for key, value in raw["history"].items() if value is not None}
    raw["person"] = {key: value for key, value in person.items() if value is not None}
    return raw


def a_case(facts: Facts, **changes: Any) -> Case:
    """A checked case; see ``raw_case``."""
    return parse_case(raw_case(facts, **changes), facts)


def a_plan(facts: Facts, **changes: Any) -> Plan:
    """The plan of ``a_case``."""
    return make_plan(a_case(facts, **changes), facts)


def a_ready_plan(facts: Facts, **changes: Any) -> Plan:
    """The plan of ``a_case`` with a depth chosen on both cheeks, so that it can be signed."""
    return a_plan(facts, **{"depth_mm": {"cheek_left": 1.5, "cheek_right": 1.5}, **changes})


def one_concern(concern: str, *zones: str, kind: str | None = None) -> list[dict[str, Any]]:
    """A single concern in some zones."""
    stated: dict[str, Any] = {"concern": concern, "zones": list(zones)}
    return [{**stated, "kind": kind}] if kind else [stated]
