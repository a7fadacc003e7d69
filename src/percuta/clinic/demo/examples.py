"""The example cases as people who came these days: every date of a case is moved with its visit."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from percuta.clinic.demo.book import ExampleName
from percuta.clinic.demo.calendar import open_day
from percuta.clinic.demo.visit import Story, Visit, born
from percuta.clinic.edition import facts_in_force
from percuta.errors import PercutaError
from percuta.planning.case.case_file import parse_case

_PACKED = Path(__file__).parent / "cases"
"""Where an installed package holds the example cases; a copy of the sources has one folder."""
_IN_SOURCES = Path(__file__).parents[4] / "examples" / "cases"


def example_stories(
    names: Mapping[str, ExampleName], at: datetime, chance: Random
) -> Iterator[Story]:
    """One story a case, on the last open days before ``at``."""
    for number, (file, who) in enumerate(names.items(), start=1):
        raw = tomllib.loads((_folder() / f"{file}.toml").read_text(encoding="utf-8"))
        yield _story(raw, who, open_day(at, number, chance), chance)


def moved(raw: Mapping[str, Any], by: timedelta) -> dict[str, object]:
    """The same data, every day in it moved."""
    return {key: _moved(value, by) for key, value in raw.items()}


def _moved(value: object, by: timedelta) -> object:
    if isinstance(value, date):
        return value + by
    if isinstance(value, dict):
        return moved(value, by)
    return [_moved(one, by) for one in value] if isinstance(value, list) else value


def _story(raw: Mapping[str, Any], who: ExampleName, on: datetime, chance: Random) -> Story:
    case = parse_case(moved(raw, on.date() - raw["setting"]["date"]), facts_in_force())
    given, family = who.name
    if case.person.sex is None or case.person.age is None:
        raise PercutaError(f"{given} {family}: the demo needs age and sex of an example")
    return Story(
        given_name=given,
        family_name=family,
        sex=case.person.sex,
        birth_date=born(case.person.age, on.date(), chance),
        record_number="",
        visits=(Visit(on, case, who.ending),),
    )


def _folder() -> Path:
    return _PACKED if _PACKED.is_dir() else _IN_SOURCES
