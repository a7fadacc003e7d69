"""The page of the record: who may do what, and every field with what it is."""

import os
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps
from django.db import models

from percuta.facts.edition import Facts
from reference.markdown import Lines, sentence, table


def page(facts: Facts) -> Lines:
    """Roles with their actions, then every table with its fields."""
    _set_up()
    yield "# The record"
    yield ""
    yield "Everything that the clinic keeps, and who may write it. Every field is declared once in"
    yield "the code; this page, the row versions and the list of personal data follow from it."
    yield "## Who may do what"
    yield ""
    yield "Each action asks for one permission, touches rows of one's own clinic only, and leaves"
    yield "an event in the same transaction."
    yield from _actions()
    yield "## What is kept"
    yield ""
    yield "Personal: says who somebody is. Clinical: says how somebody is. Neutral: neither. Every"
    yield "change of a field is kept as a version of its row, unless the last column says no."
    for model in _tables():
        yield f"### {model._meta.label}"
        yield ""
        yield sentence((model.__doc__ or "").partition("\n")[0])
        yield from table(("field", "what it is", "kind", "unit", "versions"), _fields(model))


def _set_up() -> None:
    """Django without a record: nothing is read or written, only the models are looked at."""
    if apps.ready:
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PERCUTA_DATA_FOLDER"] = str(Path(folder) / "record")
        os.environ["DJANGO_SETTINGS_MODULE"] = "percuta.site.settings"
        django.setup()


def _actions() -> Lines:
    acting = import_module("percuta.clinic.accounts.acting")
    roles = import_module("percuta.clinic.accounts.roles")
    for config in apps.get_app_configs():
        if config.name.startswith("percuta.clinic."):
            name = f"{config.name}.actions"
            if (Path(config.path) / "actions.py").is_file():
                import_module(name)
    names = [roles.ROLE_NAMES[role] for role in roles.Role]
    rows = [
        (
            f"`{action}`",
            permission.value.replace("_", " "),
            *("yes" if permission in roles.ROLES[role] else "-" for role in roles.Role),
        )
        for action, permission in sorted(acting.ACTIONS.items())
    ]
    yield from table(("action", "permission", *names), rows)


def _tables() -> Iterator[type[models.Model]]:
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if config.name.startswith("percuta.clinic."):
            yield from config.get_models()


def _fields(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    declaration_of = import_module("percuta.clinic.audit.declaration").declaration_of
    is_versioned = not model._meta.label.startswith("audit.")
    for field in model._meta.local_concrete_fields:
        found = declaration_of(field)
        kept = "yes" if is_versioned and found.is_audited else "no"
        yield field.name, found.label, found.kind.value, found.unit or "-", kept
