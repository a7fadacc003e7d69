"""The drawing of a person, read from ``drawing.toml``: views, their zones, their lines."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from percuta.facts.vocabulary import Zone
from percuta.report.figures.curves import (
    Edge,
    Point,
    flattened,
    is_inside,
    mirror,
    path_text,
    reverse,
    spline,
)

_FILE = Path(__file__).with_name("drawing.toml")


class View(StrEnum):
    """One picture of a part of the body; in all of them left is the patient's own."""

    FACE_FRONT = "face_front"
    FACE_LEFT = "face_left"
    FACE_RIGHT = "face_right"
    NECK = "neck"
    HANDS = "hands"
    BODY_FRONT = "body_front"
    BODY_BACK = "body_back"
    SCALP = "scalp"


class Kind(StrEnum):
    """What a line of the drawing is, in the order in which they are laid down."""

    HAIR = "hair"
    SKIN = "skin"
    EAR = "ear"
    LIPS = "lips"
    BROW = "brow"
    SOFT = "soft"
    FINE = "fine"
    SHELL = "shell"
    INK = "ink"
    FEATURE = "feature"


UNDER_THE_ZONES = (Kind.HAIR, Kind.SKIN, Kind.EAR)
_CLOSED = (*UNDER_THE_ZONES, Kind.LIPS, Kind.BROW)

Outlines = tuple[tuple[Point, ...], ...]


@dataclass(frozen=True)
class Aside:
    """Where a number stands that does not fit its zone, and where its leader ends."""

    number: Point
    target: Point


@dataclass(frozen=True)
class Shape:
    """A zone in one view; ``outlines`` are its loops, holes among them."""

    zone: Zone
    path: str
    outlines: Outlines
    number: Point
    aside: Aside | None

    def holds(self, point: Point) -> bool:
        """Whether a point of the view lies in the zone."""
        return is_inside(self.outlines, point)


@dataclass(frozen=True)
class Line:
    """A part of the drawing that is no zone."""

    kind: Kind
    path: str


@dataclass(frozen=True)
class Drawing:
    """One view: its zones, its lines, and where L and R are printed.

    ``covered`` outlines the skin of which every point belongs to exactly one zone; lids and
    lips are holes in it. It is empty where a view shows zones apart from each other.
    """

    view: View
    name: str
    note: str
    box: tuple[float, float, float, float]
    number_size: float
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    marks: tuple[tuple[str, Point], ...]
    covered: Outlines

    def shape(self, zone: Zone) -> Shape | None:
        """The zone's shape, or nothing where the view does not show it."""
        return next((shape for shape in self.shapes if shape.zone is zone), None)


