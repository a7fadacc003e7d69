"""Asking for the password again before something that cannot be undone."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from percuta.clinic.accounts.signed_in import User


def password_faults(
    request: HttpRequest, by: User, *, password: str, called: str
) -> tuple[str, ...]:
    """Why this is not sure to be the person signed in; empty if it is.

    Asked before anything else is looked at: what is read first can change meanwhile, and a guess
    counts whatever else is wrong.
    """
    if not password:
        return (f"{called} is missing: this step takes it again",)
    if not _is_really(request, by, password=password):
        return (f"{called} does not fit. After five wrong ones the account rests",)
    return ()


def _is_really(request: HttpRequest, by: User, *, password: str) -> bool:
    """Whether the password is that of the person signed in; a wrong one counts as at the door."""
    found = authenticate(request, username=by.login, password=password)
    return found is not None and found.pk == by.pk
