"""The demo clinic on a server: invented on its first start, with what one needs to get in."""

import sys
from pathlib import Path

from django.db import connections
from django.utils import timezone

from percuta.site.lock import alone

DEMO_FOLDER = "~/.percuta-demo"
"""Where it lies if nothing else is set: never where real people are kept."""


def open_demo(path: Path) -> None:
    """Invent the demo clinic unless this record holds it; the record must be open.

    Raises
    ------
    Faults
        If the record holds a real clinic.
    """
    # The record's own code can be imported only once the record is open.
    from percuta.clinic.accounts.queries import demo_clinic
    from percuta.clinic.demo.filling import fill

    with alone(path.with_name("demo.lock")):
        try:
            if demo_clinic() is None:
                sys.stdout.write("Inventing the demo clinic (once) ...\n")
                sys.stdout.flush()
                fill(timezone.now())
        finally:
            # What is open here must not be shared with the processes that answer.
            connections.close_all()


def way_in() -> str:
    """Who may sign in at the demo clinic, and with what."""
    from percuta.clinic.accounts.roles import ROLE_NAMES
    from percuta.clinic.demo.filling import demo_password, demo_staff

    people = {
        label: ", ".join(person.login for person in demo_staff() if person.role is role)
        for role, label in ROLE_NAMES.items()
    }
    width = max(map(len, people))
    lines = [f"  {label:<{width}}  {logins}" for label, logins in people.items()]
    told = f"Sign in with the password {demo_password()} as one of"
    return "\n".join(["Everybody in the demo clinic is invented.", told, *lines, ""])
