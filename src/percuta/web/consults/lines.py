"""History items as lines of the page: the answers to press, and the details that matter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from percuta.clinic.consults.sheet import Item, Section
from percuta.facts.edition import Facts
from percuta.facts.questionnaire import Asked
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case_file import STATUSES
from percuta.web.consults import words
from percuta.web.consults.meanwhile import Meanwhile

_NOWHERE = {"water", "unknown"}
"""What every product holds or nobody knows: nothing that one can have reacted to by name."""


@dataclass(frozen=True)
class Press:
    """One button: what it sends, its word, whether that is what stands now."""

    value: str
    word: str
    is_on: bool


@dataclass(frozen=True)
class Line:
    """One item as it is shown."""

    item: Item
    answers: tuple[Press, ...]
    zones: tuple[Press, ...]
    ingredients: tuple[Press, ...]
    known: str
    others: str
    last: str
    has_same: bool
    is_to_confirm: bool
    wants_day: bool
    wants_clearance: bool
    meanwhile: Meanwhile | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One group of items."""

    key: str
    title: str
    lines: tuple[Line, ...]
    to_confirm: int
    to_rule_out: tuple[str, ...]
    open_count: int


def parts(
    sections: Iterable[Section], requested: tuple[Zone, ...], facts: Facts, told: "Told"
) -> tuple[Part, ...]:
    """Every group; ``told`` is what came of a press that was not saved."""
    return tuple(
        Part(
            key=section.group.value,
            title=words.GROUP[section.group],
            lines=tuple(line(item, requested, facts, told) for item in section.items),
            to_confirm=len(section.to_confirm),
            to_rule_out=tuple(item.key for item in section.to_rule_out),
            open_count=section.open_count,
        )
        for section in sections
    )


@dataclass(frozen=True)
class Told:
    """What came of a press that was not saved: a conflict or faults, and of which part."""

    about: str = ""
    meanwhile: tuple[Meanwhile, ...] = ()
    faults: tuple[str, ...] = ()


def line(item: Item, requested: tuple[Zone, ...], facts: Facts, told: Told) -> Line:
    """One item with everything that can be pressed."""
    given, last = item.given, item.last
    is_mine = told.about == item.key
    named = set(given.ingredients) if given else set()
    known = _ingredients(facts)
    asks_what = item.names_ingredients and item.fires
    return Line(
        item=item,
        answers=tuple(
            Press(status, words.STATUS[status], given is not None and given.status == status)
            for status in STATUSES[item.kind]
        ),
        zones=tuple(_zones(item, requested, facts)),
        ingredients=tuple(_toggles(known, named)) if asks_what else (),
        known=",".join(sorted(named & set(known))),
        others=", ".join(sorted(named - set(known))) if asks_what else "",
        last=words.answer(last) if last else "",
        has_same=bool(last and (last.last or last.zones or last.ingredients or last.cleared)),
        is_to_confirm=last is not None and item.asked.asked is Asked.WHAT_CHANGED,
        wants_day=given is not None and given.status == "past" and item.fires,
        wants_clearance=item.may_be_cleared and item.fires,
        meanwhile=told.meanwhile[0] if is_mine and told.meanwhile else None,
        faults=told.faults if is_mine else (),
    )


def _zones(item: Item, requested: tuple[Zone, ...], facts: Facts) -> Iterator[Press]:
    """Where it holds; each button sends the zones that hold after it is pressed."""
    if not (item.is_about_zones and item.fires and item.given) or len(requested) < 2:
        return
    named = set(item.given.zones)
    yield Press("", "All of it", not named)
    for zone in requested:
        after = named ^ {zone.value}
        sent = ",".join(z.value for z in Zone if z.value in after)
        yield Press(sent, facts.zones[zone].name, zone.value in named)


def _toggles(known: Iterable[str], named: set[str]) -> Iterator[Press]:
    for word in known:
        after = named ^ {word}
        yield Press(",".join(sorted(after)), word.replace("_", " "), word in named)


def _ingredients(facts: Facts) -> tuple[str, ...]:
    found = {word for agent in facts.agents.values() for word in agent.ingredients}
    return tuple(sorted(found - _NOWHERE))
