"""Write the generated pages of ``docs/reference``, or with ``--check`` name those out of date.

Each page is made from what the code itself reads: the newest facts edition, the case models,
the argument parser, and the tests that follow the project's description.
"""

import argparse
import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from percuta.cli.main import _parser
from percuta.facts.edition import Facts, open_edition
from percuta.facts.policy import PolicyRow
from percuta.facts.schema import Column
from percuta.facts.screening import AnswerKind, ScreeningRule, condition
from percuta.facts.vocabulary import NUMBING_NONE, Concern, Level, Scope
from percuta.planning.case import Case

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
DESCRIPTION = ROOT / "tests" / "spec" / "test_description.py"
HEAD = "<!-- Written by tools/write_reference.py: change what it reads, then run ./dev docs. -->"

Lines = Iterator[str]


def main(arguments: list[str] | None = None) -> int:
    """Write every page, or check that each is as it would be written now."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if a page is stale")
    parser.add_argument("--folder", type=Path, default=REFERENCE, help="where the pages lie")
    options = parser.parse_args(arguments)
    stale = []
    for name, text in pages(open_edition()).items():
        path = options.folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    word = "stale" if options.check else "written"
    for name in stale:
        print(f"{word}: docs/reference/{name}")
    return 1 if stale and options.check else 0


def pages(facts: Facts) -> Mapping[str, str]:
    """The text of every generated page by file name."""
    makers: Mapping[str, Callable[[Facts], Iterable[str]]] = {
        "facts.md": facts_page,
        "screening.md": screening_page,
        "sources.md": sources_page,
        "case-file.md": case_file_page,
        "command-line.md": command_line_page,
        "description.md": description_page,
        "policy.md": policy_page,
    }
    return {name: _page(maker(facts)) for name, maker in makers.items()}


def _page(lines: Iterable[str]) -> str:
    """Lines as a file: no blank at a line's end, one blank line at most between paragraphs."""
    text = "\n".join(line.rstrip() for line in (HEAD, "", *lines))
    text = re.sub(r"\n+(#+ .*)\n+", r"\n\n\1\n\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Lines:
    titles = list(head)
    yield ""
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|") or " "


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?")) else f"{text}."


# Facts


def facts_page(facts: Facts) -> Lines:
    """Every table: title, purpose, row count, columns with unit and range."""
    rows = sum(len(facts.table(name)) for name in facts.table_names)
    yield "# Fact tables"
    yield ""
    yield f"Edition {facts.edition}: {rows} rows in {len(facts.table_names)} tables."
    yield "Each table is a CSV file beside a TOML schema, read whole and clean or not at all."
    yield "A cell is never blank: `unknown` means that the source does not tell, `none` that the"
    yield "question does not apply. Columns marked *optional* may be empty text."
    for name in facts.table_names:
        schema = facts.schema(name)
        count = len(facts.table(name))
        yield f"## {name}"
        yield ""
        yield f"{schema.title}. {schema.about} Rows: {count}."
        yield from _table(
            ("column", "means", "type", "unit", "range or words"),
            (
                (f"`{c.name}`", c.about, _type(c), c.unit or "", _range(c))
                for c in schema.columns.values()
            ),
        )


def _type(column: Column) -> str:
    extra = [*sorted(f"or `{word}`" for word in column.allow)]
    if column.optional:
        extra.append("optional")
    return ", ".join((column.type, *extra))


def _range(column: Column) -> str:
    if column.low is not None and column.high is not None:
        return f"{column.low:.10g} to {column.high:.10g}"
    return _words(column.choices)


# Screening

_SCOPE = {
    Scope.PERSON: "the whole person",
    Scope.ZONE: "the zones named in the answer, or all of them",
    Scope.DEVICE: "the device chosen",
    Scope.AGENT: "the product chosen",
}
_LEVEL = {
    Level.STOP: "stop",
    Level.REFER: "refer to somebody else",
    Level.DEFER: "wait",
    Level.CAUTION: "caution",
    Level.NOTE: "note",
}


def screening_page(facts: Facts) -> Lines:
    """Every screening rule in words."""
    yield "# Screening rules"
    yield ""
    yield f"Edition {facts.edition}: {len(facts.screening)} rules. Levels and waiting times are"
    yield "our reading of the sources, a proposal for a physician to confirm."
    yield "[How screening answers are weighed](../explanation/screening.md) tells the reasoning."
    for rule in facts.screening:
        yield from _rule(rule, facts)


def _rule(rule: ScreeningRule, facts: Facts) -> Lines:
    yield f"## {_sentence(rule.item)[:-1]}"
    yield ""
    yield (
        f"* Rule `{rule.key}`, answered under `history.{rule.history_key}`."
        if (rule.answer_kind is not AnswerKind.PERSON)
        else f"* Rule `{rule.key}`, read from `person.{rule.history_key}`."
    )
    yield f"* Asked: {rule.question}"
    yield f"* Who is asked: {_asked(rule)}."
    fires = "" if rule.answer_kind is AnswerKind.PERSON else f" on {_words(rule.fires_on)}"
    yield f"* Fires{fires}: {_LEVEL[rule.level]}, for {_SCOPE[rule.scope]}."
    yield f"* Until: {_until(rule)}."
    yield f"* If the answer is not known: {_unknown(rule)}."
    yield f"* The sources say: {_sentence(rule.advice)} {_sentence(rule.reason)}"
    readings = [reading for reading in facts.deferrals if reading.rule == rule.key]
    if readings:
        told = (
            f"{reading.defer_days} days ({', '.join(reading.sources)}: {reading.provenance.note})"
            for reading in readings
        )
        yield f"* Published waiting times: {'; '.join(told)}."
    yield f"* Sources: {', '.join(rule.sources)}."
    yield ""


def _asked(rule: ScreeningRule) -> str:
    wanted = condition(rule.applies_if)
    if wanted is None:
        return "everybody"
    values = " or ".join(value.replace("_", " ") for value in wanted.values)
    if wanted.relation == "!=":
        return "anybody who is to be numbed"
    if wanted.attribute == "age":
        return f"anybody under {values} years"
    if wanted.attribute in {"numbing", "device"}:
        noun = (
            "numbing product holds" if wanted.attribute == "numbing" else "device has or may have"
        )
        return f"anybody whose {noun} {values}"
    return f"anybody whose {wanted.attribute} is {values}"


def _until(rule: ScreeningRule) -> str:
    ends = []
    if rule.defer_days is not None:
        ends.append(f"{rule.defer_days} days after the date given")
        if "current" in rule.fires_on and rule.until_event is None:
            ends.append("the same after the session's date while it goes on")
    if rule.until_event is not None:
        event = rule.until_event.replace("_", " ")
        ends.append(f"without a date, {event}" if ends else event)
    if rule.caution_days is not None:
        ends.append(f"then a caution until {rule.caution_days} days after the date given")
    return "; ".join(ends) or "no end is named"


def _unknown(rule: ScreeningRule) -> str:
    level = "nothing of its own" if rule.level_if_unknown is None else _LEVEL[rule.level_if_unknown]
    missing = "no plan is made" if rule.is_required else "a plan is made without it"
    return f"{level}. If it was not asked: {missing}"


# Sources


def sources_page(facts: Facts) -> Lines:
    """The bibliography, with how each work was read and how many rows cite it."""
    citing: dict[str, int] = dict.fromkeys(facts.sources, 0)
    for name in facts.table_names:
        for row in facts.table(name):
            for key in row.provenance.source:
                citing[key] += 1
    yield "# Sources"
    yield ""
    yield f"Edition {facts.edition}: {len(facts.sources)} works. *Read* says how much of each we"
    yield "saw: mostly an abstract or the opening of a page. No drug label, manual or article was"
    yield "read in full unless the line says so."
    yield from _table(
        ("key", "kind", "work", "read", "rows"),
        (
            (
                f"`{source.key}`",
                source.kind.value.replace("_", " "),
                source.citation,
                source.read,
                str(citing[source.key]),
            )
            for source in sorted(facts.sources.values(), key=lambda source: source.key)
        ),
    )


# The case file


def case_file_page(facts: Facts) -> Lines:
    """Every field of a case file, and every word it may hold."""
    schema = Case.model_json_schema()
    models = schema["$defs"]
    yield "# The case file"
    yield ""
    yield "A case is a TOML file. A fault anywhere is named, all faults at once; nothing undeclared"
    yield "is read over. [How to write one](../how-to/write-a-case-file.md) has an example."
    for title, name in (
        ("[person]", "Person"),
        ("[history]: one answer", "Answer"),
        ("[[concerns]]", "StatedConcern"),
        ("[setting]", "Setting"),
        ("[[clinic_deferrals]]", "ClinicDeferral"),
    ):
        yield f"## {title}"
        yield ""
        yield from _model(models[name], models)
    yield 'An answer may be the status alone: `keloid = "no"`.'
    yield ""
    yield "## [depth_mm]"
    yield ""
    yield "Depths that the professional chose, by zone: more than 0, at most 5 mm."
    yield from _vocabularies(facts)


def _model(model: Mapping[str, Any], models: Mapping[str, Any]) -> Lines:
    yield " ".join(model["description"].replace("``", "`").split())
    required = set(model.get("required", ()))
    yield from _table(
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
        return "one of the zones below" if field.get("title") == "Zone" else _words(field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"a list: {_holds(field['items'], models)}"
    if field.get("format") == "date":
        return "a date"
    words = {"integer": "a whole number", "number": "a number", "string": "text"}
    return f"{words[field['type']]}{_bounds(field)}"


def _bounds(field: Mapping[str, Any]) -> str:
    low, above, high = (field.get(k) for k in ("minimum", "exclusiveMinimum", "maximum"))
    least = (
        f"above {above:.10g}" if above is not None else None if low is None else f"from {low:.10g}"
    )
    return "" if least is None or high is None else f", {least} to {high:.10g}"


def _vocabularies(facts: Facts) -> Lines:
    yield "## History items"
    yield from _table(
        ("key", "answers", "must be known", "question"),
        (
            (
                f"`{rule.history_key}`",
                _words(_ANSWERS[rule.answer_kind]),
                "yes" if rule.is_required else "no",
                rule.question,
            )
            for rule in _first_rules(facts)
        ),
    )
    yield "## Zones"
    yield ""
    yield "Left and right are the patient's own. Nothing inside the bony orbital rim is a zone."
    yield from _table(
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
    yield from _table(
        ("key", "shown as"), ((f"`{word}`", facts.concerns[word].name) for word in Concern)
    )
    yield "## Devices"
    yield from _table(
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
    yield from _table(
        ("key", "name", "for", "on needled skin"),
        (
            (f"`{a.key}`", a.name, a.role.replace("_", " "), a.on_needled_skin)
            for a in facts.agents.values()
        ),
    )
    yield "## Licence rules"
    yield ""
    yield "Examples to be edited by a clinic, never law, applied only when a case names one."
    yield from _table(
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


# The command line


def command_line_page(facts: Facts) -> Lines:
    """Every command with its arguments, from the parser itself."""
    parser = _parser()
    yield "# The command line"
    yield ""
    yield f"{parser.description} {parser.epilog}"
    yield from _command("percuta", parser)


def _command(name: str, parser: argparse.ArgumentParser) -> Lines:
    yield f"## {name}"
    own = [action for action in parser._actions if not _is_shown_elsewhere(action)]
    if own:
        rows = ((f"`{_argument(action)}`", _does(action)) for action in own)
        yield from _table(("argument", "does"), rows)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            verbs = {verb.dest: verb.help or "" for verb in action._choices_actions}
            rows = ((f"`{name} {verb}`", does) for verb, does in verbs.items())
            yield from _table(("command", "does"), rows)
            for verb, inner in action.choices.items():
                yield from _command(f"{name} {verb}", inner)


def _is_shown_elsewhere(action: argparse.Action) -> bool:
    return isinstance(action, argparse._SubParsersAction | argparse._HelpAction)


def _argument(action: argparse.Action) -> str:
    meta = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if not action.option_strings:
        return f"[{meta}]" if action.nargs == "?" else meta
    flags = ", ".join(action.option_strings)
    return flags if action.nargs == 0 else f"{flags} {meta}"


def _does(action: argparse.Action) -> str:
    return action.help or action.dest.replace("_", " ")


# The description


def description_page(facts: Facts) -> Lines:
    """The eighteen points, from the tests that hold Percuta to them."""
    tests = list(_described())
    yield "# The description, point by point"
    yield ""
    yield "Percuta is built from a description of micro-needling in eighteen points. Each has a"
    yield "test; what is not built yet is listed as such, and its test fails on purpose."
    for number in sorted({number for number, *_ in tests}):
        mine = [(text, why, name) for n, text, why, name in tests if n == number]
        built = [(text, name) for text, why, name in mine if why is None]
        title, *rest = built[0][0].split("\n\n")
        yield f"## {number}. {_sentence(title)[:-1]}"
        yield ""
        yield from "\n\n".join(rest).splitlines()
        yield ""
        for text, name in built:
            yield f"* Tested: `{name}`" + ("" if text is built[0][0] else f": {_sentence(text)}")
        for text, why, _ in mine:
            if why is not None:
                yield f"* Not built yet: {_sentence(text)[:-1]} ({why})."
        yield ""


def _described() -> Iterator[tuple[int, str, str | None, str]]:
    """Point, docstring, why it is not built (or nothing) and name of every test of a point."""
    tree = ast.parse(DESCRIPTION.read_text(encoding="utf-8"))
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        match = re.match(r"test_(\d\d)_", node.name)
        if match:
            yield int(match[1]), ast.get_docstring(node) or "", _not_built(node), node.name


def _not_built(node: ast.FunctionDef) -> str | None:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith("xfail"):
            for keyword in decorator.keywords:
                if keyword.arg == "reason":
                    return str(ast.literal_eval(keyword.value))
    return None


# Policy


def policy_page(facts: Facts) -> Lines:
    """Every threshold that is ours, with its reason."""
    yield "# Policy"
    yield ""
    yield f"Edition {facts.edition}. {facts.schema('policy').about}"
    yield "Where the basis is `assumed`, no source names the number: it is open to correction."
    yield from _table(
        ("what", "for", "value", "reasonable", "unit", "why", "basis", "sources"),
        (_policy_row(row) for row in facts.policy.values()),
    )


def _policy_row(row: PolicyRow) -> tuple[str, ...]:
    why = _sentence(row.about)
    note = f" {_sentence(row.provenance.note)}" if row.provenance.note else ""
    return (
        f"`{row.quantity}`",
        row.subject.replace("_", " "),
        f"{row.value:.10g}",
        f"{row.low:.10g} to {row.high:.10g}",
        row.unit,
        f"{why}{note}",
        row.provenance.basis,
        ", ".join(row.sources),
    )


if __name__ == "__main__":
    sys.exit(main())
