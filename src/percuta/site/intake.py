"""Requests are taken in whole before a thread works on them.

A request may arrive as slowly as somebody likes. If a thread waited for it, as many half-sent
requests as there are threads would close the clinic.
"""

import asyncio
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from wsgiref.types import WSGIApplication

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

from percuta.errors import PercutaError
from percuta.site.gateway import Answer, answer_of

MOST_BYTES = 65_536
"""No page sends a form of a tenth of this."""


class Refusal(PercutaError):
    """A request that no thread is spent on."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


@dataclass(frozen=True)
class Intake:
    """An asynchronous front of a threaded application.

    Parameters
    ----------
    application : WSGIApplication
        What answers.
    threads : Executor
        Where it does so; requests beyond its threads queue, whole.
    seconds : float
        How long the body of a request may take to arrive, all of it.
    most_bytes : int
        How large it may be.
    """

    application: WSGIApplication
    threads: Executor
    seconds: float
    most_bytes: int = MOST_BYTES

    async def __call__(
        self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Answer one request, or refuse it; say nothing to somebody who has gone."""
        try:
            body = await self._body(scope, receive)
        except Refusal as refusal:
            await _send(send, _page_of(refusal))
            return
        if body is not None:
            loop = asyncio.get_running_loop()
            work = loop.run_in_executor(self.threads, answer_of, self.application, scope, body)
            await _send(send, await work)

    async def _body(self, scope: HTTPScope, receive: ASGIReceiveCallable) -> bytes | None:
        if _length_ahead(scope["headers"]) > self.most_bytes:
            raise self._too_large()
        try:
            async with asyncio.timeout(self.seconds):
                return await self._collect(receive)
        except TimeoutError:
            late = f"This form took longer than {self.seconds:g} seconds to arrive"
            raise Refusal(408, f"{late}. Nothing was saved. Go back, and send it again.") from None

    async def _collect(self, receive: ASGIReceiveCallable) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            if len(body) > self.most_bytes:
                raise self._too_large()
            if not message.get("more_body", False):
                return bytes(body)

    def _too_large(self) -> Refusal:
        large = f"This form is larger than the {self.most_bytes} bytes that are taken"
        return Refusal(413, f"{large}. Nothing was saved.")


def _length_ahead(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """How large a request says that it is; the server has refused what is no number."""
    return next((int(value) for name, value in headers if name == b"content-length"), 0)


def _page_of(refusal: Refusal) -> Answer:
    content = f"{refusal}\n".encode()
    headers = (
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        # What is still on its way belongs to this request, and is not waited for.
        (b"connection", b"close"),
    )
    return Answer(refusal.status, headers, content)


async def _send(send: ASGISendCallable, answer: Answer) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": answer.status,
            "headers": answer.headers,
            "trailers": False,
        }
    )
    await send({"type": "http.response.body", "body": answer.content, "more_body": False})
