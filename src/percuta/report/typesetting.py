"""A text of the planner as print has it: keys, dates and units in words and signs."""

import re
from collections.abc import Iterable
from datetime import date

from percuta.facts.vocabulary import Zone
from percuta.planning.case.zone_names import sides_together
from percuta.planning.plan.plan import Plan
from percuta.report import wording

_ZONE_KEY = re.compile(r"\b(" + "|".join(zone for zone in Zone if "_" in zone) + r")\b")
_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_SQUARE = re.compile(r"\bcm2\b")
_PEN = re.compile(r"generic_pen_(\d+)")
_ROLLER = re.compile(r"roller_(\d+)_(\d)(\d)")
_SIDES = {"left", "right", "front"}


def typeset(text: str) -> str:
    """A text of the planner with keys, dates and units as print has them."""
    text = _ZONE_KEY.sub(lambda key: zone_name(Zone(key[0])), text)
    return _SQUARE.sub("cm²", _ISO_DAY.sub(_day_in_words, text))


def zone_name(zone: Zone) -> str:
    """A zone that is not planned, named in the manner of those that are."""
    words = zone.replace("hand_left_dorsal", "back_of_hand_left")
    words = words.replace("hand_right_dorsal", "back_of_hand_right")
    *place, last = words.split("_")
    return f"{' '.join(place)}, {last}" if place and last in _SIDES else zone.replace("_", " ")


def places(zones: Iterable[Zone], plan: Plan) -> str:
    """Zones as the table names them, sides of the same told together; all in two words."""
    asked = tuple(zones)
    if len(asked) > 3 and set(asked) == set(plan.case.requested_zones):
        return "all zones"
    names = {zone.zone: zone.name for zone in plan.zones}
    return sides_together(names.get(zone, zone_name(zone)) for zone in asked)


def device(key: str) -> str:
    """A device in words."""
    if pen := _PEN.fullmatch(key):
        return f"pen with {pen[1]} needles"
    if roller := _ROLLER.fullmatch(key):
        return f"roller with {roller[1]} needles of {roller[2]}.{roller[3]} mm"
    return key.replace("_", " ")


def _day_in_words(found: re.Match[str]) -> str:
    try:
        return wording.day(date.fromisoformat(found[0]))
    except ValueError:  # not a date after all: it stays as written
        return found[0]
