"""One act: its writes, the name of who acts, and its event stand or fall together."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from percuta.clinic.audit.models import Acting, Event


@contextmanager
def act(action: str, *, actor: UUID | None) -> Iterator[None]:
    """A transaction in which the database knows who acts, so that row versions carry the name."""
    with transaction.atomic():
        acting = Acting.objects.create(actor=None if actor is None else actor.hex, action=action)
        yield
        acting.delete()


def write_event(
    action: str,
    subject: models.Model,
    *,
    at: datetime,
    actor: UUID | None,
    clinic: UUID | None,
    given: Iterable[str],
) -> Event:
    """Add one event about a row; ``given`` are names of arguments, never their values."""
    return Event.objects.create(
        at=at,
        actor=actor,
        clinic=clinic,
        action=action,
        subject=subject._meta.label,
        subject_id=subject.pk,
        patient=getattr(subject, "about_patient_id", None),
        given=sorted(given),
    )
