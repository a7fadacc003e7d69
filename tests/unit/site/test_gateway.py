"""What the threaded application is handed, and what is taken back from it."""

import threading
from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.validate import validator

import pytest
from asgiref.typing import HTTPScope

from percuta.site.gateway import Answer, answer_of, environ


def scope(
    path: bytes = b"/", query: bytes = b"", headers: Iterable[tuple[bytes, bytes]] = ()
) -> HTTPScope:
    """A request as the server describes it."""
    return {
        "type": "http",
        "asgi": {"spec_version": "2.3", "version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": path.decode("utf-8", errors="replace"),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": ("192.168.1.7", 50_000),
        "server": ("192.168.1.5", 8000),
        "state": {},
        "extensions": {},
    }


class Page:
    """An answer in parts that knows in which thread it was let go."""

    closed_in = ""

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> "Page":
        start("201 Created", [("X-Made", "é"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield b"one, "
        yield b"two"

    def close(self) -> None:
        self.closed_in = threading.current_thread().name


def test_the_whole_answer_comes_back_and_is_let_go_where_it_was_made() -> None:
    page = Page()
    assert answer_of(page, scope(), b"") == Answer(
        201,
        ((b"x-made", "é".encode("latin-1")), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")),
        b"one, two",
    )
    assert page.closed_in == threading.current_thread().name


def test_an_answer_that_breaks_off_is_let_go_too() -> None:
    class Broken(Page):
        def __iter__(self) -> Iterator[bytes]:
            yield b"one, "
            raise ValueError("no two")

    page = Broken()
    with pytest.raises(ValueError, match="no two"):
        answer_of(page, scope(), b"")
    assert page.closed_in


def test_the_judge_of_the_interface_finds_no_fault() -> None:
    def page(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])(b"written first, ")
        return [environ["wsgi.input"].read(9)]

    headers = [(b"content-type", b"text/plain"), (b"host", b"clinic.lan")]
    told = answer_of(validator(page), scope(query=b"a=1", headers=headers), b"whole")
    assert told == Answer(200, ((b"content-type", b"text/plain"),), b"written first, whole")


def test_address_and_asker_arrive_as_they_were_sent() -> None:
    told = environ(scope(b"/pl%C3%A4ne/%2F/", b"f=\xc3\xa4"), b"")
    assert told["PATH_INFO"].encode("latin-1") == "/pläne///".encode()
    assert told["QUERY_STRING"].encode("latin-1") == "f=ä".encode()
    assert told["REMOTE_ADDR"] == "192.168.1.7"
    assert told["wsgi.url_scheme"] == "https"


def test_the_length_is_that_of_what_arrived() -> None:
    told = environ(scope(headers=[(b"content-length", b"5000")]), b"short")
    assert told["CONTENT_LENGTH"] == "5"
    assert "HTTP_CONTENT_LENGTH" not in told


def test_headers_that_come_several_times_are_joined_and_cookies_stay_cookies() -> None:
    headers = [
        (b"cookie", b"sessionid=1"),
        (b"accept", b"text/html"),
        (b"cookie", b"csrftoken=2"),
        (b"accept", b"*/*"),
        (b"content-type", b"text/plain"),
    ]
    told = environ(scope(headers=headers), b"")
    assert told["HTTP_COOKIE"] == "sessionid=1; csrftoken=2"
    assert told["HTTP_ACCEPT"] == "text/html,*/*"
    assert told["CONTENT_TYPE"] == "text/plain"
