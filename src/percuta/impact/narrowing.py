"""Which missing measurement would narrow plans most: each row's spread taken away in turn."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from statistics import fmean

from percuta.errors import PercutaError
from percuta.facts.edition import Facts
from percuta.facts.table import Row, Table
from percuta.impact.differences_of_plans import counted_bands
from percuta.impact.virtual_people import common_offer, virtual_case
from percuta.planning.case.case import Case, Frozen
from percuta.planning.plan.plan import Plan, make_plan

_LEFT = 1e-3
"""What is left of a spread: none at all is a law that some models cannot draw from."""

_MIDDLE, _ENDS, _SDS = "value", ("low", "high"), ("sd_um",)
"""Columns that hold a middle, its ends, and standard deviations around a mean."""

_DRAWS = 1


class Narrowing(Frozen):
    """One row, and what share of the width of each kind of band its spread makes.

    ``lost`` is the mean over people and places of the width lost over the width as it is; negative
    where a band grows, which says that the model leans on that spread elsewhere.
    """

    row: str
    citing: int
    lost: Mapping[str, float]
    fault: str = ""

    @property
    def most(self) -> float:
        """The largest share of any kind of band."""
        return max(self.lost.values(), default=0.0)


def narrowings(folder: Path, people: int, seed: int, executor: Executor) -> tuple[Narrowing, ...]:
    """Every row with a spread that plans of virtual people cite, the widest first."""
    facts = _open(folder)
    cited = executor.map(_cited, [folder] * people, range(people), [seed] * people)
    citing: dict[str, list[int]] = defaultdict(list)
    for number, references in enumerate(cited):
        for reference in references:
            citing[reference].append(number)
    rows = [row for row in sorted(citing) if _has_spread(facts.row(row))]
    found = executor.map(
        narrowing, [folder] * len(rows), rows, [citing[row] for row in rows], [seed] * len(rows)
    )
    return tuple(sorted(found, key=lambda each: -each.most))


def narrowing(folder: Path, row: str, people: Sequence[int], seed: int) -> Narrowing:
    """What share of their bands' width one row's spread makes, for those who cite it."""
    facts = _open(folder)
    try:
        measured = without_spread(row, facts)
        lost: dict[str, list[float]] = defaultdict(list)
        for number in people:
            for kind, share in _lost(number, seed, facts, measured):
                lost[kind].append(share)
    except (PercutaError, KeyError, ValueError) as error:
        return Narrowing(row=row, citing=len(people), lost={}, fault=f"{error}")
    means = {kind: fmean(shares) for kind, shares in sorted(lost.items())}
    return Narrowing(row=row, citing=len(people), lost=means)


def without_spread(reference: str, facts: Facts) -> Facts:
    """The same edition, one row of it as if measured without any spread."""
    name, _, key = reference.partition("/")
    rows = tuple(_narrowed(row) if row.key == key else row for row in facts.table(name))
    return facts.with_table(Table(facts.schema(name), rows))


def _narrowed(row: Row) -> Row:
    narrower = {name: _LEFT * sd for name, sd in _numbers(row, _SDS).items()}
    middle = _numbers(row, (_MIDDLE,)).get(_MIDDLE)
    if middle is not None:
        ends = _numbers(row, _ENDS).items()
        narrower |= {name: middle + _LEFT * (end - middle) for name, end in ends}
    return replace(row, cells={**row.cells, **narrower})


def _has_spread(row: Row) -> bool:
    """Whether it has ends that are apart, or a standard deviation."""
    ends = _numbers(row, _ENDS) if _MIDDLE in row.cells else {}
    return len(set(ends.values())) > 1 or any(_numbers(row, _SDS).values())


def _numbers(row: Row, names: tuple[str, ...]) -> dict[str, float]:
    cells = {name: row.cells.get(name) for name in names}
    return {name: float(cell) for name, cell in cells.items() if isinstance(cell, int | float)}


def _lost(number: int, seed: int, facts: Facts, measured: Facts) -> Iterator[tuple[str, float]]:
    before = counted_bands(_plan(number, seed, facts)).bands
    after = counted_bands(make_plan(_case(number, seed, facts), measured, draws=_DRAWS)).bands
    for name in before.keys() & after.keys():
        (low, high), (new_low, new_high) = before[name], after[name]
        if high > low:
            yield name.partition(" ")[0], 1 - (new_high - new_low) / (high - low)


def _cited(folder: Path, number: int, seed: int) -> tuple[str, ...]:
    plan = _plan(number, seed, _open(folder))
    return plan.provenance.facts if plan.is_made else ()


@lru_cache(maxsize=4096)
def _plan(number: int, seed: int, facts: Facts) -> Plan:
    return make_plan(_case(number, seed, facts), facts, draws=_DRAWS)


def _case(number: int, seed: int, facts: Facts) -> Case:
    return virtual_case(number, seed, common_offer((facts,)), facts)


@lru_cache(maxsize=2)
def _open(folder: Path) -> Facts:
    return Facts(folder)
