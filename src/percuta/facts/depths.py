"""Published needle depths: labels, exclusions, studies, expert ranges, charts, memories."""

from enum import StrEnum

from percuta.facts.doors import Fact
from percuta.facts.vocabulary import KINDS, Concern, ScarKind
from percuta.frozen import frozen


class DepthKind(StrEnum):
    """What a depth row may do: the first two make a ceiling, the third may recommend."""

    LABEL_LIMIT = "label_limit"
    EXCLUSION = "exclusion"
    STUDIED_PROTOCOL = "studied_protocol"
    EXPERT = "expert"
    VENDOR_CHART = "vendor_chart"
    MEMORY = "memory"


@frozen
class DepthRow(Fact):
    """One published depth: for which concern, where on the body, by which device, how deep.

    ``phototypes`` are those of the people it was done in; ``None`` where that was not told.
    """

    kind: DepthKind
    modality: str
    concern: tuple[str, ...]
    scar_kind: tuple[str, ...]
    site: tuple[str, ...]
    device_kind: str
    family: str | None
    depth_mm_lo: float | None
    depth_mm_hi: float | None
    passes: str
    endpoint: str
    phototypes: tuple[str, ...] | None = None

    def covers(self, sites: frozenset[str]) -> bool:
        """Whether the row speaks of skin that ``sites`` name."""
        return not sites.isdisjoint(self.site)

    def concerns(self, evidence: frozenset[str], scar_kind: ScarKind | None) -> bool:
        """Whether the row speaks of this concern, and of this kind of scar."""
        if "any" not in self.concern and evidence.isdisjoint(self.concern):
            return False
        if scar_kind in KINDS[Concern.OTHER_SCARS]:
            # A study of another scar names the kind that it had, or does not speak of this one.
            is_study = self.kind is DepthKind.STUDIED_PROTOCOL
            return not is_study or scar_kind.value in self.scar_kind
        if scar_kind is None or Concern.ACNE_SCARS not in self.concern:
            return True
        return bool({"any", "none", scar_kind.value} & set(self.scar_kind))

    def names(self, site: str, evidence: frozenset[str], scar_kind: ScarKind | None) -> bool:
        """Whether the row names this very site and this very concern, with both of its ends.

        "face" and "any" name neither; an upper end alone is a limit and no depth.
        """
        has_both_ends = self.depth_mm_lo is not None and self.depth_mm_hi is not None
        is_about = "any" not in self.concern and self.concerns(evidence, scar_kind)
        return has_both_ends and is_about and site in self.site


@frozen
class Indication(Fact):
    """What a device family is cleared for: concern, site, skin types, age floor.

    ``trial`` is the row of ``depths`` that tells how deep the trial behind the clearance went.
    """

    family: str
    concern: tuple[str, ...]
    site: tuple[str, ...]
    phototypes: tuple[str, ...] | None
    age_min_years: int | None
    trial: str | None = None


class AdviceRule(StrEnum):
    """How the depth to advise is found."""

    NAMED_ZONE = "named_zone"
    SHALLOWEST_SETTING = "shallowest_setting"


@frozen
class DepthAdviceRow(Fact):
    """How a concern's depth is advised, and in which phototypes by trials in them alone."""

    rule: AdviceRule
    trials_only_in: tuple[str, ...]


@frozen
class PublishedDensity(Fact):
    """Holes per cm2 that somebody aimed at or says were counted, by kind of device."""

    device_kind: str
    kind: str
    low_per_cm2: float
    high_per_cm2: float


@frozen
class Neighbours(Fact):
    """Sites whose depth may stand in for that of a site; the key is the site."""

    neighbours: tuple[str, ...] | None
