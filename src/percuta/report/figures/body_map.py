"""The body map: set depth by zone, on our own drawing."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.facts.vocabulary import Level, Zone
from percuta.report import wording
from percuta.report.figures.drawing import (
    UNDER_THE_ZONES,
    Drawing,
    Shape,
    View,
    drawing,
)
from percuta.report.figures.linework import drawn_line, weight_of
from percuta.report.figures.palette import DEPTH_STEPS_MM, Theme, depth_paint, number_paint
from percuta.report.figures.svg import Pen, element, number, width_of, wrapped
from percuta.report.figures.table import DataTable

HELD_WORD = {Level.STOP: "stopped", Level.REFER: "referred", Level.DEFER: "deferred"}
NO_DEPTH_WORD = "no depth set"

_CAP = 0.72
_CLEAR = 0.7


@dataclass(frozen=True, kw_only=True)
class MapZone:
    """One zone of a plan, as the map shows it.

    ``depth_mm`` is the set depth [mm], above 0, or ``None`` where none is set. ``held`` (stop,
    refer or defer) says that the zone must not be needled now; it then has no depth. ``was_mm``
    is what was set the last time, shown where it differs.
    """

    zone: Zone
    name: str
    depth_mm: float | None = None
    held: Level | None = None
    was_mm: float | None = None

    @property
    def ghost(self) -> str:
        """The depth of the last time in words, where it was another one; else nothing."""
        if self.was_mm is None or self.was_mm == self.depth_mm:
            return ""
        return f"was {in_zone(self.was_mm)}"

    @property
    def word(self) -> str:
        """The depth with two decimals, or the word that stands for it."""
        if self.held is not None:
            return HELD_WORD[self.held]
        return NO_DEPTH_WORD if self.depth_mm is None else wording.depth(self.depth_mm)


def body_map(
    view: View,
    zones: Iterable[MapZone],
    *,
    theme: Theme = Theme.PAGE,
    name: str = "map",
    selected: Zone | None = None,
    has_scale: bool = True,
    has_numbers: bool = True,
    link: Callable[[Zone], str] | None = None,
) -> str:
    """A view of the body with the set depth printed in every planned zone, as SVG.

    A zone with a depth has the colour of its depth; one that is held is hatched; one without a
    depth has a dashed edge; every other zone is plain. Zones that the view does not show are
    left out here and stand in the table.

    Parameters
    ----------
    view : View
        Which picture; see ``views_showing``.
    zones : iterable of MapZone
        Each zone at most once.
    theme : Theme
        The page's own tokens, or concrete colours where none can be had.
    name : str
        Keeps the ids of several figures on one page apart.
    selected : Zone, optional
        A zone drawn with a heavy outline.
    has_scale : bool
        Whether the depth scale and the note on sides stand under the drawing.
    has_numbers : bool
        Whether depths and sides are printed; without them the drawing can be small.
    link : callable, optional
        The address that a zone given here leads to. The map is then a group of links, each named
        with its depth, and a page can move about by it without a script. A page shows the focus
        by painting ``.halo`` and, over it, ``.ring``.

    Raises
    ------
    FigureError
        If a zone comes twice, or has a depth that cannot be set.
    """
    planned = _checked(zones)
    picture = drawing(view)
    pen = Pen(theme, f"{name}-{view}")
    shown = [planned[shape.zone] for shape in picture.shapes if shape.zone in planned]
    legend, height = _legend(pen, picture, shown) if has_scale else ("", 0.0)
    x, y, width, drawn = picture.box
    drawn_zones = "".join(_ground(pen, picture, planned))
    above = "".join(_above(pen, picture, planned, selected, has_numbers=has_numbers))
    links = "".join(_links(picture, planned, link)) if link is not None else ""
    return pen.figure(
        drawn_zones + above + links + legend,
        title=f"{picture.name}: set depth by zone, in mm",
        description=_description(picture, shown),
        box=(x, y, width, drawn + height),
        class_="body-map",
        definitions=_hatch(pen, picture),
        role="img" if link is None else "group",
    )


def body_map_table(zones: Iterable[MapZone], view: View | None = None) -> DataTable:
    """The map's zones and depths as a table; of one view, or of all together."""
    planned = _checked(zones).values()
    shown = {shape.zone for shape in drawing(view).shapes} if view else set(Zone)
    where = f"{drawing(view).name}: s" if view else "S"
    has_past = any(zone.was_mm is not None for zone in planned)
    return DataTable(
        caption=f"{where}et depth by zone",
        header=("Zone", "Set depth, mm", *(("Last time, mm",) if has_past else ())),
        rows=tuple(
            (zone.name, zone.word, *((_past(zone),) if has_past else ()))
            for zone in planned
            if zone.zone in shown
        ),
    )


def _past(zone: MapZone) -> str:
    return "" if zone.was_mm is None else wording.depth(zone.was_mm)


