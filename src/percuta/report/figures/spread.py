"""A quantity known only with its spread, as nested intervals round a median."""

import math
from dataclasses import dataclass
from itertools import pairwise

from percuta.report import wording
from percuta.report.figures.refusal import FigureError


@dataclass(frozen=True, kw_only=True)
class Quantiles:
    """Seven quantiles of a length [mm], not negative and never falling."""

    p2_5: float
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float
    p97_5: float

    def __post_init__(self) -> None:
        faults = [
            f"quantile {value} mm should be a number from 0 up"
            for value in self.values
            if not (math.isfinite(value) and value >= 0)
        ]
        if any(before > after for before, after in pairwise(self.values)):
            faults.append(f"quantiles {self.values} should not fall")
        if faults:
            raise FigureError(faults)

    @property
    def values(self) -> tuple[float, ...]:
        """All seven, lowest first."""
        return (self.p2_5, self.p10, self.p25, self.p50, self.p75, self.p90, self.p97_5)

    @property
    def intervals(self) -> tuple[tuple[str, float, float], ...]:
        """The three nested intervals, widest first, each with its share in words."""
        return (
            ("95 %", self.p2_5, self.p97_5),
            ("80 %", self.p10, self.p90),
            ("50 %", self.p25, self.p75),
        )

    @property
    def in_words(self) -> tuple[str, str, str, str]:
        """The median, then the intervals of 50, 80 and 95 %, worded."""
        wide, middle, narrow = (
            f"{wording.depth(a)}–{wording.depth(b)}" for _, a, b in self.intervals
        )
        return wording.depth(self.p50), narrow, middle, wide
