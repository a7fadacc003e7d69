"""Begin a consultation, and read it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from percuta.clinic.consults import actions
from percuta.clinic.patients import queries as patients
from percuta.web.consults.page import opened, shown
from percuta.web.forms import Form
from percuta.web.signed_in import actor, now


@require_POST
def begin_consultation(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Begin a conversation; a second click on the button begins no second one."""
    by = actor(request)
    patient = patients.patient(patient_id, by=by)
    form = Form(request.POST)
    consultation_id = form.identifier("consultation_id")
    form.check()
    begun = actions.open_consultation(
        by=by, at=now(), consultation_id=consultation_id, patient=patient
    )
    return redirect("consultation", begun.pk)


@require_safe
def consultation(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """The conversation with what follows from it so far."""
    by, found = opened(request, consultation_id)
    return shown(request, found, by=by)
