"""Reading plans: a draft is planned anew each time it is read, a signed one is what was signed."""

import json
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.audit.models import RowVersion
from percuta.clinic.consults.queries import as_case_parts
from percuta.clinic.edition import facts_in_force
from percuta.clinic.patients.models import Patient
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.wishes import Wishes, read_wishes
from percuta.errors import NotHere
from percuta.facts.edition import Facts
from percuta.planning.absorption.curves import REFINED
from percuta.planning.case.case import Case
from percuta.planning.case.case_file import parse_case
from percuta.planning.plan.document import parse_plan, write_plan
from percuta.planning.plan.plan import Plan as Planned
from percuta.planning.plan.plan import make_plan

__all__ = [
    "Plan",
    "PlanVersion",
    "case_of",
    "current_case",
    "document_of",
    "plan",
    "planned",
    "plans",
    "proposed",
    "version",
    "versions",
    "wishes_at",
]


def plans(patient: Patient, *, by: User) -> QuerySet[Plan]:
    """Every plan of a patient, newest first."""
    authorise(by, Permission.SEE_PATIENTS, [patient])
    return Plan.objects.filter(consultation__patient=patient)


def plan(plan_id: UUID, *, by: User) -> Plan:
    """One plan of a patient of this clinic.

    Raises
    ------
    NotHere
        If there is none of that identifier here.
    """
    authorise(by, Permission.SEE_PATIENTS)
    of_clinic = Plan.objects.filter(consultation__patient__clinic_id=by.clinic_id)
    found = of_clinic.select_related("consultation__patient").filter(pk=plan_id).first()
    if found is None:
        raise NotHere("no such plan here")
    return found


def versions(plan: Plan, *, by: User) -> QuerySet[PlanVersion]:
    """Every version of a plan, newest first."""
    authorise(by, Permission.SEE_PATIENTS, [plan])
    chain = PlanVersion.objects.filter(plan=plan)
    return chain.select_related("plan__consultation__patient", "changed_by", "signed_by")


def version(plan: Plan, *, by: User, number: int | None = None) -> PlanVersion:
    """One version of a plan, the newest if no number is given.

    Raises
    ------
    NotHere
        If the plan has no such version.
    """
    chain = versions(plan, by=by)
    found = (chain if number is None else chain.filter(number=number)).first()
    if found is None:
        raise NotHere("no such version of this plan")
    return found


def case_of(version: PlanVersion, *, by: User, facts: Facts) -> Case:
    """The case of a version: as it was signed, or as the answers and wishes stand now.

    Raises
    ------
    CaseError
        If answers and wishes do not make a case yet, for example without any concern.
    """
    authorise(by, Permission.SEE_PATIENTS, [version])
    if version.is_signed:
        return _as_signed(version).case
    return current_case(version, by=by, facts=facts)


def current_case(
    version: PlanVersion, *, by: User, facts: Facts, wishes: Wishes | None = None
) -> Case:
    """The answers of a version's consultation as they stand now, with its or other wishes."""
    wishes = wishes or read_wishes(version.wishes)
    parts = as_case_parts(version.plan.consultation, by=by, on=wishes.setting.date)
    chosen = wishes.as_case_parts({z for stated in parts["concerns"] for z in stated["zones"]})
    # Always those of today: a draft carried over from an older plan may hold last year's holidays.
    chosen["setting"] = {
        **chosen["setting"],
        "closed_weekdays": settings.CLOSED_WEEKDAYS,
        "holidays": settings.HOLIDAYS,
    }
    return parse_case({**parts, **chosen}, facts)


def planned(version: PlanVersion, *, by: User, draws: int = REFINED) -> Planned:
    """The plan of a version: its signed bytes, or what follows from answers and wishes now.

    Fewer ``draws`` answer a what-if sooner; signed bytes stay as they are.

    Raises
    ------
    CaseError
        If answers and wishes do not make a case yet.
    PlanError
        If what is stored is not what was signed, or a newer Percuta signed it.
    """
    authorise(by, Permission.SEE_PATIENTS, [version])
    if version.is_signed:
        return _as_signed(version)
    facts = facts_in_force()
    return make_plan(current_case(version, by=by, facts=facts), facts, draws=draws)


def proposed(version: PlanVersion, wishes: Wishes, *, by: User, draws: int = REFINED) -> Planned:
    """The plan that a draft would have with other wishes; nothing is written."""
    authorise(by, Permission.PLAN, [version])
    facts = facts_in_force()
    case = current_case(version, by=by, facts=facts, wishes=wishes)
    return make_plan(case, facts, draws=draws)


def wishes_at(version: PlanVersion, revision: int, *, by: User) -> Wishes | None:
    """The wishes of a draft as they stood at an earlier revision, from the trail of its rows."""
    authorise(by, Permission.SEE_PATIENTS, [version])
    table = PlanVersion._meta.db_table
    trail = RowVersion.objects.filter(table=table, row=version.pk.hex, after__revision=revision)
    row = trail.order_by("id").first()
    return read_wishes(json.loads(row.after["wishes"])) if row and row.after else None


def document_of(version: PlanVersion, *, by: User) -> str:
    """The document of a version: as it was signed, or as it would be stored now.

    Raises
    ------
    CaseError
        If answers and wishes do not make a case yet.
    PlanError
        If what is stored is not what was signed, or a newer Percuta signed it.
    """
    plan = planned(version, by=by)
    return version.document if version.is_signed else write_plan(plan)


def _as_signed(version: PlanVersion) -> Planned:
    return parse_plan(version.document, sha256=version.sha256)
