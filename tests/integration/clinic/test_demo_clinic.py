"""The demo clinic: invented people with histories, apart from real ones, the same each time."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from percuta.clinic.accounts import actions as accounts
from percuta.clinic.accounts.models import Clinic, User
from percuta.clinic.accounts.roles import Role
from percuta.clinic.audit.models import Event
from percuta.clinic.consults.models import Consultation
from percuta.clinic.demo.examples import moved
from percuta.clinic.demo.filling import demo_password, fill, stories
from percuta.clinic.patients.models import Patient
from percuta.clinic.plans.acceptance import statements
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import case_of, planned, version
from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern, Operator, Phototype
from percuta.planning.case.case import Case
from percuta.planning.case.case_file import parse_case
from percuta.planning.judgement.findings import Verdict
from tests.integration.clinic.access_site import BACKEND
from tests.integration.clinic.people import PASSWORD, Practice

AT = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
EXAMPLES = sorted(Path("examples/cases").glob("[0-9]*.toml"))
RAW_KEY = re.compile(r"\b[a-z]+_[a-z_]+\b")


@pytest.fixture(scope="module", name="clinic")
def _clinic(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Clinic]:
    """Filled once for this file, and gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(AT)
        yield Clinic.objects.get()
        transaction.set_rollback(True)


@pytest.fixture(name="nurse")
def _nurse(clinic: Clinic) -> User:
    return User.objects.get(login="nadia")


@pytest.fixture(name="newest")
def _newest(nurse: User) -> list[PlanVersion]:
    """The newest version of every plan."""
    return [version(plan, by=nurse) for plan in Plan.objects.all()]


def test_three_people_of_each_role_work_there(clinic: Clinic) -> None:
    assert Counter(person.role for person in clinic.people.all()) == dict.fromkeys(Role, 3)
    assert {person.operator for person in clinic.people.all()} == set(Operator)


def test_they_sign_in_with_the_one_password(clinic: Clinic) -> None:
    for login in ("amara", "nadia", "priya"):
        given = {"username": login, "password": demo_password()}
        assert Client().post(reverse("sign_in"), given).status_code == 302


def test_every_page_says_that_these_people_are_invented(clinic: Clinic, nurse: User) -> None:
    assert "Every person here is invented" in _browser(nurse).get(reverse("patients")).text


def test_ten_example_cases_and_forty_others(clinic: Clinic) -> None:
    assert clinic.is_demo
    assert Patient.objects.count() == len(EXAMPLES) + 40
    names = {patient.name for patient in Patient.objects.all()}
    assert len(names) == Patient.objects.count()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_its_case_moved_to_the_day_of_the_visit(
    newest: list[PlanVersion], nurse: User, facts: Facts, path: Path
) -> None:
    raw = tomllib.loads(path.read_text())
    wanted = [
        parse_case(moved(raw, day - raw["setting"]["date"]), facts)
        for day in (AT.date() - timedelta(days=ago) for ago in range(1, 16))
    ]
    cases = [case_of(each, by=nurse, facts=facts) for each in newest]
    assert sum(any(is_lived(case, by=told) for told in wanted) for case in cases) == 1


def is_lived(case: Case, *, by: Case) -> bool:
    """Whether somebody came with this case; depths may have been chosen since."""
    return content(case) == content(by) and by.depth_mm.items() <= case.depth_mm.items()


def content(case: Case) -> tuple[object, ...]:
    """A case, whatever the order in which its concerns are told."""
    told = {
        (stated.concern, stated.kind, stated.severity, zone)
        for stated in case.concerns
        for zone in stated.zones
    }
    return case.model_dump(exclude={"concerns", "depth_mm"}), told


def test_histories_are_of_every_kind(newest: list[PlanVersion], nurse: User) -> None:
    visits = Counter(Consultation.objects.values_list("patient_id", flat=True))
    assert Counter(visits.values()) == {1: 36, 2: 6, 3: 8}
    verdicts = Counter(planned(each, by=nurse).verdict for each in newest)
    assert set(verdicts) == set(Verdict)
    signed = PlanVersion.objects.exclude(signed_at=None)
    chains = Counter(signed.values_list("plan_id", flat=True))
    assert sum(number == 2 for number in chains.values()) == 3, "amended and signed again"
    begun = [each for each in newest if not each.is_signed and each.number == 2]
    assert len(begun) == 2, "an amendment that waits"
    expired = [each for each in newest if each.valid_until and each.valid_until < AT.date()]
    assert len(expired) >= 4
    waiting = [each for each in newest if not each.is_signed and planned(each, by=nurse).is_made]
    assert len(waiting) >= 10


def test_every_concern_and_skin_type_is_met_and_ten_devices_by_their_own_name(
    newest: list[PlanVersion], nurse: User, facts: Facts
) -> None:
    cases = [case_of(each, by=nurse, facts=facts) for each in newest]
    assert {stated.concern for case in cases for stated in case.concerns} == {
        Concern(name) for name in facts.concerns
    }
    assert {case.person.phototype for case in cases} == set(Phototype)
    named = {case.setting.device for case in cases} & set(facts.catalogue)
    assert len(named) >= 10


def test_nothing_was_done_after_the_moment_of_filling_or_on_a_weekend(clinic: Clinic) -> None:
    assert not Event.objects.filter(at__gt=AT).exists()
    assert all(consultation.opened_at.weekday() < 5 for consultation in Consultation.objects.all())


def test_no_sentence_shows_a_key(newest: list[PlanVersion], nurse: User) -> None:
    for each in newest:
        plan = planned(each, by=nurse)
        sentences = [finding.reason for finding in plan.findings]
        sentences += [statement.text for statement in statements(plan)]
        assert not [text for text in sentences if RAW_KEY.search(text)]


def test_every_patient_and_every_newest_plan_has_its_page(
    newest: list[PlanVersion], nurse: User
) -> None:
    browser = _browser(nurse)
    addresses = [reverse("patient", args=[patient.pk]) for patient in Patient.objects.all()]
    addresses += [reverse("plan", args=[each.plan_id]) for each in newest]
    statuses = {address: browser.get(address).status_code for address in addresses}
    assert set(statuses.values()) == {200}, statuses


@pytest.mark.parametrize("on", [date(2026, 11, 26), date(2027, 3, 1), date(2028, 2, 29)])
def test_the_same_day_invents_the_same_people(on: date) -> None:
    at = datetime(on.year, on.month, on.day, 18, tzinfo=UTC)
    assert stories(at) == stories(at + timedelta(minutes=30))
    assert len(stories(at)) == len(EXAMPLES) + 40


def test_another_day_invents_others() -> None:
    assert stories(AT) != stories(AT + timedelta(days=1))


def test_a_clinic_is_filled_once(clinic: Clinic) -> None:
    events = Event.objects.count()
    with pytest.raises(Faults, match="already"):
        fill(AT)
    assert Event.objects.count() == events


def test_no_real_clinic_is_opened_beside_the_demo(clinic: Clinic) -> None:
    with pytest.raises(Faults, match="choose another for real people"):
        accounts.open_clinic(name="Real", administrator="A", login="a", password=PASSWORD, at=AT)


def test_the_folder_of_a_real_clinic_is_left_alone(practice: Practice) -> None:
    with pytest.raises(Faults, match="real clinic"):
        fill(AT)
    assert Patient.objects.count() == 1
    assert not User.objects.filter(login="nadia").exists()


def _browser(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client