@cache
def drawing(view: View) -> Drawing:
    """The drawing of one view."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    table = tables[view]
    if "mirror_of" in table:
        return _Reader({**tables[table["mirror_of"]], **table}, view, is_mirrored=True).read()
    return _Reader(table, view).read()


def views_showing(zones: Iterable[Zone]) -> tuple[View, ...]:
    """The fewest views, in order, that together show every zone asked for."""
    left = set(zones)
    chosen = []
    while left:
        best = max(View, key=lambda view: len(left & _shown(view)))
        chosen.append(best)
        left -= _shown(best)
    return tuple(sorted(chosen, key=list(View).index))


def _shown(view: View) -> set[Zone]:
    return {shape.zone for shape in drawing(view).shapes}


class _Reader:
    """Turns one view's table into a drawing, mirroring whatever has two sides."""

    def __init__(self, table: Mapping[str, Any], view: View, *, is_mirrored: bool = False) -> None:
        self.table, self.view, self.is_mirrored = table, view, is_mirrored
        both = bool(table["is_symmetric"])
        self.sides = (False, True) if both else (is_mirrored,)
        self.shift: Point = _pair(table.get("shift", (0, 0)))
        self.edges = {name: self._edge(text) for name, text in table["edges"].items()}

    def read(self) -> Drawing:
        x, y, width, height = self.table["box"]
        lines = sorted(self._lines(), key=lambda line: list(Kind).index(line.kind))
        covered = self.table.get("covered", "")
        loops = self._loops(covered, is_other_side=self.is_mirrored) if covered else []
        return Drawing(
            view=self.view,
            name=self.table["name"],
            note=self.table["note"],
            box=(-x - width if self.is_mirrored else x, y, width, height),
            number_size=self.table["number_size"],
            shapes=tuple(self._shapes()),
            lines=tuple(lines),
            marks=tuple(self._marks()),
            covered=tuple(flattened(loop) for loop in loops),
        )

    def _edge(self, text: str) -> Edge:
        edge: Edge = ()
        for part in text.split("/"):
            words = part.split()
            ends = {}
            for name in ("start", "end"):
                if name in words:
                    at = words.index(name)
                    ends[name] = _pair(words[at + 1].split(","))
                    del words[at : at + 2]
            edge += spline([self._moved(_pair(word.split(","))) for word in words], **ends)
        return edge

    def _moved(self, point: Point) -> Point:
        return point[0] + self.shift[0], point[1] + self.shift[1]

    def _loops(self, text: str, *, is_other_side: bool) -> list[list[Edge]]:
        loops = [loop.split() for loop in text.split("|")]
        return [[self._walked(word, is_other_side) for word in loop] for loop in loops]

    def _walked(self, word: str, is_other_side: bool) -> Edge:
        name, _, stretch = word.lstrip("-~").partition(":")
        edge = self.edges[name]
        if stretch:
            first, last = stretch.split("-")
            edge = edge[int(first) : int(last)]
        edge = reverse(edge) if word.startswith("-") else edge
        return mirror(edge) if ("~" in word) != is_other_side else edge

    def _shapes(self) -> Iterator[Shape]:
        for name, text in self.table.get("whole", {}).items():
            yield self._shape(name, text, is_other_side=False)
        for name, text in self.table.get("zones", {}).items():
            for side in self.sides:
                yield self._shape(name, text, is_other_side=side)

    def _shape(self, name: str, text: str, *, is_other_side: bool) -> Shape:
        loops = self._loops(text, is_other_side=is_other_side)
        return Shape(
            zone=Zone(_other_side(name) if is_other_side else name),
            path="".join(path_text(loop, is_closed=True) for loop in loops),
            outlines=tuple(flattened(loop) for loop in loops),
            number=self._placed(self.table["numbers"][name], is_other_side),
            aside=self._aside(name, is_other_side),
        )

    def _aside(self, name: str, is_other_side: bool) -> Aside | None:
        place = self.table.get("asides", {}).get(name)
        if place is None:
            return None
        return Aside(self._placed(place[:2], is_other_side), self._placed(place[2:], is_other_side))

    def _placed(self, point: Iterable[float], is_other_side: bool) -> Point:
        x, y = self._moved(_pair(point))
        return (-x, y) if is_other_side else (x, y)

    def _lines(self) -> Iterator[Line]:
        for line in self.table["lines"]:
            kind = Kind(line["kind"])
            loops = self._loops(line["whole"], is_other_side=False) if "whole" in line else []
            for side in self.sides:
                loops += self._loops(line["path"], is_other_side=side) if "path" in line else []
                for stroke in line.get("strokes", ()):
                    edge = self._edge(stroke)
                    loops.append([mirror(edge) if side else edge])
            closed = kind in _CLOSED
            yield Line(kind, "".join(path_text(loop, is_closed=closed) for loop in loops))

    def _marks(self) -> Iterator[tuple[str, Point]]:
        """L and R; a symmetric view gives one place, the viewer's right, for both."""
        if "mark" in self.table:
            x, y = self.table["mark"]
            letters = "RL" if self.table.get("is_from_behind") else "LR"
            yield from zip(letters, ((x, y), (-x, y)), strict=True)
            return
        for letter, (x, y) in self.table["marks"].items():
            yield (_OTHER[letter], (-x, y)) if self.is_mirrored else (letter, (x, y))


_OTHER = {"L": "R", "R": "L"}


def _pair(values: Iterable[str | float]) -> Point:
    x, y = values
    return float(x), float(y)


def _other_side(name: str) -> str:
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")
