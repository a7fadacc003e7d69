"""A time axis in four panels, so that minutes and months stand side by side, each readable."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from percuta.units import convert

_LEAST_WEEKS = 12.0
_ROOM = 0.25
_WEEK_STEPS = (2.0, 4.0, 6.0, 8.0, 12.0, 26.0, 52.0)


@dataclass(frozen=True)
class Panel:
    """A stretch of the axis with one unit: where it begins [unit], and its ticks [unit]."""

    unit: str
    word: str
    ticks: tuple[float, ...]

    @property
    def start_h(self) -> float:
        """Where the panel begins [h]."""
        return hours(self.ticks[0], self.unit)


@dataclass(frozen=True)
class TimeAxis:
    """From ``left`` to ``right``, four panels of equal width up to ``last_h`` hours."""

    left: float
    right: float
    last_h: float

    @property
    def weeks(self) -> float:
        """Where the axis ends [weeks]: even, and never under a quarter of a year or so."""
        needed = convert(self.last_h, source="h", target="weeks")
        return max(_LEAST_WEEKS, 2 * (needed // 2 + 1))

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Minutes, hours, days, weeks."""
        span = self.weeks
        step = next((s for s in _WEEK_STEPS if span / s <= 4), _WEEK_STEPS[-1])
        after = 2 + _ROOM * (span - 2)
        later = tuple(step * n for n in range(1, int(span / step) + 1) if after < step * n < span)
        return (
            Panel("min", "min", (0.0, 60.0, 90.0)),
            Panel("h", "h", (2.0, 24.0, 36.0)),
            Panel("days", "d", (2.0, 7.0, 10.0)),
            Panel("weeks", "wk", (2.0, *later)),
        )

    def x(self, time_h: float) -> float:
        """Where a time since the session began stands; it never runs backwards."""
        ends = [panel.start_h for panel in self.panels] + [hours(self.weeks, "weeks")]
        width = (self.right - self.left) / len(self.panels)
        for place, (start, end) in enumerate(pairwise(ends)):
            if time_h <= end:
                return self.left + width * (place + (time_h - start) / (end - start))
        return self.right

    def ticks(self, *, is_sparse: bool) -> Iterator[tuple[float, str, bool]]:
        """Where ticks stand, what they say, whether they begin a panel and so name its unit."""
        for panel in self.panels:
            named = panel.ticks[::2] if is_sparse else panel.ticks
            for tick in named:
                is_first = tick == panel.ticks[0]
                unit = f" {panel.word}" if is_first else ""
                yield self.x(hours(tick, panel.unit)), f"{tick:g}{unit}", is_first


def hours(value: float, unit: str) -> float:
    """A time in hours, whatever its unit."""
    return convert(value, source=unit, target="h")


def spoken(time_h: float) -> str:
    """A time since the session began, in the unit of its panel."""
    for limit, unit, word in ((2.0, "min", "min"), (48.0, "h", "h"), (336.0, "days", "days")):
        if time_h < limit:
            return f"{convert(time_h, source='h', target=unit):.0f} {word}"
    return f"{convert(time_h, source='h', target='weeks'):.1f}".removesuffix(".0") + " weeks"
