"""What a field of the record is: declared once, and the rest follows from it.

Labels, row versions, the list of personal data and the reference page are all derived from the
declaration; a field of the record without one fails the suite.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import uuid4

from django.db import models

AnyField = TypeVar("AnyField", bound="models.Field[Any, Any]")


class Kind(StrEnum):
    """Whose business a value is."""

    PERSONAL = "personal"
    CLINICAL = "clinical"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Declaration:
    """What a field holds, what people call it, in which unit, and whether versions keep it."""

    kind: Kind
    label: str
    unit: str | None
    is_audited: bool


def declared(
    field: AnyField,
    kind: Kind,
    label: str,
    *,
    unit: str | None = None,
    is_audited: bool = True,
) -> AnyField:
    """The same field, with its declaration; ``unit`` is one that ``percuta.units`` knows."""
    field.verbose_name = field._verbose_name = label  # type: ignore[attr-defined]
    setattr(field, _ATTRIBUTE, Declaration(kind, label, unit, is_audited))
    return field


def declaration_of(field: "models.Field[Any, Any]") -> Declaration | None:
    """The declaration of a field, or ``None`` where somebody forgot it."""
    found: Declaration | None = getattr(field, _ATTRIBUTE, None)
    return found


_ATTRIBUTE = "declaration"


class Record(models.Model):
    """A row of the record: a random identifier that is safe to show in an address."""

    id = declared(
        models.UUIDField(primary_key=True, default=uuid4, editable=False),
        Kind.NEUTRAL,
        "identifier",
    )

    class Meta:
        """Each kind of record is a table of its own."""

        abstract = True
