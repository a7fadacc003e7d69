"""Every page, at every size, light and dark: no barrier, nothing over the edge, nothing too small.

The list of pages is the configuration of addresses itself.
"""

from collections.abc import Callable
from itertools import chain

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.examining import Check, examine
from tests.browser.looks import DESK, PHONE, SIZES, Look, at
from tests.browser.page_rows import LOOKED_AT, NO_PAGE
from tests.browser.watching import Watch

SignedIn = Callable[[Page, str], None]


def test_every_address_has_its_row(people: People) -> None:
    rows = [*LOOKED_AT, *chain(*NO_PAGE.values())]
    assert sorted(rows) == sorted(people.addresses)


@at(*SIZES)
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_holds_no_barrier_and_fits(
    page: Page, look: Look, name: str, people: People, signed_in: SignedIn, axe: Check, fits: Check
) -> None:
    if LOOKED_AT[name] != "nobody":
        signed_in(page, getattr(people, LOOKED_AT[name]))
    page.goto(people.addresses[name])
    examine(page, look, axe, fits)


@at(*SIZES)
@pytest.mark.parametrize("page_of_it", ["", "sign/", "versions/1/"])
def test_a_signed_plan_holds_no_barrier_and_fits(
    page: Page,
    look: Look,
    page_of_it: str,
    people: People,
    signed_in: SignedIn,
    axe: Check,
    fits: Check,
) -> None:
    signed_in(page, people.professional)
    page.goto(f"/plans/{people.signed_plan_id}/{page_of_it}")
    expect(page.get_by_text("signed by").or_(page.get_by_text("Signed by")).first).to_be_visible()
    examine(page, look, axe, fits)


@at(PHONE, DESK)
@pytest.mark.parametrize("address", ["/no/such/page/", "/people/"])
def test_a_refusal_holds_no_barrier_and_fits(
    page: Page,
    look: Look,
    address: str,
    watch: Watch,
    people: People,
    signed_in: SignedIn,
    axe: Check,
    fits: Check,
) -> None:
    signed_in(page, people.practitioner)
    with watch.forgiving("status of 40"):
        page.goto(address)
    examine(page, look, axe, fits)
