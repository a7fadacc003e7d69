"""Pages about passwords: one's own, and a new one for a colleague."""

from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from percuta.clinic.accounts import actions, queries
from percuta.errors import Faults
from percuta.web.reauthentication import password_faults
from percuta.web.signed_in import actor, now


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; whoever changed it stays signed in here."""
    by = actor(request)
    if request.method != "POST":
        return render(request, "web/password.html")
    old = request.POST.get("old", "")
    wrong = password_faults(request, by, password=old, called="Your old password")
    try:
        new = _typed_twice(request, wrong)
        changed = actions.change_password(by=by, at=now(), new=new)
    except Faults as error:
        return render(request, "web/password.html", {"faults": error.faults}, status=422)
    update_session_auth_hash(request, changed)
    return redirect("landing")


@require_http_methods(["GET", "HEAD", "POST"])
def reset_password(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give a colleague a new password, which also ends the rest of a locked account."""
    by = actor(request)
    found = queries.colleague(person_id, by=by)
    if request.method != "POST":
        return render(request, "web/reset_password.html", {"person": found})
    try:
        new = _typed_twice(request)
        actions.reset_password(by=by, at=now(), person=found, new=new)
    except Faults as error:
        told = {"person": found, "faults": error.faults}
        return render(request, "web/reset_password.html", told, status=422)
    return redirect("person", found.pk)


def _typed_twice(request: HttpRequest, faults: tuple[str, ...] = ()) -> str:
    """The new password, unless the two differ or something was wrong before."""
    new = request.POST.get("new", "")
    if new != request.POST.get("again", ""):
        faults = (*faults, "new password: the two are not the same")
    if faults:
        raise Faults(faults)
    return new
