"""What a change of the facts changes, in words and tables."""

from collections.abc import Iterable, Iterator
from itertools import islice

from percuta.impact.counting import Counting, Impact, RowImpact
from percuta.impact.differences_of_plans import Changed
from percuta.impact.narrowing import Narrowing
from percuta.impact.row_changes import ChangeKind, RowChange
from percuta.report.figures.table import DataTable

SHOWN = 20
"""Rows that are shown where not all are asked for."""

PICTURE = (
    "Pale: plans that cite the row or turn on it. Green: plans that it changes by itself. The "
    "number is the green share of all people."
)

KIND_WORDS = {
    Changed.VERDICT: "the answer",
    Changed.FINDINGS: "what speaks against it",
    Changed.CEILING: "a depth limit",
    Changed.ADVICE: "a depth advised",
    Changed.DOSE: "passes or density",
    Changed.NUMBING: "numbing",
    Changed.DATES: "dates",
    Changed.BANDS: "a band",
}

_ROWS_CAPTIONS = {
    Counting.DECISIONS: "Each changed row by itself, as a share of all people",
    Counting.BANDS: "Each changed row by itself: bands that move, as a share of {people} people",
}

BAND_WORDS = {
    "p_reach_dermis": "chance of reaching the dermis",
    "p_through_dermis": "chance of passing the dermis",
    "reached_mm": "where needles end",
    "dermis_end_mm": "where the dermis ends",
    "strikes_per_cm2": "strikes per cm²",
    "duration_min": "minutes in the chair",
    "redness": "redness",
    "barrier": "barrier closed",
    "epithelium": "epidermis closed",
    "visible": "holes no longer seen",
    "new_collagen": "new collagen",
}


def headline(found: Impact) -> str:
    """The whole in one sentence."""
    return (
        f"From facts {found.old_edition} to {found.new_edition}, "
        f"{_share(found.changing, found.people)} of {found.people} virtual people get another plan."
    )


def kinds_table(found: Impact, bands: Impact | None = None) -> DataTable:
    """For each kind of change, in what share of people; bands over people of their own."""
    rows = tuple(
        (
            KIND_WORDS[kind],
            _share(counted.by_kind.get(kind, 0), counted.people),
            str(counted.people),
        )
        for counted in (found, bands)
        if counted is not None
        for kind in counted.counting.kinds
    )
    return DataTable("What changes, taken together", ("What", "Of all people", "People"), rows)


def rows_table(found: Impact, most: int | None = SHOWN) -> DataTable:
    """The rows that by themselves change plans, the most first."""
    moving = (row for row in found.rows if row.changing)
    rows = tuple(
        (
            row.change.reference,
            _change(row.change),
            _share(row.citing, found.people),
            _share(row.changing, found.people),
            ", ".join(KIND_WORDS[kind] for kind in Changed if row.by_kind.get(kind)),
        )
        for row in islice(moving, most)
    )
    head = ("Row", "In the newer edition", "Cited by", "Changes", "What")
    return DataTable(_ROWS_CAPTIONS[found.counting].format(people=found.people), head, rows)


def remarks(found: Impact) -> Iterator[str]:
    """What stands beside the table: rows that change nothing, and rows that cannot stand alone."""
    still = sum(not row.changing and not row.fault for row in found.rows)
    uncited = sum(not row.citing for row in found.rows)
    yield f"{still} more changed rows change nobody's plan by themselves; {uncited} nobody cites."
    hidden = [row for row in found.rows if row.uncited]
    if hidden:
        yield f"Plans turn on these without citing them in every case: {_names(hidden)}."
    yield "A row that says the same as another hides it: put back alone, it changes nobody's plan."
    leaning = [row for row in found.rows if row.fault]
    if leaning:
        yield f"{len(leaning)} cannot be put back alone, as others lean on them: {_names(leaning)}."


def narrowing_table(found: Iterable[Narrowing], most: int | None = SHOWN) -> DataTable:
    """The rows whose spread makes most of the width of some band."""
    rows = tuple(
        (
            each.row,
            str(each.citing),
            "; ".join(
                f"{BAND_WORDS.get(kind, kind.replace('_', ' '))} {100 * share:.0f} %"
                for kind, share in sorted(each.lost.items(), key=lambda pair: -pair[1])
                if share >= 0.005
            ),
        )
        for each in islice((each for each in found if each.most >= 0.005), most)
    )
    head = ("Row", "People", "Mean width of the band that would go")
    return DataTable("What a measurement without spread would narrow", head, rows)


def _share(count: int, people: int) -> str:
    return f"{100 * count / people:.1f} %" if people else "-"


def _change(change: RowChange) -> str:
    if change.kind is ChangeKind.CHANGED:
        return f"other {', '.join(change.columns)}"
    return {ChangeKind.ADDED: "new", ChangeKind.REMOVED: "gone"}[change.kind]


def _names(rows: Iterable[RowImpact]) -> str:
    return ", ".join(row.change.reference for row in rows)
