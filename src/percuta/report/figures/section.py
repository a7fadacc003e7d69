"""The section: this skin at this zone, to scale, with the dial and where needles truly end."""

from collections.abc import Iterator
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.planning.needling import Range
from percuta.report import wording
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element, number, wrapped
from percuta.report.figures.table import DataTable

_PER_MM, _CLOSE_PER_MM = 150.0, 96.0
_TOP, _CLOSE_TOP = 46.0, 28.0
_LEFT, _RIGHT, _WIDTH = 64.0, 268.0, 520.0
_SIZE, _LINE_HEIGHT, _GAP = 14.0, 18.0, 20.0
_BELOW_MM, _STEP_MM = 0.35, 0.25
_NEEDLES = (0.25, 0.5, 0.75)
_HAIR = 1.2


@dataclass(frozen=True, kw_only=True)
class SectionData:
    """What a section shows; every depth in mm below the surface, bands from 5 to 95 %.

    ``needle_diameter_mm`` is ``None`` where nobody published it: needles are then thin lines.
    """

    zone: str
    set_depth_mm: float
    epidermis_mm: Range
    dermis_end_mm: Range
    reached_mm: Range
    beneath: str
    limit_mm: float
    limit_label: str
    needle_diameter_mm: float | None = None


@dataclass(frozen=True)
class _Scale:
    """One scale for skin, needles and bands."""

    per_mm: float
    top: float

    def y(self, depth_mm: float) -> float:
        """Where a depth stands."""
        return self.top + depth_mm * self.per_mm


def section(
    data: SectionData,
    *,
    theme: Theme = Theme.PAGE,
    name: str = "section",
    is_close: bool = False,
) -> str:
    """The cross-section as SVG: layers, needles, dial, and the band where needles end.

    ``is_close`` draws it lower and without its heading, for a page that says both beside it.

    Skin, needles and bands share one scale. Needles are drawn to the middle of the reached
    depth, never to the dial: the gap between the two is the lesson.

    Raises
    ------
    FigureError
        If a depth is not above zero.
    """
    _check(data)
    pen = Pen(theme, name)
    deepest = max(data.dermis_end_mm.high, data.reached_mm.high, data.set_depth_mm, data.limit_mm)
    scale = _Scale(_CLOSE_PER_MM, _CLOSE_TOP) if is_close else _Scale(_PER_MM, _TOP)
    bottom = scale.y(deepest + _BELOW_MM)
    labels = list(_labels(data, scale, bottom))
    body = "".join(
        (
            *_layers(pen, data, scale, bottom),
            *_needles(pen, data, scale),
            *_lines(pen, data, scale),
            *_ruler(pen, scale, deepest),
            *(
                pen.text(line, _RIGHT + 16, y + 5, size=_SIZE, fill=pen.colour(token))
                for y, line, token in labels
            ),
        )
    )
    said = f"{data.zone}: {data.set_depth_mm:.2f} mm on the dial"
    heading = "" if is_close else pen.text(said, _LEFT, 24, size=17)
    return pen.figure(
        heading + body,
        title=f"{data.zone}: where needles end, in mm",
        description=_description(data),
        box=(0, 0, _WIDTH, max(bottom, labels[-1][0]) + 24),
        class_="section",
        definitions=pen.hatch(
            "fat", gap=9, ground=pen.colour("paper"), ink=pen.colour("line"), weight=1.0
        ),
    )


def section_table(data: SectionData) -> DataTable:
    """The section's figures as a table."""
    bands = (
        ("Epidermis ends", data.epidermis_mm),
        ("Needles end", data.reached_mm),
        ("Dermis ends", data.dermis_end_mm),
    )
    rows = tuple(
        (what, wording.depth(band.low), wording.depth(band.middle), wording.depth(band.high))
        for what, band in bands
    )
    dial, limit = wording.depth(data.set_depth_mm), wording.depth(data.limit_mm)
    return DataTable(
        caption=f"{data.zone}: depth below the surface, mm",
        header=("", "5 in 100 less", "middle", "5 in 100 more"),
        rows=(*rows, ("Dial", dial, dial, dial), ("Limit", limit, limit, limit)),
    )


def _check(data: SectionData) -> None:
    values = {
        "set_depth_mm": data.set_depth_mm,
        "limit_mm": data.limit_mm,
        "dermis_end_mm": data.dermis_end_mm.low,
        "epidermis_mm": data.epidermis_mm.low,
    }
    faults = [
        f"{data.zone}: {key} {value} is not above 0"
        for key, value in values.items()
        if not value > 0
    ]
    if faults:
        raise FigureError(faults)


def _description(data: SectionData) -> str:
    return (
        f"The dial says {data.set_depth_mm:.2f} mm. Nine in ten needles end between "
        f"{data.reached_mm.low:.2f} and {data.reached_mm.high:.2f} mm. The dermis ends between "
        f"{data.dermis_end_mm.low:.2f} and {data.dermis_end_mm.high:.2f} mm; beneath lies "
        f"{data.beneath}. The limit is {data.limit_mm:.2f} mm, {data.limit_label}."
    )


