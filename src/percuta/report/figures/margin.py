"""Labels beside a figure: each as near to its own height as it can stand, none over another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from percuta.report.figures.svg import Pen, element, number, wrapped

_LEAD = 4.0


@dataclass(frozen=True)
class Label:
    """What is said of the height ``y``, in a colour of the look; ``head`` comes first, bold."""

    y: float
    text: str
    token: str
    head: str = ""


@dataclass(frozen=True, kw_only=True)
class Margin:
    """The strip that holds labels: from ``left``, ``width`` wide, not above ``top``.

    A thin line runs from ``foot``, the edge of the drawing, to each label.
    """

    foot: float
    left: float
    width: float
    top: float
    size: float
    line_height: float
    gap: float

    def drawn(self, pen: Pen, labels: Sequence[Label]) -> tuple[str, float]:
        """The labels as SVG, and how far down they reach."""
        ordered = sorted(labels, key=lambda label: label.y)
        texts = [[*self._wrapped(label.head), *self._wrapped(label.text)] for label in ordered]
        heights = [len(lines) * self.line_height for lines in texts]
        tops = self._tops([label.y for label in ordered], heights)
        parts = [
            part
            for label, lines, top in zip(ordered, texts, tops, strict=True)
            for part in self._label(pen, label, lines, top)
        ]
        return "".join(parts), tops[-1] + heights[-1]

    def _wrapped(self, text: str) -> list[str]:
        return wrapped(text, self.size, self.width)

    def _tops(self, wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
        """Where labels begin, moved as little as keeps them apart (squares of the moves)."""
        before = [sum(heights[:place]) + place * self.gap for place in range(len(heights))]
        first_lines = [y - self.line_height / 2 for y in wanted]
        free = [top - down for top, down in zip(first_lines, before, strict=True)]
        return [max(top, self.top) + down for top, down in zip(rising(free), before, strict=True)]

    def _label(self, pen: Pen, label: Label, lines: Sequence[str], top: float) -> Iterator[str]:
        beside = top + self.line_height / 2
        edge, bend, end = (number(x) for x in (self.foot, self.foot + _LEAD, self.left - _LEAD))
        yield element(
            "path",
            d=f"M{edge} {number(label.y)}H{bend}L{end} {number(beside)}",
            fill="none",
            stroke=pen.colour("edge"),
            stroke_width=0.8,
        )
        baseline = top + (self.line_height + 0.72 * self.size) / 2
        for place, line in enumerate(lines):
            yield pen.text(
                line,
                self.left,
                baseline + place * self.line_height,
                size=self.size,
                fill=pen.colour(label.token),
                is_bold=bool(label.head) and place == 0,
            )


def rising(values: Sequence[float]) -> list[float]:
    """The closest values that never fall: neighbours out of order share their mean."""
    blocks: list[tuple[float, int]] = []
    for value in values:
        mean, count = value, 1
        while blocks and blocks[-1][0] > mean:
            earlier, of = blocks.pop()
            mean = (earlier * of + mean * count) / (of + count)
            count += of
        blocks.append((mean, count))
    return [mean for mean, count in blocks for _ in range(count)]
