"""Draw the pages of the demo clinic that the documentation shows.

The clinic is invented as it stands on one fixed day, and its clock stands still on that day, so
that the same code draws the same pictures.
"""

import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Literal
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images"
DAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESK, PHONE = (1440, 900), (390, 844)


@dataclass(frozen=True)
class Picture:
    """One page, opened by somebody at a screen."""

    login: str
    person: str
    opens: Callable[[Page], None]
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"


def consultation(page: Page) -> None:
    """The newest conversation."""
    page.locator(".line a", has_text="Consultation").first.click()
    page.locator("#consult").wait_for()


def plan(page: Page) -> None:
    """The newest plan, a draft as a rule."""
    page.locator(".line a", has_text=re.compile("Draft|Signature")).first.click()
    page.locator("#plan").wait_for()


def sign(page: Page) -> None:
    """What is read before the signature."""
    page.get_by_role("link", name="Read and sign the plan").click()
    page.get_by_text("By signing you accept").wait_for()


def story(page: Page) -> None:
    """The page of the patient itself."""
    page.locator(".story").wait_for()


PICTURES = {
    "consultation": Picture("nadia", "Halvorsen", consultation),
    "plan-desk": Picture("amara", "Halvorsen", plan),
    "plan-phone": Picture("amara", "Halvorsen", plan, PHONE, "dark"),
    "sign": Picture("amara", "Dube", sign),
    "story": Picture("amara", "Quispe", story),
}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def main() -> None:
    """Write every picture."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    with _demo_clinic() as (address, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, picture in PICTURES.items():
            _write(name, _opened(browser, address, password, picture))
        browser.close()


@contextmanager
def _demo_clinic() -> Iterator[tuple[str, str]]:
    """Where the demo clinic answers, on its one day, and the password of everybody there."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "percuta.site.settings"
        os.environ["PERCUTA_DATA_FOLDER"] = folder
        django.setup()
        from percuta.clinic.demo.filling import demo_password, fill
        from percuta.site.configuration import configuration
        from percuta.site.database import open_record
        from percuta.site.wsgi import application

        open_record(configuration().database_path)
        with patch("django.utils.timezone.now", return_value=DAY):
            fill(DAY)
            server = make_server("127.0.0.1", 0, application, _Server, _Silent)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://localhost:{server.server_port}", demo_password()
            server.shutdown()


def _opened(browser: Browser, address: str, password: str, picture: Picture) -> Page:
    width, height = picture.size
    page = browser.new_page(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page.goto("/sign-in/")
    page.get_by_label("Name").fill(picture.login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Find by name or record number").fill(picture.person)
    page.get_by_role("button", name="Find").click()
    page.locator("#found").get_by_role("link", name=picture.person).first.click()
    page.get_by_role("heading", level=1).wait_for()
    picture.opens(page)
    return page


def _write(name: str, page: Page) -> None:
    path = FOLDER / f"{name}.png"
    Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB").save(
        path, optimize=True
    )
    page.close()
    print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
