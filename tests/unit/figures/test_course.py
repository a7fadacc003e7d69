"""The course: times stand in order, bands where their hours are, and only what a plan knows."""

import xml.etree.ElementTree as ET  # noqa: S405 - our own output is read back
from itertools import pairwise

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.report.figures.course import (
    CourseBand,
    CourseData,
    CourseMark,
    CoursePoint,
    Lane,
    course,
    course_table,
)
from percuta.report.figures.course_of_plan import course_data
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import width_of
from percuta.report.figures.time_axis import TimeAxis, spoken
from tests.people import a_plan

SVG = "{http://www.w3.org/2000/svg}"
NUMBED = "lidocaine_prilocaine_cream"
BANDS = (
    CourseBand(start_h=1.0, end_h=240.0, strength=1, word="at most"),
    CourseBand(start_h=1.0, end_h=72.0, strength=3, word="expected"),
)
DATA = CourseData(
    lanes=(
        Lane(name="Signs <seen>", words="3 days, up to 10", grade="Published", bands=BANDS),
        Lane(
            name="Sessions",
            words="three",
            grade="Planned",
            marks=tuple(
                CourseMark(at_h=168.0 * week, label=f"{week} Dec", is_planned=week > 0)
                for week in (0, 4, 5, 6)
            ),
        ),
    ),
    key="Strong: expected.",
)


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def test_a_later_time_stands_further_right_in_every_panel() -> None:
    axis = TimeAxis(10, 410, 168 * 40)
    times = [0.0, 0.5, 1.9, 2.0, 2.1, 30.0, 47.0, 48.0, 100.0, 336.0, 400.0, 168 * 40]
    places = [axis.x(time) for time in times]
    assert all(a < b for a, b in pairwise(places))
    assert places[0] == 10
    assert places[-1] <= 410


def test_a_panel_begins_a_quarter_further_and_its_unit_is_even_inside() -> None:
    axis = TimeAxis(0, 400, 0.0)
    assert [axis.x(panel.start_h) for panel in axis.panels] == pytest.approx([0, 100, 200, 300])
    assert axis.x(1.5) - axis.x(1.0) == pytest.approx(axis.x(1.0) - axis.x(0.5))


@pytest.mark.parametrize("weeks", [3, 14, 25, 60, 200])
def test_the_axis_reaches_the_last_session_and_its_ticks_keep_apart(weeks: int) -> None:
    axis = TimeAxis(190, 832, 168.0 * weeks)
    assert axis.weeks > weeks
    ticks = list(axis.ticks(is_sparse=False))
    for (x, label, is_first), (after, other, starts) in pairwise(ticks):
        ends = x + 3 + width_of(label, 13.5) if is_first else x + width_of(label, 13.5) / 2
        assert ends < (after + 3 if starts else after - width_of(other, 13.5) / 2)


@pytest.mark.parametrize(
    ("time_h", "words"),
    [(0.5, "30 min"), (2.0, "2 h"), (72.0, "3 days"), (336.0, "2 weeks"), (420.0, "2.5 weeks")],
)
def test_times_are_told_in_the_unit_of_their_panel(time_h: float, words: str) -> None:
    assert spoken(time_h) == words


@pytest.mark.parametrize("is_narrow", [False, True])
def test_bands_begin_and_end_where_their_hours_are(is_narrow: bool) -> None:
    rects = [
        e
        for e in drawn(course(DATA, is_narrow=is_narrow)).iter(f"{SVG}rect")
        if (e.get("class") or "").startswith("band")
    ]
    left, right = (190.0, 832.0) if not is_narrow else (2.0, 354.0)
    axis = TimeAxis(left, right, 168.0 * 6)
    for rect, band in zip(rects, BANDS, strict=True):
        x, width = float(rect.get("x", "nan")), float(rect.get("width", "nan"))
        assert x == pytest.approx(axis.x(band.start_h), abs=0.02)
        assert x + width == pytest.approx(axis.x(band.end_h), abs=0.02)
    assert float(rects[0].get("fill-opacity", "1")) < float(rects[1].get("fill-opacity", "0"))


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(("is_narrow", "shown_px"), [(False, 756), (True, 358)])
def test_it_is_named_and_its_text_is_twelve_pixels(
    theme: Theme, is_narrow: bool, shown_px: int
) -> None:
    svg = course(DATA, theme=theme, is_narrow=is_narrow)
    root = drawn(svg)
    assert "Signs <seen>: 3 days, up to 10." in (root.findtext(f"{SVG}desc") or "")
    assert "style=" not in svg
    width = float((root.get("viewBox") or "").split()[2])
    sizes = [float(e.get("font-size", "0")) for e in root.iter(f"{SVG}text")]
    assert min(sizes) * shown_px / width >= 12


