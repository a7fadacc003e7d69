"""The time line while a product is followed into the skin: quick first, then refined.

The edition in force follows none: the one product that could be followed has a measurement that
speaks against its curve. The server of these tests has no measurement.
"""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import People, told_by
from tests.browser.hands import hands_at
from tests.browser.looks import DESK, PHONE, Look, at
from tests.browser.steps import Clinician
from tests.server import Server

WITHOUT_MEASUREMENT = """
from percuta.planning.absorption import topicals

topicals._contrary_measurement = lambda *_: None
"""


@pytest.fixture(name="server", scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Python runs ``sitecustomize`` before anything else, in every process of the server."""
    folder = tmp_path_factory.mktemp("unmeasured")
    (folder / "sitecustomize.py").write_text(WITHOUT_MEASUREMENT, encoding="utf-8")
    running = Server(folder / "clinic", {"PYTHONPATH": str(folder)})
    running.start()
    yield running
    running.kill()


@pytest.fixture(name="people", scope="module")
def _people(server: Server) -> People:
    return People(**told_by("tests.browser.seeding", server))


@at(PHONE, DESK)
def test_the_time_line_is_refined_while_somebody_reads(
    new_page: Callable[[], Page], look: Look, people: People
) -> None:
    page = new_page()
    nurse = Clinician(page, hands_at(page, look))
    nurse.signs_in(people.practitioner, people.password)
    nurse.adds_a_patient("Ida", f"Film-{uuid4().hex[:8]}", born="1988-02-11", sex="Female")
    nurse.begins_a_consultation()
    nurse.says_what_bothers("cheek_left", concern="Acne scars", kind="Rolling", severity="Marked")
    nurse.judges_the_skin("III", weight_kg="64")
    nurse.answers_that_there_is_nothing()
    nurse.makes_the_plan(device="Pen, 14 needles", numbing="None", operator="Nurse")
    nurse.chooses_a_depth("0.75")
    nurse.puts_on_open_holes("Tranexamic acid 0.5% solution")
