"""Reloads, double clicks, two people, a server that is killed: nothing is lost, nothing doubled."""

import re
import sqlite3
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.hands import Mouse
from tests.browser.looks import DESK, SIZES, at
from tests.browser.steps import Clinician
from tests.browser.watching import Watch
from tests.server import Server, wait_until

SignedIn = Callable[[Page, str], None]
Kill = Callable[[], None]

_BURST = """() => {
    const forms = [...document.querySelectorAll('.item.is-open form.ask[action*=history]')];
    window.acknowledged = [];
    window.ended = 0;
    const headers = { 'HX-Request': 'true' };
    for (const form of forms.slice(0, 30)) {
        const pressed = form.querySelector('[name=status]');
        fetch(form.action, { method: 'POST', body: new FormData(form, pressed), headers })
            .then((answer) => { if (answer.ok) window.acknowledged.push(pressed.id); })
            .catch(() => {})
            .finally(() => { window.ended += 1; });
    }
}"""
_PRESSED = "els => els.filter(one => one.ariaPressed === 'true').map(one => one.id)"


@pytest.fixture(name="nurse")
def _nurse(page: Page, people: People, signed_in: SignedIn) -> Clinician:
    signed_in(page, people.practitioner)
    return Clinician(page, Mouse())


@at(DESK)
def test_a_double_click_makes_one(
    nurse: Clinician,
    new_page: Callable[[], Page],
    people: People,
    signed_in: SignedIn,
    watch: Watch,
) -> None:
    page, name = nurse.page, f"Twice-{uuid4().hex[:8]}"
    page.goto("/patients/new/")
    page.get_by_label("Given name").fill("Ines")
    page.get_by_label("Family name").fill(name)
    page.get_by_label("Date of birth").fill("1980-01-31")
    page.get_by_label("Female", exact=True).check()
    nurse.button("Add patient").dblclick()
    nurse.sees_the_heading(f"Ines {name}")
    story = page.url
    nurse.button("New consultation").dblclick()
    page.wait_for_url(re.compile("/consultations/"))
    nurse.says_what_bothers("forehead", concern="Acne scars", kind="Rolling", severity="Mild")
    nurse.judges_the_skin("II", weight_kg="70")
    nurse.answers_that_there_is_nothing()
    nurse.chooses_with_what(device="Pen, 14 needles", numbing="None", operator="Nurse")
    nurse.button("Make the plan").dblclick()
    nurse.answers_what_is_still_asked()
    nurse.chooses_a_depth("1")
    other = new_page()
    signed_in(other, people.professional)
    physician = Clinician(other, Mouse())
    other.goto(f"{page.url}sign/")
    physician.accepts_every_sentence(people.password)
    with watch.forgiving("status of 409"):
        other.get_by_role("button", name="Sign version 1").dblclick()
        expect(other.get_by_text(re.compile("^Signed by"))).to_be_visible()
    other.goto("/patients/")
    other.get_by_label("Find by name or record number").fill(name)
    expect(other.locator("#found .rows li")).to_have_count(1)
    other.goto(story)
    for kind in ("Consultation", "Signature"):
        expect(other.locator(".line b", has_text=re.compile(f"^{kind}"))).to_have_count(1)
    expect(other.locator(".line b", has_text="Draft")).to_have_count(0)


@at(DESK)
def test_two_people_at_different_items_do_not_meet(
    nurse: Clinician, new_page: Callable[[], Page], people: People, signed_in: SignedIn
) -> None:
    address = _begun(nurse, people)
    other = new_page()
    signed_in(other, people.professional)
    other.goto(address)
    physician = Clinician(other, Mouse())
    nurse.answers("keloid", "no")
    physician.answers("psoriasis", "yes")
    nurse.answers("vitiligo", "no")
    for page in (nurse.page, other):
        page.reload()
        pressed = _pressed(page)
        assert {"a-keloid-no", "a-psoriasis-yes", "a-vitiligo-no"} <= pressed
        expect(page.get_by_role("alert").filter(visible=True)).to_have_count(0)


@at(DESK)
def test_a_server_killed_in_a_burst_keeps_every_acknowledged_answer(
    nurse: Clinician, people: People, kill_server: Kill, watch: Watch
) -> None:
    _begun(nurse, people)
    _kill_in_a_burst(nurse, kill_server, watch)
    nurse.answers("epilepsy", "yes")


@at(DESK)
@pytest.mark.soak
@pytest.mark.parametrize("_round", range(12))
def test_a_server_killed_again_and_again_keeps_every_acknowledged_answer(
    nurse: Clinician, people: People, kill_server: Kill, watch: Watch, _round: int
) -> None:
    _begun(nurse, people)
    _kill_in_a_burst(nurse, kill_server, watch)


@at(*SIZES)
def test_a_birth_date_that_cannot_be_right_is_seen_and_corrected(
    nurse: Clinician,
    people: People,
    server: Server,
    axe: Callable[[Page], None],
    fits: Callable[[Page], None],
) -> None:
    page, consultation = nurse.page, _begun(nurse, people)
    story = str(page.get_by_role("heading", level=1).get_by_role("link").get_attribute("href"))
    with sqlite3.connect(server.folder / "percuta.sqlite3") as record:
        stored = "UPDATE patients_patient SET birth_date = '1900-01-01' WHERE id = ?"
        record.execute(stored, [story.split("/")[-2].replace("-", "")])
    for address in (consultation, story):
        page.goto(address)
        expect(page.get_by_role("heading", name="Cannot be right")).to_be_visible()
        fits(page)
    axe(page)
    nurse.follows("Correct the date of birth")
    page.get_by_label("Date of birth").fill("1985-02-28")
    nurse.presses("Save")
    for address in (story, consultation):
        page.goto(address)
        expect(page.locator(".who")).to_contain_text(" years")
        expect(page.get_by_role("heading", name="Cannot be right")).to_have_count(0)


def _kill_in_a_burst(nurse: Clinician, kill_server: Kill, watch: Watch) -> None:
    page = nurse.page
    before = _pressed(page)
    with watch.forgiving("lost: POST", "Failed to load resource: net::"):
        page.evaluate(_BURST)
        wait_until(lambda: page.evaluate("window.acknowledged.length >= 5"))
        kill_server()
        wait_until(lambda: page.evaluate("window.ended === 30"))
    acknowledged = set(page.evaluate("window.acknowledged"))
    assert 5 <= len(acknowledged) < 30
    page.reload()
    after = _pressed(page)
    assert acknowledged | before <= after
    items = [pressed.rpartition("-")[0] for pressed in after]
    assert len(items) == len(set(items))


def _begun(nurse: Clinician, people: People) -> str:
    """A consultation of somebody who never had one."""
    name = f"Burst-{uuid4().hex[:8]}"
    nurse.adds_a_patient("Ida", name, born="1985-02-28", sex="Female")
    nurse.begins_a_consultation()
    return nurse.page.url


def _pressed(page: Page) -> set[str]:
    return set(page.locator(".item [name=status]").evaluate_all(_PRESSED))
