"""The record's tables, brought to what this version of Percuta expects."""

import os
from pathlib import Path

import django
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from percuta.errors import SettingsError
from percuta.site.lock import alone

_SETTINGS = "percuta.site.settings"


def open_record(path: Path) -> None:
    """Begin to use the record, before anything of it is imported.

    Raises
    ------
    SettingsError
        If a newer Percuta wrote this record, or the file is no record.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS
    django.setup()
    bring_up_to_date(path)


def bring_up_to_date(path: Path) -> None:
    """Apply what is missing, one starter at a time.

    Raises
    ------
    SettingsError
        If a newer Percuta wrote this record, or the file is no record.
    """
    with alone(path.with_name("migration.lock")):
        try:
            _apply(path)
        except DatabaseError as error:
            raise SettingsError([f"{path}: cannot be opened: {error}"]) from error
        finally:
            # What is open here must not be shared with the processes that answer.
            connections.close_all()


def _apply(path: Path) -> None:
    executor = MigrationExecutor(connection)
    ahead = executor.loader.applied_migrations.keys() - executor.loader.disk_migrations.keys()
    if ahead:
        raise SettingsError([f"{path}: a newer Percuta wrote this record: start that one"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
