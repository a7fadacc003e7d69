"""A stored plan that is looked at again: on which day, under which editions, with which answers."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from percuta.errors import UnknownEdition
from percuta.facts.edition import Facts, open_edition
from percuta.planning.case.case import Case, as_day
from percuta.planning.case.case_file import read_case
from percuta.planning.plan.plan import Plan


def add_again_options(parser: argparse.ArgumentParser, *, day_of: str) -> None:
    """The day, the answers of that day, and the digest of a plan whose file holds none."""
    parser.add_argument("--on", type=day, metavar="DATE", help=f"the day of {day_of}, or today")
    parser.add_argument(
        "--case", type=Path, metavar="CASE.toml", help="answers and weight of that day"
    )
    parser.add_argument(
        "--sha256",
        metavar="DIGEST",
        help="the digest on the signed paper; a plan of format 1 is not read without it",
    )


def day(text: str) -> date:
    """The day, or what is wrong with it in words."""
    try:
        return as_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' {error}") from error


def day_asked(options: argparse.Namespace) -> date:
    """The day that was given, or today by the clock on the wall."""
    given: date | None = options.on
    return given if given is not None else datetime.now(UTC).astimezone().date()


def own_edition(plan: Plan, shelf: Path) -> Facts | UnknownEdition:
    """The edition that a plan was made from, or the error that says that it is not here."""
    try:
        return open_edition(plan.provenance.facts_edition, shelf=shelf)
    except UnknownEdition as error:
        return error


def case_asked(options: argparse.Namespace, facts: Facts) -> Case | None:
    """The answers of that day, where they were given."""
    return read_case(options.case, facts) if options.case is not None else None
