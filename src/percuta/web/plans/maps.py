"""Where: the map in large, the other views beside it, every zone as a choice."""

from dataclasses import dataclass

from percuta.facts.vocabulary import Zone
from percuta.report.figures.body_map import MapZone, in_zone
from percuta.report.figures.drawing import View, drawing, views_showing
from percuta.report.figures.palette import DEPTH_STEPS_MM
from percuta.web.plans.figures import drawn_map, drawn_thumb

_BESIDE = {View.FACE_FRONT: (View.FACE_RIGHT, View.FACE_LEFT)}
"""Views that help to read another one, though it shows every zone already."""


@dataclass(frozen=True)
class SmallView:
    """Another view, as a picture that can be pressed."""

    key: str
    name: str
    picture: str


@dataclass(frozen=True)
class Step:
    """One step of the depth scale: the name of its colour, its depth."""

    colour: str
    label: str


@dataclass(frozen=True)
class ZoneChoice:
    """One zone of the list under the map."""

    key: str
    name: str
    word: str
    is_in_hand: bool


@dataclass(frozen=True)
class Maps:
    """The map in large, smaller ones before and after it, and the list of zones."""

    view: str
    name: str
    note: str
    picture: str
    before: tuple[SmallView, ...]
    after: tuple[SmallView, ...]
    zones: tuple[ZoneChoice, ...]
    scale: tuple[Step, ...]


_SCALE = tuple(Step(f"d{round(100 * step):03d}", in_zone(step)) for step in DEPTH_STEPS_MM)


def maps(zones: tuple[MapZone, ...], in_hand: Zone | None, wished: View | None) -> Maps:
    """The maps of a plan; the large one shows the zone in hand unless another is asked for."""
    needed = views_showing(zone.zone for zone in zones)
    views = _with_those_beside(needed)
    main = wished if wished in views else _showing(in_hand, needed)
    small = tuple(
        SmallView(
            key=view.value, name=drawing(view).name, picture=drawn_thumb(view, zones, in_hand)
        )
        for view in views
        if view is not main
    )
    before = len(small) // 2
    return Maps(
        view=main.value,
        name=drawing(main).name,
        note=drawing(main).note,
        picture=drawn_map(main, zones, in_hand),
        before=small[:before],
        after=small[before:],
        zones=tuple(
            ZoneChoice(
                key=zone.zone.value,
                name=zone.name,
                word=zone.word,
                is_in_hand=zone.zone is in_hand,
            )
            for zone in zones
        ),
        scale=_SCALE,
    )


def _with_those_beside(needed: tuple[View, ...]) -> tuple[View, ...]:
    """Views in the order of the page: the patient's right stands on the left."""
    beside = {view for main in needed for view in _BESIDE.get(main, ())}
    shown = [view for view in View if view in needed or view in beside]
    return tuple(sorted(shown, key=lambda view: view is not View.FACE_RIGHT))


def _showing(zone: Zone | None, views: tuple[View, ...]) -> View:
    shown = (view for view in views if zone is not None and drawing(view).shape(zone) is not None)
    return next(shown, views[0])
