"""``percuta study``: virtual people under many plans, on one machine or on a cluster."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from percuta.cli.exits import PLAN_MADE
from percuta.cli.output import show, write
from percuta.errors import Faults, PercutaError
from percuta.facts.edition import open_edition

if TYPE_CHECKING:
    from rich.console import Console

    from percuta.study.running import Progress, Workplace
    from percuta.study.summary import Spread, Summary
    from percuta.study.sweep import StudyPlan

OUT = Path(".percuta") / "studies"
"""Where results go if nothing else is said, in a folder named after the study."""

_NEEDED = ("pyarrow", "dask", "distributed")
_NO_PLAN = (
    "Virtual people: no figure is about anybody. A study asks no screening question and knows no "
    "ceiling, so nothing in it is a plan."
)


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    facts_options: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command."""
    parser = commands.add_parser("study", help="virtual people under many plans, as a table")
    parser.add_argument("study", type=Path, metavar="STUDY.toml", help="the study file")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help=f"for the results; {OUT}/NAME if left out"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--workers", type=int, metavar="N", help="processes on this machine; one a core"
    )
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask cluster's, such as tcp://10.0.0.5:8786"
    )
    facts_options(parser)
    parser.set_defaults(command=_study)


def _study(options: argparse.Namespace) -> int:
    try:
        return _run(options)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in _NEEDED:
            raise
        raise PercutaError(
            f"a study needs {error.name}, which is not installed: pip install 'percuta[study]'"
        ) from error
    except KeyboardInterrupt:
        raise PercutaError(
            "stopped; what is finished is kept, so the same command goes on from there"
        ) from None


def _run(options: argparse.Namespace) -> int:
    from percuta.study.reading import read_study
    from percuta.study.running import run_study
    from percuta.study.summary import summaries

    if options.workers is not None and options.workers < 1:
        raise Faults([f"--workers {options.workers}: at least one"])
    facts = open_edition(options.edition, shelf=options.shelf)
    study = read_study(options.study, facts)
    out = options.out or OUT / study.name
    with _watched() as progress:
        table = run_study(study, facts, out, workplace=_workplace(options), progress=progress)
    told = summaries(table, study, facts)
    if options.json:
        write(json.dumps(_plain(table, told), indent=2) + "\n")
    else:
        show(lambda console: _print(console, table, told, study.cohort.people))
    return PLAN_MADE


def _workplace(options: argparse.Namespace) -> "Workplace":
    from percuta.study.cluster import given_cluster, own_cluster

    if options.scheduler is not None:
        return given_cluster(options.scheduler)
    return own_cluster(options.workers or os.cpu_count() or 1)


@contextmanager
def _watched() -> "Iterator[Progress]":
    """A bar on standard error, where somebody looks at it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(
        "chunks",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task("chunks", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _plain(table: Path, told: "tuple[Summary, ...]") -> dict[str, object]:
    return {
        "table": str(table),
        "is_a_plan": False,
        "figures": [
            {
                "column": each.figure.name,
                "about": each.figure.about,
                "unit": each.figure.unit,
                "grade": each.figure.grade.value,
                "grade_words": each.figure.grade.words,
                "plans": [
                    {"plan": plan.number, **asdict(spread)}
                    for plan, spread in zip(each.plans, each.spreads, strict=True)
                ],
            }
            for each in told
        ],
        "plans": [asdict(plan) for plan in told[0].plans],
    }


def _print(console: "Console", table: Path, told: "tuple[Summary, ...]", people: int) -> None:
    from rich.table import Table
    from rich.text import Text

    plans = told[0].plans
    console.print(Text(f"{people:,} virtual people, {len(plans)} plans: {table}", style="bold"))
    console.print(Text(_NO_PLAN))
    for each in told:
        console.print()
        grade = f"{each.figure.grade.value}, {each.figure.grade.words}"
        console.print(Text(f"{each.figure.title} ({grade})", style="bold"))
        lines = Table(box=None, pad_edge=False, header_style="dim")
        lines.add_column("Plan")
        for head in ("5 %", "50 %", "95 %"):
            lines.add_column(head, justify="right", min_width=7, no_wrap=True)
        for plan, spread in zip(plans, each.spreads, strict=True):
            lines.add_row(_named(plan), *_shown(spread))
        console.print(lines)


_LEAST = 0.001


def _named(plan: "StudyPlan") -> str:
    where = plan.zone or "own zone"
    cover = "covered" if plan.covered else "in air"
    return (
        f"{plan.number}  {plan.device}, {where}, {plan.depth_mm:g} mm, "
        f"{plan.strikes_per_cm2:.0f} per cm2, {cover}"
    )


def _shown(spread: "Spread") -> tuple[str, str, str]:
    low, middle, high = (_digits(end) for end in (spread.low, spread.middle, spread.high))
    return low, middle, high


def _digits(value: float) -> str:
    """Three digits, and never a power of ten."""
    if 0 < value < _LEAST:
        return f"<{_LEAST:g}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
