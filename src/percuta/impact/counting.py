"""Over virtual people: whose plan changes between two editions, and through which row alone."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from percuta.errors import PercutaError
from percuta.facts.edition import Facts
from percuta.impact.differences_of_plans import (
    DECISIONS,
    Changed,
    Counted,
    changed,
    counted_bands,
    counted_decision,
)
from percuta.impact.looking_up import WatchedFacts
from percuta.impact.row_changes import RowChange, put_back, row_changes
from percuta.impact.virtual_people import cases_of, common_offer
from percuta.planning.case.case import Case, Frozen
from percuta.planning.plan.decided import Decided, decide
from percuta.planning.plan.plan import Plan, make_plan
from percuta.planning.plan.provenance import rows_named

PILOT = 20
"""People for whom every row that planning could read is put back, cited or not."""

_DRAWS = 1
"""Absorption is forecast and not counted: as little of it as can be."""

_SHARES = 32
"""Into so many shares the rows of the first people are dealt, for the processes to take."""

_PARTS, _PEOPLE_AT_ONCE = 4, 500
"""The others are dealt into so many parts, or more of so many people: a row is put back once, and
needles sent through its skin once, for all people of a part."""


class Counting(StrEnum):
    """What is counted: what plans decide, which needs no forecast, or their bands."""

    DECISIONS = "decisions"
    BANDS = "bands"

    @property
    def kinds(self) -> tuple[Changed, ...]:
        """The kinds of change that it tells."""
        return DECISIONS if self is Counting.DECISIONS else (Changed.BANDS,)


class Editions(Frozen):
    """Where the two editions lie, and whom to ask for what: what another process must know."""

    old: Path
    new: Path
    seed: int
    counting: Counting = Counting.DECISIONS


class Tally(Frozen):
    """One changed row over some people; ``fault`` says why it cannot be put back alone.

    ``citing`` and ``changing`` count people, ``uncited`` those of the second who are not among the
    first, ``unseen`` those of them whose planning did not even look the row up; ``planned`` counts
    the plans that were made to find out.
    """

    citing: int = 0
    changing: int = 0
    uncited: int = 0
    unseen: int = 0
    by_kind: Mapping[Changed, int] = {}
    planned: int = 0
    fault: str = ""

    def with_more(self, other: "Tally") -> "Tally":
        """Both over all people of both; a row with a fault counts for nobody."""
        fault = self.fault or other.fault
        kinds = Counter(self.by_kind) + Counter(other.by_kind)
        return Tally(
            citing=self.citing + other.citing,
            changing=0 if fault else self.changing + other.changing,
            uncited=0 if fault else self.uncited + other.uncited,
            unseen=0 if fault else self.unseen + other.unseen,
            by_kind={} if fault else {kind: kinds[kind] for kind in Changed if kinds[kind]},
            planned=self.planned + other.planned,
            fault=fault,
        )


class RowImpact(Tally):
    """One changed row: how many plans cite it, and in how many it alone changes what."""

    change: RowChange

    @property
    def leaning(self) -> int:
        """People whose plan cites it, or changes without citing it."""
        return self.citing + self.uncited


class Impact(Frozen):
    """What the newer edition changes for virtual people.

    ``planned`` counts the plans made: two for each person, and those with a row put back.
    """

    counting: Counting
    old_edition: str
    new_edition: str
    seed: int
    people: int
    changing: int
    by_kind: Mapping[Changed, int]
    planned: int
    rows: tuple[RowImpact, ...]


class Person(Frozen):
    """One person's case and plan under either edition.

    ``cited`` are the changed rows that either plan names, ``looked_up`` those that planning found
    by their key besides.
    """

    case: Case
    old: Counted
    new: Counted
    cited: frozenset[str]
    looked_up: frozenset[str]

    def may_lean_on(self, row: str) -> bool:
        """Whether the plan may be another one without that row."""
        return row in self.cited or row in self.looked_up


class Batch(Frozen):
    """What was found over some people: how each one's plan changes, and through which row."""

    kinds: tuple[frozenset[Changed], ...]
    rows: Mapping[str, Tally]


class Known(Frozen):
    """What the first people tell of rows.

    ``unseen`` are those that changed a plan which neither cites nor looks them up; ``faults`` are
    of rows that cannot be put back alone.
    """

    unseen: frozenset[str] = frozenset()
    faults: Mapping[str, str] = {}

    @classmethod
    def of(cls, pilot: Batch) -> "Known":
        """What every row put back for them has shown."""
        return cls(
            unseen=frozenset(row for row, tally in pilot.rows.items() if tally.unseen),
            faults={row: tally.fault for row, tally in pilot.rows.items() if tally.fault},
        )


def impact(editions: Editions, people: int, executor: Executor) -> Impact:
    """Count over ``people``, in the processes of ``executor``; the same for the same seed.

    The newer edition is taken as it is, and each changed row by itself put back as the older one
    has it, for everybody whose plan cites it or looked it up under either edition. A plan may lean
    on a row that it only passed by: for the first people every row of a table that planning opens
    is put back, and one that changes a plan unseen there is put back for everybody. Two rows that
    say the same hide each other: taken together they count, each alone changes nothing.
    """
    first = min(PILOT, people)
    pilot = exhaustive(editions, range(first), executor)
    known = Known.of(pilot)
    size = max(1, min(_PEOPLE_AT_ONCE, math.ceil((people - first) / _PARTS)))
    rest = [range(start, min(start + size, people)) for start in range(first, people, size)]
    found = executor.map(batch, [editions] * len(rest), rest, [known] * len(rest))
    return _impact(editions, [pilot, *found])


