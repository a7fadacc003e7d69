"""What is published of a series: sessions with their interval as one study had both.

An edition without pairs is read as before them: the middle number of sessions and the middle
interval, each by itself.
"""

import math
from collections.abc import Iterable, Iterator
from statistics import median_low
from typing import NamedTuple

from percuta.facts.doors import Fact
from percuta.facts.edition import Facts
from percuta.facts.evidence import SeriesPair, SeriesRow
from percuta.facts.policy import PolicyRow
from percuta.facts.vocabulary import Phototype
from percuta.planning.case.case import Case, StatedConcern
from percuta.units import convert

LEAST = "interval_least_days"
"""The policy rows that name concerns and phototypes whose interval has a floor."""


class Published(NamedTuple):
    """What studies of all planned concerns leave: ``None`` where no study tells it.

    ``weeks`` is the interval to plan, ``shortest_weeks`` the shortest that may be chosen.
    """

    sessions: int | None
    weeks: float | None
    shortest_weeks: float | None
    sessions_low: int | None
    sessions_high: int | None
    text: str
    table: str
    rows: tuple[Fact, ...]


def published_series(concerns: Iterable[StatedConcern], least_days: int, facts: Facts) -> Published:
    """The series of all planned concerns together.

    Studies of needling alone come before combinations. ``least_days`` is the floor of the
    interval: a study that kept it is taken before one that did not.
    """
    per_concern = [rows for c in concerns if (rows := _rows(c, facts))]
    every = tuple(row for rows in per_concern for row in rows)
    low = min((r.sessions_lo_n for r in every if r.sessions_lo_n), default=None)
    high = max((r.sessions_hi_n for r in every if r.sessions_hi_n), default=None)
    if facts.series_pairs:
        return _of_one_study(per_concern, least_days, low, high, facts)
    return _middles(per_concern, low, high)


def least_interval(concerns: Iterable[StatedConcern], case: Case, facts: Facts) -> list[PolicyRow]:
    """The rows that keep sessions apart for this skin and these concerns, the longest first.

    An unknown phototype counts as every phototype that has a row.
    """
    known = case.person.phototype
    types = tuple(Phototype) if known is None else (known,)
    subjects = [concern.concern.value for concern in concerns]
    subjects += [f"phototype_{phototype}" for phototype in types]
    rows = [row for name in subjects if (row := facts.policy.get((LEAST, name))) is not None]
    return sorted(dict.fromkeys(rows), key=lambda row: -row.value)


def _of_one_study(
    per_concern: list[list[SeriesRow]],
    least_days: int,
    low: int | None,
    high: int | None,
    facts: Facts,
) -> Published:
    """The pair with the longest interval over all concerns; of those the one with most sessions."""
    candidates = [pairs for rows in per_concern if (pairs := _pairs(rows, facts))]
    if not candidates:
        return Published(None, None, None, low, high, _NO_SERIES, "series_pairs", ())
    chosen = [_middle_pair(pairs, least_days) for pairs in candidates]
    pair = max(chosen, key=lambda one: (one.interval_days, one.sessions_n))
    shortest = max(min(one.interval_days for one in pairs) for pairs in candidates)
    every = tuple(one for pairs in candidates for one in pairs)
    text = (
        f"{pair.sessions_n} sessions with their interval are one study's "
        f"({', '.join(pair.sources)}), the middle of {len(every)} published series."
    )
    rows = tuple(dict.fromkeys((pair, *every)))
    weeks, least = _weeks(pair.interval_days), _weeks(shortest)
    return Published(pair.sessions_n, weeks, least, low, high, text, "series_pairs", rows)


def _middle_pair(pairs: list[SeriesPair], least_days: int) -> SeriesPair:
    """A study with the middle number of sessions; of several, the one with the longest interval."""
    kept = [pair for pair in pairs if pair.interval_days >= least_days] or pairs
    middle = median_low([pair.sessions_n for pair in kept])
    return max(
        (pair for pair in kept if pair.sessions_n == middle), key=lambda pair: pair.interval_days
    )


def _pairs(rows: list[SeriesRow], facts: Facts) -> list[SeriesPair]:
    keys = {row.key for row in rows}
    return [pair for pair in facts.series_pairs if pair.series in keys]


def _weeks(days: int) -> float:
    return convert(float(days), source="days", target="weeks")


_NO_SERIES = "No published series of needling for this concern: the professional decides."


def _middles(per_concern: list[list[SeriesRow]], low: int | None, high: int | None) -> Published:
    """Middle sessions and middle interval of each concern; over several the larger of each."""
    sessions = [_middle_sessions(rows) for rows in per_concern]
    weeks = [list(_intervals(rows)) for rows in per_concern]
    every = tuple(row for rows in per_concern for row in rows)
    count = max((n for n in sessions if n is not None), default=None)
    text = f"{count} sessions is the middle of {len(every)} published series."
    return Published(
        sessions=count,
        weeks=max((median_low(found) for found in weeks if found), default=None),
        shortest_weeks=max((min(found) for found in weeks if found), default=None),
        sessions_low=low,
        sessions_high=high,
        text=_NO_SERIES if count is None else text,
        table="series",
        rows=every,
    )


def _middle_sessions(rows: list[SeriesRow]) -> int | None:
    middles = [
        (row.sessions_lo_n + row.sessions_hi_n) / 2
        for row in rows
        if row.sessions_lo_n is not None and row.sessions_hi_n is not None
    ]
    return math.floor(median_low(middles) + 0.5) if middles else None


def _intervals(rows: list[SeriesRow]) -> Iterator[float]:
    for row in rows:
        if row.interval_weeks_lo is not None:
            yield row.interval_weeks_lo


def _rows(stated: StatedConcern, facts: Facts) -> list[SeriesRow]:
    evidence = set(facts.concerns[stated.concern].evidence)
    rows = [
        row
        for row in facts.series
        if row.modality == "needling" and evidence & set(row.concern) and _fits(row, stated)
    ]
    return [row for row in rows if row.added == "none"] or rows


def _fits(row: SeriesRow, stated: StatedConcern) -> bool:
    kinds = set(row.scar_kind or ("any",))
    return stated.kind is None or bool(kinds & {"any", stated.kind.value})
