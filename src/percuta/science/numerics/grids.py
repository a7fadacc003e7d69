"""Cells through layers, and moments through time: fine where things happen, coarse elsewhere."""

import numpy as np
from numpy.typing import NDArray

from percuta.errors import OutsideValidity

_HALVINGS = 60


def graded_widths(cells: int, *, ratio: float) -> NDArray[np.float64]:
    """Widths of cells that fill 0 to 1, each ``ratio`` times the one before.

    ``ratio`` above 1 makes the first cells the finest.

    Raises
    ------
    OutsideValidity
        If there is no cell, or the ratio is not above zero.
    """
    if cells < 1 or not ratio > 0:
        raise OutsideValidity(f"{cells} cells with a ratio of {ratio}: at least 1, above 0")
    widths: NDArray[np.float64] = ratio ** np.arange(cells, dtype=np.float64)
    shares: NDArray[np.float64] = widths / widths.sum()
    return shares


def graded_times(
    end: float, *, first: float, steps: int, events: tuple[float, ...] = ()
) -> NDArray[np.float64]:
    """Moments from 0 to ``end`` whose steps grow geometrically, begun anew at every event.

    Parameters
    ----------
    end, first : float
        Last moment and first step [s], both above zero.
    steps : int
        Steps of each stretch between events.
    events : tuple of float
        Moments at which something changes suddenly [s]; those outside 0 to ``end`` are ignored.
    """
    stops = [0.0, *sorted(time for time in set(events) if 0 < time < end), end]
    pieces = [
        start + _growing(stop - start, min(first, (stop - start) / steps), steps)
        for start, stop in zip(stops[:-1], stops[1:], strict=True)
    ]
    return np.concatenate([[0.0], *pieces])


def _growing(length: float, first: float, steps: int) -> NDArray[np.float64]:
    """Ends of steps that grow by one ratio from ``first`` and fill ``length`` exactly."""
    places = np.arange(steps, dtype=np.float64)
    # The last step alone cannot be longer than the stretch: that bounds the ratio.
    low, high = 1.0, max(1.0, (length / first) ** (1 / max(1, steps - 1)))
    for _ in range(_HALVINGS):
        ratio = (low + high) / 2
        low, high = (ratio, high) if first * np.sum(ratio**places) < length else (low, ratio)
    ends = np.cumsum(high**places)
    scaled: NDArray[np.float64] = ends * (length / ends[-1])
    return scaled
