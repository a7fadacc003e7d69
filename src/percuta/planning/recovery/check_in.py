"""A check-in: what a person reports so many hours after a session, with the session it is of.

What was not asked is left out, which is not "gone" and not "none".
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from percuta.facts.devices import DeviceKind
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Amount, Day, Frozen, Millimetres


class Felt(StrEnum):
    """Whether something that a session leaves is over."""

    GONE = "gone"
    STILL = "still"


Hours = Annotated[Amount, Field(gt=0, le=20_000)]


class CheckIn(Frozen):
    """One report.

    ``zones`` empty means all that was needled. ``signs`` are rows of the recovery table that
    need somebody: an empty list says that there are none, a missing one that nobody asked.
    """

    hours_after: Hours
    zones: tuple[Zone, ...] = ()
    redness: Felt | None = None
    tenderness: Felt | None = None
    sunburn_feeling: Felt | None = None
    signs: tuple[str, ...] | None = None


class ClinicCheckIn(Frozen):
    """A report with whose it is and of which session, as a clinic collects them.

    ``person`` is any word that is the same for the same person. ``depth_mm`` is the deepest
    setting in the zones that it speaks of.
    """

    person: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
    session: Day
    device_kind: DeviceKind
    depth_mm: Millimetres
    said: CheckIn
