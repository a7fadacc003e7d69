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
    outlines: tuple[tuple[Point, ...], ...]
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
    """One view: its zones, its lines, and where L and R are printed."""

    view: View
    name: str
    note: str
    box: tuple[float, float, float, float]
    number_size: float
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    marks: tuple[tuple[str, Point], ...]

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
        self.is_symmetric: bool = table["is_symmetric"]
        self.shift: tuple[float, float] = tuple(table.get("shift", (0, 0)))
        self.edges = {name: self._edge(text) for name, text in table["edges"].items()}

    def read(self) -> Drawing:
        x, y, width, height = self.table["box"]
        return Drawing(
            view=self.view,
            name=self.table["name"],
            note=self.table["note"],
            box=(-x - width if self.is_mirrored else x, y, width, height),
            number_size=self.table["number_size"],
            shapes=tuple(self._shapes()),
            lines=tuple(sorted(self._lines(), key=lambda line: list(Kind).index(line.kind))),
            marks=tuple(self._marks()),
        )

    def _edge(self, text: str) -> Edge:
        edge: Edge = ()
        for part in text.split("/"):
            words = part.split()
            ends = {}
            for name in ("start", "end"):
                if name in words:
                    at = words.index(name)
                    ends[name] = _point(words[at + 1])
                    del words[at : at + 2]
            edge += spline([self._moved(_point(word)) for word in words], **ends)
        return edge

    def _moved(self, point: Point) -> Point:
        return point[0] + self.shift[0], point[1] + self.shift[1]

    def _loops(self, text: str, *, is_other_side: bool) -> list[list[Edge]]:
        return [
            [self._walked(word, is_other_side) for word in loop.split()] for loop in text.split("|")
        ]

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
            if self.is_symmetric:
                yield self._shape(name, text, is_other_side=False)
            if self.is_symmetric or self.is_mirrored:
                yield self._shape(name, text, is_other_side=True)
            if not self.is_symmetric and not self.is_mirrored:
                yield self._shape(name, text, is_other_side=False)

    def _shape(self, name: str, text: str, *, is_other_side: bool) -> Shape:
        loops = self._loops(text, is_other_side=is_other_side)
        aside = self.table.get("asides", {}).get(name)
        return Shape(
            zone=Zone(_other_side(name) if is_other_side else name),
            path="".join(path_text(loop, is_closed=True) for loop in loops),
            outlines=tuple(flattened(loop) for loop in loops),
            number=self._placed(self.table["numbers"][name], is_other_side),
            aside=None
            if aside is None
            else Aside(
                self._placed(aside[:2], is_other_side), self._placed(aside[2:], is_other_side)
            ),
        )

    def _placed(self, point: Iterable[float], is_other_side: bool) -> Point:
        x, y = point
        x, y = self._moved((x, y))
        return (-x, y) if is_other_side else (x, y)

    def _lines(self) -> Iterator[Line]:
        sides = (False, True) if self.is_symmetric else (self.is_mirrored,)
        for line in self.table["lines"]:
            kind = Kind(line["kind"])
            is_closed = kind not in _OPEN
            loops = self._loops(line["whole"], is_other_side=False) if "whole" in line else []
            for side in sides:
                if "path" in line:
                    loops += self._loops(line["path"], is_other_side=side)
                for stroke in line.get("strokes", ()):
                    edge = self._edge(stroke)
                    loops.append([mirror(edge) if side else edge])
            yield Line(kind, "".join(path_text(loop, is_closed=is_closed) for loop in loops))

    def _marks(self) -> Iterator[tuple[str, Point]]:
        yield from self._letters().items()

    def _letters(self) -> dict[str, Point]:
        if "marks" in self.table:
            placed = {letter: (x, y) for letter, (x, y) in self.table["marks"].items()}
            if self.is_mirrored:
                (lx, ly), (rx, ry) = placed["L"], placed["R"]
                return {"L": (-rx, ry), "R": (-lx, ly)}
            return placed
        x, y = self.table["mark"]
        right, left = ("R", "L") if self.table.get("is_from_behind") else ("L", "R")
        return {right: (x, y), left: (-x, y)}


_OPEN = (Kind.SOFT, Kind.FINE, Kind.SHELL, Kind.INK, Kind.FEATURE)


def _point(word: str) -> Point:
    x, y = word.split(",")
    return float(x), float(y)


def _other_side(name: str) -> str:
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")
