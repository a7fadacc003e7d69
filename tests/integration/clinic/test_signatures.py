"""Whatever two people do in whatever order: one signature a version, each over its own bytes."""

import hashlib
import random
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from percuta.clinic.accounts.models import User
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.acceptance import statements
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import planned, version
from percuta.clinic.plans.signing import digest_of
from percuta.errors import Conflict, Faults, Sealed
from percuta.facts.edition import Facts
from tests.integration.clinic.people import NOW, Practice, consult, draft, wishes

DEPTHS_MM = (0.5, 1.0, 1.25)
STEPS = 14


class Desk:
    """Two people with the same plan open; each signs what they last read."""

    def __init__(self, plan: Plan, people: tuple[User, User], chance: random.Random) -> None:
        self.plan, self.people, self.chance = plan, people, chance
        self.open: dict[User, tuple[PlanVersion, str, list[str]]] = {}
        for person in people:
            self.read(person)

    def read(self, by: User) -> None:
        """Load the page to sign."""
        newest = version(self.plan, by=by)
        told = planned(newest, by=by)
        self.open[by] = (newest, digest_of(told), [each.key for each in statements(told)])

    def change(self, by: User) -> None:
        """Choose another depth on the newest version, as it was when last read."""
        newest = self.open[by][0]
        depth = {"cheek_left": self.chance.choice(DEPTHS_MM)}
        wanted = wishes().model_copy(update={"depth_mm": depth})
        plans.change(by=by, at=NOW, version=newest, seen=newest.revision, wishes=wanted)

    def sign(self, by: User) -> None:
        """Press the button twice."""
        newest, sha256, accepted = self.open[by]
        for _ in range(2):
            plans.sign(by=by, at=NOW, version=newest, sha256=sha256, accepted=accepted)

    def amend(self, by: User) -> None:
        """Begin the next draft."""
        plans.amend(by=by, at=NOW, plan=self.plan)

    def step(self) -> None:
        """One of them does something; a refusal is an answer too."""
        deeds: tuple[Callable[[User], None], ...] = (self.read, self.change, self.sign, self.amend)
        by, deed = self.chance.choice(self.people), self.chance.choice(deeds)
        try:
            deed(by)
        except (Conflict, Sealed, Faults):
            self.read(by)


@pytest.mark.parametrize("seed", range(10))
def test_every_signature_is_one_and_over_its_own_bytes(
    practice: Practice, facts: Facts, seed: int
) -> None:
    doctor = practice.professional
    second = User.objects.create(
        login="second",
        name="Ruth",
        clinic=doctor.clinic,
        role=doctor.role,
        operator=doctor.operator,
    )
    plan = draft(practice, consult(practice, facts))
    desk = Desk(plan, (doctor, second), random.Random(seed))
    sealed: dict[int, tuple[str, object]] = {}
    for _ in range(STEPS):
        desk.step()
        chain = list(PlanVersion.objects.filter(plan=plan).order_by("number"))
        assert [each.number for each in chain] == list(range(1, len(chain) + 1))
        assert all(each.is_signed for each in chain[:-1]), "a draft lies under a later version"
        for each in chain:
            if each.is_signed:
                digest = hashlib.sha256(each.document.encode()).hexdigest()
                assert each.sha256 == digest
                assert sealed.setdefault(each.number, (digest, each.signed_by)) == (
                    digest,
                    each.signed_by,
                )


def test_the_database_takes_no_second_version_of_a_number(practice: Practice, facts: Facts) -> None:
    plan = draft(practice, consult(practice, facts))
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.create(
            plan=plan, number=1, wishes={}, changed_at=NOW, changed_by=practice.practitioner
        )
