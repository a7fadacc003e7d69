"""Pages about those who work here, for administrators."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from percuta.clinic.accounts import actions, queries
from percuta.clinic.accounts.roles import ROLE_NAMES, Role
from percuta.errors import Faults
from percuta.facts.vocabulary import Operator
from percuta.web.forms import Form
from percuta.web.signed_in import actor, now

_CHOICES = {
    "roles": [(role.value, ROLE_NAMES[role]) for role in Role],
    "operators": [(operator.value, operator.value.capitalize()) for operator in Operator],
}


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of this clinic."""
    return render(request, "web/people.html", {"people": queries.colleagues(by=actor(request))})


@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Add somebody who works here."""
    by = actor(request)
    queries.colleagues(by=by)
    if request.method != "POST":
        told = {"person_id": uuid4(), "given": {}, **_CHOICES}
        return render(request, "web/new_person.html", told)
    form = Form(request.POST)
    try:
        person_id = form.identifier("person_id")
        role = form.require("role", form.word("role", Role))
        operator = form.require("operator", form.word("operator", Operator))
        form.check()
        actions.add_person(
            by=by,
            at=now(),
            person_id=person_id,
            login=form.text("login", most=120),
            name=form.text("name", most=120),
            role=role,
            operator=operator,
            password=request.POST.get("password", ""),
        )
    except Faults as error:
        told = {
            "person_id": request.POST.get("person_id") or uuid4(),
            "given": request.POST,
            "faults": error.faults,
            **_CHOICES,
        }
        return render(request, "web/new_person.html", told, status=422)
    return redirect("people")


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change what somebody may do."""
    by = actor(request)
    found = queries.colleague(person_id, by=by)
    if request.method != "POST":
        return render(request, "web/person.html", {"person": found, **_CHOICES})
    form = Form(request.POST)
    role = form.require("role", form.word("role", Role))
    operator = form.require("operator", form.word("operator", Operator))
    form.check()
    actions.change_person(
        by=by,
        at=now(),
        person=found,
        role=role,
        operator=operator,
        is_active=form.text("is_active") == "yes",
    )
    return redirect("people")
