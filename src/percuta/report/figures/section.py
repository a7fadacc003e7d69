"""The section: this skin at this zone, to scale, with the dial and where needles truly end."""

from collections.abc import Iterator
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.planning.depth.reached_depth import Ends, NestedRanges, Range
from percuta.report import wording
from percuta.report.figures.margin import Label, Margin
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element, number, wrapped
from percuta.report.figures.table import DataTable
from percuta.report.figures.texture import Patch, fibres, hatch, lobules

# Three hundred and sixty units: a phone shows a unit as a pixel, so that 12.5 stays readable.
_WIDTH, _LEFT, _RIGHT, _LABELS = 360.0, 42.0, 204.0, 226.0
_PER_MM, _CLOSE_PER_MM = 120.0, 100.0
_SIZE, _LINE_HEIGHT, _GAP = 12.5, 15.5, 4.0
_HEADING = 15.0
_ABOVE = 30.0
_LEAST_MM, _BELOW_MM, _STEP_MM = 1.5, 0.3, 0.25
_NEEDLES = (0.2, 0.5, 0.8)
_HAIR = 1.2
_TAPER = 1.9
_KEY = "Toned: where needles end. Hatched: where the dermis ends. Half, 4 in 5, 19 in 20."
_BAND_OPACITY = 0.24
_GAPS = (9.0, 4.5, 3.0)


@dataclass(frozen=True, kw_only=True)
class SectionData:
    """What a section shows; every depth in mm below the surface.

    ``has_fat_beneath`` says whether fat is the first thing under the dermis; only then is it
    drawn. ``needle_diameter_mm`` is ``None`` where nobody published it: needles are then thin
    lines. ``is_set`` is false while nobody has chosen: shown is the deepest that is allowed.
    """

    zone: str
    set_depth_mm: float
    epidermis_mm: Range
    dermis_end_mm: NestedRanges
    reached_mm: NestedRanges
    beneath: str
    has_fat_beneath: bool
    limit_mm: float
    limit_label: str
    needle_diameter_mm: float | None = None
    is_set: bool = True


@dataclass(frozen=True)
class _Scale:
    """One scale for skin, needles and bands; ``floor`` is where the drawn skin ends."""

    per_mm: float
    top: float
    deepest_mm: float

    @property
    def floor(self) -> float:
        """Where the drawing of the skin ends."""
        return self.y(self.deepest_mm + _BELOW_MM)

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
    """The cross-section as SVG: layers, needles, dial, and the bands where needles end.

    Skin, needles and bands share one scale. The three needles are drawn to the middle of where
    needles end and to both ends of the band that holds half of them, never to the dial: the gap
    between the two is the lesson. Where needles end is toned, where the dermis ends is hatched,
    so that neither hides the other, in grey either. The picture is made for 300 to 520 px.

    ``is_close`` draws it lower and without its heading, for a page that says both beside it.

    Raises
    ------
    FigureError
        If a depth is not above zero.
    """
    _check(data)
    pen = Pen(theme, name)
    heading, top = ("", 0.0) if is_close else _heading(pen, data)
    scale = _Scale(_CLOSE_PER_MM if is_close else _PER_MM, top + _ABOVE, _deepest(data))
    labels, bottom = _margin(scale).drawn(pen, list(_labels(data, scale)))
    drawn = (
        *_layers(pen, data, scale),
        *_bands(pen, data, scale),
        *_needles(pen, data, scale),
        *_lines(pen, data, scale),
        *_ruler(pen, scale),
    )
    key, height = _key(pen, max(scale.floor, bottom))
    return pen.figure(
        heading + "".join(drawn) + labels + key,
        title=f"{data.zone}: where needles end, in mm",
        description=_description(data),
        box=(0, 0, _WIDTH, height),
        class_="section",
    )


def section_table(data: SectionData) -> DataTable:
    """The section's figures as a table."""
    epidermis, limit = data.epidermis_mm, f"Limit: {data.limit_label}"
    nine_in_ten = _span(epidermis.low, epidermis.high)
    rows = (
        ("Epidermis ends (9 in 10)", wording.depth(epidermis.middle), "", "", nine_in_ten),
        _row("Needles end", data.reached_mm),
        _row("Dermis ends", data.dermis_end_mm),
        ("Dial", wording.depth(data.set_depth_mm), "", "", ""),
        (limit, wording.depth(data.limit_mm), "", "", ""),
    )
    return DataTable(
        caption=f"{data.zone}: depth below the surface, mm",
        header=("", "middle", "half", "4 in 5", "19 in 20"),
        rows=rows,
    )


def _row(what: str, bands: NestedRanges) -> tuple[str, ...]:
    outer, middle, inner = (_span(ends.low, ends.high) for ends in _inward(bands))
    return what, wording.depth(bands.middle), inner, middle, outer


def _span(low: float, high: float) -> str:
    return f"{wording.depth(low)} to {wording.depth(high)}"


