"""What stands around every page: where one can go, who is signed in, whether it is a demo."""

from django.http import HttpRequest
from django.urls import reverse

from percuta.clinic.accounts.roles import Permission
from percuta.web.signed_in import user_of

_PLACES = (
    ("Patients", "patients", Permission.SEE_PATIENTS),
    ("People", "people", Permission.MANAGE_ACCOUNTS),
    ("Trail", "trail", Permission.READ_TRAIL),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Names for the base template."""
    user = user_of(request)
    if user is None:
        return {}
    return {
        "places": [
            (label, reverse(name), request.path.startswith(reverse(name)))
            for label, name, permission in _PLACES
            if user.may(permission)
        ],
        "signed_in": user,
        "is_demo": user.clinic.is_demo,
    }
