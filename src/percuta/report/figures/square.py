"""A square centimetre of skin with its holes, square, holes and ruler to one scale."""

from collections.abc import Iterator
from dataclasses import dataclass

from percuta.report.figures.svg import Pen, element, number
from percuta.units import convert

SIDE_MM = 10.0

PositionMm = tuple[float, float]


@dataclass(frozen=True)
class Square:
    """Where the square lies in the drawing, and how long a millimetre is there."""

    left: float
    top: float
    per_mm: float

    @property
    def bottom(self) -> float:
        """Where its lower edge lies."""
        return self.top + SIDE_MM * self.per_mm

    def drawn(
        self, pen: Pen, holes: tuple[PositionMm, ...], *, diameter_um: float, text_size: float
    ) -> str:
        """The square with its holes, and the ruler under it."""
        ruler = "".join(self._ruler(pen, text_size))
        return self._ground(pen) + self._holes(pen, holes, diameter_um) + ruler

    def _ground(self, pen: Pen) -> str:
        return element(
            "rect",
            x=self.left,
            y=self.top,
            width=SIDE_MM * self.per_mm,
            height=SIDE_MM * self.per_mm,
            fill=pen.colour("sunk"),
            stroke=pen.colour("edge"),
        )

    def _holes(self, pen: Pen, holes: tuple[PositionMm, ...], diameter_um: float) -> str:
        # A line of no length with a round end is a dot as wide as its stroke.
        dots = "".join(
            f"M{number(self.left + x * self.per_mm)} {number(self.top + y * self.per_mm)}h.01"
            for x, y in holes
        )
        return element(
            "path",
            class_="holes",
            d=dots or "M0 0",
            fill="none",
            stroke=pen.colour("ink"),
            stroke_width=convert(diameter_um, source="um", target="mm") * self.per_mm,
            stroke_linecap="round",
        )

    def _ruler(self, pen: Pen, text_size: float) -> Iterator[str]:
        ticks = "".join(
            f"M{number(self.left + mm * self.per_mm)} {number(self.bottom)}v{4 if mm % 5 else 7}"
            for mm in range(int(SIDE_MM) + 1)
        )
        yield element("path", d=ticks, fill="none", stroke=pen.colour("edge"))
        for mm, anchor in ((0, "start"), (5, "middle"), (10, "end")):
            yield pen.text(
                f"{mm} mm" if mm == SIDE_MM else str(mm),
                self.left + mm * self.per_mm,
                self.bottom + 20,
                size=text_size,
                anchor=anchor,
                fill=pen.colour("quiet"),
            )
