"""From a stranger at the desk to a signed document, as two people of a clinic walk it."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.hands import Hands, Keys, hands_at
from tests.browser.looks import DESK, SIZES, Look, at, without_script
from tests.browser.steps import Clinician
from tests.browser.watching import Watch

Makes = Callable[[Page], Hands]


@pytest.fixture(autouse=True)
def mark_beside_a_document(watch: Watch) -> Iterator[None]:
    """The browser asks for a mark of the site beside a PDF, which cannot name one."""
    with watch.forgiving("/favicon.ico"):
        yield


@at(*SIZES, *map(without_script, SIZES))
def test_consult_plan_what_if_sign_print(
    new_page: Callable[[], Page], look: Look, people: People
) -> None:
    _journey(new_page, people, lambda page: hands_at(page, look))


@at(DESK)
def test_the_whole_way_by_keyboard_alone(new_page: Callable[[], Page], people: People) -> None:
    _journey(new_page, people, Keys)


def _journey(new_page: Callable[[], Page], people: People, hands: Makes) -> None:
    page = new_page()
    nurse = Clinician(page, hands(page))
    nurse.signs_in(people.practitioner, people.password)
    name = f"Vogt-{uuid4().hex[:8]}"
    nurse.adds_a_patient("Lena", name, born="1990-05-04", sex="Female")
    _consult(nurse)
    _plan(nurse)
    page = new_page()
    physician = Clinician(page, hands(page))
    physician.signs_in(people.professional, people.password)
    physician.finds(name[:6], f"{name}, Lena")
    _sign(physician, people.password)


def _consult(nurse: Clinician) -> None:
    nurse.begins_a_consultation()
    nurse.says_what_bothers(
        "cheek_left", "cheek_right", concern="Acne scars", kind="Rolling", severity="Marked"
    )
    nurse.judges_the_skin("III", weight_kg="64")
    nurse.answers("sunburn", "current")
    nurse.hears_of("sunburn")
    nurse.answers("sunburn", "never")
    assert nurse.answers_that_there_is_nothing() > 30


def _plan(nurse: Clinician) -> None:
    nurse.makes_the_plan(
        device="Pen, 14 needles",
        numbing="Lidocaine 2.5% and prilocaine 2.5% cream",
        operator="Nurse",
    )
    nurse.chooses_a_depth("1.25")
    nurse.chooses_the_same_in_the_other_zones()
    nurse.goes_less_deep()
    nurse.goes_less_deep()
    assert len(nurse.goes_as_deep_as_it_lets()) > 1
    expect(nurse.page.locator("#stops")).to_contain_text("is the limit")
    nurse.takes_one_pass_more()
    depth = nurse.depth.inner_text()
    nurse.changes_the_device("Pen, 12 needles")
    expect(nurse.depth).to_have_text(depth, use_inner_text=True)
    nurse.asks_why()


def _sign(physician: Clinician, password: str) -> None:
    physician.follows("Read and sign the plan")
    assert physician.signs(password) > 3
    signed = physician.page.url
    assert "Omar, qualified professional" in _read(physician.opens_the_document())
    physician.page.goto(signed)
    physician.follows("Back to the plan")
    physician.begins_the_next_version()


def _read(document: bytes) -> str:
    opened = pypdfium2.PdfDocument(document)
    pages = [page.get_textpage().get_text_range() for page in opened]
    opened.close()
    return "\n".join(pages)
