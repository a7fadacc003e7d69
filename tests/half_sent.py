"""Requests that begin and do not end, as an unfriendly or an unlucky client leaves them."""

import socket
import ssl
import time
from collections.abc import Mapping

from tests.server import PATIENCE_S, Server

_FORM = {
    "Content-Type": "application/x-www-form-urlencoded",
    # Whoever has once seen a page has such a cookie; the form is then read for its fellow.
    "Cookie": f"csrftoken={'a' * 32}",
}


def begin(
    server: Server,
    *,
    sent: bytes = b"username=",
    context: ssl.SSLContext | None = None,
    host: str = "localhost",
    headers: Mapping[str, str] | None = None,
) -> socket.socket:
    """A sign-in form of which ``sent`` has arrived and the rest has not."""
    plain = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)
    link = context.wrap_socket(plain, server_hostname=host) if context else plain
    announced = {"Host": f"{host}:{server.port}", **_FORM, "Content-Length": "5000"}
    link.sendall(_head({**announced, **(headers or {})}) + sent)
    return link


def begin_in_chunks(server: Server, *, chunk: bytes = b"username=") -> socket.socket:
    """A form in pieces that does not say where it ends."""
    link = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)
    head = _head({"Host": f"localhost:{server.port}", **_FORM, "Transfer-Encoding": "chunked"})
    link.sendall(head + f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
    return link


def trickle(server: Server) -> bytes:
    """What comes back to a form that arrives a byte at a time, until something does."""
    link, end = begin(server), time.monotonic() + PATIENCE_S
    link.settimeout(0.05)
    while time.monotonic() < end:
        try:
            link.sendall(b"a")
            return link.recv(65_536) + rest(link)
        except TimeoutError:
            continue
    raise AssertionError("nothing came back in time")


def is_waiting(link: socket.socket) -> bool:
    """Whether nothing came back, not even the end."""
    link.settimeout(0)
    try:
        link.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return True
    return False


def rest(link: socket.socket) -> bytes:
    """Everything that comes back until the other side closes."""
    link.settimeout(PATIENCE_S)
    received = b""
    with link:
        while piece := link.recv(65_536):
            received += piece
    return received


def _head(headers: Mapping[str, str]) -> bytes:
    lines = ["POST /sign-in/ HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()
