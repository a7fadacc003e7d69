"""Published thickness of skin layers, and which rows speak for a site."""

from percuta.facts.doors import Fact
from percuta.frozen import frozen


@frozen
class SkinLayer(Fact):
    """One published thickness of one layer at one site."""

    site: str
    site_detail: str
    layer: str
    mean_um: float | None
    sd_um: float | None
    low_um: float | None
    high_um: float | None
    sex: str
    method: str
    use: str


@frozen
class SkinSelection(Fact):
    """The layer rows that are mixed for a site and sex; ``None`` where nothing usable exists.

    ``not_thinner_than`` names a site than which nobody's skin here is thinner.
    """

    site: str
    sex: str
    epidermis: str | None
    dermis: str | None
    widening: float
    reason: str
    not_thinner_than: str | None = None


@frozen
class SkinSource(Fact):
    """One more measurement of the skin at a site and sex, beside the rows of ``SkinSelection``."""

    site: str
    sex: str
    study: str
    epidermis: str
    dermis: str
    widening: float
