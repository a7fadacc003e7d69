"""How far a forecast is tested, in a letter and in words that a nurse understands."""

from enum import StrEnum


class Grade(StrEnum):
    """A: judged on data it never saw; B: fitted, no independent check; C: prior only."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def words(self) -> str:
        """What is printed beside a forecast."""
        return _WORDS[self]


_WORDS = {
    Grade.A: "measured in studies",
    Grade.B: "fitted to studies",
    Grade.C: "reasoned, not measured",
}
