"""``percuta facts impact``: what another edition of the facts changes for people."""

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from percuta.cli.exits import PLAN_MADE
from percuta.cli.figures import write_figure
from percuta.cli.output import show, write
from percuta.errors import Faults
from percuta.facts.edition import open_edition

if TYPE_CHECKING:
    from rich.console import Console

    from percuta.impact.counting import Impact
    from percuta.impact.narrowing import Narrowing
    from percuta.report.figures.table import DataTable

PEOPLE = 1000
"""Virtual people, if no other number is asked for."""


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the verb to ``percuta facts``."""
    parser = verbs.add_parser("impact", help="what another edition changes for virtual people")
    parser.add_argument("old", metavar="OLD", help="the older edition, as 2026-11-23")
    parser.add_argument("new", metavar="NEW", help="the newer edition")
    parser.add_argument(
        "--people", type=int, default=PEOPLE, help=f"how many; {PEOPLE} if left out"
    )
    parser.add_argument("--seed", type=int, default=1, help="other people for another number")
    parser.add_argument("--workers", type=int, help="processes; all cores if left out")
    parser.add_argument("--all", action="store_true", help="every row, not only the first twenty")
    parser.add_argument(
        "--bands",
        type=int,
        metavar="PEOPLE",
        help="also count the bands of forecasts that move, over so many people",
    )
    parser.add_argument(
        "--missing",
        type=int,
        metavar="PEOPLE",
        help="also say which measurement would narrow the plans of so many people most",
    )
    parser.add_argument(
        "--picture", type=Path, metavar="FILE.svg", help="draw the first twenty rows"
    )
    parser.set_defaults(command=_impact)
    return parser


def _impact(options: argparse.Namespace) -> int:
    from concurrent.futures import ProcessPoolExecutor

    from percuta.impact.counting import Counting, Editions, impact
    from percuta.impact.narrowing import narrowings

    _check(options)
    old, new = (
        open_edition(name, shelf=options.shelf).folder for name in (options.old, options.new)
    )
    with ProcessPoolExecutor(options.workers or os.cpu_count()) as executor:
        asked = Editions(old=old, new=new, seed=options.seed)
        found = impact(asked, options.people, executor)
        of_bands = asked.model_copy(update={"counting": Counting.BANDS})
        bands = impact(of_bands, options.bands, executor) if options.bands else None
        missing = (
            narrowings(new, options.missing, options.seed, executor) if options.missing else None
        )
    if options.picture is not None:
        write_figure(picture_of(found), options.picture)
    if options.json:
        data = {
            "is_a_plan": False,
            "impact": found.model_dump(mode="json"),
            "bands": bands and bands.model_dump(mode="json"),
            "missing": [each.model_dump(mode="json") for each in missing or ()],
        }
        write(json.dumps(data, indent=2) + "\n")
    else:
        show(lambda console: _print(console, found, bands, missing, is_all=options.all))
    return PLAN_MADE


def _check(options: argparse.Namespace) -> None:
    faults = [
        f"--{name} {value}: at least one"
        for name in ("people", "workers", "bands", "missing")
        if (value := getattr(options, name)) is not None and value < 1
    ]
    if faults:
        raise Faults(faults)


def _print(
    console: "Console",
    found: "Impact",
    bands: "Impact | None",
    missing: "tuple[Narrowing, ...] | None",
    *,
    is_all: bool,
) -> None:
    from rich.text import Text

    from percuta.report import impact as words

    most = None if is_all else words.SHOWN
    console.print(Text(words.headline(found), style="bold"))
    _print_table(console, words.kinds_table(found, bands))
    for counted in (found, bands):
        if counted is not None:
            _print_table(console, words.rows_table(counted, most))
            for remark in words.remarks(counted):
                console.print(Text(remark))
    if missing is not None:
        _print_table(console, words.narrowing_table(missing, most))


def _print_table(console: "Console", data: "DataTable") -> None:
    from rich.table import Table
    from rich.text import Text

    console.print()
    console.print(Text(data.caption, style="bold underline"))
    table = Table(box=None, pad_edge=False, header_style="dim")
    for place, name in enumerate(data.header):
        # A row's name is typed into other commands: it is never broken.
        table.add_column(name, overflow="fold", no_wrap=place == 0)
    for row in data.rows:
        table.add_row(*row)
    console.print(table)


def picture_of(found: "Impact") -> str:
    """The first rows as an SVG figure."""
    from percuta.report import impact as words
    from percuta.report.figures.palette import Theme
    from percuta.report.figures.row_impact import Bar, row_impact

    bars = tuple(
        Bar(
            name=row.change.reference,
            citing=row.leaning / found.people,
            changing=row.changing / found.people,
        )
        for row in found.rows[: words.SHOWN]
        if row.changing
    )
    return row_impact(bars, f"{words.headline(found)} {words.PICTURE}", theme=Theme.LIGHT)
