"""What the record refuses, as a page: a word for the person, and the right status.

Another clinic's row and a row that does not exist look the same from outside.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from percuta.errors import (
    AccessDenied,
    Conflict,
    Faults,
    NotHere,
    PercutaError,
    PlanChanged,
    PlanError,
    Sealed,
)

Respond = Callable[[HttpRequest], HttpResponse]

_REFUSALS: tuple[tuple[type[PercutaError], int, str], ...] = (
    (NotHere, 404, "Not here"),
    (AccessDenied, 403, "Not yours to do"),
    (Conflict, 409, "Changed meanwhile"),
    (Sealed, 409, "Already signed"),
    (PlanChanged, 409, "Not what was signed"),
    (PlanError, 409, "Not to be read"),
    (Faults, 422, "Not saved"),
)


class RefusalMiddleware:
    """Turns the record's own errors into pages; anything else stays an error."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal, or ``None`` for what is no refusal."""
        for kind, status, title in _REFUSALS:
            if isinstance(error, kind):
                return refusal(request, status, title, _sentences(error))
        return None


def refusal(
    request: HttpRequest, status: int, title: str, sentences: tuple[str, ...]
) -> HttpResponse:
    """One page for every refusal."""
    told = {"title": title, "sentences": sentences}
    return render(request, "web/refusal.html", told, status=status)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    """No page at this address."""
    return refusal(request, 404, "Not here", ("There is no such page.",))


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token, for example after a long pause."""
    sentence = "This page was open too long. Go back, load it again, and repeat the step."
    return refusal(request, 403, "Not accepted", (sentence,))


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: nothing was saved."""
    sentence = "Something went wrong here. Nothing was saved by this step."
    return refusal(request, 500, "A fault", (sentence,))


def _sentences(error: Exception) -> tuple[str, ...]:
    if isinstance(error, Faults):
        return tuple(_capital(fault) for fault in error.faults)
    return (_capital(f"{error}."),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
