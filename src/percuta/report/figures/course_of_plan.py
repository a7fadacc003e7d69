"""The course of a plan: only the lanes that a plan really knows today."""

import math
from collections.abc import Iterator
from itertools import pairwise

from percuta.planning.absorption.curves import AbsorptionLane, Shares
from percuta.planning.plan.collagen_timeline import NewCollagen
from percuta.planning.plan.course import Course
from percuta.planning.plan.plan import Plan
from percuta.planning.recovery.expected_times import ExpectedTime
from percuta.planning.session.duration import Duration
from percuta.report import wording
from percuta.report.figures.course import CourseBand, CourseData, CourseMark, CoursePoint, Lane
from percuta.report.figures.time_axis import hours, spoken
from percuta.report.typesetting import places
from percuta.units import convert

_KEY = (
    "Strong: expected, or until over in half of people. Lighter: four in five. Lightest: 19 in 20, "
    "or at most. Collagen has no scale: strong is when most is made. Time runs from the first "
    "minute of the session."
)
_CURVE_KEY = (
    "A curve: how much of what was put on has gone in, from nothing to all. The line is the "
    "middle, the light band holds nine in ten; without a line it is a bound."
)
_LEVELS = ((0.05, 1, ""), (1 / 3, 2, ""), (2 / 3, 3, "most is made"))
"""From which share of its largest value a relative curve is drawn stronger."""
_REASONED = "Reasoned, not measured"
_PUBLISHED = "Published, not this person’s"
_PLANNED = "Planned"


def course_data(plan: Plan) -> CourseData | None:
    """What the time line of a plan shows, or ``None`` where no plan was made."""
    if plan.duration is None:
        return None
    lanes = tuple(_lanes(plan, plan.duration))
    has_curve = any(lane.curve for lane in lanes)
    return CourseData(lanes=lanes, key=f"{_KEY} {_CURVE_KEY}" if has_curve else _KEY)


def _lanes(plan: Plan, duration: Duration) -> Iterator[Lane]:
    numbed_h = hours(duration.numbing_min or 0.0, "min")
    if duration.numbing_min:
        wait = CourseBand(start_h=0.0, end_h=numbed_h, strength=3, word="numbing")
        words = f"{duration.numbing_min:g} min, then wiped off"
        yield Lane(name="Numbing", words=words, grade=_PLANNED, bands=(wait,))
    own_min = duration.cleanse_min + duration.needling_min + duration.soothe_min
    ended_h = numbed_h + hours(own_min, "min")
    yield Lane(
        name="Cleanse, needle, soothe",
        words=f"{own_min:.0f} min, {duration.low_min:.0f} to {duration.high_min:.0f}",
        grade=_REASONED,
        bands=_pair(numbed_h, ended_h, numbed_h + hours(duration.high_min, "min")),
    )
    if plan.downtime_days is not None:
        typical, upper = plan.downtime_days.typical, plan.downtime_days.upper
        ends = (ended_h + hours(float(days), "days") for days in (typical, upper))
        yield Lane(
            name="Signs that can be seen",
            words=f"typically {typical} days, up to {upper}",
            grade=_PUBLISHED,
            bands=_pair(ended_h, *ends),
        )
    if plan.course is not None:
        for time in (plan.course.redness, *plan.course.closing):
            yield _until(time, ended_h)
        yield from _absorption(plan, plan.course, ended_h)
    if plan.series is not None:
        yield _sessions(plan)
    if plan.course is not None:
        yield _collagen(plan.course.new_collagen)


def _absorption(plan: Plan, course: Course, ended_h: float) -> Iterator[Lane]:
    """A lane for each product: in the zones where most goes in, which it names."""
    together: dict[str, list[AbsorptionLane]] = {}
    for told in course.absorption:
        together.setdefault(told.product, []).append(told)
    for same in together.values():
        most = max(same, key=lambda told: (told.gone_in.middle_pct or told.gone_in.high_pct)[-1])
        start_h = 0.0 if most.over == "intact" else ended_h
        where = f", {places(most.zones, plan)}" if len(same) > 1 else ""
        yield Lane(
            name=f"Gone in: {most.name}{where}",
            words=_gone_in(most),
            grade=_sentence(most.grade_words),
            curve=tuple(_points(most, start_h)),
        )


