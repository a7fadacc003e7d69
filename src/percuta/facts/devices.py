"""Devices: pens, rollers, stamps, their needles and materials; and who is cleared for what."""

from enum import StrEnum

from percuta.facts.doors import Fact
from percuta.frozen import frozen


class DeviceKind(StrEnum):
    """How needles are moved into the skin."""

    PEN = "pen"
    ROLLER = "roller"
    STAMP = "stamp"


@frozen
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
        """Material words that allergy rules name; unknown counts as steel that holds nickel."""
        nickel = set() if self.contains_nickel == "no" else {"nickel"}
        metal = "stainless_steel" if self.needle_material == "unknown" else self.needle_material
        return frozenset({metal, *nickel})

    @property
    def has_fixed_length(self) -> bool:
        """Whether the needles have one length only, as on a roller."""
        return self.depth_step_mm is None


class Clearance(StrEnum):
    """Whether a US clearance of this very model was found."""

    CLEARED = "cleared"
    NONE_FOUND = "none_found"


@frozen
class CatalogueEntry(Fact):
    """A device by its own name: its clearance numbers, what of it was read, and what was not.

    Its key is that of ``Device`` where it can be planned with; else ``why_not_planned`` says why
    it cannot. ``label_depth_mm`` is what its label evaluated, never what its hardware can do.
    """

    name: str
    maker: str
    status: Clearance
    numbers: str
    kind: str
    sold_to: str
    family: str | None
    indication: str
    label_depth_mm: float | None
    label_depth_site: str
    not_read: str
    why_not_planned: str

    @property
    def is_indication_read(self) -> bool:
        """Whether what it is cleared for was read."""
        return self.indication == "read"

    @property
    def number_list(self) -> tuple[str, ...]:
        """Its clearance numbers; none where none was found."""
        return () if self.status is Clearance.NONE_FOUND else tuple(self.numbers.split(";"))

    @property
    def clearance(self) -> str:
        """Its clearance numbers in words."""
        return ", ".join(self.number_list) or "no clearance found"

    @property
    def refusal(self) -> str:
        """Why it cannot be planned with, for a device that has no row among those that can."""
        return f"{self.name} ({self.clearance}) cannot be planned with: {self.why_not_planned}"