def _checked(zones: Iterable[MapZone]) -> dict[Zone, MapZone]:
    planned: dict[Zone, MapZone] = {}
    faults = []
    for zone in zones:
        if zone.zone in planned:
            faults.append(f"zone {zone.zone}: stands twice; give it once")
        planned[zone.zone] = zone
        faults += _faults(zone)
    if faults:
        raise FigureError(faults)
    return planned


def _faults(zone: MapZone) -> Iterator[str]:
    depth = zone.depth_mm
    if zone.held is not None and zone.held not in HELD_WORD:
        yield f"zone {zone.zone}: held by '{zone.held}', which holds nothing"
    if zone.held is not None and depth is not None:
        yield f"zone {zone.zone}: is held and has a depth of {depth} mm; leave one out"
    for value in (depth, zone.was_mm):
        if value is not None and not (math.isfinite(value) and value > 0):
            yield f"zone {zone.zone}: depth {value} mm should be a number above 0"


def _ground(pen: Pen, picture: Drawing, planned: Mapping[Zone, MapZone]) -> Iterator[str]:
    weight = weight_of(picture)
    yield from (
        drawn_line(pen, line, weight) for line in picture.lines if line.kind in UNDER_THE_ZONES
    )
    yield from (_zone(pen, shape, planned.get(shape.zone), weight) for shape in picture.shapes)


def _above(
    pen: Pen,
    picture: Drawing,
    planned: Mapping[Zone, MapZone],
    selected: Zone | None,
    *,
    has_numbers: bool,
) -> Iterator[str]:
    weight = weight_of(picture)
    chosen = [shape for shape in picture.shapes if shape.zone is selected]
    numbered = [shape for shape in picture.shapes if shape.zone in planned]
    undecided = [shape for shape in numbered if _look(pen, planned[shape.zone])[0] == "open"]
    dashes = number(3.5 * weight)
    yield from (_outline(pen, shape, 1.4 * weight, dashes) for shape in undecided)
    over = (line for line in picture.lines if line.kind not in UNDER_THE_ZONES)
    yield from (drawn_line(pen, line, weight) for line in over)
    yield from (_outline(pen, shape, 2.4 * weight) for shape in chosen)
    if not has_numbers:
        return
    yield from (_number(pen, picture, shape, planned[shape.zone]) for shape in numbered)
    size = picture.number_size * 1.15
    for letter, (x, y) in picture.marks:
        yield pen.centred(letter, x, y, size=size, fill=pen.colour("quiet"), is_bold=False)


def _links(
    picture: Drawing, planned: Mapping[Zone, MapZone], link: Callable[[Zone], str]
) -> Iterator[str]:
    """Over everything, so that no neighbour hides the mark of the zone that has the focus."""
    for shape in picture.shapes:
        zone = planned.get(shape.zone)
        if zone is not None:
            halo, ring = (_bare(shape, class_) for class_ in ("halo", "ring"))
            name = f"{zone.name}: {_spoken(zone)}"
            href = link(shape.zone)
            yield element("a", halo + ring, href=href, class_="zone-link", aria_label=name)


def _bare(shape: Shape, class_: str) -> str:
    return element(
        "path",
        class_=class_,
        fill="none",
        fill_rule="evenodd",
        pointer_events="all",
        stroke_linejoin="round",
        d=shape.path,
    )


def _hatch(pen: Pen, picture: Drawing) -> str:
    weight = weight_of(picture)
    return pen.hatch(
        "held",
        gap=6 * weight,
        ground=pen.colour("off"),
        ink=pen.colour("feature"),
        weight=1.1 * weight,
    )


def _zone(pen: Pen, shape: Shape, planned: MapZone | None, weight: float) -> str:
    class_, fill = _look(pen, planned)
    return element(
        "path",
        id=pen.id_of(shape.zone),
        class_=f"zone {class_}",
        data_zone=shape.zone,
        fill=fill,
        fill_rule="evenodd",
        stroke=pen.colour("seam"),
        stroke_width=1.7 * weight,
        stroke_linejoin="round",
        d=shape.path,
    )


def _look(pen: Pen, planned: MapZone | None) -> tuple[str, str]:
    if planned is None:
        return "off", pen.colour("off")
    if planned.held is not None:
        return "held", pen.filled_with("held")
    if planned.depth_mm is None:
        return "open", pen.colour("off")
    return "planned", depth_paint(planned.depth_mm, pen.theme)


def _outline(pen: Pen, shape: Shape, weight: float, dashes: str | None = None) -> str:
    return element(
        "path",
        fill="none",
        stroke=pen.colour("feature"),
        stroke_width=weight,
        stroke_linejoin="round",
        stroke_dasharray=dashes,
        d=shape.path,
    )


