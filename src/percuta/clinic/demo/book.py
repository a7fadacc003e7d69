"""What the demo clinic is invented from: ``people.toml``, checked as it is read."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import Field

from percuta.clinic.accounts.roles import Role
from percuta.clinic.demo.visit import Ending
from percuta.facts.vocabulary import Operator, Phototype, Sex
from percuta.planning.case.case import Frozen, StatedConcern

Span = Annotated[tuple[int, int], Field(description="from, to")]


class Employee(Frozen):
    """Somebody who works at the demo clinic."""

    name: str
    login: str
    role: Role
    operator: Operator


class ExampleName(Frozen):
    """Who the person of an example case is, and how far their visit went."""

    name: tuple[str, str]
    ending: Ending


class Culture(Frozen):
    """Names that go together, with the skin types that are met with them."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    phototypes: tuple[Phototype, ...]

    def given(self, sex: Sex) -> tuple[str, ...]:
        """Given names of a sex."""
        return self.female if sex is Sex.FEMALE else self.male


class Complaint(Frozen):
    """What somebody comes with, and what it is treated with."""

    concerns: tuple[StatedConcern, ...]
    ages: Span
    device: str
    numbing: str


class Told(Frozen):
    """An answer; ``last`` in days before the visit, ``where`` in the zones of the complaint."""

    status: str
    last: int | None = None
    where: Literal["all"] | None = None


class Habit(Frozen):
    """An answer that one in so many people gives."""

    key: str
    answer: Told
    one_in: int


class Turn(Frozen):
    """One visit of a story: so many days ago, with new answers, and how far it went."""

    between: Span
    ending: Ending
    answers: Mapping[str, Told] = {}
    easier: bool = False


class Plot(Frozen):
    """What happens to so many people."""

    why: str
    people: int
    visits: tuple[Turn, ...]
    sex: Sex | None = None


class Book(Frozen):
    """The whole file."""

    clinic: str
    password: str
    opened_days_ago: int
    staff: tuple[Employee, ...]
    examples: Mapping[str, ExampleName]
    cultures: tuple[Culture, ...]
    complaints: tuple[Complaint, ...]
    habits: tuple[Habit, ...]
    stories: tuple[Plot, ...]

    def staff_of(self, role: Role) -> tuple[Employee, ...]:
        """Everybody of one role."""
        return tuple(person for person in self.staff if person.role is role)


@lru_cache(maxsize=1)
def book() -> Book:
    """The tables as they come with the package."""
    text = files("percuta.clinic.demo").joinpath("people.toml").read_text(encoding="utf-8")
    raw: dict[str, Any] = tomllib.loads(text)
    return Book.model_validate(raw)
