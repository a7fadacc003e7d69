"""Zones: their area, their neighbours in words, and what lies beneath them."""

from percuta.facts.doors import Fact
from percuta.frozen import frozen


@frozen
class ZoneRow(Fact):
    """A zone's area with its interval, and the site words of the evidence that cover it."""

    name: str
    patient_name: str
    site: str
    sites: tuple[str, ...]
    area_cm2: float
    area_lo_cm2: float
    area_hi_cm2: float
    order_n: int
    near_eye: bool


@frozen
class Beneath(Fact):
    """What lies under a site, and whether that is little enough for a hard ceiling."""

    site: str
    structure: str
    is_thin_site: bool
    avoid: str
