"""The columns of a study's table: names with units, what they mean, how far they are tested."""

from dataclasses import dataclass

from percuta.planning.judgement.grades import Grade
from percuta.planning.recovery.closure_times import CLOCK_GRADES
from percuta.planning.recovery.redness_duration import REDNESS_GRADE
from percuta.science.channels.clocks import Clock
from percuta.study.design import Study


@dataclass(frozen=True)
class Column:
    """One column; ``unit`` as ``percuta.units`` knows it, none for words and numbers of rows."""

    name: str
    about: str
    unit: str | None = None


@dataclass(frozen=True)
class Figure(Column):
    """A column of the models: ``attribute`` of what a cohort has, and its grade."""

    attribute: str = ""
    title: str = ""
    grade: Grade = Grade.C


WHO = (
    Column("person", "number of the virtual person, from 1"),
    Column("sex", "sex, which chooses the published skin thickness"),
    Column("age_years", "age; no figure depends on it, for sources differ in its sign", "years"),
)

WHAT = (
    Column("plan", "number of the plan, from 1"),
    Column("device", "key of the device"),
    Column("zone", "zone that is needled"),
    Column("set_depth_mm", "what the dial says", "mm"),
    Column("strikes_per_cm2", "needles that enter the skin, per area", "per_cm2"),
    Column("covered", "whether a gel, a film or a cream lies on the skin afterwards"),
)

COURSE = (
    Figure(
        "epidermis_mm",
        "thickness of the epidermis, as published for the site",
        "mm",
        "epidermis",
        "Epidermis, mm",
        Grade.B,
    ),
    Figure(
        "dermis_mm",
        "thickness of the dermis, as published for the site",
        "mm",
        "dermis",
        "Dermis, mm",
        Grade.B,
    ),
    Figure("reached_mm", "depth of the middle needle", "mm", "reached", "Reached depth, mm"),
    Figure(
        "reach_dermis_pct",
        "share of a person's needles that end below the epidermis",
        "pct",
        "reaching_dermis",
        "Needles that reach the dermis, %",
    ),
    Figure(
        "through_dermis_pct",
        "share of a person's needles that pass the dermis",
        "pct",
        "through_dermis",
        "Needles that pass the dermis, %",
    ),
    Figure(
        "open_area_pct",
        "share of the surface that acts as open right after needling",
        "pct",
        "open_area",
        "Open area that acts, %",
    ),
    Figure(
        "barrier_closed_h",
        "hours until the barrier has closed",
        "h",
        "barrier_closed",
        "Barrier closed, hours",
        CLOCK_GRADES[Clock.BARRIER],
    ),
    Figure(
        "epithelium_closed_h",
        "hours until the epidermis is whole",
        "h",
        "epithelium_closed",
        "Epidermis whole, hours",
        CLOCK_GRADES[Clock.EPITHELIUM],
    ),
    Figure(
        "visible_closed_h",
        "hours until imaging sees no holes",
        "h",
        "visible_closed",
        "Holes no longer seen by imaging, hours",
        CLOCK_GRADES[Clock.VISIBLE],
    ),
    Figure(
        "redness_gone_h",
        "hours until redness has gone",
        "h",
        "redness_gone",
        "Redness gone, hours",
        REDNESS_GRADE,
    ),
)

UPTAKE = (
    Figure(
        "gone_in_pct",
        "share of the topical's active past the horny layer when it is washed off",
        "pct",
        "needled",
        "Gone into needled skin, %",
    ),
    Figure(
        "gone_in_intact_pct",
        "the same if this skin had no holes",
        "pct",
        "intact",
        "Gone into the same skin if intact, %",
    ),
)


def figures_of(study: Study) -> tuple[Figure, ...]:
    """The figures that a study has."""
    return COURSE if study.absorption is None else (*COURSE, *UPTAKE)
