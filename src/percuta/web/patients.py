"""Pages about patients: find one, add one, see the whole story."""

from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from percuta.clinic.accounts.roles import Permission
from percuta.clinic.patients import actions, queries
from percuta.clinic.plans.physician import is_physician
from percuta.clinic.story.queries import story
from percuta.clinic.story.states import standings, to_sign
from percuta.errors import Faults
from percuta.facts.vocabulary import Sex
from percuta.web.forms import Form
from percuta.web.signed_in import actor, now, today
from percuta.web.waiting import waiting_lines

_A_PAGE = 50
_SEXES = {"sexes": [(sex.value, sex.value.capitalize()) for sex in Sex]}


@require_http_methods(["GET", "HEAD", "POST"])
def patients(request: HttpRequest) -> HttpResponse:
    """The list, narrowed as one types: two letters of a name are enough.

    What was typed is posted, so that no name ends in an address, a history or a log.
    """
    by, text = actor(request), request.POST.get("find", "")[:80]
    is_narrowed = request.POST.get("only") == "to_sign"
    found = to_sign(text, by=by) if is_narrowed else queries.matching(text, by=by)
    page = Paginator(found, _A_PAGE).get_page(request.POST.get("page"))
    state = standings(page, by=by, on=today())
    told = {
        "page": page,
        "rows": [(patient, state[patient.pk]) for patient in page],
        "find": text,
        "only": "to_sign" if is_narrowed else "",
        "may_sign": by.may(Permission.SIGN),
    }
    if not getattr(request, "htmx", False):
        told["waiting"] = waiting_lines(by)
        told["is_physician"] = is_physician(by)
    part = getattr(request, "htmx", False)
    return render(request, f"web/{'_patients' if part else 'patients'}.html", told)


@require_http_methods(["GET", "POST"])
def new_patient(request: HttpRequest) -> HttpResponse:
    """Add a patient; a second click on the button adds nobody twice."""
    by = actor(request)
    queries.patients(by=by)
    if request.method != "POST":
        return render(
            request, "web/new_patient.html", {"patient_id": uuid4(), "given": {}, **_SEXES}
        )
    form = Form(request.POST)
    try:
        patient_id = form.identifier("patient_id")
        described = _described(form)
        form.check()
        patient = actions.add(by=by, at=now(), patient_id=patient_id, **described)
    except Faults as error:
        told = {
            "patient_id": request.POST.get("patient_id") or uuid4(),
            "given": request.POST,
            "faults": error.faults,
            **_SEXES,
        }
        return render(request, "web/new_patient.html", told, status=422)
    return redirect("patient", patient.pk)


@require_safe
def patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """One person: who they are, the whole story on one line, and what usually comes next."""
    by = actor(request)
    found = queries.patient(patient_id, by=by)
    told = {
        "patient": found,
        "age": found.age_on(today()),
        "doubts": [doubt] if (doubt := found.doubt_on(today())) else [],
        "story": story(found, by=by, on=today()),
        "today": today(),
        "consultation_id": uuid4(),
    }
    return render(request, "web/patient.html", told)


@require_http_methods(["GET", "POST"])
def correct_patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Correct what is known of a person."""
    by = actor(request)
    found = queries.patient(patient_id, by=by)
    if request.method != "POST":
        return render(
            request, "web/correct_patient.html", {"patient": found, "given": found, **_SEXES}
        )
    form = Form(request.POST)
    try:
        seen = form.require("seen", form.whole("seen"))
        described = _described(form)
        form.check()
        actions.correct(by=by, at=now(), patient=found, seen=seen, **described)
    except Faults as error:
        told = {"patient": found, "given": request.POST, "faults": error.faults, **_SEXES}
        return render(request, "web/correct_patient.html", told, status=422)
    return redirect("patient", found.pk)


def _described(form: Form) -> actions.Description:
    return actions.Description(
        given_name=form.text("given_name", most=80),
        family_name=form.text("family_name", most=80),
        birth_date=form.day("birth_date"),
        sex=form.word("sex", Sex),
        record_number=form.text("record_number", most=40),
    )