def test_no_two_labels_of_marks_cover_each_other() -> None:
    texts = [
        e for e in drawn(course(DATA, is_narrow=True)).iter(f"{SVG}text") if "Dec" in (e.text or "")
    ]
    boxes = [(float(e.get("y", "0")), float(e.get("x", "0"))) for e in texts]
    assert len(boxes) == 4
    for (y, x), (other_y, other_x) in pairwise(sorted(boxes)):
        assert y != other_y or other_x - x > 30


def test_the_table_tells_every_band_and_mark() -> None:
    rows = course_table(DATA).rows
    together = ("Signs <seen>", "expected, at most", "60 min", "3 days, 10 days", "Published")
    assert together in rows
    assert ("Sessions", "4 Dec", "4 weeks", "", "Planned") in rows
    assert len(rows) == 5


@pytest.mark.parametrize("is_narrow", [False, True])
def test_how_far_a_lane_is_known_stands_under_it(is_narrow: bool) -> None:
    texts = " ".join(
        e.text or "" for e in drawn(course(DATA, is_narrow=is_narrow)).iter(f"{SVG}text")
    )
    assert "3 days, up to 10 (published)" in texts


@pytest.mark.parametrize(
    "lane",
    [
        Lane(
            name="Signs",
            words="",
            grade="",
            bands=(CourseBand(start_h=2.0, end_h=1.0, strength=1, word=""),),
        ),
        Lane(
            name="Signs",
            words="",
            grade="",
            bands=(CourseBand(start_h=1.0, end_h=2.0, strength=4, word=""),),
        ),
        Lane(name="Signs", words="", grade="", marks=(CourseMark(at_h=-1.0, label=""),)),
    ],
)
def test_what_cannot_be_drawn_truthfully_is_refused(lane: Lane) -> None:
    with pytest.raises(FigureError, match="Signs"):
        course(CourseData(lanes=(lane,), key=""))


def test_a_plan_tells_what_it_knows_and_no_more(earlier: Facts) -> None:
    plan = a_plan(earlier, numbing=NUMBED)
    data = course_data(plan)
    assert data is not None
    assert plan.duration is not None
    assert plan.downtime_days is not None
    assert plan.series is not None
    lanes = {lane.name: lane for lane in data.lanes}
    assert list(lanes) == [
        "Numbing",
        "Cleanse, needle, soothe",
        "Signs that can be seen",
        "Redness",
        "Barrier open",
        "Epidermis not whole",
        "Holes seen by imaging",
        "Gone in: Lidocaine 2.5% and prilocaine 2.5% cream",
        "Sessions",
        "New collagen",
    ]
    numbing, session, signs, *_, sessions, _ = lanes.values()
    assert numbing.bands[0].end_h * 60 == pytest.approx(plan.duration.numbing_min)
    at_most = session.bands[0]
    assert (at_most.end_h - at_most.start_h) * 60 == pytest.approx(plan.duration.high_min)
    longest, expected = signs.bands
    assert (longest.end_h - longest.start_h) / 24 == pytest.approx(plan.downtime_days.upper)
    assert (expected.end_h - expected.start_h) / 24 == pytest.approx(plan.downtime_days.typical)
    assert [mark.at_h / 24 for mark in sessions.marks] == [
        (day - plan.series.dates[0]).days for day in plan.series.dates
    ]
    assert [mark.is_planned for mark in sessions.marks][:2] == [False, True]


