"""The terminal shows the address, a code that leads to it, and five steps."""

import re

import segno

from percuta.site.announcement import for_tablets

ADDRESS = "https://192.168.1.5:8000"
TRUST = f"{ADDRESS}/authority/"
DARK = {" ": (1, 1), "▀": (0, 1), "▄": (1, 0), "█": (0, 0)}
CODE = re.compile(r"[ ▀▄█]{20,}")


def told(*, is_coloured: bool = False) -> str:
    return for_tablets(ADDRESS, TRUST, "AB CD", is_coloured=is_coloured)


def test_the_code_leads_to_the_authority() -> None:
    rows = [line for line in told().splitlines() if CODE.fullmatch(line)]
    halves = [[DARK[sign][half] for sign in row] for row in rows for half in (0, 1)]
    expected = [list(row) for row in segno.make(TRUST, micro=False).matrix_iter(border=2)]
    assert halves[: len(expected)] == expected


def test_on_a_screen_the_code_brings_its_own_colours() -> None:
    lines = told(is_coloured=True).splitlines()
    code = [line for line in lines if CODE.search(line)]
    assert code
    assert all(line.startswith("\033[97;40m") and line.endswith("\033[0m") for line in code)


def test_five_steps_address_and_fingerprint_are_told() -> None:
    text = told()
    assert text.startswith(f"Percuta answers at {ADDRESS}\n")
    assert re.findall(r"^  (\d)\.", text, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert "Fingerprint (SHA-256): AB CD" in text
    assert f"Open {ADDRESS} in Safari" in text
    assert max(len(line) for line in text.splitlines()) <= 100
