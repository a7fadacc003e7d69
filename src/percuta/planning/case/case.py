"""A person's case: who they are, what they answered, what bothers them, how they would be treated.

A missing history key is "not asked", which is not "no".
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Literal, Protocol

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
)

from percuta.facts.vocabulary import (
    Concern,
    Operator,
    Phototype,
    ScarKind,
    Sex,
    Weekday,
    Zone,
)


class Frozen(BaseModel):
    """A value that cannot change and holds nothing undeclared."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Nobody who lives was needled before, and no plan reaches beyond."""


def as_day(value: object) -> date:
    """A calendar day, given as one or in words as 2026-11-22.

    Raises
    ------
    ValueError
        If it is anything else, a time of day included, or no day that anybody may live to see.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        day = value
    else:
        try:
            day = date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            raise ValueError("should be a day like 2026-11-22") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"should be a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def _as_last(value: object) -> object:
    return value if value is None or value == "unknown" else as_day(value)


def _as_word(value: object) -> object:
    """An ingredient as the tables spell it, however a person wrote it."""
    return value.strip().lower().replace(" ", "_") if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(as_day)]
Ingredient = Annotated[str, BeforeValidator(_as_word)]
LastDay = Annotated[date | Literal["unknown"] | None, BeforeValidator(_as_last)]
Amount = Annotated[float, Strict()]
OLDEST_YEARS = 120
"""What an age may be at most: whoever writes more has mistyped a year."""

LONGEST_WEEKS = 104
"""Two sessions further apart than this are no series."""

Millimetres = Annotated[Amount, Field(gt=0, le=5)]
"""A set depth that somebody may type."""

Count = Annotated[int, Strict()]
PassCount = Annotated[Count, Field(ge=1, le=1000)]
Seconds = Annotated[Amount, Field(gt=0, le=600)]
Minutes = Annotated[Amount, Field(gt=0, le=600)]
StrikeDensity = Annotated[Amount, Field(gt=0, le=100_000)]


def _as_chosen(value: object) -> object:
    """A bare number is a depth of which nobody told who chose it."""
    return {"mm": value} if isinstance(value, int | float) else value


class ChosenDepth(Frozen):
    """A set depth that was chosen by hand, and by whom, where that was told.

    Written as a bare number where it was not.
    """

    mm: Millimetres
    chosen_by: Operator | None = None


def _as_written(depth: ChosenDepth | float) -> object:
    """A bare number where nobody told who chose it, so that earlier documents keep their bytes."""
    if not isinstance(depth, ChosenDepth):
        return depth
    who = depth.chosen_by
    return depth.mm if who is None else {"mm": depth.mm, "chosen_by": who}


SetDepth = Annotated[ChosenDepth, BeforeValidator(_as_chosen), PlainSerializer(_as_written)]
MOST_HOLIDAYS = 400
ClosedWeekdays = Annotated[tuple[Weekday, ...], Field(max_length=len(Weekday) - 1)]
"""Weekdays without sessions; one at least stays open, or no date could be found."""
Holidays = Annotated[tuple[Day, ...], Field(max_length=MOST_HOLIDAYS)]


def _as_answer(value: object) -> object:
    return {"status": value} if isinstance(value, str) else value


class Person(Frozen):
    """Who is asking. Anything left out is asked for, never assumed."""

    age: Annotated[Count, Field(ge=0, le=OLDEST_YEARS)] | None = None
    sex: Sex | None = None
    phototype: Phototype | None = None
    weight_kg: Annotated[Amount, Field(ge=2, le=400)] | None = None


class Answer(Frozen):
    """One history answer.

    ``last`` dates a ``past`` answer, ``zones`` say where, ``cleared`` is the day on which a
    specialist or prescriber cleared it in writing, ``ingredients`` name what was reacted to.
    """

    status: Literal[
        "no", "yes", "unknown", "never", "past", "current", "controlled", "uncontrolled"
    ]
    last: LastDay = None
    zones: tuple[Zone, ...] = ()
    cleared: Day | None = None
    ingredients: tuple[Ingredient, ...] = ()


class StatedConcern(Frozen):
    """One concern with its zones; severity runs from 1 mild to 4 severe."""

    concern: Concern
    kind: ScarKind | None = None
    zones: Annotated[tuple[Zone, ...], Field(min_length=1)]
    severity: Annotated[Count, Field(ge=1, le=4)] | None = None


class AnaestheticDose(Frozen):
    """Another local anaesthetic of the day: which drug, and how much of it in all."""

    drug: Annotated[Ingredient, Field(min_length=1)]
    amount_mg: Annotated[Amount, Field(gt=0, le=5000)]


class NumbingPrescription(Frozen):
    """What a prescriber wrote where no figure may be given: grams on an area for a time.

    It stands for one product: with another, it is as if nobody had written.
    """

    product: str
    by: Annotated[str, Field(min_length=1, pattern=r"\S")]
    grams: Annotated[Amount, Field(gt=0, le=200)]
    area_cm2: Annotated[Amount, Field(gt=0, le=2000)]
    minutes: Annotated[Amount, Field(gt=0, le=600)]


def is_left_out(value: object) -> bool:
    """Whether a field that older files lack holds nothing, so that it stays out of the file."""
    return value is None or value == ()


class Setting(Frozen):
    """With what, by whom, when, and with which numbing.

    ``licence`` names an example licence rule the clinic has adopted; ``interval_weeks`` is the
    chosen time between sessions; ``other_local_anaesthetic_mg`` counts everything else given
    that day as milligrams of an unnamed drug, ``other_local_anaesthetics`` by drug, and
    ``numbing_prescription`` stands where no figure may be given. ``passes`` or
    ``strikes_per_cm2`` hold for every zone that names none of its own: one of them, as the other
    follows. ``topicals`` go on needled skin for what is in them.
    ``calm_by`` is a day on which skin must be calm, a wedding for example. On ``closed_weekdays``
    and ``holidays`` nobody is needled. The last three are left out of a file that names none.
    """

    device: str
    operator: Operator
    date: Day
    numbing: str
    licence: str | None = None
    interval_weeks: Annotated[Amount, Field(gt=0, le=LONGEST_WEEKS)] | None = None
    other_local_anaesthetic_mg: Annotated[Amount, Field(ge=0, le=2000)] | None = None
    other_local_anaesthetics: Annotated[tuple[AnaestheticDose, ...], Field(max_length=20)] = Field(
        default=(), exclude_if=is_left_out
    )
    numbing_prescription: NumbingPrescription | None = Field(default=None, exclude_if=is_left_out)
    glide: str | None = None
    soothing: str | None = None
    topicals: tuple[str, ...] = ()
    passes: PassCount | None = None
    strikes_per_cm2: StrikeDensity | None = None
    calm_by: Day | None = Field(default=None, exclude_if=is_left_out)
    closed_weekdays: ClosedWeekdays = Field(default=(), exclude_if=is_left_out)
    holidays: Holidays = Field(default=(), exclude_if=is_left_out)


class ClinicDeferral(Frozen):
    """A clinic's own waiting time: another published row, who chose it, until when."""

    rule: str
    defer_days: Annotated[Count, Field(ge=0, le=3650)]
    by: Annotated[str, Field(min_length=1, pattern=r"\S")]
    expires: Day


