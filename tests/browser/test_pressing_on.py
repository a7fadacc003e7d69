"""Somebody who presses on while an answer is on its way: every press and every letter counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import People
from tests.browser.hands import Mouse
from tests.browser.looks import DESK, PHONE, SIZES, TABLET, at
from tests.browser.steps import Clinician, height_of, settled
from tests.browser.watching import Watch
from tests.server import wait_until

SignedIn = Callable[[Page, str], None]


@pytest.fixture(name="nurse")
def _nurse(page: Page, people: People, signed_in: SignedIn) -> Clinician:
    """At a new draft whose setting is open."""
    signed_in(page, people.practitioner)
    nurse = Clinician(page, Mouse())
    nurse.adds_a_patient("Ines", f"Soon-{uuid4().hex[:8]}", born="1980-01-31", sex="Female")
    nurse.begins_a_consultation()
    nurse.says_what_bothers("forehead", concern="Acne scars", kind="Rolling", severity="Mild")
    nurse.judges_the_skin("II", weight_kg="70")
    nurse.answers_that_there_is_nothing()
    nurse.makes_the_plan(device="Pen, 14 needles", numbing="None", operator="Nurse")
    nurse.chooses_a_depth("1")
    page.locator("details.setting > summary").click()
    return nurse


@contextmanager
def slow_answer(page: Page) -> Iterator[None]:
    """The next press of the plan is answered only once all of this has been done."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/plans/**", hold)
    yield
    wait_until(lambda: bool(page.evaluate("1") and held))
    held[0].continue_()


@contextmanager
def while_the_operator_changes(page: Page) -> Iterator[None]:
    """A change of the setting whose answer comes once all of this has been done."""
    with slow_answer(page):
        page.locator("#s-operator").select_option(label="Physician")
        yield
    expect(page.locator("details.setting > summary")).to_contain_text("physician")


def kept_after_leaving(page: Page, weeks: str) -> None:
    """What is left by a tabulator is there when the page is loaded again."""
    page.keyboard.press("Tab")
    settled(page)
    page.reload()
    expect(page.locator("#s-weeks")).to_have_value(weeks)


@at(DESK, TABLET)
def test_what_is_half_written_when_an_answer_comes_is_written_on_and_saved(
    nurse: Clinician,
) -> None:
    page = nurse.page
    weeks = page.locator("#s-weeks")
    with while_the_operator_changes(page):
        weeks.click()
        page.keyboard.press("Control+A")
        page.keyboard.type("1")
    expect(weeks).to_be_focused()
    expect(weeks).to_have_value("1")
    page.keyboard.type("0")
    kept_after_leaving(page, "10")


@at(DESK)
def test_what_was_wholly_written_before_an_answer_came_is_saved_once_it_is_left(
    nurse: Clinician,
) -> None:
    page = nurse.page
    with while_the_operator_changes(page):
        page.locator("#s-weeks").fill("9")
    expect(page.locator("#s-weeks")).to_have_value("9")
    kept_after_leaving(page, "9")


@at(DESK)
def test_what_is_chosen_or_asked_for_before_an_answer_came_needs_no_leaving(
    nurse: Clinician,
) -> None:
    page = nurse.page
    operator, strikes = page.locator("#s-operator"), page.locator("#s-strikes")
    with slow_answer(page):
        page.locator("#s-weeks").fill("7")
        operator.focus()
        operator.select_option(label="Physician")
    expect(page.locator("details.setting > summary")).to_contain_text("physician")
    expect(operator).to_be_focused()
    settled(page)
    with slow_answer(page):
        operator.select_option(label="Nurse")
        strikes.fill("150")
        page.keyboard.press("Enter")
    expect(page.locator("#dose")).to_contain_text("asked 150")
    expect(strikes).to_be_focused()


@at(DESK)
def test_what_is_chosen_before_an_answer_came_is_saved_too(nurse: Clinician) -> None:
    page = nurse.page
    with while_the_operator_changes(page):
        page.locator("#s-weeks").fill("8")
        page.locator("#s-other").fill("20")
        page.locator("#s-numbing").select_option(index=1)
        numbing = page.locator("#s-numbing").input_value()
    settled(page)
    page.reload()
    expect(page.locator("#s-operator")).to_have_value("physician")
    expect(page.locator("#s-weeks")).to_have_value("8")
    expect(page.locator("#s-other")).to_have_value("20")
    expect(page.locator("#s-numbing")).to_have_value(numbing)


@at(DESK, TABLET)
def test_presses_that_follow_each_other_at_once_all_count(nurse: Clinician) -> None:
    page = nurse.page
    passes = int(nurse.passes.inner_text().split()[0])
    depth = nurse.depth.inner_text()
    with slow_answer(page):
        nurse.presses("One pass more")
        nurse.presses("One pass more")
        nurse.presses("Less deep")
    expect(nurse.passes).to_have_text(f"{passes + 2} passes", use_inner_text=True)
    expect(nurse.depth).not_to_have_text(depth, use_inner_text=True)
    expect(page.get_by_role("alert").filter(visible=True)).to_have_count(0)


@at(DESK, PHONE)
def test_what_was_unfolded_stays_so_when_a_number_changes(nurse: Clinician) -> None:
    page = nurse.page
    setting = page.locator("details.setting")
    why = page.locator(".right details.why").first
    table = page.locator(".time-line details").first
    for fold in (why, table):
        fold.locator("> summary").click()
    before = why.locator("> summary").inner_text()
    nurse.goes_less_deep()
    expect(why.locator("> summary")).not_to_have_text(before, use_inner_text=True)
    settled(page)
    for fold in (setting, why, table):
        expect(fold).to_have_attribute("open", "")
    why.locator("> summary").click()
    nurse.takes_one_pass_more()
    expect(why).not_to_have_attribute("open", "")
    expect(table).to_have_attribute("open", "")


@at(*SIZES)
def test_what_is_pressed_stays_where_it_is_on_the_screen(nurse: Clinician) -> None:
    """Though the cautions above it, the figures and the time line change."""
    page = nurse.page
    less = nurse.button("Less deep")
    for turn in (nurse.goes_less_deep, nurse.takes_one_pass_more, nurse.goes_less_deep):
        less.scroll_into_view_if_needed()
        before = height_of(less)
        turn()
        settled(page)
        assert height_of(less) == pytest.approx(before, abs=2)


@at(DESK)
def test_a_press_after_a_refused_change_is_not_made_in_its_place(
    nurse: Clinician, watch: Watch
) -> None:
    """The refusal is shown, and what was written meanwhile stays to be read."""
    page = nurse.page
    before = nurse.passes.inner_text()
    with watch.forgiving("status of 422"):
        with slow_answer(page):
            page.locator("#s-weeks").fill("many")
            page.locator("#s-strikes").fill("200")
            nurse.presses("One pass more")
        expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("Not saved")
        settled(page)
    expect(nurse.passes).to_have_text(before, use_inner_text=True)
    expect(page.locator("#s-strikes")).to_have_value("200")
