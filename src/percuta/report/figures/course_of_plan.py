"""The course of a plan: only the lanes that a plan really knows today."""

from collections.abc import Iterator

from percuta.planning.plan import Plan
from percuta.planning.timing import Duration
from percuta.report import wording
from percuta.report.figures.course import CourseBand, CourseData, CourseMark, Lane
from percuta.report.figures.time_axis import hours

_KEY = "Strong: expected. Light: at most. Time runs from the first minute of the session."
_REASONED = "Reasoned, not measured"
_PUBLISHED = "Published, not this person’s"
_PLANNED = "Planned"


def course_data(plan: Plan) -> CourseData | None:
    """What the time line of a plan shows, or ``None`` where no plan was made."""
    if plan.duration is None:
        return None
    return CourseData(lanes=tuple(_lanes(plan, plan.duration)), key=_KEY)


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
    if plan.series is not None:
        yield _sessions(plan)


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
