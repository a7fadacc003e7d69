"""No number without a source, a unit, a range and a basis: taking any away must fail."""

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

import pytest

from percuta.errors import FactError
from percuta.facts.edition import BUILT_IN, Facts, editions, open_edition, released
from percuta.facts.schema import Column, Schema, read_schema
from percuta.facts.sources import read_sources
from percuta.facts.table import read_table
from percuta.facts.vocabulary import Basis, Concern, Zone

NEWEST = open_edition(editions()[-1])
"""The edition that is being written, or the one in force: what is sealed was held to this then."""

TABLES = NEWEST.table_names


@pytest.fixture(name="facts", scope="module")
def _newest() -> Facts:
    return NEWEST


def rows_of(facts: Facts, name: str) -> list[dict[str, str]]:
    text = (facts.folder / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def is_accepted(row: dict[str, str], schema: Schema, sources: frozenset[str]) -> bool:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(row), lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    try:
        read_table(buffer.getvalue(), schema, sources)
    except FactError:
        return False
    return True


def test_every_table_is_sound(facts: Facts) -> None:
    facts.check()


@pytest.mark.parametrize("name", TABLES)
def test_taking_a_cell_away_is_noticed_in_every_row(name: str, facts: Facts) -> None:
    schema, sources = facts.schema(name), frozenset(facts.sources)
    for row in rows_of(facts, name):
        assert is_accepted(row, schema, sources)
        for column in schema.columns.values():
            if not column.optional:
                assert not is_accepted({**row, column.name: ""}, schema, sources), (row, column)


@pytest.mark.parametrize("name", TABLES)
def test_a_number_outside_its_range_or_no_number_is_noticed(name: str, facts: Facts) -> None:
    schema, sources = facts.schema(name), frozenset(facts.sources)
    for row in rows_of(facts, name):
        for column in schema.columns.values():
            for wrong in wrong_numbers(column):
                assert not is_accepted({**row, column.name: wrong}, schema, sources), (row, column)


def wrong_numbers(column: Column) -> list[str]:
    if not column.is_numeric or column.high is None:
        return []
    return [str(column.high + 1), "much", "nan", "inf"]


@pytest.mark.parametrize("name", TABLES)
def test_an_invented_source_or_basis_is_noticed(name: str, facts: Facts) -> None:
    schema, sources = facts.schema(name), frozenset(facts.sources)
    for row in rows_of(facts, name):
        for wrong in ({"source": "SOMEBODY"}, {"source": "unknown"}, {"basis": "hearsay"}):
            assert not is_accepted({**row, **wrong}, schema, sources)


def schema_entries() -> list[tuple[str, str, str]]:
    found = []
    for name in TABLES:
        raw = tomllib.loads((NEWEST.folder / f"{name}.toml").read_text())
        for column, spec in raw["columns"].items():
            needed = ("type", "about", "unit", "min", "max", "choices")
            found += [(name, column, key) for key in needed if key in spec]
    return found


def without(raw: dict[str, Any], column: str, key: str) -> str:
    lines = [f'title = "{raw["title"]}"', f"about = '''{raw['about']}'''"]
    for name, spec in raw["columns"].items():
        lines.append(f"[columns.{name}]")
        for entry, value in spec.items():
            if (name, entry) != (column, key):
                shown = str(value).lower() if isinstance(value, bool) else repr(value)
                lines.append(f"{entry} = {shown}")
    return "\n".join(lines)


def test_taking_a_unit_range_or_meaning_from_a_schema_is_noticed(
    facts: Facts, tmp_path: Path
) -> None:
    for name, column, key in schema_entries():
        raw = tomllib.loads((facts.folder / f"{name}.toml").read_text(encoding="utf-8"))
        path = tmp_path / f"{name}.toml"
        path.write_text(without(raw, column, ""), encoding="utf-8")
        read_schema(path)
        path.write_text(without(raw, column, key), encoding="utf-8")
        with pytest.raises(FactError, match=column):
            read_schema(path)


def test_every_table_has_a_schema_and_every_schema_a_table(facts: Facts) -> None:
    schemas = {path.stem for path in facts.folder.glob("*.toml")}
    assert schemas == set(facts.table_names)


def test_every_source_says_what_it_is_and_how_it_was_read(facts: Facts, tmp_path: Path) -> None:
    text = (facts.folder / "sources.bib").read_text(encoding="utf-8")
    for field in ("author", "title", "year", "kind", "read"):
        broken = text.replace(f"  {field} = ", f"  x{field} = ", 1)
        path = tmp_path / "sources.bib"
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(FactError, match=field):
            read_sources(path)


def test_every_zone_and_concern_has_its_row(facts: Facts) -> None:
    assert set(facts.zones) == set(Zone)
    assert set(facts.concerns) == set(Concern)
    assert {row.site for row in facts.zones.values()} == set(facts.beneath)


def test_every_thin_site_has_a_ceiling_and_no_other_site_has_one(facts: Facts) -> None:
    thin = {site for site, row in facts.beneath.items() if row.is_thin_site}
    assert thin == {subject for name, subject in facts.policy if name == "thin_site_ceiling_mm"}


def test_every_waiting_time_in_force_is_a_published_one(facts: Facts) -> None:
    published = {(row.rule, row.defer_days) for row in facts.deferrals}
    for rule in facts.screening:
        if rule.defer_days is not None:
            assert (rule.key, rule.defer_days) in published


def test_memory_is_marked_as_memory(facts: Facts) -> None:
    for name in facts.table_names:
        for row in facts.table(name):
            if "MEMORY" in row.provenance.source:
                assert row.provenance.basis is Basis.MEMORY, row.key


def test_left_and_right_are_the_same_but_for_the_side(facts: Facts) -> None:
    for zone, row in facts.zones.items():
        if "left" in zone:
            other = facts.zones[Zone(zone.replace("left", "right"))]
            same = ("site", "sites", "area_cm2", "area_lo_cm2", "area_hi_cm2", "near_eye")
            assert [getattr(row, n) for n in same] == [getattr(other, n) for n in same]
            assert "left" in row.patient_name
            assert "right" in other.patient_name


def test_a_released_edition_is_sealed_and_never_changes() -> None:
    sealed = tomllib.loads((BUILT_IN / "sealed.toml").read_text(encoding="utf-8"))
    assert set(sealed) == set(released())
    for name, digest in sealed.items():
        assert Facts(BUILT_IN / name).sha256 == digest, f"edition {name} was changed after release"
