"""What waits for a physician, from the nurse's draft to the amounts; and a dose as one quantity."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People, told_by
from tests.browser.examining import Check, examine
from tests.browser.hands import Hands, hands_at
from tests.browser.looks import DESK, SIZES, Look, at, without_script
from tests.browser.steps import settled
from tests.server import Server

SignedIn = Callable[[Page, str], None]


@pytest.fixture(name="server", scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A record of its own: its list holds nobody else's drafts."""
    running = Server(tmp_path_factory.mktemp("waiting") / "clinic")
    running.start()
    yield running
    running.kill()


@pytest.fixture(name="people", scope="module")
def _people(server: Server) -> People:
    told = told_by("tests.browser.awaiting", server)
    return People(
        administrator="ada.here",
        practitioner="nadia.here",
        professional="omar.here",
        password=told["password"],
        patient_id=told["patient"],
        signed_plan_id="",
        addresses={},
    )


@pytest.fixture(name="draft")
def _draft(server: Server, people: People) -> dict[str, str]:
    """A nurse's draft in the record of ``people``: the back of a hand, a cream without a label."""
    assert people.practitioner
    told: dict[str, str] = told_by("tests.browser.awaiting", server)
    return told


@pytest.fixture(name="hands")
def _hands(page: Page, look: Look) -> Hands:
    return hands_at(page, look)


@at(*SIZES, *map(without_script, SIZES))
def test_a_physician_finds_what_waits_chooses_a_depth_and_prescribes(
    page: Page, hands: Hands, people: People, signed_in: SignedIn, draft: dict[str, str]
) -> None:
    signed_in(page, people.professional)
    page.goto("/patients/")
    expect(page.get_by_role("heading", name="Waiting for a physician")).to_be_visible()
    hands.press(page.locator(".waiting").get_by_role("link", name=draft["name"]))
    expect(page.get_by_role("heading", name="Back of hand, left")).to_be_visible()
    hands.press(page.locator(".dial").get_by_role("button", name="0.25"))
    dial = page.get_by_role("group", name="Set depth").locator("output")
    expect(dial).to_have_text(re.compile("0.25"))
    for field, text in (("grams", "5"), ("area", "60"), ("minutes", "20")):
        hands.write(page.locator(f"#rx-{field}"), text)
    hands.press(page.locator("#rx-use"))
    expect(page.locator(".facts")).to_contain_text("by Omar")
    expect(page.locator(".facts")).to_contain_text("5 g on 60 cm²")
    page.goto("/patients/")
    expect(page.locator("#found")).to_be_visible()
    expect(page.locator(".waiting").get_by_role("link", name=draft["name"])).to_have_count(0)


@at(DESK)
def test_a_nurse_is_told_whom_to_ask_and_has_no_field(
    page: Page, people: People, signed_in: SignedIn, draft: dict[str, str]
) -> None:
    signed_in(page, people.practitioner)
    page.goto(f"{draft['plan']}?zone=hand_left_dorsal")
    expect(page.locator("#ask-physician")).to_contain_text("Ask a physician.")
    expect(page.locator("#ask-prescriber")).to_contain_text("Ask a physician")
    expect(page.locator(".dial, #rx-grams")).to_have_count(0)
    page.goto("/patients/")
    page.locator(".waiting summary").click()
    expect(page.locator(".waiting").get_by_role("link", name=draft["name"])).to_be_visible()


@at(*SIZES)
def test_what_was_set_last_of_a_dose_rules_and_the_others_follow(
    page: Page, hands: Hands, people: People, signed_in: SignedIn, draft: dict[str, str]
) -> None:
    signed_in(page, people.practitioner)
    page.goto(f"{draft['plan']}?zone=forehead")
    passes = page.get_by_role("group", name="Passes").locator("output")
    before = passes.inner_text()
    hands.press(page.locator(".doses > summary"))
    hands.write(page.locator("#dose-seconds_per_cm2"), "4")
    hands.press(page.locator("#use-seconds_per_cm2"))
    settled(page)
    expect(page.get_by_label("Seconds per cm², set")).to_have_value("4")
    expect(passes).not_to_have_text(before, use_inner_text=True)
    seconds = passes.inner_text()
    minutes = float(page.locator("#dose-minutes").input_value())
    expect(page.locator("#dose")).to_contain_text(f"4 s per cm², {minutes:.1f} min of contact")
    hands.write(page.locator("#dose-minutes"), f"{minutes / 3:.1f}")
    hands.press(page.locator("#use-minutes"))
    settled(page)
    expect(page.get_by_label("Minutes of contact, set")).to_have_value(f"{minutes / 3:.1f}")
    expect(page.get_by_label("Seconds per cm², set")).to_have_count(0)
    expect(passes).not_to_have_text(seconds, use_inner_text=True)
    hands.press(page.get_by_role("button", name="One pass more"))
    settled(page)
    expect(page.get_by_label("Minutes of contact, set")).to_have_count(0)
    expect(page.get_by_text("Passes chosen, crossed.")).to_be_visible()


@at(*SIZES)
def test_pages_of_what_waits_hold_no_barrier_and_fit(
    page: Page,
    look: Look,
    people: People,
    signed_in: SignedIn,
    draft: dict[str, str],
    axe: Check,
    fits: Check,
) -> None:
    signed_in(page, people.professional)
    for address in (
        "/patients/",
        f"{draft['plan']}?zone=hand_left_dorsal",
        f"{draft['plan']}?zone=forehead",
        f"/consultations/{draft['consultation']}/plan/",
        "/devices/",
    ):
        page.goto(address)
        for closed in page.locator("details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        examine(page, look, axe, fits)


@at(*SIZES)
def test_a_drug_is_sent_once_its_milligrams_are_there(
    page: Page, hands: Hands, people: People, signed_in: SignedIn, draft: dict[str, str]
) -> None:
    signed_in(page, people.practitioner)
    page.goto(draft["plan"])
    hands.press(page.locator("details.setting > summary"))
    hands.press(page.locator(".drugs > summary"))
    hands.write(page.locator("#other-drug-1"), "articaine")
    hands.write(page.locator("#other-mg-1"), "40")
    hands.press(page.locator("#s-use"))
    settled(page)
    expect(page.locator("#other-drug-1")).to_have_value("articaine")
    page.reload()
    expect(page.locator("#other-mg-1")).to_have_value("40")
