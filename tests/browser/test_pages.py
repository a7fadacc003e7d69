"""Every page, at every size, light and dark: no barrier, nothing over the edge, nothing too small.

The list of pages is the configuration of addresses itself.
"""

from collections.abc import Callable
from itertools import chain

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.looks import DESK, PHONE, SIZES, Look, at
from tests.browser.page_rows import LOOKED_AT, NO_PAGE
from tests.browser.watching import Watch

Check = Callable[[Page], None]
SignedIn = Callable[[Page, str], None]

_TOO_SMALL = """() => {
    const inText = (one) => one.matches('p a, li > a, dd a, td a, th a, h1 a, .skip');
    const isHidden = (one) => !one.checkVisibility() || one.closest('svg');
    return [...document.querySelectorAll('a, button, select, summary, input:not([type=hidden])')]
        .filter((one) => !isHidden(one) && !inText(one))
        .map((one) => [one, one.getBoundingClientRect()])
        .filter(([one, box]) => box.height < 48 && !one.closest('label'))
        .map(([one, box]) => `${one.outerHTML.slice(0, 90)}: ${box.height} px high`);
}"""
_BARS = """() => [...document.querySelectorAll('.bar, .sign')]
    .map((bar) => bar.getBoundingClientRect().height).filter((height) => height > 80)"""
_TYPE_SIZES = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const sizes = new Set();
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        const holder = text.parentElement;
        if (!text.data.trim() || !holder.checkVisibility() || holder.closest('svg')) continue;
        sizes.add(getComputedStyle(holder).fontSize);
    }
    return [...sizes];
}"""


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
    _look_at(page, look, axe, fits)


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
    _look_at(page, look, axe, fits)


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
    _look_at(page, look, axe, fits)


def _look_at(page: Page, look: Look, axe: Check, fits: Check) -> None:
    fits(page)
    assert len(page.evaluate(_TYPE_SIZES)) <= 3, page.evaluate(_TYPE_SIZES)
    assert page.evaluate(_BARS) == []
    if look.is_touched:
        assert page.evaluate(_TOO_SMALL) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        axe(page)
