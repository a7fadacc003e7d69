"""A whole request handed to the threaded application, and the whole answer taken back."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication, WSGIEnvironment

from asgiref.typing import HTTPScope

_NAMED_OTHERWISE = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
"""Headers that the gateway interface spells without HTTP_ in front."""


@dataclass(frozen=True)
class Answer:
    """Everything that goes back: nothing of it is still to be made."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    content: bytes


class _Start:
    """What an application calls to begin its answer."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: tuple[tuple[bytes, bytes], ...] = ()
        self.written: list[bytes] = []

    def __call__(
        self, status: str, headers: Iterable[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        self.status = int(status.partition(" ")[0])
        self.headers = tuple(
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        )
        return self.written.append


def answer_of(application: WSGIApplication, scope: HTTPScope, body: bytes) -> Answer:
    """What the application answers; it waits neither for who asks nor for who reads."""
    start = _Start()
    parts = application(environ(scope, body), start)
    try:
        content = b"".join([*start.written, *parts])
    finally:
        # Whoever made the parts lets go here, in the same thread, of what it holds.
        if hasattr(parts, "close"):
            parts.close()
    return Answer(start.status, start.headers, content)


def environ(scope: HTTPScope, body: bytes) -> WSGIEnvironment:
    """A whole request as the gateway interface (PEP 3333) spells it."""
    name, port = scope["server"] or ("localhost", None)
    return {
        **_headers(scope["headers"]),
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": name,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        # Known now, whether or not it was announced.
        "CONTENT_LENGTH": str(len(body)),
        **_gateway(scope["scheme"], body),
    }


def _gateway(scheme: str, body: bytes) -> dict[str, Any]:
    return {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _headers(given: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    several: dict[str, list[str]] = {}
    for name, value in given:
        several.setdefault(_key(name), []).append(value.decode("latin-1"))
    # HTTP/2 sends cookies one by one, and a comma would be part of a cookie.
    return {
        key: ("; " if key == "HTTP_COOKIE" else ",").join(values) for key, values in several.items()
    }


def _key(name: bytes) -> str:
    spelt = name.decode("latin-1").upper().replace("-", "_")
    return _NAMED_OTHERWISE.get(name) or f"HTTP_{spelt}"
