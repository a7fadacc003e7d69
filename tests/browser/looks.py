"""How a page is looked at: three sizes, light and dark."""

from dataclasses import dataclass, replace
from typing import Literal

import pytest

Scheme = Literal["light", "dark"]


@dataclass(frozen=True)
class Look:
    """One size in one colour scheme, by touch or by mouse, with or without scripts."""

    name: str
    width: int
    height: int
    is_touched: bool
    scheme: Scheme = "light"
    has_script: bool = True

    def __str__(self) -> str:
        return f"{self.name}-{self.scheme}{'' if self.has_script else '-no-script'}"


PHONE = Look("phone", 390, 844, is_touched=True)
TABLET = Look("tablet", 820, 1180, is_touched=True)
DESK = Look("desk", 1440, 900, is_touched=False)
SIZES = (PHONE, TABLET, DESK)
LOOKS = tuple(replace(size, scheme=scheme) for size in SIZES for scheme in ("light", "dark"))


def without_script(look: Look) -> Look:
    """The same, in a browser that runs no script."""
    return replace(look, has_script=False)


def at(*looks: Look) -> pytest.MarkDecorator:
    """Run a test in these looks alone."""
    return pytest.mark.parametrize("look", looks, indirect=True, ids=str)
