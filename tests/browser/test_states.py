"""The demo clinic in a browser: whatever a plan says, its pages can be read, and so can a refusal.

Each state stands on other parts of a page: a plan that may not be has no map, but alternatives.
"""

import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from percuta.clinic.demo.filling import demo_password
from tests.browser.conftest import People, told_by
from tests.browser.examining import Check, examine
from tests.browser.looks import DESK, PHONE, SIZES, TABLET, Look, at
from tests.browser.watching import Watch
from tests.server import Server

STATES = ("suitable", "signed", "defer", "refer", "unsuitable", "incomplete")
PAGES = ("patient", "consultation", "plan", "sign", "compare")
SignedIn = Callable[[Page, str], None]


@pytest.fixture(name="server", scope="module")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("demo") / "clinic"
    running = Server(folder, command=(sys.executable, "-m", "percuta", "serve", "--demo"))
    running.start()
    yield running
    running.kill()


@pytest.fixture(name="states", scope="module")
def _states(server: Server) -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = told_by("tests.browser.demo_pages", server)
    return told


@pytest.fixture(name="people", scope="module")
def _people(states: dict[str, dict[str, str]]) -> People:
    addresses = {
        f"{state}/{page}": at for state, pages in states.items() for page, at in pages.items()
    }
    return People(
        administrator="priya",
        practitioner="nadia",
        professional="amara",
        password=demo_password(),
        patient_id=addresses["signed/patient"].split("/")[-2],
        signed_plan_id=addresses["signed/plan"].split("/")[-2],
        addresses=addresses,
    )


@pytest.fixture(name="amara")
def _amara(page: Page, signed_in: SignedIn, people: People) -> Page:
    signed_in(page, people.professional)
    return page


def test_the_demo_clinic_holds_every_state(people: People) -> None:
    assert {address.split("/")[0] for address in people.addresses} == set(STATES)


@at(PHONE, TABLET)
@pytest.mark.parametrize("state", STATES)
def test_pages_of_a_state_hold_no_barrier_and_fit(
    amara: Page, look: Look, state: str, people: People, axe: Check, fits: Check
) -> None:
    for shown in PAGES:
        amara.goto(people.addresses[f"{state}/{shown}"])
        examine(amara, look, axe, fits)


@at(PHONE, TABLET)
def test_plans_fit_somebody_who_may_not_sign_too(
    page: Page, look: Look, signed_in: SignedIn, people: People, axe: Check, fits: Check
) -> None:
    signed_in(page, people.practitioner)
    for state in STATES:
        page.goto(people.addresses[f"{state}/plan"])
        examine(page, look, axe, fits)


@at(*SIZES)
def test_the_trail_of_a_busy_clinic_fits(
    page: Page, look: Look, signed_in: SignedIn, people: People, axe: Check, fits: Check
) -> None:
    signed_in(page, people.administrator)
    page.goto("/trail/")
    assert page.locator(".trail li").count() > 20
    examine(page, look, axe, fits)


@at(PHONE, TABLET)
def test_a_birth_in_the_future_is_refused_readably(
    amara: Page, look: Look, watch: Watch, axe: Check, fits: Check
) -> None:
    amara.goto("/patients/new/")
    amara.get_by_label("Given name").fill("Ida")
    amara.get_by_label("Family name").fill("Sommer")
    amara.get_by_label("Date of birth").fill("2199-01-01")
    amara.get_by_label("Female", exact=True).check()
    with watch.forgiving("status of 422"):
        amara.get_by_role("button", name="Add patient").click()
        expect(amara.locator(".faults")).to_contain_text("2199")
    examine(amara, look, axe, fits)


@at(PHONE, DESK)
def test_a_signature_without_its_sentences_is_refused_readably(
    amara: Page, look: Look, watch: Watch, people: People, axe: Check, fits: Check
) -> None:
    amara.goto(people.addresses["suitable/sign"])
    amara.locator("form:has([name=password])").evaluate("form => form.noValidate = true")
    with watch.forgiving("status of 422"):
        amara.get_by_role("button", name="Sign version").click()
        expect(amara.locator(".faults")).to_be_visible()
    examine(amara, look, axe, fits)


@at(PHONE, DESK)
def test_a_press_on_an_outdated_plan_is_refused_readably(
    amara: Page, look: Look, watch: Watch, people: People, axe: Check, fits: Check
) -> None:
    amara.goto(people.addresses["suitable/plan"])
    late = amara.context.new_page()
    late.goto(people.addresses["suitable/plan"])
    output = amara.get_by_role("group", name="Passes").locator("output")
    before = output.inner_text()
    amara.get_by_role("button", name="One pass more").click()
    expect(output).not_to_have_text(before, use_inner_text=True)
    with watch.forgiving("status of 409"):
        late.get_by_role("button", name="One pass less").click()
        expect(late.locator(".conflict")).to_contain_text("Yours is not saved")
    examine(late, look, axe, fits)
