"""Reading forms: every fault is named at once, with its field, value and what is allowed."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from percuta.errors import Faults

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)


class Form:
    """The fields of one submission; ``check`` raises every fault found while reading."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._faults: list[str] = []

    def text(self, name: str, *, most: int = 200) -> str:
        """A line of text, trimmed."""
        value = self._fields.get(name, "").strip()
        if len(value) > most:
            self._faults.append(f"{name}: has {len(value)} letters; at most {most} are allowed")
        return value

    def identifier(self, name: str) -> UUID:
        """The identifier that the page made for what is being created."""
        return self._read(name, UUID, "an identifier made by the page") or UUID(int=0)

    def day(self, name: str) -> date | None:
        """A day, or ``None`` where the field is empty."""
        return self._read(name, date.fromisoformat, "a day like 2026-11-22")

    def number(self, name: str) -> float | None:
        """A number, or ``None`` where the field is empty."""
        return self._read(name, _finite, "a number")

    def whole(self, name: str) -> int | None:
        """A whole number, or ``None`` where the field is empty."""
        return self._read(name, int, "a whole number")

    def doses(self, drug: str, amount: str, *, rows: int) -> tuple[tuple[str, float], ...]:
        """Rows of a drug and milligrams, ``drug_1`` with ``amount_1`` and so on; empty ones go."""
        told = []
        for number in range(1, rows + 1):
            names = f"{drug}_{number}", f"{amount}_{number}"
            what, mg = self.text(names[0], most=60), self._read(names[1], _positive, _MG)
            if what and mg is not None:
                told.append((what, mg))
            elif what or mg is not None:
                self.require(names[1] if what else names[0], None)
        return tuple(told)

    def word(self, name: str, words: type[Word]) -> Word | None:
        """One word of a closed list, or ``None`` where the field is empty."""
        return self._read(name, words, "one of " + ", ".join(words))

    def words(self, name: str, words: type[Word]) -> tuple[Word, ...]:
        """Words of a closed list with a space between each two; none where the field is empty."""
        told = self._read(name, lambda text: tuple(map(words, text.split())), ", ".join(words))
        return told or ()

    def key(self, name: str, known: Iterable[str]) -> str | None:
        """A key of a table, or ``None`` where the field is empty."""
        keys = list(known)
        return self._read(name, lambda text: keys[keys.index(text)], "one of " + ", ".join(keys))

    def require(self, name: str, value: Value | None) -> Value:
        """A value that must be there; reading goes on with an impossible one until ``check``."""
        if value is None and not any(fault.startswith(f"{name}:") for fault in self._faults):
            self._faults.append(f"{name}: is missing")
        return value  # type: ignore[return-value]

    def check(self) -> None:
        """Raise everything that was wrong.

        Raises
        ------
        Faults
            One sentence a fault.
        """
        if self._faults:
            raise Faults(self._faults)

    def _read(self, name: str, parse: Callable[[str], Value], allowed: str) -> Value | None:
        text = self._fields.get(name, "").strip()
        if not text:
            return None
        try:
            return parse(text)
        except ValueError:
            self._faults.append(f"{name}: '{text[:40]}' is not allowed: should be {allowed}")
            return None


_MG = "milligrams above 0"


def _positive(text: str) -> float:
    value = _finite(text)
    if value <= 0:
        raise ValueError(text)
    return value


def _finite(text: str) -> float:
    value = float(text.replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(text)
    return value