_PLACES = {zone: place for place, zone in enumerate(Zone)}


def zones_of(concerns: Iterable[StatedConcern]) -> tuple[Zone, ...]:
    """Every zone of every concern, once, in the vocabulary's order."""
    asked = {zone for stated in concerns for zone in stated.zones}
    return tuple(sorted(asked, key=_PLACES.__getitem__))


History = Mapping[str, Annotated[Answer, BeforeValidator(_as_answer)]]


def _is_empty(named: object) -> bool:
    """Left out of a document that names none, as those before did."""
    return not named


class Case(Frozen):
    """Everything a plan is made from.

    A depth may say who chose it: where none was published, only a physician's counts. Of
    ``passes``, ``strikes_per_cm2``, ``seconds_per_cm2`` and ``minutes`` of needle contact one is
    named for a zone; the others follow.
    """

    person: Person
    history: History = Field(default_factory=dict)
    concerns: Annotated[tuple[StatedConcern, ...], Field(min_length=1)]
    setting: Setting
    depth_mm: Mapping[Zone, SetDepth] = Field(default_factory=dict)
    passes: Mapping[Zone, PassCount] = Field(default_factory=dict)
    strikes_per_cm2: Mapping[Zone, StrikeDensity] = Field(default_factory=dict)
    seconds_per_cm2: Mapping[Zone, Seconds] = Field(default_factory=dict, exclude_if=is_left_out)
    minutes: Mapping[Zone, Minutes] = Field(default_factory=dict, exclude_if=is_left_out)
    clinic_deferrals: tuple[ClinicDeferral, ...] = ()

    @property
    def requested_zones(self) -> tuple[Zone, ...]:
        """Every zone of every concern, once, in the vocabulary's order."""
        return zones_of(self.concerns)

    def set_mm(self, zone: Zone) -> float | None:
        """The depth that was chosen for a zone [mm]."""
        chosen = self.depth_mm.get(zone)
        return None if chosen is None else chosen.mm

    def is_by_physician(self, zone: Zone) -> bool:
        """Whether a physician is told to have chosen the depth of a zone."""
        chosen = self.depth_mm.get(zone)
        return chosen is not None and chosen.chosen_by is Operator.PHYSICIAN

    @property
    def session(self) -> date:
        """The day to which answers are counted."""
        return self.setting.date

    @property
    def device(self) -> str | None:
        """With what."""
        return self.setting.device

    @property
    def numbing(self) -> str | None:
        """With which numbing product, or the word for none."""
        return self.setting.numbing


class Screened(Protocol):
    """What can be screened: a whole case, or what is known of a person so far.

    ``device`` and ``numbing`` are ``None`` while they are not chosen and what
    depends on them waits.
    """

    @property
    def person(self) -> Person:
        """Who is asking."""
        ...

    @property
    def history(self) -> Mapping[str, Answer]:
        """The answers; a missing one was not asked."""
        ...

    @property
    def requested_zones(self) -> tuple[Zone, ...]:
        """The skin that is to be treated."""
        ...

    @property
    def session(self) -> date:
        """The day to which answers are counted."""
        ...

    @property
    def device(self) -> str | None:
        """With what."""
        ...

    @property
    def numbing(self) -> str | None:
        """With which numbing product, or the word for none."""
        ...

    @property
    def clinic_deferrals(self) -> tuple[ClinicDeferral, ...]:
        """Waiting times that the clinic chose."""
        ...
