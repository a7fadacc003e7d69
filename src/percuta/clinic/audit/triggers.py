"""Triggers that keep row versions, refuse changes to the trail, and seal what is closed.

They are generated from the declarations of the models and installed anew after every migration,
so that no bulk update and no raw SQL goes past them.
"""

from collections.abc import Iterable, Iterator

from django.apps import AppConfig
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from percuta.clinic.audit.declaration import Record, declaration_of
from percuta.clinic.audit.models import Event, RowVersion

_TRAIL_COLUMNS = '"at", "actor", "action", "table", "row", "before", "after"'
_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_ACTING = '(SELECT "actor" FROM "audit_acting"), (SELECT "action" FROM "audit_acting")'
_MOMENTS = {"INSERT": (False, True), "UPDATE": (True, True), "DELETE": (True, False)}


def install(connection: BaseDatabaseWrapper, config: AppConfig) -> None:
    """Put the triggers of one app's tables in place, replacing older ones."""
    with connection.cursor() as cursor:
        for name, statement in triggers(config.get_models()):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            cursor.execute(statement)


def triggers(tables: Iterable[type[models.Model]]) -> Iterator[tuple[str, str]]:
    """Name and statement of every trigger that these tables need."""
    for model in tables:
        if issubclass(model, (Event, RowVersion)):
            yield from _refusals(model, {"UPDATE": "1", "DELETE": "1"}, "the trail only grows")
        elif issubclass(model, Record):
            yield from _versions(model)
            sealed = getattr(model, "sealed_when", None)
            if sealed:
                conditions = {"UPDATE": sealed, "DELETE": sealed}
                yield from _refusals(model, conditions, "this row is sealed")


def _refusals(
    model: type[models.Model], conditions: dict[str, str], why: str
) -> Iterator[tuple[str, str]]:
    table = model._meta.db_table
    for moment, condition in conditions.items():
        name = f"refuse_{moment.lower()}_{table}"
        yield (
            name,
            f'CREATE TRIGGER "{name}" BEFORE {moment} ON "{table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{table}: {why}'); END",
        )


def _versions(model: type[Record]) -> Iterator[tuple[str, str]]:
    table, trail = model._meta.db_table, RowVersion._meta.db_table
    columns = _audited(model)
    for moment, (has_before, has_after) in _MOMENTS.items():
        name = f"version_{moment.lower()}_{table}"
        before = _object(columns, "OLD") if has_before else "NULL"
        after = _object(columns, "NEW") if has_after else "NULL"
        row = "NEW" if has_after else "OLD"
        changed = f"WHEN {before} IS NOT {after}" if moment == "UPDATE" else ""
        values = f"'{table}', {row}.\"id\", {before}, {after}"
        statement = (
            f'CREATE TRIGGER "{name}" AFTER {moment} ON "{table}" {changed} BEGIN '
            f'INSERT INTO "{trail}" ({_TRAIL_COLUMNS}) '
            f"VALUES ({_NOW}, {_ACTING}, {values}); END"
        )
        yield name, statement


def _audited(model: type[Record]) -> tuple[str, ...]:
    fields = model._meta.local_concrete_fields
    known = ((field.column, declaration_of(field)) for field in fields)
    return tuple(str(column) for column, found in known if found is not None and found.is_audited)


def _object(columns: Iterable[str], side: str) -> str:
    pairs = ", ".join(f"'{column}', {side}.\"{column}\"" for column in columns)
    return f"json_object({pairs})"
