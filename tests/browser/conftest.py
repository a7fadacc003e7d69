"""A real server, a real browser, three sizes, light and dark.

A test that asks for ``page`` runs in all six looks. One look is enough where nothing that is
seen is asked: ``@at(DESK)``, or any ``Look`` of ``LOOKS``, from ``tests.browser.looks``.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.looks import LOOKS, Look
from tests.browser.watching import Watch
from tests.developer_commands import ROOT, load
from tests.server import Server, only_this_machine

_QUIET = (
    "--lang=en-US",  # so that a day is typed as month, day, year on every machine
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
)
_RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@dataclass(frozen=True)
class People:
    """Who may sign in to the seeded clinic, its one patient, and where every page is."""

    administrator: str
    practitioner: str
    professional: str
    password: str
    patient_id: str
    signed_plan_id: str
    addresses: dict[str, str]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser and its server are on this machine; nobody else is spoken to."""
    monkeypatch.setattr(socket.socket, "connect", only_this_machine(socket.socket.connect))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """``percuta serve`` with two worker processes, over a record of its own."""
    running = Server(tmp_path_factory.mktemp("served") / "clinic", {"PERCUTA_WORKERS": "2"})
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def people(server: Server) -> People:
    """The people of a clinic in the server's record."""
    return People(**told_by("tests.browser.seeding", server))


def told_by(module: str, server: Server) -> Any:
    """What a module says that runs over the server's record."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        env={**os.environ, "PERCUTA_DATA_FOLDER": str(server.folder)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; which one is ``./dev``'s decision."""
    path = os.environ.get("TEST_BROWSER") or load().find_browser()
    expect.set_options(timeout=15_000)  # a server process that was just started reads the facts
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path or None, args=_QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(params=LOOKS, ids=str)
def look(request: pytest.FixtureRequest) -> Look:
    """One size in one colour scheme."""
    chosen: Look = request.param
    return chosen


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """What goes wrong inside the pages; anything that is not forgiven fails the test."""
    watching = Watch(server.address)
    yield watching
    assert not watching.faults, "\n".join(watching.faults)


@pytest.fixture
def new_page(
    browser: Browser, server: Server, look: Look, watch: Watch
) -> Iterator[Callable[[], Page]]:
    """Opens a browser of somebody's own, with its own cookies: one call, one person."""
    contexts = []

    def opened() -> Page:
        context = browser.new_context(
            base_url=server.address,
            viewport={"width": look.width, "height": look.height},
            has_touch=look.is_touched,
            color_scheme=look.scheme,
            java_script_enabled=look.has_script,
        )
        context.set_default_timeout(15_000)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        for page in context.pages:
            watch.settle(page)
        context.close()


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """One person's browser."""
    return new_page()


@pytest.fixture
def sign_in(people: People) -> Callable[[Page, str], None]:
    """Signs somebody in: ``sign_in(page, people.practitioner)``."""

    def signed_in(page: Page, login: str) -> None:
        page.goto("/sign-in/")
        page.get_by_label("Name").fill(login)
        page.get_by_label("Password").fill(people.password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()

    return signed_in


@pytest.fixture(scope="session")
def kept_sessions() -> dict[tuple[str, str], list[Any]]:
    """What a browser keeps of somebody who signed in, by server and login."""
    return {}


@pytest.fixture
def signed_in(
    server: Server,
    sign_in: Callable[[Page, str], None],
    kept_sessions: dict[tuple[str, str], list[Any]],
) -> Callable[[Page, str], None]:
    """A browser in which somebody signed in before; the door itself is tested elsewhere."""

    def has_signed_in(page: Page, login: str) -> None:
        who = server.address, login
        if who not in kept_sessions:
            sign_in(page, login)
            kept_sessions[who] = page.context.cookies()
        page.context.add_cookies(kept_sessions[who])

    return has_signed_in


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Asserts that a page holds no barrier that axe can find."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=_RULES)
        assert found.violations_count == 0, found.generate_report()

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Asserts that nothing of a page runs over the edge of the screen."""

    def check(page: Page) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide"

    return check


@pytest.fixture
def kill_server(server: Server) -> Callable[[], None]:
    """Ends the server between two instructions and starts it again over the same record."""

    def killed() -> None:
        server.kill()
        server.start()

    return killed
