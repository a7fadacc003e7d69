"""Wherever a password is asked for, wrong ones are counted: nowhere can it be guessed on."""

import re
from pathlib import Path

import pytest

from tests.completeness.test_hazard_log import named_in

ROOT = Path(__file__).parents[2]
CODE = ROOT / "src" / "percuta"
PROVED_BY = {
    "sign_in.html": ("accounts", "test_after_five_wrong_passwords_the_right_one_waits_too"),
    "password.html": ("accounts", "test_ones_own_password_is_guessed_five_times_and_no_more"),
    "sign.html": ("sign", "test_the_account_rests_after_five_wrong_passwords"),
}
"""Every page that asks for one's own password, and the test that it rests after five wrong ones."""

_FIELD = re.compile(r'<input[^>]*type="password"[^>]*>')


def fields() -> list[tuple[str, str]]:
    """Every password field of the pages, with the name of its template."""
    templates = sorted((CODE / "web" / "templates").rglob("*.html"))
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in templates]
    return [(name, field) for name, text in texts for field in _FIELD.findall(text)]


def test_every_page_that_asks_for_ones_own_password_is_known() -> None:
    asking = {name for name, field in fields() if 'autocomplete="current-password"' in field}
    assert asking == set(PROVED_BY)


def test_every_other_password_field_takes_a_new_one() -> None:
    others = [field for _, field in fields() if 'autocomplete="current-password"' not in field]
    assert others
    assert all('autocomplete="new-password"' in field for field in others)


@pytest.mark.parametrize(("pages", "name"), PROVED_BY.values())
def test_its_test_exists(pages: str, name: str) -> None:
    assert name in named_in(f"tests/integration/clinic/test_pages_{pages}.py")


def test_no_code_checks_a_password_past_the_count() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in CODE.rglob("*.py")}
    assert not [path for path, text in sources.items() if "check_password" in text]
    asking = {path.stem for path, text in sources.items() if "authenticate(" in text}
    assert asking == {"reauthentication"}
