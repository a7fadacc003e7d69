"""How somebody works a page: by mouse, by touch, or by keyboard alone."""

from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import Look

_TABS = 240
"""More than any page holds between two things that one presses."""

_LOST = "Boolean(window.heldFocus) && document.activeElement === document.body"
_HOLDS = "(asked) => window.heldFocus = document.activeElement === asked"
_WAY = """(asked) => {
    const here = document.activeElement;
    const isRadio = here.type === 'radio' && asked.type === 'radio';
    const isGroup = isRadio && here.name === asked.name && here.form === asked.form;
    const isAhead = here === document.body
        || here.compareDocumentPosition(asked) & Node.DOCUMENT_POSITION_FOLLOWING;
    return isGroup ? (isAhead ? 'ArrowDown' : 'ArrowUp') : (isAhead ? 'Tab' : 'Shift+Tab');
}"""
_SEEN = """(held) => {
    const outlined = (part) => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    };
    const stroked = (part) => parseFloat(getComputedStyle(part).strokeWidth) >= 3;
    const parts = [held, held.nextElementSibling].filter(Boolean);
    return parts.some(outlined) || [...held.querySelectorAll('path')].some(stroked);
}"""
_COVERED = """(held) => {
    const box = held.getBoundingClientRect();
    const within = (low, at, high) => Math.min(Math.max(at, low), high);
    const at = document.elementFromPoint(
        within(0, box.x + box.width / 2, innerWidth - 1),
        within(0, box.y + box.height / 2, innerHeight - 1),
    );
    const bar = at && at.closest('.bar, .sign');
    return Boolean(bar) && !bar.contains(held);
}"""


class Hands(Protocol):
    """Pressing, typing, choosing from a list."""

    def press(self, what: Locator) -> None:
        """Press a button, a link, a box, a zone."""

    def write(self, field: Locator, text: str) -> None:
        """Write into a field; a day as year, month, day."""

    def choose(self, field: Locator, name: str) -> None:
        """Choose from a list that opens."""


class Mouse:
    """A pointer that is small and exact."""

    def press(self, what: Locator) -> None:
        what.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def choose(self, field: Locator, name: str) -> None:
        field.select_option(label=name)


class Fingers(Mouse):
    """A finger that covers what it presses."""

    def press(self, what: Locator) -> None:
        what.tap()


@dataclass(frozen=True)
class Keys:
    """Tab, Shift with Tab, Space, Enter, arrows and letters; no pointer.

    What holds the focus must show it, must not lie under a bar, and must never be lost.
    """

    page: Page

    def press(self, what: Locator) -> None:
        self._reach(what)
        is_box = what.evaluate("(asked) => ['checkbox', 'radio'].includes(asked.type)")
        self.page.keyboard.press("Space" if is_box else "Enter")

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        if field.get_attribute("type") == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(f"{month}{day}{year}")
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def choose(self, field: Locator, name: str) -> None:
        self._reach(field)
        self.page.keyboard.type(name)
        expect(field.locator("option:checked")).to_have_text(name)

    def _reach(self, what: Locator) -> None:
        expect(what).to_be_visible()
        assert not self.page.evaluate(_LOST), f"the focus was lost on {self.page.url}"
        for _ in range(_TABS):
            if what.evaluate(_HOLDS):
                return self._assert_is_seen(what)
            self.page.keyboard.press(what.evaluate(_WAY))
        raise AssertionError(f"the keyboard does not reach {what}")

    def _assert_is_seen(self, what: Locator) -> None:
        assert what.evaluate(_SEEN), f"the focus on {what} is not to be seen"
        assert not what.evaluate(_COVERED), f"a bar lies over {what}, which holds the focus"


def hands_at(page: Page, look: Look) -> Hands:
    """A finger where the screen is touched, else a mouse."""
    return Fingers() if look.is_touched else Mouse()