def _block(
    top: float, bottom: float, fill: str, *, opacity: float | None = None, class_: str | None = None
) -> str:
    width, height = _RIGHT - _LEFT, bottom - top
    return element(
        "rect",
        class_=class_,
        x=_LEFT,
        y=top,
        width=width,
        height=height,
        fill=fill,
        fill_opacity=opacity,
    )


def _layers(pen: Pen, data: SectionData, scale: _Scale, bottom: float) -> Iterator[str]:
    epidermis, dermis = scale.y(data.epidermis_mm.middle), scale.y(data.dermis_end_mm.middle)
    yield _block(dermis, bottom, pen.filled_with("fat"))
    yield _block(epidermis, dermis, pen.colour("sunk"))
    yield _block(scale.y(0), epidermis, pen.colour("line"))
    ends, reached = data.dermis_end_mm, data.reached_mm
    yield _block(
        scale.y(ends.low), scale.y(ends.high), pen.colour("edge"), opacity=0.22, class_="dermis-end"
    )
    yield _block(
        scale.y(reached.low),
        scale.y(reached.high),
        pen.colour("accent"),
        opacity=0.3,
        class_="reached",
    )


def _needles(pen: Pen, data: SectionData, scale: _Scale) -> Iterator[str]:
    width = scale.per_mm * data.needle_diameter_mm if data.needle_diameter_mm else 2 * _HAIR
    tip = scale.y(data.reached_mm.middle)
    shoulder = max(scale.y(0) - 12, tip - 1.6 * width)
    for share in _NEEDLES:
        x = _LEFT + share * (_RIGHT - _LEFT)
        left, right = number(x - width / 2), number(x + width / 2)
        top, neck = number(scale.y(0) - 14), number(shoulder)
        path = f"M{left} {top}V{neck}L{number(x)} {number(tip)}L{right} {neck}V{top}"
        ink = pen.colour("ink")
        yield element("path", d=path, fill=pen.colour("paper"), stroke=ink, stroke_width=_HAIR)


def _lines(pen: Pen, data: SectionData, scale: _Scale) -> Iterator[str]:
    dial = pen.colour("accent")
    for depth, colour, dashes, weight in (
        (0.0, pen.colour("ink"), None, 1.6),
        (data.dermis_end_mm.middle, pen.colour("ink"), "2 3", _HAIR),
        (data.reached_mm.middle, dial, "6 3", 1.6),
        (data.set_depth_mm, dial, None, 2.2),
    ):
        path = f"M{number(_LEFT - 6)} {number(scale.y(depth))}H{number(_RIGHT + 6)}"
        yield element("path", d=path, stroke=colour, stroke_width=weight, stroke_dasharray=dashes)


def _ruler(pen: Pen, scale: _Scale, deepest: float) -> Iterator[str]:
    quiet = pen.colour("quiet")
    for step in range(int(deepest / _STEP_MM) + 1):
        depth = step * _STEP_MM
        y, is_named = scale.y(depth), step % 2 == 0
        path = f"M{number(_LEFT - (14 if is_named else 10))} {number(y)}H{number(_LEFT - 6)}"
        yield element("path", d=path, stroke=quiet, stroke_width=1)
        if is_named:
            label = f"{depth:.1f}"
            yield pen.text(label, _LEFT - 18, y + 5, size=_SIZE, fill=quiet, anchor="end")
    yield pen.text("mm", _LEFT - 18, scale.top - 12, size=_SIZE, fill=quiet, anchor="end")


def _labels(data: SectionData, scale: _Scale, bottom: float) -> Iterator[tuple[float, str, str]]:
    """Line by line where a name stands: pushed apart so that none covers another."""
    ends, reached = data.dermis_end_mm, data.reached_mm
    wanted = [
        (scale.y(data.epidermis_mm.middle / 2), "epidermis", "quiet"),
        (scale.y((data.epidermis_mm.middle + reached.low) / 2), "dermis", "quiet"),
        (scale.y(reached.middle), f"needles end {reached.low:.2f} to {reached.high:.2f}", "accent"),
        (scale.y(data.set_depth_mm), f"dial {data.set_depth_mm:.2f}", "accent"),
        (scale.y(ends.middle), f"dermis ends {ends.low:.2f} to {ends.high:.2f}", "ink"),
        (bottom - _GAP, f"beneath: {data.beneath}", "quiet"),
    ]
    lowest = 0.0
    for y, content, token in sorted(wanted, key=lambda label: label[0]):
        top = max(y, lowest)
        for line in wrapped(content, _SIZE, _WIDTH - _RIGHT - 26):
            yield top, line, token
            top += _LINE_HEIGHT
        lowest = top + _GAP - _LINE_HEIGHT
