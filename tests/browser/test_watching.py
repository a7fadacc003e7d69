"""The watch and axe notice what is planted, so that their silence means something."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page

from tests.browser.looks import DESK, at
from tests.browser.watching import Watch
from tests.server import free_port

PLANTED = {
    "console: planted": "console.error('planted')",
    "script: thrown": "setTimeout(() => { throw new Error('thrown') })",
    "Content Security Policy": """() => {
        const script = document.createElement('script');
        script.text = 'window.ran = 1';
        document.body.append(script);
    }""",
    "status of 404": "() => { new Image().src = '/static/no-such-picture.png' }",
}


@at(DESK)
@pytest.mark.parametrize("sign", PLANTED)
def test_what_goes_wrong_in_a_page_is_seen(page: Page, watch: Watch, sign: str) -> None:
    page.goto("/sign-in/")
    page.evaluate(PLANTED[sign])
    page.wait_for_timeout(300)
    assert [fault for fault in watch.faults if sign in fault]
    watch.faults.clear()


@at(DESK)
def test_a_page_of_somebody_else_is_seen(page: Page, watch: Watch) -> None:
    stranger = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(stranger)
    assert f"left the server: {stranger}" in watch.faults
    assert [fault for fault in watch.faults if fault.startswith("lost: GET")]
    watch.faults.clear()


@at(DESK)
def test_what_a_test_brings_about_on_purpose_is_forgiven_once(page: Page, watch: Watch) -> None:
    with watch.forgiving("status of 404"):
        page.goto("/no/such/page/")
    assert not watch.faults
    page.goto("/no/such/page/")
    assert len(watch.faults) == 1
    watch.faults.clear()


@at(DESK)
def test_axe_sees_a_barrier(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/sign-in/")
    axe(page)
    page.evaluate("document.documentElement.removeAttribute('lang')")
    with pytest.raises(AssertionError, match="html-has-lang|lang attribute"):
        axe(page)