def _inward(bands: NestedRanges) -> tuple[Ends, Ends, Ends]:
    return bands.nineteen_in_twenty, bands.four_in_five, bands.half


def _check(data: SectionData) -> None:
    values = {
        "set_depth_mm": data.set_depth_mm,
        "limit_mm": data.limit_mm,
        "dermis_end_mm": data.dermis_end_mm.nineteen_in_twenty.low,
        "epidermis_mm": data.epidermis_mm.low,
    }
    faults = [
        f"{data.zone}: {key} {value} is not above 0"
        for key, value in values.items()
        if not value > 0
    ]
    if faults:
        raise FigureError(faults)


def _deepest(data: SectionData) -> float:
    ends = (data.dermis_end_mm.nineteen_in_twenty.high, data.reached_mm.nineteen_in_twenty.high)
    return max(*ends, data.set_depth_mm, data.limit_mm, _LEAST_MM)


def _description(data: SectionData) -> str:
    reached, ends = data.reached_mm, data.dermis_end_mm
    dial = (
        f"The dial says {data.set_depth_mm:.2f} mm."
        if data.is_set
        else f"No depth is set; shown for {data.set_depth_mm:.2f} mm."
    )
    return (
        f"{dial} Half of all needles end between "
        f"{_and(reached.half)}, 19 in 20 between {_and(reached.nineteen_in_twenty)}. In half of "
        f"all people the dermis ends between {_and(ends.half)}, in 19 of 20 between "
        f"{_and(ends.nineteen_in_twenty)}; beneath: {data.beneath}. The limit is "
        f"{data.limit_mm:.2f} mm: {data.limit_label}."
    )


def _and(ends: Ends) -> str:
    return f"{ends.low:.2f} and {ends.high:.2f} mm"


def _heading(pen: Pen, data: SectionData) -> tuple[str, float]:
    depth = f"{data.set_depth_mm:.2f} mm"
    told = f"{depth} on the dial" if data.is_set else f"no depth set, shown for {depth}"
    said = f"{data.zone}: {told}"
    lines = wrapped(said, _HEADING, _WIDTH)
    return pen.lines(lines, 0, 17, size=_HEADING, step=19), 6.0 + 19 * len(lines)


def _block(class_: str, top: float, bottom: float, fill: str, opacity: float | None = None) -> str:
    return element(
        "rect",
        class_=class_,
        x=_LEFT,
        y=top,
        width=_RIGHT - _LEFT,
        height=max(bottom - top, 0.0),
        fill=fill,
        fill_opacity=opacity,
    )


def _layers(pen: Pen, data: SectionData, scale: _Scale) -> Iterator[str]:
    """Skin by layer; textures only where the layer is sure, so that a hatch between stays clear."""
    epidermis = scale.y(data.epidermis_mm.middle)
    unsure = data.dermis_end_mm.nineteen_in_twenty
    yield _block("skin", epidermis, scale.y(unsure.high), pen.colour("sunk"))
    yield fibres(pen, Patch(_LEFT, epidermis, _RIGHT, scale.y(unsure.low)))
    if data.has_fat_beneath:
        yield lobules(pen, Patch(_LEFT, scale.y(unsure.high) + 3, _RIGHT, scale.floor))
    yield _block("epidermis", scale.y(0), epidermis, pen.colour("edge"), 0.55)
    for x in (_LEFT, _RIGHT):
        path = f"M{number(x)} {number(scale.y(0))}V{number(scale.floor)}"
        yield element("path", d=path, stroke=pen.colour("edge"), stroke_width=0.8)


def _bands(pen: Pen, data: SectionData, scale: _Scale) -> Iterator[str]:
    for place, ends in enumerate(_inward(data.reached_mm)):
        top, bottom = scale.y(ends.low), scale.y(ends.high)
        yield _block(f"reached b{place + 1}", top, bottom, pen.colour("accent"), _BAND_OPACITY)
    outer, middle, inner = _inward(data.dermis_end_mm)
    for gap, low, high in (
        (_GAPS[0], outer.low, middle.low),
        (_GAPS[1], middle.low, inner.low),
        (_GAPS[2], inner.low, inner.high),
        (_GAPS[1], inner.high, middle.high),
        (_GAPS[0], middle.high, outer.high),
    ):
        patch = Patch(_LEFT, scale.y(low), _RIGHT, scale.y(high))
        yield hatch(pen, patch, gap=gap, class_=f"dermis-end g{_GAPS.index(gap) + 1}")


