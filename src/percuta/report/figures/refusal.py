"""What a figure refuses to draw."""

from percuta.errors import Faults


class FigureError(Faults, ValueError):
    """Values that cannot be drawn truthfully; every fault is named."""
