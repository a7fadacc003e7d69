"""An edition as it was parsed and checked before, kept in a file of the user's own.

Parsing an edition takes a third of a new ``percuta plan``, and gives the same every time. What is
kept is named by a digest over every byte of the edition and over the code that parsed it, so that
neither can change and the other stay; it is believed only whole, from a file that nobody else can
write. Whatever is wrong with it, the edition is parsed as if it were not there.
"""

import contextlib
import hashlib
import marshal
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from percuta.facts.schema import Column, Schema
from percuta.facts.sources import Source, SourceKind
from percuta.facts.table import Missing, Row, Table, Value, provenance_in

MOST_FILES = 8
"""Editions that are kept, the newest: more than anybody plans from."""

_DIGEST = hashlib.sha256
_CODE = (Path(__file__).parent, Path(__file__).parent.with_name("units.py"))
_FIELDS = tuple(Column.__dataclass_fields__)
_OF_SOURCE = tuple(Source.__dataclass_fields__)

# why: marshal knows neither enums nor dates; no cell is ever one of these three.
_WRITTEN: Mapping[Value, Any] = {Missing.UNKNOWN: None, Missing.NONE: ...}
_READ: Mapping[Any, Value] = {None: Missing.UNKNOWN, ...: Missing.NONE}


class KeptEdition:
    """Tables, schemas and sources that were parsed before, each taken apart when asked for."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts

    def schema(self, name: str) -> Schema | None:
        """The schema of one table; ``None`` if there is no such table."""
        found = self._part(f"schema {name}")
        if found is None:
            return None
        title, about, columns, recipe = found
        by_name = {told[0]: Column(*told) for told in columns}
        return Schema(name, title, about, by_name, recipe)

    def table(self, name: str) -> Table | None:
        """One table; ``None`` if there is no such table."""
        schema, columns = self.schema(name), self._part(f"table {name}")
        if schema is None or columns is None:
            return None
        names = tuple(schema.columns)
        values = (cells if is_plain else map(_read_cell, cells) for is_plain, cells in columns)
        rows = [dict(zip(names, cells, strict=True)) for cells in zip(*values, strict=True)]
        return Table(schema, tuple(Row(name, row["row"], row, provenance_in(row)) for row in rows))

    @property
    def sources(self) -> Mapping[str, Source] | None:
        """The whole bibliography by key."""
        found = self._part("sources")
        if found is None:
            return None
        told = (dict(zip(_OF_SOURCE, values, strict=True)) for values in found)
        return {
            source["key"]: Source(**{**source, "kind": SourceKind(source["kind"])})
            for source in told
        }

    def _part(self, name: str) -> Any:
        part = self._parts.get(name)
        return None if part is None else marshal.loads(part)  # noqa: S302 - its digest held


_PLAIN = {str, float, int, tuple}


def _read_cell(cell: Any) -> Value:
    if type(cell) in _PLAIN:
        value: Value = cell
        return value
    return date.fromisoformat(cell.decode()) if isinstance(cell, bytes) else _READ[cell]


def _written_cell(cell: Value) -> Any:
    return cell.isoformat().encode() if isinstance(cell, date) else _WRITTEN.get(cell, cell)


def read_kept(folder: Path, edition_sha256: str) -> KeptEdition | None:
    """The edition with this digest as today's code parsed it before; ``None`` if it did not."""
    try:
        path = _path(folder, edition_sha256)
        if not _is_own(path):
            return None
        content = path.read_bytes()
        digest, parts = content[: _DIGEST().digest_size], content[_DIGEST().digest_size :]
        return KeptEdition(marshal.loads(parts)) if _DIGEST(parts).digest() == digest else None  # noqa: S302
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep(
    folder: Path, edition_sha256: str, tables: Iterable[Table], sources: Mapping[str, Source]
) -> None:
    """Keep an edition for the next process; where that cannot be done, nothing is kept."""
    parts = {"sources": marshal.dumps([_source_values(source) for source in sources.values()])}
    for table in tables:
        schema = table.schema
        columns = [tuple(getattr(column, n) for n in _FIELDS) for column in schema.columns.values()]
        told = (schema.title, schema.about, columns, dict(schema.recipe))
        parts[f"schema {schema.name}"] = marshal.dumps(told)
        cells = [[_written_cell(row.cells[name]) for row in table.rows] for name in schema.columns]
        marked = [(all(type(cell) in _PLAIN for cell in column), column) for column in cells]
        parts[f"table {schema.name}"] = marshal.dumps(marked)
    content = marshal.dumps(parts)
    with contextlib.suppress(OSError):
        _write(_path(folder, edition_sha256), _DIGEST(content).digest() + content)


def _source_values(source: Source) -> tuple[str, ...]:
    return tuple(str(getattr(source, name)) for name in _OF_SOURCE)


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, readable and writable by its owner alone."""
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    kept = sorted(path.parent.glob("facts-*"), key=lambda each: each.stat().st_mtime)
    for old in kept[:-MOST_FILES]:
        old.unlink(missing_ok=True)


def _is_own(path: Path) -> bool:
    """Whether nobody but this user could have written the file, as far as the system tells."""
    if os.name == "nt":
        return True
    told = (path.stat(), path.parent.stat())
    return all(one.st_uid == os.geteuid() and not one.st_mode & 0o022 for one in told)


def _path(folder: Path, edition_sha256: str) -> Path:
    name = hashlib.sha256(f"{_code_digest()} {edition_sha256}".encode()).hexdigest()
    return folder / f"facts-{name}"


@lru_cache(maxsize=1)
def _code_digest() -> str:
    """Digest of everything that parses: this package, units, the bibliography's parser, Python."""
    digest = hashlib.sha256(sys.version.encode())
    package, units = _CODE
    for path in (*sorted(package.glob("*.py")), units):
        digest.update(path.name.encode() + path.read_bytes())
    parser = find_spec("bibtexparser")
    if parser is not None and parser.origin is not None:
        told = Path(parser.origin).stat()
        digest.update(f"{parser.origin} {told.st_mtime_ns} {told.st_size}".encode())
    return digest.hexdigest()
