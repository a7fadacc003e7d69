"""Filling an empty data folder with the demo clinic."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from uuid import UUID

from django.db import transaction

from percuta.clinic.accounts import actions as accounts
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.queries import demo_clinic
from percuta.clinic.accounts.roles import Role
from percuta.clinic.demo.book import Book, Employee, book
from percuta.clinic.demo.examples import example_stories
from percuta.clinic.demo.invented import invented_stories
from percuta.clinic.demo.visit import Story, Team, live
from percuta.errors import Faults


def fill(at: datetime) -> None:
    """Open the demo clinic with everybody in it, as it would stand at ``at``.

    Whole or not at all: an interruption leaves the folder empty. The same day gives the same
    people, answers and plans.

    Raises
    ------
    Faults
        If the folder holds a clinic already, the demo or a real one.
    """
    if demo_clinic() is not None:
        raise Faults(["this data folder holds the demo clinic already"])
    told, chance = book(), _chance(at)
    with transaction.atomic():
        staff = _open(told, at - timedelta(days=told.opened_days_ago), chance)
        teams = _teams(told, staff)
        for story in stories(at):
            live(story, next(teams), chance)


def stories(at: datetime) -> list[Story]:
    """Everybody of the demo clinic as it would stand at ``at``, by their first visit."""
    told, chance = book(), _chance(at)
    lived = [
        *example_stories(told.examples, at, chance),
        *invented_stories(told, at, chance),
    ]
    return sorted(lived, key=lambda story: story.visits[0].at)


def demo_staff() -> tuple[Employee, ...]:
    """Who works at the demo clinic, to be told beside the one password."""
    return book().staff


def demo_password() -> str:
    """The password of everybody at the demo clinic."""
    return book().password


def _chance(at: datetime) -> Random:
    """The same chances for the whole of a day."""
    return Random(at.date().isoformat())  # noqa: S311 - invented people


def _open(told: Book, at: datetime, chance: Random) -> dict[str, User]:
    first, *_ = told.staff_of(Role.ADMINISTRATOR)
    opened = accounts.open_clinic(
        name=told.clinic,
        administrator=first.name,
        login=first.login,
        password=told.password,
        at=at,
        is_demo=True,
    )
    staff = {first.login: opened}
    for person in told.staff:
        if person.login not in staff:
            staff[person.login] = accounts.add_person(
                by=opened,
                at=at,
                person_id=UUID(int=chance.getrandbits(128), version=4),
                login=person.login,
                name=person.name,
                role=person.role,
                operator=person.operator,
                password=told.password,
            )
    return staff


def _teams(told: Book, staff: dict[str, User]) -> Iterator[Team]:
    """Practitioners and professionals in turn."""
    practitioners = [staff[person.login] for person in told.staff_of(Role.PRACTITIONER)]
    professionals = [staff[person.login] for person in told.staff_of(Role.QUALIFIED_PROFESSIONAL)]
    for number, practitioner in enumerate(cycle(practitioners)):
        yield Team(practitioner, professionals[number // 2 % len(professionals)])
