"""A request that does not arrive holds up nobody but who sends it."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from percuta.site.intake import MOST_BYTES
from tests.half_sent import begin, begin_in_chunks, is_waiting, rest, trickle
from tests.server import Server, only_this_machine

FOREVER, SOON = "300", "0.5"
"""How long a form may take, in seconds: longer than any test, or over at once."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests speak with a server on this machine, and with nobody else."""
    monkeypatch.setattr(socket.socket, "connect", only_this_machine(socket.socket.connect))


@pytest.fixture(name="server")
def _server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "clinic")
    yield server
    if server.is_running:
        server.kill()


def start(server: Server, form_seconds: str) -> None:
    """Start it with so much patience for a form."""
    server.settings["PERCUTA_FORM_SECONDS"] = form_seconds
    server.start()


def test_forty_half_sent_forms_keep_nobody_else_waiting(server: Server) -> None:
    start(server, FOREVER)
    with ExitStack() as stack:
        held = [stack.enter_context(begin(server)) for _ in range(40)]
        for _ in range(20):
            assert server.ask("/sign-in/") == 200
        assert all(map(is_waiting, held))


def with_its_length(server: Server) -> bytes:
    """What comes back to a form that says how long it is and stops."""
    return rest(begin(server))


def endless(server: Server) -> bytes:
    """What comes back to a form in pieces that stops without its last one."""
    return rest(begin_in_chunks(server))


@pytest.mark.parametrize("sends", [with_its_length, endless, trickle])
def test_a_form_that_does_not_arrive_whole_in_time_is_refused_and_let_go(
    server: Server, sends: Callable[[Server], bytes]
) -> None:
    start(server, SOON)
    told = sends(server)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert b"This form took longer than 0.5 seconds to arrive. Nothing was saved." in told
    assert server.ask("/sign-in/") == 200


def test_a_form_that_is_too_large_is_refused_before_it_has_arrived(server: Server) -> None:
    start(server, FOREVER)
    as_announced = rest(begin(server, headers={"Content-Length": str(MOST_BYTES + 1)}))
    as_counted = rest(begin_in_chunks(server, chunk=b"a" * (MOST_BYTES + 1)))
    for told in (as_announced, as_counted):
        assert told.startswith(b"HTTP/1.1 413 ")
        assert b"larger than the 65536 bytes that are taken. Nothing was saved." in told


def test_a_form_of_the_largest_size_in_pieces_reaches_the_pages(server: Server) -> None:
    start(server, FOREVER)
    closing = {"Content-Length": str(MOST_BYTES), "Connection": "close"}
    link = begin(server, sent=b"a" * 9, headers=closing)
    link.sendall(b"a" * (MOST_BYTES - 9))
    assert rest(link).startswith(b"HTTP/1.1 403 "), "there was no token in it"


def test_half_sent_forms_do_not_keep_it_from_ending(server: Server) -> None:
    start(server, SOON)
    with ExitStack() as stack:
        for _ in range(16):
            stack.enter_context(begin(server))
        assert server.stop() == 0
