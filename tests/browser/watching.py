"""What goes wrong inside a page while a test looks at its surface."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, WebError

_GONE = "net::ERR_ABORTED"
"""Chromium's word for a request that a newer page, or a download, has overtaken: no fault."""

_OWN = ("data:", "blob:", "about:", "chrome:", "chrome-extension:")
"""What a browser brings itself, as its reader of PDF: none of it is on a network."""


class Watch:
    """Collects what a page must never do: errors, refused scripts, lost requests, strangers.

    Parameters
    ----------
    address : str
        The one server that pages may ask for anything.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._forgiven: list[str] = []
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context, those that open later too."""
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)

    @contextmanager
    def forgiving(self, *texts: str) -> Iterator[None]:
        """Let pass what a test brings about on purpose, as a 422 or a server that is gone."""
        self._forgiven += texts
        yield
        for text in texts:
            self._forgiven.remove(text)

    def settle(self, page: Page) -> None:
        """Let what the page has begun come to its end, so that nothing is reported too late."""
        # A page that is just going elsewhere has nothing left to ask.
        with suppress(Error):
            page.wait_for_load_state("load")
            page.evaluate("() => 1")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(f"console: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        self._note(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._address}/", *_OWN)):
            self._note(f"left the server: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != _GONE:
            self._note(f"lost: {request.method} {request.url}: {request.failure}")

    def _note(self, fault: str) -> None:
        if not any(text in fault for text in self._forgiven):
            self.faults.append(fault)
