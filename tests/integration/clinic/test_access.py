"""Every address x role x relation, from the URL configuration itself."""

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from percuta.facts.edition import Facts
from tests.integration.clinic.access_matrix import FIELDS, address, fields, rows
from tests.integration.clinic.access_site import HERS, Site, open_site, pages

ROWS = rows()
PAGES = pages()
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
IDS = [f"{page}-{method}" for page, method in ROWS]
POSTED = [page for page, method in ROWS if method == "POST"]
REFUSED = {"403", "404", "door"}
"""Answers that tell nothing and change nothing."""


@pytest.fixture(name="site")
def _site(db: None, facts: Facts) -> Site:
    return open_site(facts)


def asked(
    site: Site, visitor: str, page: str, method: str, *, headers: dict[str, str] | None = None
) -> str:
    """What a visitor gets; whatever it does is undone."""
    given = fields(page, site) if method == "POST" else {}
    with transaction.atomic():
        client = site.visitor(visitor)
        send = getattr(client, method.lower())
        answer = send(address(page, site), given, headers=headers or {})
        transaction.set_rollback(True)
    if visitor.startswith("elsewhere"):
        assert HERS not in answer.text, f"{page}: {visitor} reads another clinic's patient"
    return told(answer)


def told(answer: HttpResponseBase) -> str:
    """The answer as the matrix writes it."""
    is_door = answer.status_code == 302 and answer["Location"].startswith(reverse("sign_in"))
    return "door" if is_door else str(answer.status_code)


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    in_table = {page for page, _ in ROWS}
    assert PAGES.keys() - in_table == set(), "pages without a row in the access matrix"
    assert in_table - PAGES.keys() == set(), "rows of the access matrix without a page"
    assert FIELDS.keys() <= {page for page, method in ROWS if method == "POST"}


def test_another_clinic_is_refused_wherever_an_address_names_a_row() -> None:
    for (page, method), answers in ROWS.items():
        if PAGES[page]:
            others = {answers[f"elsewhere.{role}"] for role in ("practitioner", "professional")}
            assert others <= REFUSED, f"{page} {method} is open to another clinic"


@pytest.mark.parametrize(("page", "method"), ROWS, ids=IDS)
def test_each_gets_what_the_matrix_says(site: Site, page: str, method: str) -> None:
    expected = ROWS[page, method]
    assert {visitor: asked(site, visitor, page, method) for visitor in expected} == expected
    refused = {visitor: answer for visitor, answer in expected.items() if answer in REFUSED}
    assert {
        visitor: asked(site, visitor, page, method, headers={"HX-Request": "true"})
        for visitor in refused
    } == refused, "a part of a page is refused like the whole"


@pytest.mark.parametrize("page", PAGES)
def test_a_method_without_a_row_is_not_allowed(site: Site, page: str) -> None:
    is_open = ROWS.get((page, "GET"), {}).get("stranger") == "200"
    visitor = "stranger" if is_open else "here.practitioner"
    closed = [method for method in METHODS if (page, method) not in ROWS]
    assert {asked(site, visitor, page, method) for method in closed} <= {"405"}


@pytest.mark.parametrize("page", POSTED)
def test_nothing_is_posted_without_the_token_of_its_page(site: Site, page: str) -> None:
    expected = ROWS[page, "POST"]
    for visitor in expected:
        without = _post(site, visitor, page, token="")
        assert without == "403", f"{page}: {visitor} posts without a token"
    for visitor in ("here.practitioner", "here.professional", "here.administrator"):
        assert _post(site, visitor, page, token=None) == expected[visitor]


def _post(site: Site, visitor: str, page: str, *, token: str | None) -> str:
    """A post as a browser sends it, with the token given or the one that pages hand out."""
    given = dict(fields(page, site))
    with transaction.atomic():
        client = site.visitor(visitor, is_csrf_checked=True)
        given["csrfmiddlewaretoken"] = _token(client) if token is None else token
        answer = told(client.post(address(page, site), given))
        transaction.set_rollback(True)
    return answer


def _token(client: Client) -> str:
    """The token that any page hands out with its sign-out form."""
    shown = client.get("/", follow=True).text
    return shown.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]


def test_a_page_is_closed_to_strangers_unless_it_says_otherwise(site: Site) -> None:
    open_pages = {
        page
        for (page, method), answers in ROWS.items()
        if method == "GET" and answers["stranger"] != "door"
    }
    assert open_pages == {"authority", "sign_in"}
