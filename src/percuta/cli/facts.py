"""``percuta facts``: list tables, show rows, name sources, count what an edition changes."""

import argparse
import json
from collections.abc import Callable, Iterable

from percuta.cli import impact as impact_command
from percuta.cli.exits import PLAN_MADE
from percuta.cli.output import write
from percuta.errors import FactError
from percuta.facts.edition import Facts, open_edition
from percuta.facts.table import Missing, Row, Value


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    facts_options: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the ``facts`` command with its verbs."""
    parser = commands.add_parser("facts", help="what is known, and who says so")
    verbs = parser.add_subparsers(required=True, metavar="verb")
    listing = verbs.add_parser("list", help="every table, or the rows of one")
    listing.add_argument("table", nargs="?", help="a table's name")
    listing.set_defaults(command=_list)
    showing = verbs.add_parser("show", help="one row with its unit, range, source, basis")
    showing.add_argument("row", metavar="TABLE/ROW", help="a row, as plans name it")
    showing.set_defaults(command=_show)
    sourcing = verbs.add_parser("source", help="one source, and every row that cites it")
    sourcing.add_argument("key", metavar="KEY", help="a key of the bibliography")
    sourcing.set_defaults(command=_source)
    checking = verbs.add_parser("check", help="read every table strictly")
    checking.set_defaults(command=_check)
    impact = impact_command.add_to(verbs)
    for verb in (listing, showing, sourcing, checking, impact):
        facts_options(verb)


def _open(options: argparse.Namespace) -> Facts:
    return open_edition(options.edition, shelf=options.shelf)


def _print(options: argparse.Namespace, data: object, lines: Iterable[str]) -> int:
    text = json.dumps(data, indent=2, default=str) if options.json else "\n".join(lines)
    write(f"{text}\n")
    return PLAN_MADE


def _list(options: argparse.Namespace) -> int:
    facts = _open(options)
    if options.table is None:
        tables = [
            (name, facts.schema(name).title, len(facts.table(name))) for name in facts.table_names
        ]
        data = [{"table": name, "title": title, "rows": rows} for name, title, rows in tables]
        lines = [f"{name:<16}{rows:>5}  {title}" for name, title, rows in tables]
        return _print(options, data, [f"Facts edition {facts.edition}", *lines])
    rows = list(facts.table(options.table))
    return _print(options, [_as_data(row) for row in rows], (_line(row) for row in rows))


def _line(row: Row) -> str:
    return f"{row.key:<36} {row.provenance.basis:<9} {', '.join(row.provenance.source)}"


def _show(options: argparse.Namespace) -> int:
    facts = _open(options)
    row = facts.row(options.row)
    schema = facts.schema(row.table)
    lines = []
    for name, value in row.cells.items():
        column = schema.columns[name]
        allowed = ""
        if column.is_numeric and column.unit not in {"by_row", "by_scale"}:
            allowed = f"  [{column.unit}; {column.low:g} to {column.high:g}]"
        lines.append(f"{name:<18} {_plain(value)}{allowed}")
    lines += [f"  {key}: {facts.sources[key].citation}" for key in row.provenance.source]
    return _print(options, _as_data(row), lines)


def _source(options: argparse.Namespace) -> int:
    facts = _open(options)
    source = facts.sources.get(options.key)
    if source is None:
        raise FactError([f"no source '{options.key}' in edition {facts.edition}"])
    citing = [
        f"{name}/{row.key}"
        for name in facts.table_names
        for row in facts.table(name)
        if options.key in row.provenance.source
    ]
    data = {"source": source.__dict__, "cited_by": citing}
    lines = [
        source.citation,
        f"kind: {source.kind}",
        f"how it was read: {source.read}",
        "cited by:",
    ]
    return _print(options, data, [*lines, *(f"  {reference}" for reference in citing)])


def _check(options: argparse.Namespace) -> int:
    facts = _open(options)
    facts.check()
    rows = sum(len(facts.table(name)) for name in facts.table_names)
    data = {"edition": facts.edition, "sha256": facts.sha256, "rows": rows}
    text = f"Facts {facts.edition}: {rows} rows in {len(facts.table_names)} tables, all sound."
    return _print(options, data, [text])


def _as_data(row: Row) -> dict[str, object]:
    return {name: _plain(value) for name, value in row.cells.items()}


def _plain(value: Value) -> object:
    if isinstance(value, Missing):
        return value.value
    return "; ".join(value) if isinstance(value, tuple) else value
