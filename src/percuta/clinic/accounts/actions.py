"""Writing accounts: opening a clinic, adding people, changing what they may do, passwords."""

from datetime import datetime
from uuid import UUID, uuid4

from axes.utils import reset as open_door
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from percuta.clinic.accounts.acting import action
from percuta.clinic.accounts.models import Clinic, User
from percuta.clinic.accounts.queries import demo_clinic, has_real_clinic
from percuta.clinic.accounts.roles import Permission, Role
from percuta.clinic.accounts.signed_in import counted_name
from percuta.clinic.audit.recording import act, write_event
from percuta.errors import Faults
from percuta.facts.vocabulary import Operator


def open_clinic(
    *,
    name: str,
    administrator: str,
    login: str,
    password: str,
    at: datetime,
    is_demo: bool = False,
) -> User:
    """Open a clinic with its first administrator: the one act that nobody signed in for.

    Raises
    ------
    Faults
        If real and invented people would share a data folder, or the password is too weak.
    """
    if is_demo and has_real_clinic():
        raise Faults(["this data folder holds a real clinic: a demo never goes in beside it"])
    if not is_demo and demo_clinic() is not None:
        raise Faults(["this data folder holds the demo clinic: choose another for real people"])
    with act("accounts.open_clinic", actor=None):
        clinic = Clinic.objects.create(name=name, is_demo=is_demo)
        user = _new_user(
            uuid4(),
            clinic=clinic,
            login=login,
            name=administrator,
            role=Role.ADMINISTRATOR,
            operator=Operator.PHYSICIAN,
            password=password,
        )
        write_event(
            "accounts.open_clinic",
            user,
            at=at,
            actor=None,
            clinic=clinic.pk,
            given=("name", "administrator", "login", "password", "is_demo"),
        )
    return user


@action("accounts.add_person", Permission.MANAGE_ACCOUNTS)
def add_person(
    *,
    by: User,
    at: datetime,
    person_id: UUID,
    login: str,
    name: str,
    role: Role,
    operator: Operator,
    password: str,
) -> User:
    """Add somebody to the clinic of who acts; the same ``person_id`` twice adds one person."""
    known = User.objects.filter(pk=person_id, clinic_id=by.clinic_id).first()
    return known or _new_user(
        person_id,
        clinic=by.clinic,
        login=login,
        name=name,
        role=role,
        operator=operator,
        password=password,
    )


@action("accounts.change_person", Permission.MANAGE_ACCOUNTS)
def change_person(
    *, by: User, at: datetime, person: User, role: Role, operator: Operator, is_active: bool
) -> User:
    """Change what somebody may do; nobody locks themselves out."""
    if person.pk == by.pk and (role is not Role.ADMINISTRATOR or not is_active):
        raise Faults(["an administrator cannot take away their own access: ask another one"])
    person.role, person.operator, person.is_active = role.value, operator.value, is_active
    person.save(update_fields=["role", "operator", "is_active"])
    return person


@action("accounts.change_password", Permission.KEEP_OWN_SIGN_IN)
def change_password(*, by: User, at: datetime, new: str) -> User:
    """Change one's own password; every other session of this person ends.

    Whoever calls this has asked for the old one, where wrong ones are counted.

    Raises
    ------
    Faults
        If the new one is too weak.
    """
    return _set_password(by, new)


@action("accounts.reset_password", Permission.MANAGE_ACCOUNTS)
def reset_password(*, by: User, at: datetime, person: User, new: str) -> User:
    """Give somebody a new password to begin with; their sessions end, a locked door opens."""
    if person.pk == by.pk:
        raise Faults(["your own password is changed where you give the old one"])
    open_door(username=counted_name(person.login))
    return _set_password(person, new)


def _set_password(person: User, password: str) -> User:
    faults = _password_faults(person, password)
    if faults:
        raise Faults(faults)
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


def _password_faults(person: User, password: str) -> list[str]:
    try:
        validate_password(password, person)
    except ValidationError as error:
        return [f"password: {message}" for message in error.messages]
    return []


def _new_user(
    user_id: UUID,
    *,
    clinic: Clinic,
    login: str,
    name: str,
    role: Role,
    operator: Operator,
    password: str,
) -> User:
    faults = [] if login.strip() and name.strip() else ["name and sign-in name must not be empty"]
    if User.objects.filter(login__iexact=login.strip()).exists():
        faults.append(f"sign-in name '{login}' is taken: choose another")
    user = User(
        id=user_id,
        login=login.strip(),
        name=name.strip(),
        clinic=clinic,
        role=role.value,
        operator=operator.value,
    )
    faults += _password_faults(user, password)
    if faults:
        raise Faults(faults)
    user.set_password(password)
    user.save(force_insert=True)
    return user
