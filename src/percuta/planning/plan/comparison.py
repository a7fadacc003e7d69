"""Two plans side by side, field by field, and whether the second is stricter."""

from collections.abc import Iterator
from typing import Any

from percuta.facts.vocabulary import Level
from percuta.planning.case.case import Frozen
from percuta.planning.dose.passes import counted
from percuta.planning.judgement.findings import Finding, Verdict
from percuta.planning.plan.choices_above import REFUSED_CHOICES
from percuta.planning.plan.decided import Decided
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.planning.session.series import in_words

_ORDER = [
    Verdict.SUITABLE,
    Verdict.DEFER,
    Verdict.REFER,
    Verdict.INCOMPLETE,
    Verdict.UNSUITABLE,
]


class Difference(Frozen):
    """One field that differs: its path, and both values as JSON would print them."""

    field: str
    before: Any
    after: Any


def compare(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """Every field in which two plans differ, provenance left out."""
    return tuple(_differences("", before.model_dump(mode="json"), after.model_dump(mode="json")))


_DECISION: dict[str, Any] = {
    "verdict": True,
    "findings": {"__all__": {"rule", "level", "zones", "until"}},
    "zones": {
        "__all__": {
            "zone": True,
            "depth_mm": {"low", "recommended", "high", "limit", "chosen"},
            "passes": True,
            "strikes_per_cm2": True,
        }
    },
    "numbing": {"product", "grams_max", "area_cm2_max", "dwell_max_min"},
    "series": {"sessions", "interval_weeks", "dates"},
    "valid_until": True,
}
"""Everything in a plan that changes what is done to somebody: no words, sources or forecasts."""


def decided_otherwise(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """In what two plans decide differently, whatever words, sources or forecasts they carry."""
    return tuple(_differences("", decision(before), decision(after)))


def decision(plan: Plan | Decided) -> dict[str, Any]:
    """What a plan decides, as JSON would print it."""
    return plan.model_dump(mode="json", include=_DECISION)


def _differences(path: str, before: object, after: object) -> Iterator[Difference]:
    if path == "provenance" or before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            inner = f"{path}.{key}" if path else str(key)
            yield from _differences(inner, before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list):
        left, right = _keyed(before), _keyed(after)
        for key in dict.fromkeys((*left, *right)):
            yield from _differences(f"{path}[{key}]", left.get(key), right.get(key))
    else:
        yield Difference(field=path, before=before, after=after)


def _keyed(items: list[Any]) -> dict[str, Any]:
    """Items by the name that identifies them, else by position."""
    keyed: dict[str, Any] = {}
    for position, item in enumerate(items):
        names = [item.get(k) for k in ("zone", "rule", "fact", "device") if isinstance(item, dict)]
        name = next((str(n) for n in names if n is not None), str(position))
        keyed[name if name not in keyed else f"{name}#{position}"] = item
    return keyed


def doses(before: Plan, after: Plan) -> tuple[str, ...]:
    """Passes and density of each zone that both plans hold and needle differently, as sentences."""
    now = {plan.zone: plan for plan in after.zones}
    return tuple(
        f"{plan.name}: {_dose(now[plan.zone])} now, {_dose(plan)} before."
        for plan in before.zones
        if plan.zone in now and _dose(now[plan.zone]) != _dose(plan)
    )


def _dose(plan: ZonePlan) -> str:
    return f"{counted(plan.passes)} ({plan.strikes_per_cm2:.0f} per cm2)"


def stricter(before: Plan, after: Plan) -> tuple[str, ...]:
    """In what the second plan allows less than the first, as sentences; empty if in nothing."""
    return tuple(_stricter(before, after))


def _stricter(before: Plan, after: Plan) -> Iterator[str]:
    found = _new_findings(before, after)
    refused = [finding for finding in found if finding.rule in REFUSED_CHOICES]
    is_graver = _ORDER.index(after.verdict) > _ORDER.index(before.verdict)
    if is_graver and not _is_by_choices_alone(found):
        yield f"the verdict is now {after.verdict}, not {before.verdict}"
    yield from _of_zones(before, after, refused)
    yield from _less_numbing(before, after)
    yield from _later_dates(before, after)
    for finding in found:
        if finding not in refused:
            yield f"new finding, {finding.level}: {finding.reason}"


def _new_findings(before: Plan, after: Plan) -> list[Finding]:
    known = {_gist(finding) for finding in before.findings}
    return [f for f in after.findings if f.level is not Level.NOTE and _gist(f) not in known]


def _is_by_choices_alone(found: list[Finding]) -> bool:
    """Whether nothing new holds anybody back but what was chosen: a smaller choice is enough."""
    holding = [finding for finding in found if finding.level is not Level.CAUTION]
    return bool(holding) and all(finding.rule in REFUSED_CHOICES for finding in holding)


def _of_zones(before: Plan, after: Plan, refused: list[Finding]) -> Iterator[str]:
    now = {plan.zone: plan for plan in after.zones}
    for plan in before.zones:
        if plan.zone in now:
            yield from _shallower(plan, now[plan.zone])
            yield from _fewer_passes(plan, now[plan.zone])
            continue
        choices = [finding.reason for finding in refused if plan.zone in finding.zones]
        yield from (f"{plan.name}: {reason}" for reason in choices)
        if not choices:
            yield f"{plan.name} may no longer be needled"


def _gist(finding: Finding) -> tuple[str, Level, tuple[str, ...]]:
    return finding.rule, finding.level, tuple(finding.zones)


def _shallower(before: ZonePlan, after: ZonePlan) -> Iterator[str]:
    old, new = before.depth_mm, after.depth_mm
    if new.limit < old.limit:
        yield (
            f"{before.name}: the limit is now {new.limit:g} mm, not {old.limit:g} mm: "
            f"{after.limit_reason.text}"
        )
    if new.high < old.high:
        yield f"{before.name}: the deep end of the range is now {new.high:g}, not {old.high:g} mm"
    if old.recommended is not None and (new.recommended or 0.0) < old.recommended:
        recommended = "no depth" if new.recommended is None else f"{new.recommended:g} mm"
        yield f"{before.name}: {recommended} is recommended now, not {old.recommended:g} mm"


def _fewer_passes(before: ZonePlan, after: ZonePlan) -> Iterator[str]:
    if after.passes < before.passes:
        yield f"{before.name}: {_dose(after)} now, not {_dose(before)}"


_NUMBING_CEILINGS = {
    "grams_max": "the most in g",
    "area_cm2_max": "the largest area in cm2",
    "dwell_max_min": "the longest time in min",
}


def _less_numbing(before: Plan, after: Plan) -> Iterator[str]:
    old, new = before.numbing, after.numbing
    if old is None:
        return
    if new is None:
        yield f"numbing with {old.name} is no longer possible"
        return
    for name, words in _NUMBING_CEILINGS.items():
        allowed, allows = getattr(old, name), getattr(new, name)
        if allowed is not None and (allows is None or allows < allowed):
            told = "not known" if allows is None else f"{allows:g}"
            yield f"numbing: {words} is now {told}, not {allowed:g}"


def _later_dates(before: Plan, after: Plan) -> Iterator[str]:
    old, new = before.series, after.series
    if old is None or new is None or old.interval_weeks is None:
        return
    if new.interval_weeks is None or new.interval_weeks > old.interval_weeks:
        yield f"sessions are now {_weeks(new.interval_weeks)}, not {_weeks(old.interval_weeks)}"


def _weeks(interval: float | None) -> str:
    return "an unknown time apart" if interval is None else f"{in_words(interval)} apart"
