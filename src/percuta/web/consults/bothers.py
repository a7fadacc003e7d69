"""What bothers the person: where, what, how much."""

from collections.abc import Iterable
from dataclasses import dataclass

from percuta.clinic.consults.queries import ConcernInZone
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import KINDS, Concern, ScarKind, Zone
from percuta.web.consults import words
from percuta.web.consults.where import Chosen, SaidOfZone, Where, where


@dataclass(frozen=True)
class Stated:
    """One concern in one zone as it stands."""

    concern: str
    zone: str
    what: str
    where: str
    severity: str
    revision: int

    @property
    def seen(self) -> str:
        """What a page that shows this has seen of it."""
        return f"{self.concern}.{self.zone}.{self.revision}"


@dataclass(frozen=True)
class Bothers:
    """The concerns as stated, and everything that can be chosen for another one."""

    stated: tuple[Stated, ...]
    where: Where
    concerns: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    severities: tuple[tuple[int, str], ...]


def bothers(parts: Iterable[ConcernInZone], chosen: Chosen, facts: Facts) -> Bothers:
    """Everything of the first part of the page."""
    kept = tuple(parts)
    return Bothers(
        stated=tuple(_stated(part, facts) for part in kept),
        where=where(_said(kept), chosen, facts),
        concerns=tuple((key.value, words.CONCERN[key]) for key in Concern if key in facts.concerns),
        kinds=tuple(
            (kind.value, words.KIND[kind])
            for concern, kinds in KINDS.items()
            if concern in facts.concerns
            for kind in kinds
        ),
        severities=tuple(words.SEVERITY.items()),
    )


def what(concern: str, kind: str) -> str:
    """A concern in words, with the kind of scar."""
    named = words.CONCERN[Concern(concern)]
    return f"{named}, {words.KIND[ScarKind(kind)].lower()}" if kind else named


def _stated(part: ConcernInZone, facts: Facts) -> Stated:
    return Stated(
        concern=part.concern,
        zone=part.zone,
        what=what(part.concern, part.kind),
        where=facts.zones[Zone(part.zone)].name,
        severity=words.SEVERITY[part.severity],
        revision=part.revision,
    )


def _said(parts: Iterable[ConcernInZone]) -> dict[Zone, SaidOfZone]:
    """What was said of each zone, and the gravest of it."""
    by_zone: dict[Zone, list[ConcernInZone]] = {}
    for part in parts:
        by_zone.setdefault(Zone(part.zone), []).append(part)
    return {
        zone: SaidOfZone(
            text="; ".join(
                f"{what(p.concern, p.kind).lower()} {words.SEVERITY[p.severity].lower()}"
                for p in said
            ),
            severity=max(p.severity for p in said),
        )
        for zone, said in by_zone.items()
    }
