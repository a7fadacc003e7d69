"""What a consultation says by itself, on its own day, before anything is chosen."""

from django.utils import timezone

from percuta.clinic.accounts.models import User
from percuta.clinic.consults.models import Consultation
from percuta.clinic.consults.queries import as_case_parts
from percuta.clinic.edition import facts_in_force
from percuta.planning.screening.interim_assessment import Known, SoFar, say_so_far


def first_answer(visit: Consultation, *, by: User) -> tuple[SoFar, Known]:
    """The answer so far, and what it rests on."""
    day = timezone.localtime(visit.opened_at).date()
    known = Known.model_validate({**as_case_parts(visit, by=by, on=day), "session": day})
    return say_so_far(known, facts_in_force()), known