def test_lanes_of_the_models_carry_their_bands_and_grades(facts: Facts) -> None:
    plan = a_plan(facts)
    data = course_data(plan)
    assert data is not None
    assert plan.course is not None
    lanes = {lane.name: lane for lane in data.lanes}
    for time in (plan.course.redness, *plan.course.closing):
        lane = lanes[time.name]
        lengths = [band.end_h - band.start_h for band in lane.bands]
        by = time.hours
        assert lengths == pytest.approx([by.nineteen_in_twenty, by.four_in_five, by.half])
        assert [band.strength for band in lane.bands] == [1, 2, 3]
        assert lane.grade.lower() == time.grade_words


def test_collagen_is_strongest_a_week_after_each_session(facts: Facts) -> None:
    plan = a_plan(facts)
    data = course_data(plan)
    assert data is not None
    assert plan.series is not None
    lane = data.lanes[-1]
    most = [band for band in lane.bands if band.strength == 3]
    first = plan.series.dates[0]
    for day, band in zip(plan.series.dates, most, strict=True):
        assert band.start_h < ((day - first).days + 7) * 24 < band.end_h
    assert "%" not in lane.words + lane.grade + "".join(band.word for band in lane.bands)


def test_without_numbing_there_is_no_lane_of_it(facts: Facts) -> None:
    data = course_data(a_plan(facts))
    assert data is not None
    assert data.lanes[0].name != "Numbing"
    assert data.lanes[0].bands[0].start_h == 0


def test_an_answer_without_a_plan_has_no_course(facts: Facts) -> None:
    assert course_data(a_plan(facts, pregnancy="yes")) is None


CURVE = (
    CoursePoint(at_h=1.0, low=0.0, middle=0.0, high=0.0),
    CoursePoint(at_h=2.0, low=0.1, middle=0.5, high=0.9),
    CoursePoint(at_h=24.0, low=0.2, middle=0.8, high=1.0),
)


def curved(*points: CoursePoint) -> CourseData:
    return CourseData(lanes=(Lane(name="Gone in", words="w", grade="g", curve=points),), key="k")


def test_a_curve_is_a_band_with_its_middle_and_a_bound_has_no_line() -> None:
    bound = tuple(CoursePoint(at_h=p.at_h, low=0.0, middle=None, high=p.high) for p in CURVE)
    fan, bounded = (
        [element.get("fill") for element in drawn(course(data)).iter(f"{SVG}path")]
        for data in (curved(*CURVE), curved(*bound))
    )
    assert fan.count("none") == 1
    assert "none" not in bounded


def test_a_curve_is_told_in_the_table_with_its_band() -> None:
    rows = course_table(curved(*CURVE)).rows
    assert rows[-1][1:4] == ("80 (20 to 100) of 100 parts", "60 min", "24 h")
    bound = CoursePoint(at_h=24.0, low=0.0, middle=None, high=0.701)
    told = course_table(curved(CURVE[0], bound)).rows
    assert told[-1][1] == "at most 71 of 100 parts"


@pytest.mark.parametrize(
    "wrong",
    [
        CoursePoint(at_h=-1.0, low=0.0, middle=0.5, high=1.0),
        CoursePoint(at_h=1.0, low=0.6, middle=0.5, high=1.0),
        CoursePoint(at_h=1.0, low=0.0, middle=0.5, high=0.4),
        CoursePoint(at_h=1.0, low=0.0, middle=None, high=1.1),
    ],
)
def test_a_curve_outside_nothing_and_all_or_out_of_order_is_refused(wrong: CoursePoint) -> None:
    with pytest.raises(FigureError, match="Gone in"):
        course(curved(CURVE[0], wrong))


def test_a_plan_draws_what_goes_in_where_most_does(earlier: Facts) -> None:
    plan = a_plan(
        earlier,
        numbing=NUMBED,
        topicals=["tranexamic_acid_solution"],
        depth_mm={"cheek_left": 0.5, "cheek_right": 1.5},
    )
    data = course_data(plan)
    assert data is not None
    assert plan.course is not None
    numbed, acid = (lane for lane in data.lanes if lane.curve)
    assert all(point.middle is None for point in numbed.curve)
    ends = [
        lane.gone_in.middle_pct[-1]
        for lane in plan.course.absorption
        if lane.gone_in.middle_pct is not None
    ]
    assert len(ends) == 2
    assert acid.curve[-1].middle == pytest.approx(max(ends) / 100)
    assert "2,000 draws" in acid.words
    assert "cheek" in acid.name
