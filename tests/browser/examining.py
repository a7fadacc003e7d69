"""What is asked of every page that is looked at, whatever it shows."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.looks import Look

Check = Callable[[Page], None]

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


def examine(page: Page, look: Look, axe: Check, fits: Check) -> None:
    """No barrier, nothing over the edge, nothing too small, few sizes of type."""
    fits(page)
    assert len(page.evaluate(_TYPE_SIZES)) <= 3, page.evaluate(_TYPE_SIZES)
    assert page.evaluate(_BARS) == []
    if look.is_touched:
        assert page.evaluate(_TOO_SMALL) == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        axe(page)
