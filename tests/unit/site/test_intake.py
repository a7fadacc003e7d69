"""A thread is spent on a whole request only, and never on waiting."""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from percuta.site.intake import Intake
from tests.unit.site.test_gateway import scope

NEVER = None
"""In place of a piece: nothing more comes."""

GONE = {"type": "http.disconnect"}


class Pages:
    """An application that remembers what it was asked, and answers with it."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        self.asked.append(body)
        start("200 OK", [])
        return [body]


@pytest.fixture(name="threads")
def _threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def piece(content: bytes, *, is_last: bool = False) -> dict[str, Any]:
    """A piece of a body as the server hands it on."""
    return {"type": "http.request", "body": content, "more_body": not is_last}


def sent(
    intake: Intake, *pieces: dict[str, Any] | None, headers: Iterable[tuple[bytes, bytes]] = ()
) -> tuple[int, bytes] | None:
    """Status and content of the answer to a request in pieces, ``None`` where nothing was said."""
    coming, back = iter(pieces), []

    async def receive() -> Any:
        message = next(coming)
        if message is NEVER:
            await asyncio.Event().wait()
        return message

    async def send(message: Any) -> None:
        back.append(message)

    asyncio.run(intake(scope(headers=headers), receive, send))
    return (back[0]["status"], back[1]["body"]) if back else None


def test_a_request_in_pieces_reaches_the_pages_in_one(threads: ThreadPoolExecutor) -> None:
    intake = Intake(Pages(), threads, seconds=60)
    assert sent(intake, piece(b"who"), piece(b""), piece(b"le", is_last=True)) == (200, b"whole")


@pytest.mark.parametrize("pieces", [[NEVER], [piece(b"user"), NEVER], [piece(b"")] * 9 + [NEVER]])
def test_no_thread_sees_a_request_that_does_not_arrive(
    threads: ThreadPoolExecutor, pieces: list[dict[str, Any] | None]
) -> None:
    pages = Pages()
    told = sent(Intake(pages, threads, seconds=0.01), *pieces)
    assert told is not None
    assert told[0] == 408
    assert not pages.asked


def test_the_time_is_for_the_whole_and_not_for_each_piece(threads: ThreadPoolExecutor) -> None:
    pages = Pages()

    async def receive() -> Any:
        await asyncio.sleep(0.01)
        return piece(b"a")

    back: list[Any] = []

    async def send(message: Any) -> None:
        back.append(message)

    intake = Intake(pages, threads, seconds=0.1, most_bytes=10**9)
    asyncio.run(intake(scope(), receive, send))
    assert back[0]["status"] == 408
    assert not pages.asked


@pytest.mark.parametrize(
    ("pieces", "headers"),
    [
        ([NEVER], [(b"content-length", b"11")]),
        ([piece(b"a" * 6), piece(b"a" * 5), NEVER], []),
        ([piece(b"a" * 11, is_last=True)], [(b"content-length", b"3")]),
    ],
)
def test_no_thread_sees_a_request_that_is_too_large(
    threads: ThreadPoolExecutor,
    pieces: list[dict[str, Any] | None],
    headers: list[tuple[bytes, bytes]],
) -> None:
    pages = Pages()
    told = sent(Intake(pages, threads, seconds=60, most_bytes=10), *pieces, headers=headers)
    assert told is not None
    assert told[0] == 413
    assert b"larger than the 10 bytes" in told[1]
    assert not pages.asked


def test_the_largest_that_is_allowed_is_taken(threads: ThreadPoolExecutor) -> None:
    intake = Intake(Pages(), threads, seconds=60, most_bytes=10)
    headers = [(b"content-length", b"10")]
    assert sent(intake, piece(b"a" * 10, is_last=True), headers=headers) == (200, b"a" * 10)


def test_of_somebody_who_left_in_the_middle_nothing_is_done(threads: ThreadPoolExecutor) -> None:
    pages = Pages()
    assert sent(Intake(pages, threads, seconds=60), piece(b"use"), GONE) is None
    assert not pages.asked


def test_no_more_pages_are_made_at_once_than_there_are_threads(threads: ThreadPoolExecutor) -> None:
    both = threading.Barrier(2)
    names: set[str] = set()

    def page(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        both.wait(60)
        names.add(threading.current_thread().name)
        start("200 OK", [])
        return []

    async def receive() -> Any:
        return piece(b"", is_last=True)

    async def send(message: Any) -> None:
        pass

    async def four() -> None:
        intake = Intake(page, threads, seconds=60)
        await asyncio.gather(*(intake(scope(), receive, send) for _ in range(4)))

    asyncio.run(four())
    assert len(names) == 2
