"""The trail of a clinic, for its administrators: who did what, when, without any value."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from percuta.clinic.accounts import queries
from percuta.web.signed_in import actor

_A_PAGE = 50


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The newest acts of this clinic."""
    by = actor(request)
    page = Paginator(queries.trail(by=by), _A_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of_people(by=by)
    acts = [
        (event.at, names.get(event.actor, "Percuta") if event.actor else "Percuta", event.action)
        for event in page
    ]
    return render(request, "web/trail.html", {"page": page, "acts": acts})
