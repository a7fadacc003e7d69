"""Labels in a column beside a drawing, moved apart so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass

from percuta.report.figures.svg import Pen, element, number, wrapped

_LINE = 1.28
_GAP = 0.55


@dataclass(frozen=True)
class Label:
    """Words for one height of the drawing; the first line may be stressed."""

    at: float
    lines: tuple[str, ...]
    is_strong: bool = False

    def height(self, size: float) -> float:
        """How much room the lines take."""
        return size * (_LINE * (len(self.lines) - 1) + 1)


def label(at: float, *texts: str, size: float, width: float, is_strong: bool = False) -> Label:
    """A label whose texts each start a line and are broken to ``width``."""
    lines = tuple(line for text in texts for line in wrapped(text, size, width))
    return Label(at=at, lines=lines, is_strong=is_strong)


def spread(
    wanted: Sequence[float], heights: Sequence[float], *, gap: float, top: float
) -> list[float]:
    """Middles as near as can be to those wanted, in the same order, none overlapping.

    Neighbours that would touch are joined into a block, which stands where its members on
    average want it. ``wanted`` must not fall; nothing reaches above ``top``.
    """
    blocks: list[list[int]] = []
    starts: list[float] = []
    for place in range(len(wanted)):
        blocks.append([place])
        starts.append(_start([place], wanted, heights, gap, top))
        while len(blocks) > 1 and starts[-2] + _length(blocks[-2], heights, gap) > starts[-1]:
            blocks[-2] += blocks.pop()
            starts.pop()
            starts[-1] = _start(blocks[-1], wanted, heights, gap, top)
    middles = []
    for block, start in zip(blocks, starts, strict=True):
        for place in block:
            middles.append(start + heights[place] / 2)
            start += heights[place] + gap
    return middles


def _length(block: Sequence[int], heights: Sequence[float], gap: float) -> float:
    return sum(heights[place] + gap for place in block)


def _start(
    block: Sequence[int],
    wanted: Sequence[float],
    heights: Sequence[float],
    gap: float,
    top: float,
) -> float:
    offset, total = 0.0, 0.0
    for place in block:
        total += wanted[place] - offset - heights[place] / 2
        offset += heights[place] + gap
    return max(total / len(block), top)


def column(
    pen: Pen, labels: Sequence[Label], *, edge: float, x: float, size: float, top: float
) -> tuple[str, float]:
    """Labels at ``x`` with leaders from ``edge``, and where the lowest of them ends."""
    ordered = sorted(labels, key=lambda one: one.at)
    heights = [one.height(size) for one in ordered]
    middles = spread([one.at for one in ordered], heights, gap=_GAP * size, top=top)
    parts = []
    for one, height, middle in zip(ordered, heights, middles, strict=True):
        first = middle - height / 2 + size / 2
        d = f"M{number(edge)} {number(one.at)}H{number(edge + 5)}L{number(x - 4)} {number(first)}"
        parts.append(element("path", d=d, fill="none", stroke=pen.colour("edge"), stroke_width=0.8))
        for line, text in enumerate(one.lines):
            is_head = one.is_strong and line == 0
            parts.append(
                pen.text(
                    text,
                    x,
                    first + line * _LINE * size + 0.34 * size,
                    size=size,
                    is_bold=is_head,
                    fill=pen.colour("ink" if one.is_strong else "quiet"),
                )
            )
    bottom = max(m + h / 2 for m, h in zip(middles, heights, strict=True))
    return "".join(parts), bottom
