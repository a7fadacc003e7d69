"""Where it bothers: the picture in which zones are pressed, and the list of the same zones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.report.figures.concern_map import PressedZone, concern_map
from percuta.report.figures.drawing import View, drawing

_VIEWS = (
    View.FACE_FRONT,
    View.NECK,
    View.HANDS,
    View.BODY_FRONT,
    View.BODY_BACK,
    View.SCALP,
)
"""The pictures that together show every zone."""


@dataclass(frozen=True)
class Chosen:
    """Which picture is looked at, and which zones are chosen in it so far."""

    view: View = View.FACE_FRONT
    zones: frozenset[Zone] = frozenset()

    def address(self, *, view: View | None = None, toggled: Zone | None = None) -> str:
        """The page with another picture, or with one zone more or less."""
        zones = self.zones ^ {toggled} if toggled else self.zones
        listed = ",".join(zone.value for zone in Zone if zone in zones)
        return f"?view={view or self.view}&zones={listed}#concerns"


@dataclass(frozen=True)
class Tab:
    """One picture to go to."""

    name: str
    address: str
    is_here: bool


@dataclass(frozen=True)
class Place:
    """One zone of the list."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Where:
    """The picture, the other ones, and every zone as a list."""

    view: str
    picture: str
    note: str
    tabs: tuple[Tab, ...]
    places: tuple[Place, ...]
    is_chosen: bool


@dataclass(frozen=True)
class SaidOfZone:
    """What was said of one zone, and the gravest of it."""

    text: str
    severity: int


def chosen_in(request: HttpRequest) -> Chosen:
    """What somebody looks at and has chosen; words that are no view or zone are left out."""
    view = request.POST.get("view") or request.GET.get("view", "")
    zones = request.GET.get("zones", "").split(",")
    return Chosen(
        view=View(view) if view in list(View) else View.FACE_FRONT,
        zones=frozenset(zone for zone in Zone if zone.value in zones),
    )


def where(said: Mapping[Zone, SaidOfZone], chosen: Chosen, facts: Facts) -> Where:
    """Everything with which a zone is chosen."""
    return Where(
        view=chosen.view.value,
        picture=_drawn(chosen.view, tuple(_pressed(said, chosen, facts))),
        note=drawing(chosen.view).note,
        tabs=tuple(
            Tab(drawing(view).name, chosen.address(view=view), view is chosen.view)
            for view in _VIEWS
        ),
        places=tuple(
            Place(zone.value, facts.zones[zone].name, zone in chosen.zones) for zone in _listed()
        ),
        is_chosen=bool(chosen.zones),
    )


def _listed() -> Iterable[Zone]:
    """Zones in the order of the pictures, each once."""
    shown = (shape.zone for view in _VIEWS for shape in drawing(view).shapes)
    return dict.fromkeys(shown)


def _pressed(
    said: Mapping[Zone, SaidOfZone], chosen: Chosen, facts: Facts
) -> Iterator[PressedZone]:
    for zone in Zone:
        told = said.get(zone)
        yield PressedZone(
            zone=zone,
            name=facts.zones[zone].name,
            address=chosen.address(toggled=zone),
            said=told.text if told else "",
            severity=told.severity if told else None,
            is_chosen=zone in chosen.zones,
        )


@lru_cache(maxsize=256)
def _drawn(view: View, zones: tuple[PressedZone, ...]) -> str:
    return concern_map(view, zones)
