"""The door: signing in, and what is said when it stays closed."""

from collections.abc import Mapping

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from percuta.clinic.accounts.signed_in import counted_name
from percuta.web.refusals import refusal

_ASK = auth.LoginView.as_view(template_name="web/sign_in.html", redirect_authenticated_user=True)

sign_in = login_not_required(require_http_methods(["GET", "HEAD", "POST"])(_ASK))
"""Name and password in, a session out."""


def resting(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """After five wrong passwords in a row, before the account may be tried again."""
    sentences = (
        "There were five wrong passwords for this name.",
        "Wait 15 minutes, or ask an administrator for a new password.",
    )
    return refusal(request, 429, "This account rests", sentences)


def name_typed(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """Whose wrong passwords these are: the same person however the name is typed."""
    return counted_name((credentials or request.POST).get("username", ""))
