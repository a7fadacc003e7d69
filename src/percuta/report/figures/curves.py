"""Smooth lines through points: the one kind of line that every drawing here is made of.

Zones that are neighbours are loops over the very same edge, so that they meet without a gap.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

Point = tuple[float, float]
Segment = tuple[Point, Point, Point, Point]
Edge = tuple[Segment, ...]

_MEETS = 0.05
_STEPS = 12


def spline(
    points: Sequence[Point], *, start: Point | None = None, end: Point | None = None
) -> Edge:
    """Cubic segments through ``points``, smooth at every inner point.

    Parameters
    ----------
    points : sequence of Point
        Two or more, none twice in a row.
    start, end : Point, optional
        The direction at the first and at the last point; left to the curve where not given.
    """
    tangents = _tangents(points, start, end)
    segments = []
    for (p, t), (q, u) in pairwise(zip(points, tangents, strict=True)):
        third = math.dist(p, q) / 3
        leaving = (p[0] + t[0] * third, p[1] + t[1] * third)
        arriving = (q[0] - u[0] * third, q[1] - u[1] * third)
        segments.append((p, leaving, arriving, q))
    return tuple(segments)


def _tangents(points: Sequence[Point], start: Point | None, end: Point | None) -> list[Point]:
    inner = [_through(*three) for three in zip(points, points[1:], points[2:], strict=False)]
    first, last = points[0], points[-1]
    if not inner:
        along = _unit((last[0] - first[0], last[1] - first[1]))
        return [_unit(start) if start else along, _unit(end) if end else along]
    head = _unit(start) if start else _natural(first, points[1], inner[0])
    tail = _unit(end) if end else _natural(points[-2], last, inner[-1])
    return [head, *inner, tail]


def _through(p: Point, q: Point, r: Point) -> Point:
    a, b = math.dist(p, q), math.dist(q, r)
    return (
        (q[0] - p[0]) / a * (b / (a + b)) + (r[0] - q[0]) / b * (a / (a + b)),
        (q[1] - p[1]) / a * (b / (a + b)) + (r[1] - q[1]) / b * (a / (a + b)),
    )


def _natural(p: Point, q: Point, tangent: Point) -> Point:
    length = math.dist(p, q)
    return _unit((2 * (q[0] - p[0]) / length - tangent[0], 2 * (q[1] - p[1]) / length - tangent[1]))


def _unit(vector: Point) -> Point:
    length = math.hypot(*vector) or 1.0
    return vector[0] / length, vector[1] / length


def reverse(edge: Edge) -> Edge:
    """The same line, walked the other way."""
    return tuple((d, c, b, a) for a, b, c, d in reversed(edge))


def mirror(edge: Edge) -> Edge:
    """The line on the other side of the vertical middle."""
    return tuple(
        ((-a[0], a[1]), (-b[0], b[1]), (-c[0], c[1]), (-d[0], d[1])) for a, b, c, d in edge
    )


def path_text(edges: Iterable[Edge], *, is_closed: bool) -> str:
    """The ``d`` of an SVG path along edges that meet end to start.

    Positions are rounded to a tenth before differences are taken, so that two neighbours draw
    their common edge through the same points.

    Raises
    ------
    ValueError
        If two edges do not meet.
    """
    text, at = "", None
    for p, leaving, arriving, q in joined(edges):
        if at is None:
            at = _tenth(p)
            text = f"M{_pair(at)}"
        ends = (_tenth(leaving), _tenth(arriving), _tenth(q))
        text += "c" + " ".join(_pair((end[0] - at[0], end[1] - at[1])) for end in ends)
        at = ends[-1]
    return text + ("z" if is_closed else "")


def joined(edges: Iterable[Edge]) -> list[Segment]:
    """All segments of edges that meet end to start, in order.

    Raises
    ------
    ValueError
        If two edges do not meet.
    """
    segments = [segment for edge in edges for segment in edge]
    for before, after in pairwise(segments):
        if math.dist(before[-1], after[0]) > _MEETS:
            raise ValueError(f"edges do not meet: {before[-1]} and {after[0]}")
    return segments


def flattened(edges: Iterable[Edge]) -> tuple[Point, ...]:
    """Points close together along the edges, for asking what lies inside."""
    points = []
    for p, leaving, arriving, q in joined(edges):
        for step in range(_STEPS):
            t, u = step / _STEPS, 1 - step / _STEPS
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            corners = (p, leaving, arriving, q)
            x = sum(w * c[0] for w, c in zip(weights, corners, strict=True))
            y = sum(w * c[1] for w, c in zip(weights, corners, strict=True))
            points.append((x, y))
    return tuple(points)


def is_inside(outlines: Iterable[Sequence[Point]], point: Point) -> bool:
    """Whether a point lies within closed outlines, counted even-odd, so that holes are outside."""
    x, y = point
    is_in = False
    for outline in outlines:
        for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                is_in = not is_in
    return is_in


def _tenth(point: Point) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


def _pair(tenths: tuple[int, int]) -> str:
    return " ".join(_decimal(value) for value in tenths)


def _decimal(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
