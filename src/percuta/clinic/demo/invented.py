"""People invented from the book: the same ones each time for the same day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

from percuta.clinic.demo.book import Book, Complaint, Culture, Habit, Plot, Told, Turn
from percuta.clinic.demo.calendar import open_day
from percuta.clinic.demo.visit import Story, Visit, born
from percuta.clinic.edition import facts_in_force
from percuta.facts.edition import Facts
from percuta.facts.screening import AnswerKind, condition
from percuta.facts.vocabulary import Operator, Phototype, Sex
from percuta.planning.case.case import Case
from percuta.planning.case.case_file import parse_case

_SEVERITIES = (2, 3, 3, 4)
_WEIGHTS_KG = {Sex.FEMALE: (52, 84), Sex.MALE: (64, 104)}
_OPERATORS = (Operator.NURSE, Operator.NURSE, Operator.PHYSICIAN)
_MOSTLY_WOMEN = (Sex.FEMALE, Sex.FEMALE, Sex.FEMALE, Sex.MALE)


class _Person:
    """Who somebody is, and what they have answered so far."""

    def __init__(self, culture: Culture, complaint: Complaint, sex: Sex, chance: Random) -> None:
        self.culture, self.complaint, self.sex = culture, complaint, sex
        self.age = chance.randint(*complaint.ages)
        self.phototype: Phototype = chance.choice(culture.phototypes)
        self.weight_kg = float(chance.randint(*_WEIGHTS_KG[sex]))
        self.severity = chance.choice(_SEVERITIES)
        self.operator = chance.choice(_OPERATORS)
        self.history: dict[str, Any] = _all_clear(facts_in_force(), sex)

    def tell(self, key: str, told: Told, on: date) -> None:
        """Give an answer on a day."""
        answer: dict[str, Any] = {"status": told.status}
        if told.last is not None:
            answer["last"] = on - timedelta(days=told.last)
        if told.where is not None:
            answer["zones"] = [zone for stated in self.complaint.concerns for zone in stated.zones]
        self.history[key] = answer

    def case_on(self, day: date, *, birth_date: date) -> Case:
        """Everything that is known of them on a day."""
        had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
        concerns = [
            {**stated.model_dump(exclude_none=True), "severity": self.severity}
            for stated in self.complaint.concerns
        ]
        raw = {
            "person": {
                "age": day.year - birth_date.year - (not had_birthday),
                "sex": self.sex,
                "phototype": self.phototype,
                "weight_kg": self.weight_kg,
            },
            "history": dict(self.history),
            "concerns": concerns,
            "setting": {
                "device": self.complaint.device,
                "operator": self.operator,
                "date": day,
                "numbing": self.complaint.numbing,
                "other_local_anaesthetic_mg": 0.0,
            },
        }
        return parse_case(raw, facts_in_force())


def invented_stories(told: Book, at: datetime, chance: Random) -> Iterator[Story]:
    """Every story of the book, lived by as many people as it says."""
    complaints, cultures = cycle(told.complaints), cycle(told.cultures)
    names: set[str] = set()
    number = 0
    for plot in told.stories:
        for _ in range(plot.people):
            number += 1
            culture = next(cultures)
            person = _Person(culture, next(complaints), _sex_of(plot, chance), chance)
            given, family = _name(person, names, chance)
            yield _lived(plot, person, told.habits, (given, family), number, at, chance)


def _sex_of(plot: Plot, chance: Random) -> Sex:
    return plot.sex or chance.choice(_MOSTLY_WOMEN)


def _name(person: _Person, taken: set[str], chance: Random) -> tuple[str, str]:
    """A name that nobody of the clinic has yet."""
    pairs = [
        (given, family)
        for given in person.culture.given(person.sex)
        for family in person.culture.family
        if f"{given} {family}" not in taken
    ]
    given, family = chance.choice(pairs)
    taken.add(f"{given} {family}")
    return given, family


def _lived(
    plot: Plot,
    person: _Person,
    habits: tuple[Habit, ...],
    name: tuple[str, str],
    number: int,
    at: datetime,
    chance: Random,
) -> Story:
    birth_date = born(person.age, at.date(), chance)
    for habit in habits:
        if chance.randrange(habit.one_in) == 0:
            person.tell(habit.key, habit.answer, at.date())
    return Story(
        given_name=name[0],
        family_name=name[1],
        sex=person.sex,
        birth_date=birth_date,
        record_number=f"LR-{1000 + number}",
        visits=tuple(_visit(turn, person, birth_date, at, chance) for turn in plot.visits),
    )


def _visit(turn: Turn, person: _Person, birth_date: date, at: datetime, chance: Random) -> Visit:
    then = open_day(at, chance.randint(*turn.between), chance)
    for key, told in turn.answers.items():
        person.tell(key, told, then.date())
    if turn.easier:
        person.severity = max(1, person.severity - 1)
    return Visit(then, person.case_on(then.date(), birth_date=birth_date), turn.ending)


def _all_clear(facts: Facts, sex: Sex) -> dict[str, Any]:
    """A no to every question that is asked of this sex."""
    clear: dict[str, Any] = {}
    for rule in facts.screening:
        wanted = condition(rule.applies_if)
        is_of_other = wanted is not None and wanted.attribute == "sex" and sex not in wanted.values
        if rule.answer_kind is not AnswerKind.PERSON and not is_of_other:
            clear[rule.history_key] = rule.answer_kind.denial
    return clear
