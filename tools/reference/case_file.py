"""The page of the case file, made from its models."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind, ScreeningRule
from percuta.facts.vocabulary import NUMBING_NONE, Concern
from percuta.planning.case.case import Case
from reference.markdown import Lines, as_code, table


def page(facts: Facts) -> Lines:
    """Every field of a case file, and every word it may hold."""
    schema = Case.model_json_schema()
    models = schema["$defs"]
    yield "# The case file"
    yield ""
    yield "A case is a TOML file. A fault anywhere is named, all faults at once; nothing undeclared"
    yield "is read over. [How to write one](../how-to/write-a-case-file.md) has an example."
    sections = (
        ("[person]", "Person"),
        ("[history]: one answer", "Answer"),
        ("[[concerns]]", "StatedConcern"),
        ("[setting]", "Setting"),
        ("[[clinic_deferrals]]", "ClinicDeferral"),
    )
    yield from sections_of(sections, models)
    yield 'An answer may be the status alone: `keloid = "no"`.'
    yield ""
    yield "## [depth_mm]"
    yield ""
    yield "Depths that the professional chose, by zone: more than 0, at most 5 mm. Where no depth"
    yield "was published, the entry says who chose it, and only a physician's is planned:"
    yield '`hand_left_dorsal = { mm = 0.25, chosen_by = "physician" }`.'
    for name, title in _DOSES:
        yield f"## [{name}]"
        yield ""
        holds = _holds(schema["properties"][name]["additionalProperties"], models)
        yield f"{title}, by zone, before what `[setting]` says: {holds}. Name one of the four."
    yield from _vocabularies(facts)


_VALUES = "additionalProperties"
_DOSES = (
    ("passes", "Passes"),
    ("strikes_per_cm2", "A density to be met"),
    ("seconds_per_cm2", "Seconds of needle contact on a cm2"),
    ("minutes", "Minutes of needle contact"),
)


def sections_of(named: Iterable[tuple[str, str]], models: Mapping[str, Any]) -> Lines:
    """A heading and the fields of each model, by title and name."""
    for title, name in named:
        yield f"## {title}"
        yield ""
        yield from fields_of(models[name], models)


def fields_of(model: Mapping[str, Any], models: Mapping[str, Any]) -> Lines:
    """What a model says of itself, and its fields as a table."""
    yield " ".join(model["description"].replace("``", "`").split())
    required = set(model.get("required", ()))
    yield from table(
        ("field", "holds", "needed"),
        (
            (f"`{name}`", _holds(field, models), "yes" if name in required else "no")
            for name, field in model["properties"].items()
        ),
    )


def _holds(field: Mapping[str, Any], models: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return _holds(models[field["$ref"].rsplit("/", 1)[1]], models)
    if "anyOf" in field:
        arms = [arm for arm in field["anyOf"] if arm.get("type") != "null"]
        return " or ".join(_holds(arm, models) for arm in arms)
    if "enum" in field:
        return "a zone" if field.get("title") == "Zone" else as_code(field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"a list: {_holds(field['items'], models)}"
    if "properties" in field:
        return "a table, told below"
    if field.get("type") == "object":
        key, value = (_holds(field[part], models) for part in ("propertyNames", _VALUES))
        return f"a table of {key}: {value} each"
    if field.get("format") == "date":
        return "a date"
    words = {
        "integer": "a whole number",
        "number": "a number",
        "string": "text",
        "boolean": "`true` or `false`",
    }
    return f"{words[field['type']]}{_bounds(field)}"


def _bounds(field: Mapping[str, Any]) -> str:
    low, above, high = (field.get(k) for k in ("minimum", "exclusiveMinimum", "maximum"))
    least = (
        f"above {above:.10g}" if above is not None else None if low is None else f"from {low:.10g}"
    )
    return "" if least is None or high is None else f", {least} to {high:.10g}"


def _vocabularies(facts: Facts) -> Lines:
    yield "## History items"
    yield from table(
        ("key", "answers", "must be known", "question"),
        (
            (
                f"`{rule.history_key}`",
                as_code(_ANSWERS[rule.answer_kind]),
                "yes" if rule.is_required else "no",
                rule.question,
            )
            for rule in _first_rules(facts)
        ),
    )
    yield "## Zones"
    yield ""
    yield "Left and right are the patient's own. Nothing inside the bony orbital rim is a zone."
    yield from table(
        ("key", "name", "area, cm2"),
        (
            (
                f"`{z.key}`",
                z.name,
                f"{z.area_cm2:.10g} ({z.area_lo_cm2:.10g} to {z.area_hi_cm2:.10g})",
            )
            for z in facts.zones.values()
        ),
    )
    yield "## Concerns"
    yield from table(
        ("key", "shown as"),
        ((f"`{word}`", facts.concerns[word].name) for word in Concern if word in facts.concerns),
    )
    yield "## Devices"
    yield from table(
        ("key", "name", "modelled on", "depth, mm", "step, mm"),
        (
            (
                f"`{d.key}`",
                d.name,
                d.modelled_on,
                f"{d.depth_min_mm:.10g} to {d.depth_max_mm:.10g}",
                "fixed" if d.depth_step_mm is None else f"{d.depth_step_mm:.10g}",
            )
            for d in facts.devices.values()
        ),
    )
    yield "## Products"
    yield ""
    yield f"`numbing` may also be `{NUMBING_NONE}`."
    yield from table(
        ("key", "name", "for", "on needled skin"),
        (
            (f"`{a.key}`", a.name, a.role.replace("_", " "), a.on_needled_skin)
            for a in facts.agents.values()
        ),
    )
    yield "## Licence rules"
    yield ""
    yield "Examples to be edited by a clinic, never law, applied only when a case names one."
    yield from table(
        ("key", "where", "who", "deepest, mm", "rule"),
        (
            (
                f"`{x.key}`",
                x.jurisdiction,
                x.operator,
                "not named" if x.depth_mm_max is None else f"{x.depth_mm_max:.10g}",
                x.rule,
            )
            for x in facts.licences.values()
        ),
    )


_ANSWERS = {
    AnswerKind.YES_NO: ("no", "yes", "unknown"),
    AnswerKind.DATED: ("never", "past", "current", "unknown"),
    AnswerKind.DIABETES: ("no", "controlled", "uncontrolled", "unknown"),
}


def _first_rules(facts: Facts) -> Iterator[ScreeningRule]:
    seen: set[str] = set()
    for rule in facts.screening:
        if rule.answer_kind is not AnswerKind.PERSON and rule.history_key not in seen:
            seen.add(rule.history_key)
            yield rule
