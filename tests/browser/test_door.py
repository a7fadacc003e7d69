"""The door in a real browser: by touch, by keyboard, without script, after a killed server."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.looks import DESK, PHONE, SIZES, at, without_script
from tests.server import Server

SignIn = Callable[[Page, str], None]


@at(*SIZES)
def test_the_door_opens(page: Page, server: Server, people: People, sign_in: SignIn) -> None:
    page.goto("/")
    sign_in(page, people.practitioner)
    expect(page).to_have_url(f"{server.address}/patients/")


@at(DESK)
def test_the_keyboard_alone_opens_the_door(page: Page, people: People) -> None:
    page.goto("/sign-in/")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(people.practitioner)
    page.keyboard.press("Tab")
    page.keyboard.type(people.password)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()


@at(*map(without_script, SIZES))
def test_the_door_opens_without_script(page: Page, people: People, sign_in: SignIn) -> None:
    sign_in(page, people.practitioner)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@at(PHONE)
def test_a_wrong_password_is_told(page: Page, people: People, axe: Callable[[Page], None]) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Name").fill(people.administrator)
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)


@at(DESK)
def test_who_was_signed_in_still_is_after_the_server_was_killed(
    page: Page, people: People, sign_in: SignIn, kill_server: Callable[[], None]
) -> None:
    sign_in(page, people.practitioner)
    kill_server()
    page.reload()
    page.get_by_role("button", name="Sign out").wait_for()
