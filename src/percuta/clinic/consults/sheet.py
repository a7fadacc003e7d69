"""The history as it is asked: group by group, what was answered today and what last time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from percuta.clinic.accounts.models import User
from percuta.clinic.consults.models import Consultation, HistoryAnswer
from percuta.clinic.consults.queries import answers, as_answer, stands
from percuta.facts.edition import Facts
from percuta.facts.questionnaire import Asked, Group, HistoryItem
from percuta.facts.screening import AnswerKind, ScreeningRule
from percuta.facts.vocabulary import Scope
from percuta.planning.case.case import Answer, Screened
from percuta.planning.case.case_file import may_be_cleared, names_ingredients
from percuta.planning.screening.screening import applies, lacks_its_date


@dataclass(frozen=True)
class Item:
    """One history item that applies to this person.

    ``given`` is the answer that stands for today; ``last`` the one of last time, which nobody
    has confirmed yet.
    """

    asked: HistoryItem
    rules: tuple[ScreeningRule, ...]
    given: HistoryAnswer | None
    last: HistoryAnswer | None

    @property
    def key(self) -> str:
        """The history key."""
        return self.asked.key

    @property
    def question(self) -> str:
        """What to ask."""
        return self.rules[0].question

    @property
    def kind(self) -> AnswerKind:
        """How it is answered."""
        return self.rules[0].answer_kind

    @property
    def is_required(self) -> bool:
        """Whether a plan needs the answer."""
        return any(rule.is_required for rule in self.rules)

    @property
    def is_about_zones(self) -> bool:
        """Whether it may hold in some zones only."""
        return any(rule.scope is Scope.ZONE for rule in self.rules)

    @property
    def may_be_cleared(self) -> bool:
        """Whether somebody can clear it in writing."""
        return any(may_be_cleared(rule) for rule in self.rules)

    @property
    def names_ingredients(self) -> bool:
        """Whether it names what was reacted to."""
        return names_ingredients(self.key)

    @property
    def revision(self) -> int:
        """What a page that shows this has seen."""
        shown = self.given or self.last
        return shown.revision if shown else 0

    @property
    def fires(self) -> bool:
        """Whether the answer is one that a rule looks at, so that its details matter."""
        given = self.given
        return given is not None and any(given.status in rule.fires_on for rule in self.rules)

    @property
    def lacks_its_date(self) -> bool:
        """Whether it was in the past and nobody said when."""
        if self.given is None:
            return False
        answer = Answer.model_validate(as_answer(self.given))
        return any(lacks_its_date(answer, rule) for rule in self.rules)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be answered."""
        return self.is_required and (self.given is None or self.lacks_its_date)


@dataclass(frozen=True)
class Section:
    """The items of one group."""

    group: Group
    items: tuple[Item, ...]

    @property
    def to_confirm(self) -> tuple[Item, ...]:
        """Items of which it is enough to say that nothing has changed."""
        return tuple(
            item
            for item in self.items
            if item.last is not None and item.asked.asked is Asked.WHAT_CHANGED
        )

    @property
    def to_rule_out(self) -> tuple[Item, ...]:
        """Items that nobody has answered yet, but those of which a change is asked."""
        waiting = set(self.to_confirm)
        return tuple(item for item in self.items if item.given is None and item not in waiting)

    @property
    def open_count(self) -> int:
        """How many are still to be answered."""
        return sum(item.is_open for item in self.items)


def sheet(
    consultation: Consultation, *, by: User, screened: Screened, facts: Facts
) -> tuple[Section, ...]:
    """Every item that applies to this person, in the order of the conversation."""
    given = answers(consultation, by=by)
    items = _items(given, screened, facts)
    grouped = groupby(items, key=lambda item: item.asked.group)
    return tuple(Section(group, tuple(members)) for group, members in grouped)


def _items(given: Mapping[str, HistoryAnswer], screened: Screened, facts: Facts) -> Iterator[Item]:
    for key, asked in facts.questionnaire.items():
        rules = tuple(r for r in facts.screening if r.history_key == key)
        if any(applies(rule, screened, facts) for rule in rules):
            answer = given.get(key)
            is_given = answer is not None and stands(answer)
            yield Item(asked, rules, answer if is_given else None, None if is_given else answer)
