"""The highest blood level that a dose on intact skin can give, without solving anything.

Notes
-----
The horny layer lets a substance through no faster than its steady flux ``J`` under a saturated
vehicle, whenever it was empty before: outflow of a slab under a constant surface rises to ``J``
and never exceeds it. In a contact of ``t`` it lets in no more than ``J t`` and what it then
holds. So blood receives at most ``A J`` a second and at most ``min(dose, A (J t + reservoir))``
in all. In one compartment the level after a given amount at a bounded rate is highest when it
arrives at that rate without pause. A depot in the skin or clearance elsewhere only lower it.

Every engine's draws end at or below this bound; tests hold them to it.
"""

import math

from percuta.errors import OutsideValidity
from percuta.frozen import frozen


@frozen
class Uptake:
    """How fast skin lets all anaesthetics of a product in, at most.

    ``flux`` [kg/m2/s] and ``reservoir`` [kg/m2], what skin still gives on when wiped off.
    """

    flux: float
    reservoir: float


@frozen
class Blood:
    """One compartment: ``volume`` [m3] and ``clearance`` [m3/s]."""

    volume: float
    clearance: float


@frozen
class Contact:
    """Product on skin: ``applied`` [kg] of anaesthetic, ``area`` [m2], ``time`` [s]."""

    applied: float
    area: float
    time: float

    def __post_init__(self) -> None:
        if self.applied < 0 or self.area <= 0 or self.time < 0:
            raise OutsideValidity("a dose needs amount and time 0 or more, and an area above 0")


def highest_level(contact: Contact, uptake: Uptake, blood: Blood, *, other: float = 0.0) -> float:
    """The bound [kg/m3]; rises with amount, area and time, falls with the body's size.

    ``other`` [kg]: local anaesthetic given elsewhere that day, all in the blood at once.
    """
    rate = contact.area * uptake.flux
    entering = _let_in(contact, uptake)
    filling = -math.expm1(-blood.clearance / blood.volume * entering / rate)
    return rate / blood.clearance * filling + other / blood.volume


def most_taken_up(contact: Contact, uptake: Uptake, *, since: float) -> float:
    """The most [kg] that blood can have taken up a time [s] after the product was put on.

    Rises with amount, area, contact and that time, to what had entered when it was wiped off.
    """
    return min(contact.area * uptake.flux * since, _let_in(contact, uptake))


def _let_in(contact: Contact, uptake: Uptake) -> float:
    """The most [kg] that a contact lets in, with what skin then still holds."""
    let_in = contact.area * uptake.flux * contact.time + contact.area * uptake.reservoir
    return min(contact.applied, let_in)


def most_applied(
    level: float, *, area: float, time: float, uptake: Uptake, blood: Blood, other: float = 0.0
) -> float:
    """The most [kg] that keeps the bound within a level; infinite if any amount does.

    The inverse of ``highest_level`` in the amount: rises with the level and the body's size,
    falls with area, time and ``other``.
    """
    endless = Contact(math.inf, area, time)
    if highest_level(endless, uptake, blood, other=other) <= level:
        return math.inf
    return _entering(level, area, uptake, blood, other)


def longest_contact(
    level: float, *, applied: float, area: float, uptake: Uptake, blood: Blood, other: float = 0.0
) -> float:
    """The longest contact [s] that keeps the bound within a level; infinite if any does.

    The inverse of ``highest_level`` in the time; 0 if what skin holds is too much already.
    """
    endless = Contact(applied, area, math.inf)
    if highest_level(endless, uptake, blood, other=other) <= level:
        return math.inf
    entering = _entering(level, area, uptake, blood, other)
    return max(0.0, entering / (area * uptake.flux) - uptake.reservoir / uptake.flux)


def widest(
    level: float, *, layer: float, time: float, uptake: Uptake, blood: Blood, other: float = 0.0
) -> float:
    """The largest area [m2] under a layer [kg/m2] that keeps the bound within a level.

    The bound of what is put on rises in proportion to the area; 0 if ``other`` is too much alone.
    """
    on_one = highest_level(Contact(layer, 1.0, time), uptake, blood)
    return max(0.0, level - other / blood.volume) / on_one


def contact_along_tangent(
    level: float, *, contact: Contact, uptake: Uptake, blood: Blood, other: float = 0.0
) -> float:
    """A contact [s] that keeps the bound within a level, from a contact that does.

    The bound rises ever more slowly with time, so it stays below its tangent at ``contact``. Along
    the tangent the time follows the body's size without a jump, where the bound itself is flat.
    """
    rate = contact.area * uptake.flux
    now = highest_level(contact, uptake, blood, other=other)
    since = contact.time + uptake.reservoir / uptake.flux
    slope = rate / blood.volume * math.exp(-blood.clearance / blood.volume * since)
    return contact.time + max(0.0, level - now) / slope


def _entering(level: float, area: float, uptake: Uptake, blood: Blood, other: float) -> float:
    """What may enter at the highest rate until a level is reached [kg]."""
    rate = area * uptake.flux
    filled = (level - other / blood.volume) * blood.clearance / rate
    if filled >= 1:
        return math.inf
    return -rate * blood.volume / blood.clearance * math.log1p(-max(0.0, filled))
