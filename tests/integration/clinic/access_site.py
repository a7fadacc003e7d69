"""Two clinics with something behind every address, and every address of the configuration."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from percuta.clinic.accounts.models import User
from percuta.clinic.consults.models import Consultation
from percuta.clinic.plans.models import Plan
from percuta.facts.edition import Facts
from tests.integration.clinic.people import Practice, consult, draft, open_practice, sign

BACKEND = "django.contrib.auth.backends.ModelBackend"
HERS = "Quenstedt"
"""A family name that stands nowhere else: where it is read, a patient was read."""


@dataclass(frozen=True)
class Site:
    """The clinic whose rows are asked for, the other one, and whose access was taken away."""

    here: Practice
    elsewhere: Practice
    consultation: Consultation
    plan: Plan
    signed_plan: Plan
    inactive: Mapping[str, User]

    def visitor(self, name: str, *, is_csrf_checked: bool = False) -> Client:
        """A browser in which somebody signed in, unless it is a stranger's."""
        client = Client(enforce_csrf_checks=is_csrf_checked)
        place, _, role = name.partition(".")
        if role == "inactive":
            client.force_login(self.inactive[place], backend=BACKEND)
        elif role:
            client.force_login(getattr(getattr(self, place), role), backend=BACKEND)
        return client


def open_site(facts: Facts) -> Site:
    """Both clinics; this one has a consultation, a draft and a signed plan."""
    here = open_practice("here", family_name=HERS)
    elsewhere = open_practice("elsewhere")
    consultation = consult(here, facts)
    signed = draft(here, consultation)
    sign(here, signed)
    return Site(
        here=here,
        elsewhere=elsewhere,
        consultation=consultation,
        plan=draft(here, consultation),
        signed_plan=signed,
        inactive={"here": _closed("here", here), "elsewhere": _closed("elsewhere", elsewhere)},
    )


def _closed(name: str, practice: Practice) -> User:
    return User.objects.create(
        login=f"left.{name}",
        name="Left",
        clinic=practice.administrator.clinic,
        role=practice.professional.role,
        operator=practice.professional.operator,
        is_active=False,
    )


def pages() -> dict[str, tuple[str, ...]]:
    """Every address of the configuration by name, with the arguments it holds."""
    found = list(_walk(get_resolver("percuta.site.urls"), ()))
    if len(dict(found)) != len(found):
        raise ValueError("two addresses have one name: give each its own")
    return dict(found)


def _walk(resolver: URLResolver, held: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts: Iterable[URLPattern | URLResolver] = resolver.url_patterns
    for part in parts:
        arguments = (*held, *part.pattern.regex.groupindex)
        if isinstance(part, URLResolver):
            yield from _walk(part, arguments)
        else:
            if part.name is None:
                raise ValueError(f"the address {part.pattern} has no name")
            yield part.name, arguments
