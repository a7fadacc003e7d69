"""The one pen behind every map of the body: widths and paints of the lines that are no zone."""

from percuta.report.figures.drawing import Drawing, Kind, Line
from percuta.report.figures.svg import Pen, element

_FILL = {
    Kind.HAIR: "hair",
    Kind.SKIN: "skin",
    Kind.EAR: "off",
    Kind.LIPS: "skin",
    Kind.BROW: "brow",
}
# Paint, width and opacity of the lines that are only stroked, and of the lips' edge.
_STROKE = {
    Kind.LIPS: ("feature", 0.9, None),
    Kind.SOFT: ("feature", 0.9, 0.5),
    Kind.FINE: ("ink", 0.9, 0.42),
    Kind.SHELL: ("feature", 0.9, 0.42),
    Kind.INK: ("ink", 1.35, None),
    Kind.FEATURE: ("feature", 1.35, None),
}


def drawn_line(pen: Pen, line: Line, weight: float) -> str:
    """A line of the drawing, as the one pen draws it."""
    fill = _FILL.get(line.kind)
    token, width, opacity = _STROKE.get(line.kind, (None, 0.0, None))
    return element(
        "path",
        class_=f"drawn {line.kind}",
        fill=pen.colour(fill) if fill else "none",
        stroke=pen.colour(token) if token else None,
        stroke_width=width * weight if token else None,
        stroke_opacity=opacity,
        stroke_linecap="round" if token else None,
        stroke_linejoin="round" if token else None,
        d=line.path,
    )


def weight_of(picture: Drawing) -> float:
    """Line widths grow with the picture's units, so that all views look drawn by one pen."""
    return picture.box[2] / 336
