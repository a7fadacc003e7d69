"""No page is kept by a browser or on its way: what is on it belongs to a patient."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Respond = Callable[[HttpRequest], HttpResponseBase]


class NoStoreMiddleware:
    """Marks every answer of the pages; static files never come this far."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on, and mark its answer."""
        answer = self._respond(request)
        answer["Cache-Control"] = "no-store"
        return answer
