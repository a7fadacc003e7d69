"""Over virtual people: whose plan changes between two editions, and through which row alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from pathlib import Path

from percuta.errors import PercutaError
from percuta.facts.edition import Facts
from percuta.impact.differences_of_plans import Changed, Counted, changed, counted
from percuta.impact.row_changes import RowChange, put_back, row_changes
from percuta.impact.virtual_people import Offer, common_offer, expressible, virtual_case
from percuta.planning.case import Case, Frozen
from percuta.planning.plan import make_plan

_DRAWS = 1
"""Absorption is forecast and decides nothing: as little of it as can be."""

_PEOPLE_AT_ONCE = 50


class Editions(Frozen):
    """Where the two editions lie, and whom to ask: what another process needs to know."""

    old: Path
    new: Path
    seed: int


class PersonBefore(Frozen):
    """What one person's plan is under either edition, and which changed rows it cites."""

    number: int
    old: Counted
    new: Counted
    cited: frozenset[str]


class RowImpact(Frozen):
    """One changed row: how many plans cite it, and in how many it alone changes what.

    ``fault`` says why it cannot be put back alone, for example as other rows lean on it.
    """

    change: RowChange
    citing: int
    changing: int
    by_kind: Mapping[Changed, int]
    fault: str = ""


class Impact(Frozen):
    """What the newer edition changes for virtual people."""

    old_edition: str
    new_edition: str
    seed: int
    people: int
    changing: int
    by_kind: Mapping[Changed, int]
    rows: tuple[RowImpact, ...]


def impact(editions: Editions, people: int, executor: Executor) -> Impact:
    """Count over ``people``, in the processes of ``executor``; the same for the same seed.

    The newer edition is taken as it is, and each changed row by itself put back as the older one
    has it: a row is counted for a person whose plan cites it and is then another one. Two rows that
    say the same hide each other: taken together they count, each alone changes nothing.
    """
    old, new = _open(editions)
    batches = [
        tuple(range(first, min(first + _PEOPLE_AT_ONCE, people)))
        for first in range(0, people, _PEOPLE_AT_ONCE)
    ]
    before = [
        person
        for found in executor.map(_people_before, [editions] * len(batches), batches)
        for person in found
    ]
    changes = row_changes(old, new)
    citing = {
        change.reference: tuple(p for p in before if change.reference in p.cited)
        for change in changes
    }
    rows = executor.map(
        row_impact,
        [editions] * len(changes),
        changes,
        [citing[change.reference] for change in changes],
    )
    return _impact(editions, before, tuple(rows))


def _impact(
    editions: Editions, before: Sequence[PersonBefore], rows: tuple[RowImpact, ...]
) -> Impact:
    kinds = [changed(person.old, person.new) for person in before]
    return Impact(
        old_edition=editions.old.name,
        new_edition=editions.new.name,
        seed=editions.seed,
        people=len(before),
        changing=sum(bool(found) for found in kinds),
        by_kind=_counts(kinds),
        rows=tuple(sorted(rows, key=lambda row: (-row.changing, -row.citing))),
    )


def row_impact(editions: Editions, change: RowChange, people: Sequence[PersonBefore]) -> RowImpact:
    """What one row by itself changes, for those whose plan cites it."""
    old, new = _open(editions)
    if not people:
        return RowImpact(change=change, citing=0, changing=0, by_kind={})
    try:
        variant = put_back(change, old, new)
        kinds = [
            changed(person.new, counted(make_plan(case, variant, draws=_DRAWS)))
            for person, case in _with_cases(people, editions)
        ]
    except (PercutaError, KeyError, ValueError) as error:
        # A row that others lean on cannot be put back alone: that is said, and nothing is counted.
        fault = f"{type(error).__name__}: {error}"
        return RowImpact(change=change, citing=len(people), changing=0, by_kind={}, fault=fault)
    return RowImpact(
        change=change,
        citing=len(people),
        changing=sum(bool(found) for found in kinds),
        by_kind=_counts(kinds),
    )


def _with_cases(
    people: Iterable[PersonBefore], editions: Editions
) -> Iterator[tuple[PersonBefore, Case]]:
    old, new = _open(editions)
    offer = _offer(old, new)
    for person in people:
        yield person, virtual_case(person.number, editions.seed, offer, new)


def _people_before(editions: Editions, numbers: Sequence[int]) -> tuple[PersonBefore, ...]:
    """Those people whom both editions can plan for, with what each plan decides and cites."""
    old, new = _open(editions)
    offer = _offer(old, new)
    rows = frozenset(change.reference for change in row_changes(old, new))
    found = []
    for number in expressible(numbers, editions.seed, (old, new)):
        plans = [
            make_plan(virtual_case(number, editions.seed, offer, facts), facts, draws=_DRAWS)
            for facts in (old, new)
        ]
        cited = frozenset(ref for plan in plans for ref in plan.provenance.facts) & rows
        before, after = (counted(plan) for plan in plans)
        found.append(PersonBefore(number=number, old=before, new=after, cited=cited))
    return tuple(found)


def _counts(kinds: Iterable[frozenset[Changed]]) -> dict[Changed, int]:
    counts = Counter(kind for found in kinds for kind in found)
    return {kind: counts[kind] for kind in Changed if counts[kind]}


@lru_cache(maxsize=4)
def _open(editions: Editions) -> tuple[Facts, Facts]:
    """Both editions, read once in each process."""
    return Facts(editions.old), Facts(editions.new)


@lru_cache(maxsize=4)
def _offer(old: Facts, new: Facts) -> Offer:
    return common_offer((old, new))
