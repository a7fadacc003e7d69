"""Whether somebody who presents themselves works here."""

from percuta.clinic.accounts.models import User

__all__ = ["User", "counted_name", "signed_in"]


def signed_in(somebody: object) -> User | None:
    """The person, if it is one who may sign in."""
    return somebody if isinstance(somebody, User) and somebody.is_active else None


def counted_name(login: str) -> str:
    """The spelling of a sign-in name under which its wrong passwords are counted."""
    return login.strip().lower()
