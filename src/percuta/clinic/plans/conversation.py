"""What a consultation says so far: with the device of its plan, or without any."""

from dataclasses import dataclass
from datetime import date

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.models import User
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.consults.models import Consultation
from percuta.clinic.consults.queries import as_case_parts
from percuta.clinic.plans.models import Plan
from percuta.clinic.plans.queries import current_case, version
from percuta.clinic.plans.wishes import Wishes, read_wishes
from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.planning.case.case import Case, Screened
from percuta.planning.judgement.findings import earliest_date, merged
from percuta.planning.plan.decided import assess
from percuta.planning.recovery.aftercare import alternatives
from percuta.planning.screening.interim_assessment import Known, SoFar, say_so_far


@dataclass(frozen=True)
class Conversation:
    """A consultation's answers with what follows from them; ``plan`` if one was begun."""

    screened: Screened
    so_far: SoFar
    plan: Plan | None


def conversation(consultation: Consultation, *, by: User, on: date, facts: Facts) -> Conversation:
    """Screen a consultation: with its plan's choices where one was begun, else without."""
    plan = plan_of(consultation, by=by)
    if plan is not None:
        try:
            case = current_case(version(plan, by=by), by=by, facts=facts)
        except CaseError:
            pass  # what was chosen no longer makes a case: say what holds without it
        else:
            return Conversation(case, _assessed(case, facts), plan)
    parts = as_case_parts(consultation, by=by, on=on)
    known = Known.model_validate({**parts, "session": on})
    return Conversation(known, say_so_far(known, facts), plan)


def plan_of(consultation: Consultation, *, by: User) -> Plan | None:
    """The newest plan of a consultation."""
    authorise(by, Permission.SEE_PATIENTS, [consultation])
    return Plan.objects.filter(consultation=consultation).first()


def last_wishes(consultation: Consultation, *, by: User) -> Wishes | None:
    """With what this person was treated, or would have been, the last time."""
    authorise(by, Permission.SEE_PATIENTS, [consultation])
    of_patient = Plan.objects.filter(consultation__patient=consultation.patient)
    newest = of_patient.first()
    if newest is None:
        return None
    try:
        return read_wishes(version(newest, by=by).wishes)
    except CaseError:
        return None  # nothing to go on from: everything is chosen anew


def _assessed(case: Case, facts: Facts) -> SoFar:
    found = assess(case, facts)
    return SoFar(
        verdict=found.verdict,
        findings=tuple(merged(found.findings)),
        questions=found.questions,
        earliest_date=earliest_date(found.verdict, found.findings, case.requested_zones),
        alternatives=alternatives(case.concerns, case, facts),
    )
