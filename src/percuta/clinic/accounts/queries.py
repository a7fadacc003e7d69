"""Reading accounts: only people of one's own clinic."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import Clinic, User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.audit.models import Event
from percuta.errors import NotHere


def colleagues(*, by: User) -> QuerySet[User]:
    """Everybody of this clinic, for those who manage accounts."""
    authorise(by, Permission.MANAGE_ACCOUNTS)
    return User.objects.filter(clinic_id=by.clinic_id)


def colleague(user_id: UUID, *, by: User) -> User:
    """One person of this clinic, for those who manage accounts."""
    found = colleagues(by=by).filter(pk=user_id).first()
    if found is None:
        raise NotHere("no such person here")
    return found


def trail(*, by: User) -> QuerySet[Event]:
    """What was done at this clinic, newest first: who, when, what, and no value."""
    authorise(by, Permission.READ_TRAIL)
    return Event.objects.filter(clinic=by.clinic_id)


def names_of_people(*, by: User) -> Mapping[UUID, str]:
    """The name of everybody who works or worked here, for reading the trail."""
    authorise(by, Permission.READ_TRAIL)
    return dict(User.objects.filter(clinic_id=by.clinic_id).values_list("pk", "name"))


def demo_clinic() -> Clinic | None:
    """The demo clinic of this data folder, if it holds one."""
    return Clinic.objects.filter(is_demo=True).first()


def has_real_clinic() -> bool:
    """Whether this data folder holds the record of real people."""
    return Clinic.objects.filter(is_demo=False).exists()
