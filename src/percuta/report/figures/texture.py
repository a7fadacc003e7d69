"""Quiet textures of skin: fibres, lobules, and a hatch that says where a layer is unsure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from percuta.report.figures.svg import Pen, element, number

# Steps of the plane's most even sequence: roots of x^3 = x + 1 (Roberts' R2).
_PLASTIC = 1.324717957244746
_STEP = (1 / _PLASTIC, 1 / _PLASTIC**2)
_GOLDEN = (math.sqrt(5) - 1) / 2

_FIBRE_ROOM, _FIBRE_LENGTH = 190.0, 15.0
_LOBULE = 15.0


@dataclass(frozen=True)
class Patch:
    """A rectangle of the drawing that a texture fills; empty where it has no height."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        """Square units; 0 where the rectangle is upside down."""
        return max(0.0, self.right - self.left) * max(0.0, self.bottom - self.top)


def fibres(pen: Pen, patch: Patch) -> str:
    """Short wavy strokes, evenly strewn and never alike."""
    path = "".join(_fibre(patch, place) for place in range(int(patch.area / _FIBRE_ROOM)))
    return _marks(pen, "fibres", path)


def lobules(pen: Pen, patch: Patch) -> str:
    """Rounded cells in rows, each a little different; cut off at the patch's floor."""
    return _marks(pen, "lobules", "".join(_lobules(patch)))


def hatch(pen: Pen, patch: Patch, *, gap: float, class_: str) -> str:
    """Slanted hairlines ``gap`` apart; patches whose gaps divide each other share their lines.

    Lines and not a pattern: small tiles turn to plain grey in some readers of PDF.
    """
    first = math.ceil((patch.left + patch.top) / gap)
    last = math.floor((patch.right + patch.bottom) / gap)
    path = "".join(_slanted(patch, gap * place) for place in range(first, last + 1))
    if not path:
        return ""
    return element(
        "path",
        class_=class_,
        d=path,
        fill="none",
        stroke=pen.colour("ink"),
        stroke_width=0.8,
        stroke_opacity=0.45,
    )


def _slanted(patch: Patch, total: float) -> str:
    """The part inside the patch of the line on which x and y add up to ``total``."""
    left, right = max(patch.left, total - patch.bottom), min(patch.right, total - patch.top)
    return (
        f"M{number(left)} {number(total - left)}L{number(right)} {number(total - right)}"
        if right > left
        else ""
    )


def _marks(pen: Pen, class_: str, path: str) -> str:
    if not path:
        return ""
    return element(
        "path",
        class_=class_,
        d=path,
        fill="none",
        stroke=pen.colour("edge"),
        stroke_width=0.8,
        stroke_opacity=0.6,
        stroke_linecap="round",
    )


def _fibre(patch: Patch, place: int) -> str:
    across, down, turn = (math.modf(0.5 + place * step)[0] for step in (*_STEP, _GOLDEN))
    length = _FIBRE_LENGTH * (0.6 + 0.4 * turn)
    x = patch.left + 2 + across * (patch.right - patch.left - length - 4)
    y = patch.top + 3 + down * (patch.bottom - patch.top - 6)
    rise = 5 * (turn - 0.5)
    bend = 2.6 if place % 2 else -2.6
    run, fall = number(length), number(rise)
    return (
        f"M{number(x)} {number(y)}"
        f"c{number(length / 3)} {number(bend)} {number(2 * length / 3)} {number(rise - bend)} "
        f"{run} {fall}"
    )


def _lobules(patch: Patch) -> Iterator[str]:
    rows = int((patch.bottom - patch.top) / _LOBULE)
    across = int((patch.right - patch.left) / (1.12 * _LOBULE))
    width = (patch.right - patch.left) / max(across, 1)
    for row in range(rows):
        shift = width / 2 if row % 2 else 0.0
        for column in range(across - (row % 2)):
            turn = math.modf((1 + row * across + column) * _GOLDEN)[0]
            x = patch.left + shift + (column + 0.5) * width
            y = patch.top + (row + 0.5) * _LOBULE
            yield _cell(x, y, rx=width * (0.38 + 0.09 * turn), ry=_LOBULE * (0.49 - 0.09 * turn))


def _cell(x: float, y: float, *, rx: float, ry: float) -> str:
    left, wide, tall = number(x - rx), number(2 * rx), f"{number(rx)} {number(ry)}"
    return f"M{left} {number(y)}a{tall} 0 1 0 {wide} 0a{tall} 0 1 0 -{wide} 0z"
