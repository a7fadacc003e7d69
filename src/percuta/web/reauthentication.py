"""Asking for the password again before something that cannot be undone."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from percuta.clinic.accounts.signed_in import User


def is_really(request: HttpRequest, by: User, *, password: str) -> bool:
    """Whether the password is that of the person signed in; a wrong one counts as at the door."""
    found = authenticate(request, username=by.login, password=password)
    return found is not None and found.pk == by.pk
