"""What holds for every page: no script of a stranger, no name in an address, no name in a log."""

import io
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from percuta.clinic.patients import queries
from percuta.facts.edition import Facts
from tests.integration.clinic.access_matrix import address, fields, rows
from tests.integration.clinic.access_site import HERS, Site, open_site, pages
from tests.integration.clinic.people import PASSWORD

SHOWN = [
    (page, visitor)
    for (page, method), answers in rows().items()
    for visitor, answer in answers.items()
    if method == "GET" and answer == "200" and not visitor.startswith("elsewhere")
]
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAMES = (HERS, "Mara", "Nadia", "Omar", "Ada", "nadia.here", "Left", PASSWORD)
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post", "hx-push-url", "data"}


class Page(HTMLParser):
    """The elements of a page with what they carry."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.fixture(name="site")
def _site(db: None, facts: Facts) -> Site:
    return open_site(facts)


@pytest.fixture(name="log")
def _log() -> Iterator[io.StringIO]:
    """Everything that the configured loggers write, at their configured levels."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    loggers = [logging.getLogger(name) for name in ("", "django", "axes")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


def opened(site: Site, page: str, visitor: str, **changed: Any) -> Any:
    """The page as somebody sees it."""
    return site.visitor(visitor).get(address(page, site), **changed)


def assert_guarded(answer: HttpResponseBase) -> None:
    """The headers that every answer carries."""
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(("page", "visitor"), SHOWN)
def test_a_page_carries_no_script_or_style_of_its_own(site: Site, page: str, visitor: str) -> None:
    answer = opened(site, page, visitor)
    assert_guarded(answer)
    if not answer["Content-Type"].startswith("text/html"):
        return
    for tag, carried in Page(answer.text).elements:
        assert not [name for name in carried if name.startswith("on") or name == "style"], tag
        assert tag != "style"
        if tag == "script":
            assert (carried["src"] or "").startswith("/static/")
        for name in ADDRESSES & carried.keys():
            value = unquote(carried[name] or "")
            assert not value.lower().startswith(("http", "//", "javascript")), value
            assert not [told for told in NAMES if told in value], value
        if tag == "form" and carried.get("method", "get") == "get":
            pytest.fail(f"{page}: what is typed into this form ends in an address")


def test_what_is_refused_is_guarded_too(site: Site) -> None:
    stranger, nurse = site.visitor("stranger"), site.visitor("here.practitioner")
    other = site.visitor("elsewhere.practitioner")
    nurse.raise_request_exception = False
    patient = address("patient", site)
    with patch.object(queries, "patients", side_effect=OSError(HERS)):
        broken = nurse.get(patient)
    answers = {
        200: stranger.get(reverse("sign_in")),
        302: stranger.get(patient),
        403: nurse.get(reverse("people")),
        404: other.get(patient),
        405: nurse.put(patient),
        409: nurse.post(address("correct_patient", site), {**_corrected(site), "seen": 9}),
        422: nurse.post(reverse("new_patient")),
        500: broken,
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert_guarded(answer)
    assert nurse.get("/no/such/page/").status_code == 404


def _corrected(site: Site) -> dict[str, object]:
    return dict(fields("correct_patient", site))


def test_a_fault_says_that_nothing_was_saved_and_shows_nothing_inside(site: Site) -> None:
    nurse = site.visitor("here.practitioner")
    nurse.raise_request_exception = False
    with patch.object(queries, "patients", side_effect=OSError("inside")):
        answer = nurse.get(address("patient", site))
    assert "Nothing was saved" in answer.text
    assert "inside" not in answer.text
    assert "Traceback" not in answer.text


def test_no_name_reaches_the_log(site: Site, log: io.StringIO) -> None:
    for page, visitor in SHOWN:
        opened(site, page, visitor)
    nurse = site.visitor("here.practitioner")
    nurse.post(reverse("patients"), {"find": HERS})
    nurse.post(reverse("new_patient"), {"given_name": HERS, "birth_date": HERS})
    nurse.get(f"/patients/{HERS}/")
    site.visitor("here.practitioner", is_csrf_checked=True).post(reverse("new_patient"))
    door = Client()
    for _ in range(6):
        door.post(reverse("sign_in"), {"username": "nadia.here", "password": "wrong"})
    nurse.raise_request_exception = False
    with patch.object(queries, "patients", side_effect=OSError("disk")):
        nurse.get(address("patient", site))
    written = log.getvalue()
    assert "Internal Server Error" in written, "the log is read"
    assert not [name for name in NAMES if name in written]


def test_addresses_hold_only_random_identifiers_and_words_of_the_tables(site: Site) -> None:
    for page in pages():
        words = _IDENTIFIER.sub("", address(page, site)).lower()
        assert not [name for name in NAMES if name.lower() in words]


def test_cookies_are_kept_from_scripts_and_from_other_sites(site: Site) -> None:
    door = Client()
    door.get(reverse("sign_in"))
    answer = door.post(reverse("sign_in"), {"username": "nadia.here", "password": PASSWORD})
    session, csrf = answer.cookies["sessionid"], door.cookies["csrftoken"]
    for cookie in (session, csrf):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
    assert session["max-age"] == settings.SESSION_COOKIE_AGE


def test_signing_in_begins_a_new_session_and_signing_out_ends_it(site: Site) -> None:
    browser = site.visitor("here.practitioner")
    before = browser.session.session_key
    browser.post(reverse("sign_out"))
    assert browser.get(reverse("patients")).status_code == 302
    browser.cookies["sessionid"] = before or pytest.fail("nobody was signed in")
    assert browser.get(reverse("patients")).status_code == 302
    given = {"username": "nadia.here", "password": PASSWORD}
    browser.post(reverse("sign_in"), given)
    assert browser.session.session_key != before