def _number(pen: Pen, picture: Drawing, shape: Shape, planned: MapZone) -> str:
    if planned.held is not None or planned.depth_mm is None:
        return ""
    text, size = in_zone(planned.depth_mm), picture.number_size
    if shape.aside is None or _fits(shape, shape.number, text, size):
        x, y = shape.number
        fill = number_paint(planned.depth_mm, pen.theme)
        number_drawn = pen.centred(text, x, y, size=size, fill=fill)
        return number_drawn + _ghost(pen, shape, planned, size, fill)
    (x, y), target = shape.aside.number, shape.aside.target
    return _leader(pen, picture, (x, y), target, text) + pen.centred(
        text, x, y, size=size, fill=pen.colour("ink")
    )


def _ghost(pen: Pen, shape: Shape, planned: MapZone, size: float, fill: str) -> str:
    """What was set the last time, under or over the number; the table has it where no room is."""
    x, y = shape.number
    for place in ((x, y + 1.15 * size), (x, y - 1.15 * size)):
        if planned.ghost and _fits(shape, place, planned.ghost, size):
            return pen.centred(planned.ghost, *place, size=size, fill=fill, is_bold=False)
    return ""


def in_zone(depth_mm: float) -> str:
    """A depth as a zone has room for it: 1.5, 0.25, 1.0."""
    return wording.depth(depth_mm).removesuffix("0")


def _fits(shape: Shape, place: tuple[float, float], text: str, size: float) -> bool:
    """Whether the box round a text lies wholly in its zone."""
    x, y = place
    half = width_of(text, size, is_bold=True) / 2 + _CLEAR
    rise = size * _CAP / 2 + _CLEAR
    steps = (-1.0, -0.5, 0.0, 0.5, 1.0)
    return all(
        shape.holds((x + across * half, y + down * rise)) for across in steps for down in steps
    )


def _leader(
    pen: Pen,
    picture: Drawing,
    start: tuple[float, float],
    target: tuple[float, float],
    text: str,
) -> str:
    """A line from the number's near edge to a dot in its zone."""
    (x, y), (tx, ty) = start, target
    size = picture.number_size
    half = width_of(text, size, is_bold=True) / 2 + 2
    rise = size * _CAP / 2 + 3
    reach = min(
        half / abs(tx - x) if tx != x else math.inf, rise / abs(ty - y) if ty != y else math.inf
    )
    edge = (x + (tx - x) * reach, y + (ty - y) * reach)
    weight = weight_of(picture)
    d = f"M{number(edge[0])} {number(edge[1])}L{number(tx)} {number(ty)}"
    ink = pen.colour("feature")
    line = element("path", d=d, fill="none", stroke=pen.colour("ink"), stroke_width=weight)
    return line + element("circle", cx=tx, cy=ty, r=1.8 * weight, fill=ink)


def _legend(pen: Pen, picture: Drawing, shown: Sequence[MapZone]) -> tuple[str, float]:
    """The depth scale with its words, and how much room they take under the drawing."""
    x, y, width, height = picture.box
    size = picture.number_size
    top = y + height + size
    parts = [pen.text(f"{picture.name}. Set depth, mm", x + size, top, size=size)]
    top += 0.7 * size
    step = (width - 2 * size) / len(DEPTH_STEPS_MM)
    for place, depth_mm in enumerate(DEPTH_STEPS_MM):
        left = x + size + place * step
        parts.append(
            element(
                "rect",
                x=left,
                y=top,
                width=step,
                height=0.9 * size,
                fill=depth_paint(depth_mm, pen.theme),
            )
        )
        parts.append(
            pen.text(
                in_zone(depth_mm),
                left + step / 2,
                top + 2.05 * size,
                size=size,
                anchor="middle",
                fill=pen.colour("quiet"),
            )
        )
    top += 2.05 * size
    for line in wrapped(_notes(picture, shown), size, width - 2 * size):
        top += 1.4 * size
        parts.append(pen.text(line, x + size, top, size=size, fill=pen.colour("quiet")))
    return "".join(parts), top + 0.6 * size - (y + height)


def _notes(picture: Drawing, shown: Sequence[MapZone]) -> str:
    notes = [picture.note]
    if any(zone.held is not None for zone in shown):
        notes.append("Hatched: not to be needled now.")
    if any(zone.held is None and zone.depth_mm is None for zone in shown):
        notes.append("Dashed: no depth set.")
    return " ".join(notes)


def _description(picture: Drawing, shown: Sequence[MapZone]) -> str:
    said = [f"{zone.name}: {_spoken(zone)}" for zone in shown]
    zones = "; ".join(said) if said else "no zone of this view is planned"
    return f"{picture.note} {zones}."


def _spoken(zone: MapZone) -> str:
    has_depth = zone.held is None and zone.depth_mm is not None
    ghost = f", {zone.ghost}" if zone.ghost else ""
    return f"{zone.word} mm{ghost}" if has_depth else zone.word
