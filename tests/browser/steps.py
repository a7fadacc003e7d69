"""What people of a clinic do in its pages, step by step, with whichever hands they use."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import Hands


def settled(page: Page) -> None:
    """Until no answer is on its way."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def height_of(what: Locator) -> float:
    """How far below the upper edge of the screen it stands."""
    box = what.bounding_box()
    assert box is not None, f"{what} is not to be seen"
    return box["y"]


@dataclass(frozen=True)
class Clinician:
    """Somebody who works at the clinic, at one screen."""

    page: Page
    hands: Hands

    def signs_in(self, login: str, password: str) -> None:
        self.page.goto("/sign-in/")
        self.hands.write(self.page.get_by_label("Name"), login)
        self.hands.write(self.page.get_by_label("Password"), password)
        self.presses("Sign in")
        expect(self.button("Sign out")).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def presses(self, name: str) -> None:
        self.hands.press(self.button(name))

    def follows(self, name: str) -> None:
        self.hands.press(self.link(name))

    # the patient

    def adds_a_patient(self, given_name: str, family_name: str, *, born: str, sex: str) -> None:
        self.page.goto("/patients/")
        self.follows("New patient")
        self.hands.write(self.page.get_by_label("Given name"), given_name)
        self.hands.write(self.page.get_by_label("Family name"), family_name)
        self.hands.write(self.page.get_by_label("Date of birth"), born)
        self.hands.press(self.page.get_by_label(sex, exact=True))
        self.presses("Add patient")
        self.sees_the_heading(f"{given_name} {family_name}")

    def finds(self, letters: str, name: str) -> None:
        """Two letters are enough; without a script one presses Find."""
        self.page.goto("/patients/")
        self.hands.write(self.page.get_by_label("Find by name or record number"), letters)
        self.presses("Find")
        self.hands.press(self.page.locator("#found").get_by_role("link", name=name).first)

    def sees_the_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    # the conversation

    def begins_a_consultation(self) -> None:
        self.presses("New consultation")
        self.page.wait_for_url(re.compile("/consultations/"))

    def says_what_bothers(self, *zones: str, concern: str, kind: str, severity: str) -> None:
        """Presses zones of the body map, then what it is, then how much, which saves it."""
        for zone in zones:
            self.hands.press(self.page.locator(f"#map a[data-zone={zone}]"))
            expect(self._box_of(zone)).to_be_checked()
        self.hands.press(self.page.get_by_label(concern, exact=True))
        self.hands.press(self.page.get_by_label(kind, exact=True))
        self.presses(severity)
        expect(self.page.locator(".stated li")).to_have_count(len(zones))

    def _box_of(self, zone: str) -> Locator:
        return self.page.locator(f".concern-form input[name=zone][value={zone}]")

    def judges_the_skin(self, phototype: str, *, weight_kg: str) -> None:
        skin = self.page.locator(f"#type-{phototype}")
        self.hands.press(skin)
        expect(skin).to_have_attribute("aria-pressed", "true")
        self.hands.write(self.page.locator("#weight"), weight_kg)
        self.hands.press(self.page.locator("#save-weight"))
        expect(self.page.locator("[name=shown]").last).to_have_value(weight_kg)

    def answers(self, key: str, status: str) -> None:
        pressed = self.page.locator(f"#a-{key}-{status}")
        self.hands.press(pressed)
        expect(pressed).to_have_attribute("aria-pressed", "true")

    def answers_that_there_is_nothing(self) -> int:
        """Goes through the history group by group; how many items were open."""
        groups = self.groups_still_asked()
        for group, items in groups.items():
            self.rules_out(group, items)
        return sum(map(len, groups.values()))

    def rules_out(self, group: str, items: list[str]) -> None:
        """Answers the first item of a group, and the others with one press."""
        denial = self.page.locator(f"#item-{items[0]} [name=status]").first
        self.hands.press(denial)
        expect(denial).to_have_attribute("aria-pressed", "true")
        if len(items) > 1:
            self.hands.press(self.page.locator(f"#none-of-these-{group}"))
        expect(self.page.locator(f"#head-{group}")).to_contain_text("all asked")

    def groups_still_asked(self) -> dict[str, list[str]]:
        """The open items of every group of the history."""
        found: dict[str, list[str]] = self.page.evaluate(
            """() => {
                const keys = (part) => [...part.querySelectorAll('.item.is-open')]
                    .map((item) => item.id.replace('item-', ''));
                return Object.fromEntries([...document.querySelectorAll('[id^=group-]')]
                    .map((part) => [part.id.replace('group-', ''), keys(part)])
                    .filter(([, items]) => items.length));
            }"""
        )
        return found

    def hears_of(self, finding: str) -> None:
        expect(self.page.locator("#so-far")).to_contain_text(finding)

    # the plan

    def makes_the_plan(self, *, device: str, numbing: str, operator: str) -> None:
        """Chooses with what, and answers what only this device and numbing ask."""
        self.chooses_with_what(device=device, numbing=numbing, operator=operator)
        self.presses("Make the plan")
        self.answers_what_is_still_asked()

    def answers_what_is_still_asked(self) -> None:
        """What only this device and numbing ask, if they ask anything."""
        self.page.wait_for_url(re.compile("/plans/|so-far"))
        if "/plans/" not in self.page.url:
            self.answers_that_there_is_nothing()
            self.follows("Open the plan")
        expect(self.page.locator("#zone")).to_be_visible()

    def chooses_with_what(self, *, device: str, numbing: str, operator: str) -> None:
        self.follows("Make the plan")
        self.hands.choose(self.page.get_by_label("Device"), device)
        self.hands.press(self.page.get_by_label(operator, exact=True))
        self.hands.choose(self.page.get_by_label("Numbing"), numbing)

    @property
    def depth(self) -> Locator:
        return self.page.get_by_role("group", name="Set depth").locator("output")

    @property
    def passes(self) -> Locator:
        return self.page.get_by_role("group", name="Passes").locator("output")

    def chooses_a_depth(self, mm: str) -> None:
        """Where none is advised: one press on the dial."""
        self.hands.press(self.page.locator(f"[id='choose-{mm}']"))
        expect(self.depth).to_contain_text(f"{float(mm):.2f}")

    def chooses_the_same_in_the_other_zones(self) -> None:
        self.hands.press(self.page.locator("#depth-of-others"))
        expect(self.page.locator("#depth-of-others")).to_have_count(0)

    def goes_less_deep(self) -> None:
        self._turns("Less deep", self.depth)

    def goes_as_deep_as_it_lets(self) -> list[str]:
        """Presses Deeper until it gives no more; every depth on the way."""
        seen = []
        while not self.button("Deeper").get_attribute("aria-disabled"):
            seen.append(self._turns("Deeper", self.depth))
        return seen

    def takes_one_pass_more(self) -> None:
        self._turns("One pass more", self.passes)

    def _turns(self, name: str, dial: Locator) -> str:
        before = dial.inner_text()
        self.presses(name)
        expect(dial).not_to_have_text(before, use_inner_text=True)
        return dial.inner_text()

    def changes_the_device(self, name: str) -> None:
        setting = self.page.locator("details.setting")
        if setting.get_attribute("open") is None:
            self.hands.press(setting.locator("> summary"))
        self.hands.choose(self.page.locator("#s-device"), name)
        self.presses("Use these")
        expect(setting.locator("> summary")).to_contain_text(name)

    def puts_on_open_holes(self, name: str) -> None:
        """A topical, and the time line that is refined while one reads."""
        setting = self.page.locator("details.setting")
        if setting.get_attribute("open") is None:
            self.hands.press(setting.locator("> summary"))
        self.hands.press(setting.get_by_label(name, exact=True))
        self.presses("Use these")
        line = self.page.locator("section.time-line")
        expect(line).to_contain_text("2,000 draws")
        expect(line).not_to_contain_text("256 draws")

    def asks_why(self) -> None:
        why = self.page.locator(".right details.why")
        self.hands.press(why.locator("> summary"))
        expect(why.locator(".reason").first).to_be_visible()

    # the signature

    def signs(self, password: str) -> int:
        """Accepts every sentence and signs; how many sentences there were."""
        accepted = self.accepts_every_sentence(password)
        self.hands.press(self.page.get_by_role("button", name=re.compile("^Sign version")))
        expect(self.page.get_by_text(re.compile("^Signed by"))).to_be_visible()
        return accepted

    def accepts_every_sentence(self, password: str) -> int:
        expect(self.page.get_by_text("By signing you accept")).to_be_visible()
        boxes = self.page.locator("input[name=accepted]").all()
        for box in boxes:
            self.hands.press(box)
            expect(box).to_be_checked()
        self.hands.write(self.page.get_by_label("Your password again"), password)
        return len(boxes)

    def opens_the_document(self) -> bytes:
        """Presses it as anybody would, then asks for the same once more to look inside."""
        with self.page.expect_response(re.compile(r"\.pdf$")) as shown:
            self.follows("Document")
        assert shown.value.headers["content-type"] == "application/pdf"
        return self.page.context.request.get(shown.value.url).body()

    def begins_the_next_version(self) -> None:
        self.presses("New version")
        expect(self.page.get_by_text(re.compile("^Draft 2, saved"))).to_be_visible()
