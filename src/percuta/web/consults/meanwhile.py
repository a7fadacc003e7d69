"""Two people at one consultation: what the other one said, and what was not saved."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict


@dataclass(frozen=True)
class Meanwhile:
    """What stands now and who said so, and what was refused, to be sent once more or left.

    ``who`` is empty where the record keeps no name with the value; ``again`` are the fields of
    the press that was refused, for what is seen now.
    """

    about: str
    theirs: str
    mine: str
    address: str
    target: str
    again: tuple[tuple[str, str], ...]
    who: str = ""
    at: datetime | None = None


def again(fields: QueryDict, **seen: object) -> tuple[tuple[str, str], ...]:
    """The same fields, on top of what is seen now."""
    replaced = {"csrfmiddlewaretoken", *seen}
    kept = [(name, value) for name, values in fields.lists() for value in values]
    sent = [(name, str(value)) for name, value in kept if name not in replaced]
    return (*sent, *((name, str(value)) for name, value in seen.items()))