def _impact(editions: Editions, batches: Sequence[Batch]) -> Impact:
    both = _open(editions)
    kinds = [found for each in batches for found in each.kinds]
    tallies = {change.reference: Tally() for change in both.changes}
    for each in batches:
        for row, found in each.rows.items():
            tallies[row] = tallies[row].with_more(found)
    rows = [RowImpact(change=change, **dict(tallies[change.reference])) for change in both.changes]
    return Impact(
        counting=editions.counting,
        old_edition=editions.old.name,
        new_edition=editions.new.name,
        seed=editions.seed,
        people=len(kinds),
        changing=sum(bool(found) for found in kinds),
        by_kind=_counts(kinds),
        planned=2 * len(kinds) + sum(row.planned for row in rows),
        rows=tuple(sorted(rows, key=lambda row: (-row.changing, -row.citing))),
    )


def exhaustive(editions: Editions, numbers: Sequence[int], executor: Executor) -> Batch:
    """Every changed row put back for each of these people, cited or not.

    Left out are rows of tables that none of their plans opened: they cannot change one.
    """
    # Opened for these people alone, so that what they read is not mixed with what others did.
    both = Both.of(editions)
    people = people_before(editions, numbers, both)
    changes = [change for change in both.changes if change.table in both.opened]
    shares = [changes[start::_SHARES] for start in range(_SHARES)]
    found = executor.map(_tallies, [editions] * _SHARES, shares, [people] * _SHARES)
    return Batch(kinds=_kinds(people), rows={row: t for rows in found for row, t in rows.items()})


def _tallies(
    editions: Editions, changes: Sequence[RowChange], people: Sequence[Person]
) -> dict[str, Tally]:
    both = _open(editions)
    return {change.reference: tally(change, people, both) for change in changes}


def batch(editions: Editions, numbers: Sequence[int], known: Known) -> Batch:
    """Changed rows put back for those who may lean on them, as far as the first people tell."""
    both = _open(editions)
    people = people_before(editions, numbers, both)
    rows = {}
    for change in both.changes:
        row = change.reference
        asked = [p for p in people if row in known.unseen or p.may_lean_on(row)]
        if row in known.faults:
            citing = sum(row in person.cited for person in people)
            rows[row] = Tally(citing=citing, fault=known.faults[row])
        elif asked:
            rows[row] = tally(change, asked, both)
    return Batch(kinds=_kinds(people), rows=rows)


def tally(change: RowChange, asked: Sequence[Person], both: "Both") -> Tally:
    """What one row by itself changes for those who are ``asked``."""
    row = change.reference
    citing = sum(row in person.cited for person in asked)
    kinds: list[frozenset[Changed]] = []
    try:
        variant = put_back(change, both.old, both.new)
        for person in asked:
            now = _made(person.case, variant, both.counting)
            kinds.append(changed(person.new, _counted(now)))
    except (PercutaError, KeyError, ValueError) as error:
        # A row that others lean on cannot be put back alone: that is said, and nothing is counted.
        fault = f"{type(error).__name__}: {error}"
        return Tally(citing=citing, planned=len(kinds), fault=fault)
    moved = [person for person, found in zip(asked, kinds, strict=True) if found]
    return Tally(
        citing=citing,
        changing=len(moved),
        uncited=sum(row not in person.cited for person in moved),
        unseen=sum(not person.may_lean_on(row) for person in moved),
        by_kind=_counts(kinds),
        planned=len(kinds),
    )


def people_before(editions: Editions, numbers: Sequence[int], both: "Both") -> tuple[Person, ...]:
    """Those people whom both editions can plan for, with what each plan decides and cites."""
    found = []
    for number in numbers:
        cases = cases_of(number, editions.seed, both.offer, (both.old, both.new))
        if cases:
            looked_up = set[str]()
            made = []
            for case, facts in zip(cases, (both.old, both.new), strict=True):
                facts.for_next_person()
                made.append(_made(case, facts, both.counting))
                looked_up |= facts.looked_up
            old, new = made
            cited = {*rows_named(old), *rows_named(new)}
            found.append(
                Person(
                    case=cases[1],
                    old=_counted(old),
                    new=_counted(new),
                    cited=both.changed_rows & cited,
                    looked_up=both.changed_rows & looked_up,
                )
            )
    return tuple(found)


def _kinds(people: Sequence[Person]) -> tuple[frozenset[Changed], ...]:
    return tuple(changed(person.old, person.new) for person in people)


def _made(case: Case, facts: Facts, counting: Counting) -> Decided | Plan:
    """As much of a plan as is counted: forecasts are the dear part, and decide nothing."""
    if counting is Counting.DECISIONS:
        return decide(case, facts)
    return make_plan(case, facts, draws=_DRAWS)


def _counted(made: Decided | Plan) -> Counted:
    return counted_bands(made) if isinstance(made, Plan) else counted_decision(made)


def _counts(kinds: Iterable[frozenset[Changed]]) -> dict[Changed, int]:
    counts = Counter(kind for found in kinds for kind in found)
    return {kind: counts[kind] for kind in Changed if counts[kind]}


class Both:
    """Both editions, opened, and in what they differ."""

    def __init__(self, old: WatchedFacts, new: WatchedFacts, counting: Counting) -> None:
        self.old, self.new, self.counting = old, new, counting
        self.changes = row_changes(old, new)
        self.changed_rows = frozenset(change.reference for change in self.changes)
        self.offer = common_offer((old, new))

    @classmethod
    def of(cls, editions: Editions) -> "Both":
        """Read from their folders."""
        return cls(WatchedFacts(editions.old), WatchedFacts(editions.new), editions.counting)

    @property
    def opened(self) -> frozenset[str]:
        """Tables that planning opened so far, under either."""
        return self.old.opened | self.new.opened


@lru_cache(maxsize=4)
def _open(editions: Editions) -> Both:
    """Both editions, read once in each process."""
    return Both.of(editions)
