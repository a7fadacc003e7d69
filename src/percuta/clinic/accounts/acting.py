"""Every write is an action: it names who acts, asks whether they may, and leaves an event.

An action is keyword-only, demands ``by`` and ``at``, is one transaction, and returns the row
that it is about. If its event cannot be written, nothing was done.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models

from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.audit.recording import act, write_event
from percuta.errors import AccessDenied, NotHere

Given = ParamSpec("Given")
Subject = TypeVar("Subject", bound=models.Model)

ACTIONS: dict[str, Permission] = {}
"""Every action by name, with what it takes: filled as the actions are defined."""


def action(
    name: str, permission: Permission
) -> Callable[[Callable[Given, Subject]], Callable[Given, Subject]]:
    """Make a function an action called ``name``, for those who have ``permission``."""
    ACTIONS[name] = permission

    def decorate(function: Callable[Given, Subject]) -> Callable[Given, Subject]:
        @wraps(function)
        def performed(*args: Given.args, **kwargs: Given.kwargs) -> Subject:
            by, at = _who_and_when(kwargs)
            authorise(by, permission, kwargs.values())
            with act(name, actor=by.pk):
                subject = function(*args, **kwargs)
                write_event(
                    name,
                    subject,
                    at=at,
                    actor=by.pk,
                    clinic=by.clinic_id,
                    given=kwargs.keys() - {"by", "at"},
                )
            return subject

        return performed

    return decorate


def authorise(by: User, permission: Permission, about: Iterable[object] = ()) -> None:
    """Ask whether a person may do something to these rows.

    Raises
    ------
    NotHere
        If a row belongs to another clinic: that it exists is none of their business.
    AccessDenied
        If their role does not allow it.
    """
    if not by.may(permission):
        raise AccessDenied(f"{by.role_name} may not do this: it takes '{permission.value}'")
    for row in about:
        if isinstance(row, models.Model) and getattr(row, "clinic_id", None) != by.clinic_id:
            raise NotHere(f"no such {row._meta.verbose_name}")


def _who_and_when(given: Mapping[str, Any]) -> tuple[User, datetime]:
    by, at = given.get("by"), given.get("at")
    if not isinstance(by, User) or not isinstance(at, datetime):
        raise TypeError("an action needs by=User and at=datetime")
    return by, at
