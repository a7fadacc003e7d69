"""Every action: who may, whose rows, what it leaves, and that it is undone without its event."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from percuta.clinic.accounts import actions as accounts
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import ROLES, Permission
from percuta.clinic.audit.declaration import Record
from percuta.clinic.audit.models import Acting, Event, RowVersion
from percuta.errors import AccessDenied, NotHere
from percuta.facts.edition import Facts
from tests.integration.clinic.access_site import Site, open_site
from tests.integration.clinic.action_arguments import ARGUMENTS, every_action
from tests.integration.clinic.people import NOW, PASSWORD, Practice

ACTIONS = every_action()
TABLES: list[type[models.Model]] = [
    *[model for model in apps.get_models() if issubclass(model, Record)],
    Event,
    RowVersion,
    Acting,
]


@pytest.fixture(name="site")
def _site(db: None, facts: Facts) -> Site:
    return open_site(facts)


def everybody(practice: Practice) -> tuple[User, ...]:
    """One person of each role."""
    return (practice.practitioner, practice.professional, practice.administrator)


def those_who_may(practice: Practice, permission: Permission) -> list[User]:
    """The people of a clinic whose role allows it."""
    return [person for person in everybody(practice) if person.may(permission)]


def perform(name: str, site: Site, by: User) -> Any:
    """The action, about a row of the first clinic."""
    function, arguments = ARGUMENTS[name]
    return function(by=by, at=NOW, **arguments(site))


def whole_record() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the record."""
    return {table.__name__: list(table._default_manager.values()) for table in TABLES}


def test_every_action_has_arguments_and_the_other_way_round() -> None:
    assert ARGUMENTS.keys() == ACTIONS.keys()


def test_every_permission_belongs_to_a_role() -> None:
    assert set().union(*ROLES.values()) == set(Permission)


@pytest.mark.parametrize("name", ACTIONS)
def test_each_who_may_does_it_and_leaves_one_event(site: Site, name: str) -> None:
    first, *_ = those_who_may(site.here, ACTIONS[name])
    events = Event.objects.count()
    row = perform(name, site, first)
    event = Event.objects.first()
    assert Event.objects.count() == events + 1
    assert event is not None
    assert (event.action, event.actor, event.subject_id) == (name, first.pk, row.pk)
    assert event.clinic == first.clinic_id
    assert event.patient == getattr(row, "about_patient_id", None)


@pytest.mark.parametrize("name", ACTIONS)
def test_whoever_lacks_the_permission_changes_nothing(site: Site, name: str) -> None:
    function, build = ARGUMENTS[name]
    arguments, before = build(site), whole_record()
    allowed = those_who_may(site.here, ACTIONS[name])
    refused = [person for person in everybody(site.here) if person not in allowed]
    for person in allowed:
        person.is_active = False
    for person in (*refused, *allowed, site.inactive["here"]):
        with pytest.raises(AccessDenied):
            function(by=person, at=NOW, **arguments)
    assert whole_record() == before


@pytest.mark.parametrize("name", ACTIONS)
def test_rows_of_another_clinic_are_not_here(site: Site, name: str) -> None:
    arguments = ARGUMENTS[name][1](site)
    is_about_a_row = any(isinstance(value, models.Model) for value in arguments.values())
    before = whole_record()
    for person in those_who_may(site.elsewhere, ACTIONS[name]):
        if is_about_a_row:
            with pytest.raises(NotHere):
                perform(name, site, person)
            assert whole_record() == before
        else:
            assert perform(name, site, person).clinic_id == person.clinic_id


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_whose_event_cannot_be_written_was_not_done(
    site: Site, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError("the disk is full")

    person = those_who_may(site.here, ACTIONS[name])[0]
    before = whole_record()
    monkeypatch.setattr(Event.objects, "create", fail)
    with pytest.raises(OSError, match="full"):
        perform(name, site, person)
    assert whole_record() == before


@pytest.mark.django_db
def test_a_clinic_whose_opening_cannot_be_told_is_not_opened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(**_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Event.objects, "create", fail)
    with pytest.raises(OSError, match="full"):
        accounts.open_clinic(name="A", administrator="Ada", login="a", password=PASSWORD, at=NOW)
    assert not any(whole_record().values())
