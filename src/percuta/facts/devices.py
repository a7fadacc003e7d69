"""Devices: pens and rollers, their needles, travel, steps and materials."""

from dataclasses import dataclass
from enum import StrEnum

from percuta.facts.doors import Fact


class DeviceKind(StrEnum):
    """How needles are moved into the skin."""

    PEN = "pen"
    ROLLER = "roller"
    STAMP = "stamp"


@dataclass(frozen=True)
class Device(Fact):
    """One device as a clinic would own it.

    ``family`` names the labelling it is modelled on; ``None`` means that its own labelling is
    silent. ``depth_step_mm`` is ``None`` where the needle length is fixed. ``assumed`` names
    the columns whose numbers are ours.
    """

    name: str
    kind: DeviceKind
    modelled_on: str
    family: str | None
    needles_n: int
    needle_diameter_mm: float | None
    depth_min_mm: float
    depth_max_mm: float
    depth_step_mm: float | None
    tolerance_mm: float | None
    frequency_lo_hz: float | None
    frequency_hi_hz: float | None
    needle_material: str
    contains_nickel: str
    assumed: tuple[str, ...] | None

    @property
    def materials(self) -> frozenset[str]:
        """Material words that allergy rules name; an unknown nickel content counts as nickel."""
        nickel = set() if self.contains_nickel == "no" else {"nickel"}
        return frozenset({self.needle_material, *nickel})

    @property
    def has_fixed_length(self) -> bool:
        """Whether the needles have one length only, as on a roller."""
        return self.depth_step_mm is None