def _needles(pen: Pen, data: SectionData, scale: _Scale) -> Iterator[str]:
    width = scale.per_mm * data.needle_diameter_mm if data.needle_diameter_mm else 2 * _HAIR
    half = data.reached_mm.half
    for share, depth in zip(_NEEDLES, (half.high, data.reached_mm.middle, half.low), strict=True):
        tip, top = scale.y(depth), scale.y(0) - _ABOVE + 4
        x, neck = _LEFT + share * (_RIGHT - _LEFT), max(top, tip - _TAPER * width)
        left, right = number(x - width / 2), number(x + width / 2)
        path = (
            f"M{left} {number(top)}V{number(neck)}L{number(x)} {number(tip)}"
            f"L{right} {number(neck)}V{number(top)}"
        )
        ink = pen.colour("ink")
        yield element(
            "path",
            class_="needle",
            d=path,
            fill=pen.colour("paper"),
            stroke=ink,
            stroke_width=_HAIR,
            stroke_linejoin="round",
        )


def _lines(pen: Pen, data: SectionData, scale: _Scale) -> Iterator[str]:
    ink, accent = pen.colour("ink"), pen.colour("accent")
    yield _line("surface", scale.y(0), ink, 1.6, left=_LEFT - 4)
    yield _line("dermis-middle", scale.y(data.dermis_end_mm.middle), ink, 1.6, dashes="1.6 3")
    yield from _limit(pen, scale.y(data.limit_mm))
    yield _line("dial", scale.y(data.set_depth_mm), accent, 2.2, left=_LEFT - 4)


def _line(
    class_: str,
    y: float,
    stroke: str,
    weight: float,
    *,
    left: float = _LEFT,
    dashes: str | None = None,
) -> str:
    return element(
        "path",
        class_=class_,
        d=f"M{number(left)} {number(y)}H{number(_RIGHT)}",
        fill="none",
        stroke=stroke,
        stroke_width=weight,
        stroke_dasharray=dashes,
    )


def _limit(pen: Pen, y: float) -> Iterator[str]:
    """A long dash across, and at both edges a stop that the dial line cannot cover."""
    ink = pen.colour("ink")
    yield _line("limit", y, ink, _HAIR, dashes="9 4")
    for x in (_LEFT, _RIGHT):
        path = f"M{number(x - 5)} {number(y)}h10v5h-10z"
        yield element("path", class_="stop", d=path, fill=ink)


def _ruler(pen: Pen, scale: _Scale) -> Iterator[str]:
    quiet, edge = pen.colour("quiet"), _LEFT - 5
    for step in range(int(scale.deepest_mm / _STEP_MM) + 1):
        depth = step * _STEP_MM
        y, is_named = scale.y(depth), step % 2 == 0
        path = f"M{number(edge - (6 if is_named else 3))} {number(y)}H{number(edge)}"
        yield element("path", d=path, stroke=quiet, stroke_width=1)
        if is_named:
            label = f"{depth:.1f}"
            yield pen.text(label, edge - 9, y + 4.5, size=_SIZE, fill=quiet, anchor="end")
    yield pen.text("mm", edge - 9, scale.top - 16, size=_SIZE, fill=quiet, anchor="end")


def _margin(scale: _Scale) -> Margin:
    return Margin(
        foot=_RIGHT + 7,
        left=_LABELS,
        width=_WIDTH - _LABELS,
        top=scale.top - _ABOVE + 4,
        size=_SIZE,
        line_height=_LINE_HEIGHT,
        gap=_GAP,
    )


def _key(pen: Pen, below: float) -> tuple[str, float]:
    """What tone and hatch mean, and how far down the words reach."""
    top, lines = below + 1.6 * _SIZE, wrapped(_KEY, _SIZE, _WIDTH)
    drawn = pen.lines(lines, 0, top, size=_SIZE, step=_LINE_HEIGHT, fill=pen.colour("quiet"))
    return drawn, top + (len(lines) - 1) * _LINE_HEIGHT + 6


def _labels(data: SectionData, scale: _Scale) -> Iterator[Label]:
    reached, ends = data.reached_mm, data.dermis_end_mm
    epidermis = data.epidermis_mm.middle
    first_mm = min(reached.nineteen_in_twenty.low, ends.nineteen_in_twenty.low)
    yield Label(scale.y(epidermis / 2), "epidermis", "quiet")
    yield Label(scale.y((epidermis + first_mm) / 2), "dermis", "quiet")
    yield Label(scale.y(reached.middle), _told(reached), "accent", "needles end")
    dial = "dial" if data.is_set else "if set to"
    yield Label(scale.y(data.set_depth_mm), f"{dial} {data.set_depth_mm:.2f}", "accent")
    limited_by = data.limit_label.partition(":")[0]
    yield Label(scale.y(data.limit_mm), f"limit {data.limit_mm:.2f}, {limited_by}", "ink")
    yield Label(scale.y(ends.middle), _told(ends), "ink", "dermis ends")
    beneath = (ends.nineteen_in_twenty.high + scale.deepest_mm + _BELOW_MM) / 2
    yield Label(scale.y(beneath), f"beneath: {data.beneath}", "quiet")


def _told(bands: NestedRanges) -> str:
    outer = bands.nineteen_in_twenty
    return f"{outer.low:.2f} to {outer.high:.2f}"
