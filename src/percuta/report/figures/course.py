"""The course: what happens over time, one lane each, from the minutes of a session to months."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from percuta.errors import FigureError
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element, number, width_of, wrapped
from percuta.report.figures.table import DataTable
from percuta.report.figures.time_axis import TimeAxis, spoken

_OPACITY = {1: 0.24, 2: 0.45, 3: 0.72}
_GAP, _DOT, _BAND, _CURVE = 5.0, 4.5, 11.0, 30.0


@dataclass(frozen=True, kw_only=True)
class CourseBand:
    """A stretch of time in hours since the session began; ``strength`` 3 is surest, 1 least.

    ``word`` says what the stretch is, for the table; a shade around another has none.
    """

    start_h: float
    end_h: float
    strength: int
    word: str


@dataclass(frozen=True, kw_only=True)
class CourseMark:
    """A point in time with its label; planned ones are hollow until they have come."""

    at_h: float
    label: str
    is_planned: bool = True


@dataclass(frozen=True, kw_only=True)
class CoursePoint:
    """Shares at a time, in 0..1; ``middle`` is ``None`` where there is a bound and no guess."""

    at_h: float
    low: float
    middle: float | None
    high: float


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One thing that takes time: its name, what is said of it, and how far that is known.

    Bands are drawn in their order, so a surer one comes after the one it lies in. A ``curve`` fills
    from nothing at the foot of the lane to all at its top.
    """

    name: str
    words: str
    grade: str
    bands: tuple[CourseBand, ...] = ()
    marks: tuple[CourseMark, ...] = ()
    curve: tuple[CoursePoint, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CourseData:
    """The lanes from the top, and a sentence that says what strong and light colour mean."""

    lanes: tuple[Lane, ...]
    key: str


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """Where things stand: lane names beside their lanes, or above them on a phone."""

    width: float
    left: float
    right: float
    size: float
    line_height: float
    is_narrow: bool


_WIDE = _Sheet(width=840, left=190, right=832, size=13.5, line_height=18, is_narrow=False)
_NARROW = _Sheet(width=360, left=2, right=354, size=12.5, line_height=16, is_narrow=True)


def course(
    data: CourseData, *, theme: Theme = Theme.PAGE, name: str = "course", is_narrow: bool = False
) -> str:
    """The course as SVG; ``is_narrow`` is for phones and for a column of print.

    Raises
    ------
    FigureError
        If there is no lane, a band runs backwards, or a strength is none of 1, 2, 3.
    """
    _check(data)
    pen, sheet = Pen(theme, name), _NARROW if is_narrow else _WIDE
    axis = TimeAxis(sheet.left, sheet.right, _last_h(data))
    top = sheet.line_height + _GAP
    body, bottom = _lanes(pen, sheet, axis, data, top)
    key = wrapped(data.key, sheet.size, sheet.width)
    below = bottom + 1.4 * sheet.size
    quiet = pen.colour("quiet")
    words = pen.lines(key, 0, below, size=sheet.size, step=sheet.line_height, fill=quiet)
    return pen.figure(
        "".join(_axis(pen, sheet, axis, bottom)) + body + words,
        title="What happens over time",
        description=" ".join(f"{lane.name}: {lane.words}. {lane.grade}." for lane in data.lanes),
        box=(0, 0, sheet.width, below + (len(key) - 1) * sheet.line_height + 6),
        class_="course",
    )


def course_table(data: CourseData) -> DataTable:
    """Every band and mark of the course as a table, times since the session began."""
    rows = []
    for lane in data.lanes:
        rows += list(_band_rows(lane))
        rows += [(lane.name, mark.label, spoken(mark.at_h), "", lane.grade) for mark in lane.marks]
        rows += [_curve_row(lane)] if lane.curve else []
    return DataTable(
        caption="What happens over time, since the session began",
        header=("", "What", "From", "Until", "How it is known"),
        rows=tuple(rows),
    )


def _band_rows(lane: Lane) -> Iterator[tuple[str, str, str, str, str]]:
    """Bands that begin together stand in one row, the surest first."""
    named = sorted((b for b in lane.bands if b.word), key=lambda b: (b.start_h, b.end_h))
    for start_h, together in groupby(named, key=lambda band: band.start_h):
        bands = list(together)
        words, ends = ([b.word for b in bands], [spoken(b.end_h) for b in bands])
        yield lane.name, ", ".join(words), spoken(start_h), ", ".join(ends), lane.grade


def _curve_row(lane: Lane) -> tuple[str, str, str, str, str]:
    """Every other point of a curve in one row, the last among them."""
    points = lane.curve[:0:-2][::-1]
    parts = f"{', '.join(map(_parts, points))} of 100 parts"
    if points[-1].middle is None:
        parts = f"at most {parts}"
    times = ", ".join(spoken(point.at_h) for point in points)
    return lane.name, parts, spoken(lane.curve[0].at_h), times, lane.grade


def _parts(point: CoursePoint) -> str:
    """What a curve says at a time, in parts of a hundred; a bound is rounded up."""
    low, high = (100 * share for share in (point.low, point.high))
    if point.middle is None:
        return f"{math.ceil(high)}"
    return f"{100 * point.middle:.0f} ({low:.0f} to {high:.0f})"


def _check(data: CourseData) -> None:
    faults = [] if data.lanes else ["a course has at least one lane"]
    for lane in data.lanes:
        for band in lane.bands:
            if not 0 <= band.start_h <= band.end_h < math.inf:
                faults.append(f"{lane.name}: {band.start_h} h to {band.end_h} h runs backwards")
            if band.strength not in _OPACITY:
                faults.append(f"{lane.name}: strength {band.strength} is none of 1, 2, 3")
        faults += [
            f"{lane.name}: at {point.at_h} h the curve lies outside nothing to all, or crosses"
            for point in lane.curve
            if not _is_in_order(point)
        ]
        faults += [
            f"{lane.name}: {mark.at_h} h is before the session"
            for mark in lane.marks
            if not 0 <= mark.at_h < math.inf
        ]
    if faults:
        raise FigureError(faults)


def _is_in_order(point: CoursePoint) -> bool:
    middle = point.high if point.middle is None else point.middle
    return 0 <= point.at_h < math.inf and 0 <= point.low <= middle <= point.high <= 1


def _last_h(data: CourseData) -> float:
    ends = [band.end_h for lane in data.lanes for band in lane.bands]
    ends += [point.at_h for lane in data.lanes for point in lane.curve]
    return max([0.0, *ends, *(mark.at_h for lane in data.lanes for mark in lane.marks)])


def _axis(pen: Pen, sheet: _Sheet, axis: TimeAxis, bottom: float) -> Iterator[str]:
    quiet, line = pen.colour("quiet"), pen.colour("line")
    for x, label, is_first in axis.ticks(is_sparse=sheet.is_narrow):
        shift, anchor = (3, None) if is_first else (0, "middle")
        yield pen.text(label, x + shift, sheet.size, size=sheet.size, fill=quiet, anchor=anchor)
    for panel in axis.panels:
        path = f"M{number(axis.x(panel.start_h))} 2V{number(bottom)}"
        yield element("path", d=path, stroke=line, stroke_width=1)


def _lanes(
    pen: Pen, sheet: _Sheet, axis: TimeAxis, data: CourseData, top: float
) -> tuple[str, float]:
    parts = []
    for lane in data.lanes:
        path = f"M0 {number(top)}H{number(sheet.width)}"
        parts.append(element("path", d=path, stroke=pen.colour("line"), stroke_width=1))
        drawn, top = _lane(pen, sheet, axis, lane, top + _GAP)
        parts.append(drawn)
    return "".join(parts), top


def _lane(pen: Pen, sheet: _Sheet, axis: TimeAxis, lane: Lane, top: float) -> tuple[str, float]:
    """A lane and where it ends: name, bands or marks, and words under what they are about."""
    room = sheet.width if sheet.is_narrow else sheet.left - 12
    names = wrapped(lane.name, sheet.size, room)
    step = sheet.line_height
    drawn = pen.lines(names, 0, top + sheet.size, size=sheet.size, step=step)
    height = len(names) * step
    row = top + height if sheet.is_narrow else top
    parts = [
        *_bands(pen, axis, lane, row),
        *_curve(pen, axis, lane, row),
        *_marks(pen, sheet, axis, lane, row),
    ]
    below = row + (_CURVE if lane.curve else _BAND) + 3
    labels = _placed(sheet, axis, lane)
    for x, line, text in labels:
        baseline = below + line * step + sheet.size
        parts.append(pen.text(text, x, baseline, size=sheet.size, fill=pen.colour("quiet")))
    rows = 1 + max((line for _, line, _ in labels), default=-1)
    return drawn + "".join(parts), max(top + height, below + rows * step) + _GAP


def _bands(pen: Pen, axis: TimeAxis, lane: Lane, top: float) -> Iterator[str]:
    for band in lane.bands:
        left, right = axis.x(band.start_h), axis.x(band.end_h)
        yield element(
            "rect",
            class_=f"band s{band.strength}",
            x=left,
            y=top + 2,
            width=max(right - left, 1.0),
            height=_BAND,
            fill=pen.colour("accent"),
            fill_opacity=_OPACITY[band.strength],
        )


def _curve(pen: Pen, axis: TimeAxis, lane: Lane, top: float) -> Iterator[str]:
    """A band from the low to the high end, and the middle as a line where there is one."""
    if not lane.curve:
        return
    foot, accent = top + _CURVE, pen.colour("accent")

    def place(at_h: float, share: float) -> str:
        return f"{number(axis.x(at_h))} {number(foot - (_CURVE - 2) * share)}"

    upper = [place(point.at_h, point.high) for point in lane.curve]
    lower = [place(point.at_h, point.low) for point in reversed(lane.curve)]
    path = f"M{'L'.join([*upper, *lower])}Z"
    yield element("path", class_="curve", d=path, fill=accent, fill_opacity=_OPACITY[1])
    yield element(
        "path",
        d=f"M{place(lane.curve[0].at_h, 0)}L{place(lane.curve[-1].at_h, 0)}",
        stroke=pen.colour("line"),
        stroke_width=1,
    )
    middle = [place(p.at_h, p.middle) for p in lane.curve if p.middle is not None]
    if middle:
        path = f"M{'L'.join(middle)}"
        yield element("path", d=path, fill="none", stroke=accent, stroke_width=1.6)


def _marks(pen: Pen, sheet: _Sheet, axis: TimeAxis, lane: Lane, top: float) -> Iterator[str]:
    accent = pen.colour("accent")
    for mark in lane.marks:
        x = min(max(axis.x(mark.at_h), sheet.left + _DOT), sheet.right)
        yield element(
            "circle",
            class_="planned" if mark.is_planned else "come",
            cx=x,
            cy=top + 2 + _BAND / 2,
            r=_DOT,
            fill=pen.colour("paper") if mark.is_planned else accent,
            stroke=accent,
            stroke_width=1.6,
        )


def _with_grade(lane: Lane) -> str:
    """The words of a lane, and how far they are known."""
    return f"{lane.words} ({lane.grade[:1].lower()}{lane.grade[1:]})" if lane.grade else lane.words


def _placed(sheet: _Sheet, axis: TimeAxis, lane: Lane) -> list[tuple[float, int, str]]:
    """Labels under their marks and the lane's words, each on the first line that has room."""
    wanted = [(axis.x(mark.at_h) - _DOT, mark.label) for mark in lane.marks]
    if not lane.marks:
        starts = [*(band.start_h for band in lane.bands), *(point.at_h for point in lane.curve)]
        start = min(starts, default=0.0)
        room = sheet.width - (0 if sheet.is_narrow else sheet.left)
        lines = wrapped(_with_grade(lane), sheet.size, room)
        widest = max(width_of(line, sheet.size) for line in lines)
        x = min(axis.x(start), sheet.width - widest)
        return [(max(x, 0.0), place, line) for place, line in enumerate(lines)]
    ends: list[float] = []
    placed = []
    for x, label in sorted(wanted):
        width = width_of(label, sheet.size)
        x = max(0.0, min(x, sheet.width - width))
        line = next((at for at, end in enumerate(ends) if end + _GAP <= x), len(ends))
        ends[line:] = [x + width, *ends[line + 1 :]]
        placed.append((x, line, label))
    return placed
