"""The body map of a conversation: every zone can be pressed, and shows how much bothers there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from percuta.errors import FigureError
from percuta.facts.vocabulary import Zone
from percuta.report.figures.drawing import UNDER_THE_ZONES, Drawing, Shape, View, drawing
from percuta.report.figures.linework import drawn_line, weight_of
from percuta.report.figures.palette import Theme
from percuta.report.figures.svg import Pen, element

_GRADES = range(1, 5)


@dataclass(frozen=True, kw_only=True)
class PressedZone:
    """One zone as the map shows it.

    ``said`` words what bothers there, ``severity`` is the gravest of it from 1 mild to 4 severe
    or ``None``; ``address`` is where a press leads.
    """

    zone: Zone
    name: str
    address: str
    said: str = ""
    severity: int | None = None
    is_chosen: bool = False


def concern_map(view: View, zones: Iterable[PressedZone], *, theme: Theme = Theme.PAGE) -> str:
    """A view of the body in which each zone is a link, as SVG.

    A zone where something bothers has a wash and its severity printed in it; a chosen one is
    marked ``is-chosen``, for the page to show.

    Raises
    ------
    FigureError
        If the view shows a zone that is not among those given, or a severity is no grade.
    """
    picture, pen = drawing(view), Pen(theme, f"concerns-{view}")
    given = {zone.zone: zone for zone in zones}
    faults = tuple(_faults(picture, given))
    if faults:
        raise FigureError(faults)
    under = (line for line in picture.lines if line.kind in UNDER_THE_ZONES)
    over = (line for line in picture.lines if line.kind not in UNDER_THE_ZONES)
    weight = weight_of(picture)
    above = "".join([*(drawn_line(pen, line, weight) for line in over), *_sides(pen, picture)])
    body = [
        *(drawn_line(pen, line, weight) for line in under),
        *(_link(pen, picture, shape, given[shape.zone]) for shape in picture.shapes),
        element("g", above, pointer_events="none"),
    ]
    return pen.figure(
        "".join(body),
        title=f"{picture.name}: what bothers where",
        description=f"{picture.note} Press a zone to choose it.",
        box=picture.box,
        class_="concern-map",
        role="group",
    )


def _faults(picture: Drawing, given: Mapping[Zone, PressedZone]) -> Iterator[str]:
    for shape in picture.shapes:
        if shape.zone not in given:
            yield f"zone {shape.zone}: the view shows it, so it needs its address"
    for zone in given.values():
        if zone.severity is not None and zone.severity not in _GRADES:
            yield f"zone {zone.zone}: severity {zone.severity} is none of 1 to 4"


def _link(pen: Pen, picture: Drawing, shape: Shape, zone: PressedZone) -> str:
    path = element(
        "path",
        id=pen.id_of(shape.zone),
        class_="zone",
        fill=pen.colour("wash" if zone.severity else "off"),
        fill_rule="evenodd",
        stroke=pen.colour("edge"),
        stroke_width=0.9 * weight_of(picture),
        stroke_linejoin="round",
        d=shape.path,
    )
    grade = ""
    if zone.severity is not None:
        x, y = shape.number
        size, ink = picture.number_size, pen.colour("ink")
        grade = pen.centred(str(zone.severity), x, y, size=size, fill=ink)
    return element(
        "a",
        path + grade,
        href=zone.address,
        class_="zone-link is-chosen" if zone.is_chosen else "zone-link",
        data_zone=zone.zone,
        aria_label=f"{zone.name}: {zone.said or 'nothing said'}",
    )


def _sides(pen: Pen, picture: Drawing) -> Iterator[str]:
    size = picture.number_size * 1.15
    for letter, (x, y) in picture.marks:
        yield pen.centred(letter, x, y, size=size, fill=pen.colour("quiet"), is_bold=False)
