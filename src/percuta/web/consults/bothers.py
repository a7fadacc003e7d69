"""What bothers the person: where, what, how much."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from percuta.clinic.consults.queries import ConcernInZone
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern, ScarKind, Zone
from percuta.report.figures.drawing import View, drawing
from percuta.web.consults import words

VIEWS = (
    View.FACE_FRONT,
    View.NECK,
    View.HANDS,
    View.BODY_FRONT,
    View.BODY_BACK,
    View.SCALP,
)
"""The pictures that together show every zone, from the top of the list to its end."""


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
class Place:
    """One zone to choose, with what was said of it."""

    key: str
    name: str
    said: str


@dataclass(frozen=True)
class Picture:
    """One part of the body and its zones."""

    key: str
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Bothers:
    """The concerns as stated, and everything that can be chosen for another one."""

    stated: tuple[Stated, ...]
    pictures: tuple[Picture, ...]
    concerns: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    severities: tuple[tuple[int, str], ...]


def bothers(parts: Iterable[ConcernInZone], facts: Facts) -> Bothers:
    """Everything of the first part of the page."""
    stated = tuple(_stated(part, facts) for part in parts)
    return Bothers(
        stated=stated,
        pictures=tuple(_pictures(stated, facts)),
        concerns=tuple((concern.value, words.CONCERN[concern]) for concern in Concern),
        kinds=tuple((kind.value, words.KIND[kind]) for kind in ScarKind),
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


def _pictures(stated: Iterable[Stated], facts: Facts) -> Iterator[Picture]:
    said: dict[str, list[str]] = {}
    for entry in stated:
        said.setdefault(entry.zone, []).append(f"{entry.what.lower()}: {entry.severity.lower()}")
    told: set[Zone] = set()
    for view in VIEWS:
        shown = [zone for zone in Zone if drawing(view).shape(zone) and zone not in told]
        told.update(shown)
        places = (Place(z.value, facts.zones[z].name, "; ".join(said.get(z, []))) for z in shown)
        yield Picture(view.value, drawing(view).name, tuple(places))
