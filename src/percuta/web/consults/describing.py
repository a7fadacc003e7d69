"""Weight, skin type and the questions behind it: each is saved as it is given."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.consults import actions, queries
from percuta.clinic.consults.queries import Consultation
from percuta.clinic.edition import facts_in_force
from percuta.errors import Conflict, Faults
from percuta.facts.vocabulary import Phototype
from percuta.web.consults.lines import Told
from percuta.web.consults.meanwhile import Meanwhile, again
from percuta.web.consults.page import opened, saved, shown
from percuta.web.forms import Form
from percuta.web.signed_in import now

_ABOUT = "skin"


@require_POST
def weigh(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Save the weight."""
    by, found = opened(request, consultation_id)

    def save() -> None:
        form = Form(request.POST)
        shown_kg, weight_kg = form.number("shown"), form.number("weight_kg")
        form.check()
        actions.weigh(by=by, at=now(), consultation=found, shown_kg=shown_kg, weight_kg=weight_kg)

    def meanwhile(fresh: Consultation) -> Meanwhile:
        stands = "" if fresh.weight_kg is None else f"{fresh.weight_kg:g}"
        return Meanwhile(
            about="Weight, changed meanwhile",
            theirs=f"{stands} kg" if stands else "not known",
            mine=f"{request.POST.get('weight_kg', '')} kg",
            address=reverse("weigh", args=[found.pk]),
            target="#consult",
            again=again(request.POST, shown=stands),
        )

    return _saved(request, found, save, meanwhile, by=by)


@require_POST
def choose_skin_type(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Save the skin type that the professional sees."""
    by, found = opened(request, consultation_id)

    def save() -> None:
        form = Form(request.POST)
        shown_type, chosen = form.word("shown", Phototype), form.word("phototype", Phototype)
        form.check()
        actions.choose_skin_type(
            by=by, at=now(), consultation=found, shown=shown_type, phototype=chosen
        )

    def meanwhile(fresh: Consultation) -> Meanwhile:
        return Meanwhile(
            about="Skin type, changed meanwhile",
            theirs=fresh.phototype or "not known",
            mine=request.POST.get("phototype", ""),
            address=reverse("choose_skin_type", args=[found.pk]),
            target="#consult",
            again=again(request.POST, shown=fresh.phototype),
        )

    return _saved(request, found, save, meanwhile, by=by)


@require_POST
def answer_skin_question(
    request: HttpRequest, consultation_id: UUID, question: str
) -> HttpResponse:
    """Save the answer to one question behind the skin type."""
    by, found = opened(request, consultation_id)
    texts = {choice.key: choice.choice_text for choice in facts_in_force().skin_type_choices}
    choice = request.POST.get("choice", "")

    def save() -> None:
        form = Form(request.POST)
        seen = form.require("seen", form.whole("seen"))
        form.check()
        actions.answer_skin_question(
            by=by,
            at=now(),
            consultation=found,
            question=question,
            choice=choice,
            seen=seen,
            facts=facts_in_force(),
        )

    def meanwhile(fresh: Consultation) -> Meanwhile:
        part = queries.skin_answers(fresh, by=by)[question]
        return Meanwhile(
            about="answered",
            theirs=texts.get(part.choice, part.choice),
            mine=texts.get(choice, choice),
            address=reverse("answer_skin_question", args=[found.pk, question]),
            target="#consult",
            who=part.by.name,
            at=part.at,
            again=again(request.POST, seen=part.revision),
        )

    return _saved(request, found, save, meanwhile, by=by)


def _saved(
    request: HttpRequest,
    found: Consultation,
    save: Callable[[], None],
    meanwhile: Callable[[Consultation], Meanwhile],
    *,
    by: User,
) -> HttpResponse:
    """Save, or show the page with what was in the way."""
    try:
        save()
    except Conflict:
        fresh = queries.consultation(found.pk, by=by)
        told = Told(about=_ABOUT, meanwhile=(meanwhile(fresh),))
        return shown(request, fresh, by=by, told=told, status=409)
    except Faults as error:
        told = Told(about=_ABOUT, faults=error.faults)
        return shown(request, found, by=by, told=told, status=422)
    return saved(request, found, _ABOUT, by=by)
