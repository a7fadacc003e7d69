"""What was delivered at one session, zone by zone, and what the person reported since.

The record accepts the truth: every value that is physically possible is kept, a wished-for one
or not. What nobody wrote down is left out, which is not "nothing".
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from percuta.facts.vocabulary import Ordered, Zone
from percuta.planning.case.case import Count, Day, Frozen, Millimetres, PassCount, as_day
from percuta.planning.recovery.check_in import CheckIn


class Done(StrEnum):
    """Whether a zone was needled."""

    YES = "yes"
    PART = "part"
    NO = "no"


class Endpoint(Ordered):
    """The most that was seen in a zone while needling, least first."""

    NONE = "none"
    REDNESS = "redness"
    PINPOINT_BLEEDING = "pinpoint_bleeding"
    SUPERFICIAL_BLEEDING = "superficial_bleeding"
    HEAVY_BLEEDING = "heavy_bleeding"


class StoppedFor(StrEnum):
    """Why a zone was stopped, or not begun."""

    BLEEDING = "bleeding"
    PAIN = "pain"
    SKIN = "skin"
    PERSON = "person"
    TIME = "time"
    EQUIPMENT = "equipment"


class ZoneDelivered(Frozen):
    """What was done in one zone.

    ``depth_mm`` is the deepest setting that was used; ``endpoint`` the most that was seen. A zone
    that was needled in part says why it was stopped.
    """

    zone: Zone
    done: Done
    depth_mm: Millimetres | None = None
    passes: PassCount | None = None
    endpoint: Endpoint | None = None
    stopped_for: StoppedFor | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        dose = (self.depth_mm, self.passes)
        if self.done is Done.NO and (any(dose) or self.endpoint is not None):
            raise ValueError("a zone that was not needled has no depth, passes or endpoint")
        if self.done is not Done.NO and None in dose:
            raise ValueError("a zone that was needled has depth_mm and passes")
        if self.done is Done.PART and self.stopped_for is None:
            raise ValueError("a zone that was needled in part says what it was stopped_for")
        if self.done is Done.YES and self.stopped_for is not None:
            raise ValueError("a zone that was needled in full was not stopped")
        return self

    @property
    def is_needled(self) -> bool:
        """Whether any needle went in."""
        return self.done is not Done.NO


class Clearance(Frozen):
    """Somebody who may do so says in writing that a sign is over."""

    sign: str
    on: Day
    by: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


def _as_last_needled(value: object) -> object:
    return value if value is None or value == "never" else as_day(value)


LastNeedled = Annotated[date | Literal["never"] | None, BeforeValidator(_as_last_needled)]


class Delivered(Frozen):
    """One session of a plan, and everything reported since.

    ``sessions_done`` counts the sessions of the series with this one. ``signs`` are those seen
    during the session: an empty list says none, a missing one that nobody wrote it down.
    ``last_needled`` is the day before this one on which the skin was needled, or ``never``: asked
    for where nothing was needled at this session.
    """

    session: Day
    device: str
    sessions_done: Annotated[Count, Field(ge=1, le=100)] = 1
    zones: Annotated[tuple[ZoneDelivered, ...], Field(min_length=1)]
    signs: tuple[str, ...] | None = None
    last_needled: LastNeedled = None
    check_ins: tuple[CheckIn, ...] = ()
    cleared: tuple[Clearance, ...] = ()

    @property
    def needled(self) -> tuple[ZoneDelivered, ...]:
        """Zones into which any needle went."""
        return tuple(zone for zone in self.zones if zone.is_needled)
