"""From a file of a clinic's check-ins, TOML or CSV, to check-ins, or to every fault at once."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.planning.case.fault_sentences import fault_sentence
from percuta.planning.case.text_file import small_text, small_toml
from percuta.planning.recovery.check_in import CheckIn, ClinicCheckIn

LIST = "check_ins"
COLUMNS = (*(name for name in ClinicCheckIn.model_fields if name != "said"), *CheckIn.model_fields)
"""The columns of a CSV file, and the keys of one entry of a TOML file."""

_NUMBERS = {"hours_after", "depth_mm"}
_LISTS = {"zones", "signs"}
_NONE = "none"
_MOST_FAULTS = 50


def read_check_ins(path: Path, facts: Facts) -> tuple[ClinicCheckIn, ...]:
    """Read the check-ins of a clinic.

    Raises
    ------
    CaseError
        Naming every fault by entry: lines that cannot be read, unknown words and signs, hours
        that are not above 0.
    """
    is_csv = path.suffix.lower() == ".csv"
    entries = list((_csv_entries if is_csv else _toml_entries)(path, facts))
    if not entries:
        raise CaseError([f"{path}: holds no check-in; leave the file out to adjust nothing"])
    found: list[ClinicCheckIn] = []
    faults: list[str] = []
    for number, raw in enumerate(entries, start=1):
        told = parse_clinic_check_in(raw, f"{LIST}.{number}", facts)
        if isinstance(told, ClinicCheckIn):
            found.append(told)
        else:
            faults += told
    if faults:
        raise CaseError(_few(faults))
    return tuple(found)


def parse_clinic_check_in(
    raw: Mapping[str, Any], where: str, facts: Facts
) -> ClinicCheckIn | list[str]:
    """One entry with whose it is, or its faults."""
    said = {key: value for key, value in raw.items() if key in CheckIn.model_fields}
    rest = {key: value for key, value in raw.items() if key not in said}
    faults = list(sign_faults(said, where, facts))
    try:
        told = ClinicCheckIn.model_validate({**rest, "said": said})
    except ValidationError as error:
        return [
            *faults,
            *(fault_sentence(one, kind="a check-in", within=where) for one in error.errors()),
        ]
    return faults or told


def sign_faults(said: Mapping[str, Any], where: str, facts: Facts) -> Iterator[str]:
    """Signs that the recovery table does not know."""
    signs = said.get("signs")
    known = reportable_signs(facts)
    for sign in signs if isinstance(signs, list | tuple) else ():
        if sign not in known:
            yield f"{where}.signs: '{sign}' is not a sign; there are {', '.join(known)}"


def reportable_signs(facts: Facts) -> tuple[str, ...]:
    """Keys of what needs somebody after needling: red flags and complications."""
    return tuple(
        row.key.removeprefix("recovery.")
        for row in facts.recovery
        if row.kind in {"red_flag", "complication"} and row.modality == "needling"
    )


def _toml_entries(path: Path, facts: Facts) -> Iterator[Mapping[str, Any]]:
    raw = small_toml(path, facts, CaseError)
    strange = sorted(set(raw) - {LIST})
    entries = raw.get(LIST)
    if strange or not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        named = f"; {', '.join(strange)} is none" if strange else ""
        raise CaseError([f"{path}: holds entries [[{LIST}]] and nothing else{named}"])
    yield from entries


def _csv_entries(path: Path, facts: Facts) -> Iterator[Mapping[str, Any]]:
    rows = csv.DictReader(io.StringIO(small_text(path, facts, CaseError)), strict=True)
    try:
        head = list(rows.fieldnames or ())
        strange = [name for name in head if name not in COLUMNS]
        if strange or len(set(head)) != len(head):
            wrong = ", ".join(strange) or "one is named twice"
            raise CaseError([f"columns of check-ins are {', '.join(COLUMNS)}; not {wrong}"])
        for row in rows:
            if None in row or None in row.values():
                raise CaseError([f"line {rows.line_num}: not as many cells as the first line"])
            yield dict(_cells(row))
    except csv.Error as error:
        raise CaseError([f"line {rows.line_num}: is not CSV: {error}"]) from error


def _cells(row: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    """What a row says; an empty cell was not asked, ``none`` among the signs is none."""
    for name, cell in row.items():
        if cell.strip():
            yield name, _value(name, cell.strip())


def _value(name: str, cell: str) -> object:
    if name in _LISTS:
        parts = [part.strip() for part in cell.split(";")]
        return [] if parts == [_NONE] else parts
    if name in _NUMBERS:
        try:
            return float(cell)
        except ValueError:
            return cell
    return cell


def _few(faults: list[str]) -> list[str]:
    if len(faults) <= _MOST_FAULTS:
        return faults
    return [*faults[:_MOST_FAULTS], f"and {len(faults) - _MOST_FAULTS} more"]
