"""The way in: each role begins where its work is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from percuta.clinic.accounts.roles import Permission
from percuta.web.signed_in import actor


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Patients for those who treat, people for those who manage accounts."""
    treats = actor(request).may(Permission.SEE_PATIENTS)
    return redirect("patients" if treats else "people")
