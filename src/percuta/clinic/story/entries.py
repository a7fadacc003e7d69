"""What stands on the time line: a day, what it is, one sentence, and what it is about."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What an entry is, as people say it."""

    CONSULTATION = "Consultation"
    DRAFT = "Draft"
    SIGNATURE = "Signature"
    END = "End"
    SESSION = "Session"


@dataclass(frozen=True)
class Entry:
    """One entry; ``number`` is the version, where it is about one."""

    kind: Kind
    at: datetime
    on: date
    sentence: str
    about: UUID
    number: int | None = None


class Step(StrEnum):
    """What usually comes next for a patient."""

    BEGIN = "begin"
    GO_ON = "go_on"
    MAKE_PLAN = "make_plan"
    OPEN_PLAN = "open_plan"
    SIGN = "sign"
    AMEND = "amend"


@dataclass(frozen=True)
class Next:
    """The next step, and the consultation or plan that it is about."""

    step: Step
    about: UUID | None = None


@dataclass(frozen=True)
class Story:
    """Everything of one patient: what lies ahead, what was, and what usually comes next."""

    ahead: tuple[Entry, ...]
    past: tuple[Entry, ...]
    next: Next