def _points(lane: AbsorptionLane, start_h: float) -> Iterator[CoursePoint]:
    shares = lane.gone_in
    for place, hour in enumerate(lane.hours):
        yield CoursePoint(
            at_h=start_h + hour,
            low=_share(shares.low_pct[place]),
            middle=None if shares.middle_pct is None else _share(shares.middle_pct[place]),
            high=_share(shares.high_pct[place]),
        )


def _share(pct: float) -> float:
    return convert(pct, source="pct", target="1")


def _gone_in(lane: AbsorptionLane) -> str:
    last, shares = spoken(lane.hours[-1]), lane.gone_in
    if shares.middle_pct is None:
        return f"at most {math.ceil(shares.high_pct[-1])} of 100 parts by {last}; a bound, no guess"
    told = f"by {last} {_of_100(shares)} of 100 parts, if it stays wet"
    return f"{told}{_beside(lane)}; {lane.draws:,} draws"


def _beside(lane: AbsorptionLane) -> str:
    if lane.intact is None:
        return ""
    return f"; intact skin {_of_100(lane.intact) if lane.is_intact_known else 'not known'}"


def _of_100(shares: Shares) -> str:
    middle = (shares.middle_pct or shares.high_pct)[-1]
    return f"{middle:.0f} ({shares.low_pct[-1]:.0f} to {shares.high_pct[-1]:.0f})"


def _until(time: ExpectedTime, ended_h: float) -> Lane:
    """A lane for what is over by then in a half, four in five, 19 in 20 of people."""
    by = time.hours
    ends = ((by.nineteen_in_twenty, 1, "19 in 20"), (by.four_in_five, 2, "4 in 5"))
    bands = tuple(
        CourseBand(start_h=ended_h, end_h=ended_h + end_h, strength=strength, word=word)
        for end_h, strength, word in (*ends, (by.half, 3, "half"))
    )
    words = f"half by {spoken(by.half)}, 19 in 20 by {spoken(by.nineteen_in_twenty)}"
    return Lane(name=time.name, words=words, grade=_sentence(time.grade_words), bands=bands)


def _collagen(collagen: NewCollagen) -> Lane:
    bands = tuple(
        CourseBand(start_h=start_h, end_h=end_h, strength=strength, word=word)
        for level, strength, word in _LEVELS
        for start_h, end_h in _stretches(collagen, level)
    )
    return Lane(
        name="New collagen",
        words="when, not how much; it matures for months",
        grade=_sentence(collagen.grade_words),
        bands=bands,
    )


def _stretches(collagen: NewCollagen, level: float) -> Iterator[tuple[float, float]]:
    """Hours between which the middle curve lies at or above a level, straight between weeks."""
    start_h: float | None = None
    points = list(zip(collagen.weeks, collagen.making.middle, strict=True))
    for (week, before), (_, after) in pairwise(points):
        if (before >= level) == (after >= level):
            continue
        crossed_h = hours(week + (level - before) / (after - before), "weeks")
        if after >= level:
            start_h = crossed_h
        elif start_h is not None:
            yield start_h, crossed_h
            start_h = None


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _pair(start_h: float, expected_h: float, at_most_h: float) -> tuple[CourseBand, CourseBand]:
    return (
        CourseBand(start_h=start_h, end_h=at_most_h, strength=1, word="at most"),
        CourseBand(start_h=start_h, end_h=expected_h, strength=3, word="expected"),
    )


def _sessions(plan: Plan) -> Lane:
    dates = plan.series.dates if plan.series is not None else ()
    marks = tuple(
        CourseMark(
            at_h=hours(float((day - dates[0]).days), "days"),
            label=wording.day(day).rpartition(" ")[0],
            is_planned=day != dates[0],
        )
        for day in dates
    )
    told = ", ".join(wording.day(day) for day in dates)
    return Lane(name="Sessions", words=told, grade=_PLANNED, marks=marks)
