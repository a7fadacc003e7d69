"""The consultation in a real browser: pressed, reloaded, pressed twice, by two people, killed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import People
from tests.browser.looks import DESK, PHONE, SIZES, TABLET, Look, at, without_script
from tests.browser.steps import height_of, settled
from tests.browser.watching import Watch

SignIn = Callable[[Page, str], None]


@pytest.fixture(name="begin")
def _begin(people: People, sign_in: SignIn) -> Callable[[Page], str]:
    """Begins a conversation with the one patient, and says where it is."""

    def begun(page: Page) -> str:
        sign_in(page, people.practitioner)
        page.goto(f"/patients/{people.patient_id}/")
        page.get_by_role("button", name="New consultation").click()
        page.wait_for_url(re.compile("/consultations/"))
        return page.url

    return begun


def answer(page: Page, key: str, word: str) -> Locator:
    """One answer of one item."""
    return page.locator(f"#item-{key}").get_by_role("button", name=word, exact=True)


def pressed(page: Page, key: str, word: str) -> None:
    expect(answer(page, key, word)).to_have_attribute("aria-pressed", "true")


def test_zones_are_pressed_answers_saved_and_no_barrier_found(
    page: Page, look: Look, begin: Callable[[Page], str], axe: Callable[[Page], None]
) -> None:
    begin(page)
    if page.locator(".state").get_attribute("open") is None:
        page.locator(".state > summary").click()
    zone = page.locator("#map a[data-zone=forehead]")
    zone.tap() if look.is_touched else zone.click()
    expect(zone).to_have_attribute("aria-current", "true")
    page.get_by_label("Texture", exact=True).check()
    page.get_by_role("button", name="Marked").click()
    expect(page.locator(".stated")).to_contain_text("Forehead: texture")
    answer(page, "keloid", "Yes").click()
    pressed(page, "keloid", "Yes")
    expect(page.locator("#so-far")).to_contain_text("Keloid")
    page.reload()
    pressed(page, "keloid", "Yes")
    expect(page.locator(".stated")).to_contain_text("Forehead: texture")
    page.evaluate("window.scrollTo(0, 0)")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@at(DESK)
def test_presses_that_overtake_each_other_show_what_is_saved(
    page: Page, begin: Callable[[Page], str]
) -> None:
    begin(page)
    words = ("#type-III", "#a-smoking-yes", "#a-epilepsy-no", "#a-vitiligo-yes")
    page.evaluate("(ids) => ids.forEach((id) => document.querySelector(id).click())", words)
    page.wait_for_load_state("networkidle")
    for key, word in (("smoking", "Yes"), ("epilepsy", "No"), ("vitiligo", "Yes")):
        pressed(page, key, word)


@at(*SIZES)
def test_what_is_pressed_stays_under_the_finger(page: Page, begin: Callable[[Page], str]) -> None:
    begin(page)
    for key, word in (("keloid", "Yes"), ("smoking", "Yes"), ("epilepsy", "No")):
        pressed_one = answer(page, key, word)
        pressed_one.scroll_into_view_if_needed()
        before = height_of(pressed_one)
        pressed_one.click()
        pressed(page, key, word)
        settled(page)
        assert height_of(pressed_one) == pytest.approx(before, abs=2), key


@at(DESK)
def test_the_keyboard_alone_answers_and_stays_where_it_is(
    page: Page, begin: Callable[[Page], str]
) -> None:
    begin(page)
    answer(page, "vitiligo", "No").focus()
    page.keyboard.press("Enter")
    pressed(page, "vitiligo", "No")
    expect(answer(page, "vitiligo", "No")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    pressed(page, "vitiligo", "Yes")


@at(*map(without_script, SIZES))
def test_answers_are_given_without_script(page: Page, begin: Callable[[Page], str]) -> None:
    begin(page)
    answer(page, "keloid", "No").click()
    pressed(page, "keloid", "No")
    assert page.url.endswith("#item-keloid")
    if page.locator(".state").get_attribute("open") is None:
        page.locator(".state > summary").click()
    page.locator("#map a[data-zone=chin]").click()
    expect(page.locator("input[name=zone][value=chin]")).to_be_checked()


@at(TABLET)
def test_a_double_click_and_a_killed_server_lose_and_double_nothing(
    page: Page, begin: Callable[[Page], str], kill_server: Callable[[], None]
) -> None:
    address = begin(page)
    answer(page, "isotretinoin", "In the past").dblclick()
    pressed(page, "isotretinoin", "In the past")
    page.locator("#item-isotretinoin").get_by_role("button", name="Nobody knows when").click()
    expect(page.locator("#day-unknown-isotretinoin")).to_have_attribute("aria-pressed", "true")
    kill_server()
    page.goto(address)
    pressed(page, "isotretinoin", "In the past")
    expect(page.locator("#day-unknown-isotretinoin")).to_have_attribute("aria-pressed", "true")


@at(PHONE)
def test_two_people_at_one_item_see_both_and_choose(
    page: Page,
    new_page: Callable[[], Page],
    people: People,
    sign_in: SignIn,
    begin: Callable[[Page], str],
    watch: Watch,
) -> None:
    address = begin(page)
    other = new_page()
    sign_in(other, people.professional)
    other.goto(address)
    answer(other, "epilepsy", "Yes").click()
    pressed(other, "epilepsy", "Yes")
    with watch.forgiving("409"):
        answer(page, "epilepsy", "No").click()
        told = page.locator("#item-epilepsy").get_by_role("alert")
        expect(told).to_contain_text("Omar answered")
    expect(told).to_contain_text("yes")
    pressed(page, "epilepsy", "Yes")
    told.get_by_role("button", name="Save mine").click()
    pressed(page, "epilepsy", "No")
