"""From the conversation to a plan: with what, by whom, when, and with which numbing."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from percuta.clinic.accounts.acting import authorise
from percuta.clinic.accounts.roles import Permission
from percuta.clinic.accounts.signed_in import User
from percuta.clinic.consults.queries import Consultation
from percuta.clinic.edition import facts_in_force
from percuta.clinic.plans import actions
from percuta.clinic.plans.conversation import conversation, last_wishes
from percuta.clinic.plans.wishes import Wishes, read_wishes
from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import NUMBING_NONE, Operator
from percuta.planning.case.case import Setting
from percuta.web.consults.page import opened
from percuta.web.devices import device_groups
from percuta.web.forms import Form
from percuta.web.other_drugs import DRUG_ROWS, drugs_typed
from percuta.web.signed_in import now, today


@require_http_methods(["GET", "POST"])
def new_plan(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Begin a plan; whatever this device and numbing still need to know is asked next."""
    by, found = opened(request, consultation_id)
    authorise(by, Permission.PLAN, [found])
    facts = facts_in_force()
    if request.method != "POST":
        last = last_wishes(found, by=by)
        given = _as_fields(last.setting if last else None, by)
        return _form(request, found, given | {"plan_id": uuid4()}, facts)
    try:
        form = Form(request.POST)
        plan_id = form.identifier("plan_id")
        wishes = Wishes(setting=_setting(form, last_wishes(found, by=by), facts))
        plan = actions.open_plan(
            by=by, at=now(), plan_id=plan_id, consultation=found, wishes=wishes
        )
    except Faults as error:
        given = {name: str(value) for name, value in request.POST.items()}
        return _form(request, found, given, facts, error.faults, status=422)
    if conversation(found, by=by, on=today(), facts=facts).so_far.questions:
        return redirect(f"{reverse('consultation', args=[found.pk])}#so-far")
    return redirect("plan", plan.pk)


def _setting(form: Form, last: Wishes | None, facts: Facts) -> Setting:
    device, numbing = form.text("device"), form.text("numbing")
    chosen = {
        "device": form.require("device", device if device in facts.devices else None),
        "operator": form.require("operator", form.word("operator", Operator)),
        "date": form.require("date", form.day("date")),
        "numbing": form.require("numbing", numbing if numbing in _numbings(facts) else None),
        "other_local_anaesthetic_mg": form.number("other_local_anaesthetic_mg"),
        "other_local_anaesthetics": tuple(
            {"drug": drug, "amount_mg": amount}
            for drug, amount in form.doses("other_drug", "other_mg", rows=DRUG_ROWS)
        ),
        "calm_by": form.day("calm_by"),
    }
    form.check()
    kept = {} if last is None else last.setting.model_dump(exclude={*chosen, *_OF_ONE_DAY})
    return read_wishes({"setting": {**kept, **chosen}}).setting


_OF_ONE_DAY = ("numbing_prescription",)
"""What was written for one day is asked anew for the next."""


def _as_fields(last: Setting | None, by: User) -> dict[str, object]:
    """The choices of last time, today; where there are none, only who is signed in."""
    if last is None:
        return {"operator": by.operator, "date": today()}
    return {
        "device": last.device,
        "operator": last.operator.value,
        "date": today(),
        "numbing": last.numbing,
        "calm_by": last.calm_by if last.calm_by and last.calm_by > today() else "",
    }


def _numbings(facts: Facts) -> dict[str, str]:
    agents = {key: agent.name for key, agent in facts.agents.items() if agent.role == "numbing"}
    return {NUMBING_NONE: "None", **agents}


def _form(
    request: HttpRequest,
    found: Consultation,
    given: dict[str, object] | dict[str, str],
    facts: Facts,
    faults: tuple[str, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    told = {
        "consultation": found,
        "patient": found.patient,
        "given": given,
        "faults": faults,
        "devices": [group for group in device_groups(facts) if group.choices],
        "operators": [(operator.value, operator.value.capitalize()) for operator in Operator],
        "numbings": list(_numbings(facts).items()),
        "drugs": drugs_typed(given, facts),
    }
    return render(request, "web/consult/new_plan.html", told, status=status)
