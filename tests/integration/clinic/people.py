"""A clinic for tests: one person of each role, a second clinic, a patient in each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from percuta.clinic.accounts import actions as accounts
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Role
from percuta.clinic.consults import actions as consults
from percuta.clinic.consults.models import Consultation
from percuta.clinic.patients import actions as patients
from percuta.clinic.patients.models import Patient
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.acceptance import statements
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import planned, version
from percuta.clinic.plans.signing import digest_of
from percuta.clinic.plans.wishes import Wishes
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern, Operator, Phototype, ScarKind, Sex, Zone
from percuta.planning.case.case import Setting
from tests.people import all_clear

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PASSWORD = "needles are tiny 55"  # noqa: S105 - of invented people


@dataclass(frozen=True)
class Practice:
    """Everybody of one clinic, and one patient."""

    administrator: User
    practitioner: User
    professional: User
    patient: Patient


def open_practice(name: str, *, family_name: str = "Lindqvist") -> Practice:
    """A clinic with its people; sign-in names carry its name."""
    administrator = accounts.open_clinic(
        name=name, administrator="Ada", login=f"ada.{name}", password=PASSWORD, at=NOW
    )
    practitioner, professional = (
        accounts.add_person(
            by=administrator,
            at=NOW,
            person_id=uuid4(),
            login=f"{given}.{name}",
            name=given.capitalize(),
            role=role,
            operator=operator,
            password=PASSWORD,
        )
        for given, role, operator in (
            ("nadia", Role.PRACTITIONER, Operator.NURSE),
            ("omar", Role.QUALIFIED_PROFESSIONAL, Operator.PHYSICIAN),
        )
    )
    patient = patients.add(
        by=practitioner,
        at=NOW,
        patient_id=uuid4(),
        given_name="Mara",
        family_name=family_name,
        birth_date=date(1992, 3, 1),
        sex=Sex.FEMALE,
        record_number="",
    )
    return Practice(administrator, practitioner, professional, patient)


def consult(practice: Practice, facts: Facts) -> Consultation:
    """A finished conversation with nothing in the way: rolling scars on both cheeks."""
    by = practice.practitioner
    opened = consults.open_consultation(
        by=by, at=NOW, consultation_id=uuid4(), patient=practice.patient
    )
    for key, status in all_clear(facts).items():
        consults.answer(
            by=by,
            at=NOW,
            consultation=opened,
            key=key,
            given={"status": status},
            seen=0,
            facts=facts,
        )
    for zone in (Zone.CHEEK_LEFT, Zone.CHEEK_RIGHT):
        consults.state_concern(
            by=by,
            at=NOW,
            consultation=opened,
            concern=Concern.ACNE_SCARS,
            zone=zone,
            severity=3,
            kind=ScarKind.ROLLING,
            seen=0,
        )
    consults.weigh(by=by, at=NOW, consultation=opened, shown_kg=None, weight_kg=62.0)
    return consults.choose_skin_type(
        by=by, at=NOW, consultation=opened, shown=None, phototype=Phototype.IV
    )


def wishes() -> Wishes:
    """A pen, a nurse, a cream, and a depth for each cheek, where none is advised."""
    return Wishes(
        depth_mm={Zone.CHEEK_LEFT: 1.5, Zone.CHEEK_RIGHT: 1.5},
        setting=Setting(
            device="generic_pen_14",
            operator=Operator.NURSE,
            date=NOW.date(),
            numbing="lidocaine_prilocaine_cream",
            other_local_anaesthetic_mg=0.0,
        ),
    )


def draft(practice: Practice, consultation: Consultation) -> Plan:
    """A plan with its first draft."""
    return plans.open_plan(
        by=practice.practitioner,
        at=NOW,
        plan_id=uuid4(),
        consultation=consultation,
        wishes=wishes(),
    )


def sign(practice: Practice, plan: Plan) -> PlanVersion:
    """The newest version of a plan, signed with everything accepted."""
    newest = version(plan, by=practice.professional)
    read = planned(newest, by=practice.professional)
    return plans.sign(
        by=practice.professional,
        at=NOW,
        version=newest,
        sha256=digest_of(read),
        accepted=[statement.key for statement in statements(read)],
    )
