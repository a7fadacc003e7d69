"""``percuta demo``: every case of a folder planned, written down, and shown at a glance."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from percuta.cli.exits import PLAN_MADE, UNREADABLE
from percuta.cli.output import show
from percuta.errors import CaseError, PercutaError
from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Level, Scope, Zone
from percuta.planning.case.case_file import read_case
from percuta.planning.judgement.findings import Verdict
from percuta.planning.plan.document import write_plan
from percuta.planning.plan.plan import Plan, make_plan

OUT = Path(".percuta") / "demo"
"""Where the documents go if nothing else is said."""

NO_CASE = "expected.toml"
"""Beside the examples: what they must answer. It is no case itself."""


class Line(NamedTuple):
    """One line of the overview."""

    case: str
    verdict: str
    outcome: str
    file: str


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the ``demo`` command."""
    parser = commands.add_parser("demo", help="plan every case of a folder and show the documents")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the case files lie")
    parser.add_argument(
        "--out", type=Path, default=OUT, metavar="FOLDER", help=f"for PDF and JSON; {OUT}"
    )
    parser.set_defaults(command=_demo)


def _demo(options: argparse.Namespace) -> int:
    facts = open_edition()
    lines: list[Line] = []
    faults: list[str] = []
    for path in _case_files(options.folder):
        try:
            lines.append(_planned(path, options.out, facts))
        except CaseError as error:
            faults += [f"{path.name}: {fault}" for fault in error.faults]
            lines.append(Line(_title(path), "unreadable", _count(error.faults), "-"))
    _show(lines, options.out)
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    _open_folder(options.out)
    return UNREADABLE if faults else PLAN_MADE


def _case_files(folder: Path) -> list[Path]:
    paths = sorted(path for path in folder.glob("*.toml") if path.name != NO_CASE)
    if not paths:
        raise PercutaError(f"{folder}: there are no case files (*.toml) in this folder")
    return paths


def _planned(path: Path, out: Path, facts: Facts) -> Line:
    """Plan one case and write its documents."""
    from percuta.report.document_figures import document_figures
    from percuta.report.pdf import write_pdf

    plan = make_plan(read_case(path, facts), facts)
    document = out / f"{path.stem}.pdf"
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{path.stem}.json").write_text(write_plan(plan), encoding="utf-8", newline="\n")
    except OSError as error:
        raise PercutaError(f"{out}: cannot be written to: {error.strerror}") from error
    write_pdf(plan, document, figures=document_figures(plan, facts))
    return Line(_title(path), plan.verdict.value, _outcome(plan), document.name)


def _title(path: Path) -> str:
    return path.stem.replace("-", " ")


def _count(faults: tuple[str, ...]) -> str:
    return f"{len(faults)} fault{'s' * (len(faults) != 1)}, named below"


def _outcome(plan: Plan) -> str:
    """The zones of a plan, or what stands in its way."""
    if plan.is_made:
        later = plan.series.later_zones if plan.series else ()
        waiting = f"; later: {_named(zone.zone for zone in later)}" if later else ""
        return _named(zone.zone for zone in plan.zones) + waiting
    if plan.verdict is Verdict.INCOMPLETE:
        return f"still to ask: {', '.join(question.rule for question in plan.questions)}"
    return ", ".join(dict.fromkeys(_obstacles(plan)))


def _named(zones: Iterable[Zone]) -> str:
    return ", ".join(zone.replace("_", " ") for zone in zones)


def _obstacles(plan: Plan) -> Iterator[str]:
    from percuta.report import wording

    for finding in plan.findings:
        is_in_the_way = finding.level.weight >= Level.DEFER.weight
        if is_in_the_way and finding.scope is not Scope.AGENT:
            yield f"{finding.rule} {wording.until(finding)}".strip()


def _show(lines: Iterable[Line], out: Path) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("Case", "Verdict", "Zones, or why not", "Document"):
        table.add_column(name, overflow="fold", no_wrap=name in {"Verdict", "Document"})
    for line in lines:
        table.add_row(*(Text(cell) for cell in line))

    def draw(console: Console) -> None:
        console.print(table)
        console.print()
        console.print(Text(f"PDF and JSON: {out}"), soft_wrap=True)

    show(draw)


def _open_folder(folder: Path) -> None:
    if not (sys.stdout.isatty() and _has_display() and folder.is_dir()):
        return
    import webbrowser

    # Showing the folder is a courtesy: its path is printed already.
    with contextlib.suppress(webbrowser.Error, OSError):
        webbrowser.open(folder.resolve().as_uri())


def _has_display() -> bool:
    import platform

    if platform.system() in {"Darwin", "Windows"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
