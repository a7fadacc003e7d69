"""Published needle depths: labels, exclusions, studies, expert ranges, charts, memories."""

from dataclasses import dataclass
from enum import StrEnum

from percuta.facts.doors import Fact
from percuta.facts.vocabulary import KINDS, Concern, ScarKind


class DepthKind(StrEnum):
    """What a depth row may do: the first two make a ceiling, the third may recommend."""

    LABEL_LIMIT = "label_limit"
    EXCLUSION = "exclusion"
    STUDIED_PROTOCOL = "studied_protocol"
    EXPERT = "expert"
    VENDOR_CHART = "vendor_chart"
    MEMORY = "memory"


@dataclass(frozen=True)
class DepthRow(Fact):
    """One published depth: for which concern, where on the body, by which device, how deep."""

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


@dataclass(frozen=True)
class Indication(Fact):
    """What a device family is cleared for: concern, site, skin types, age floor."""

    family: str
    concern: tuple[str, ...]
    site: tuple[str, ...]
    phototypes: tuple[str, ...] | None
    age_min_years: int | None
