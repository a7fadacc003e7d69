"""The person who makes a request, typed; and the clock that pages hand to actions."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from percuta.clinic.accounts.signed_in import User, signed_in
from percuta.errors import AccessDenied


def user_of(request: HttpRequest) -> User | None:
    """Who is signed in, or ``None``."""
    return signed_in(getattr(request, "user", None))


def actor(request: HttpRequest) -> User:
    """Who acts.

    Raises
    ------
    AccessDenied
        If nobody is signed in; pages are closed to strangers before it comes to this.
    """
    user = user_of(request)
    if user is None:
        raise AccessDenied("sign in first")
    return user


def now() -> datetime:
    """The moment of this request."""
    return timezone.now()


def today() -> date:
    """The clinic's own day."""
    return timezone.localdate()
