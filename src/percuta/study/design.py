"""What a study file asks: which people, which plans, under which seed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field

from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.case.case import Amount, Count, Frozen, Millimetres, PassCount, StrikeDensity

Weight = Annotated[Amount, Field(ge=0, le=1_000_000)]


def _as_list(value: object) -> object:
    """One value stands for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


class AgeBand(Frozen):
    """Ages that are equally likely, ends included, and how many people have one of them."""

    from_years: Annotated[Count, Field(ge=0, le=120)]
    to_years: Annotated[Count, Field(ge=0, le=120)]
    weight: Weight = 1.0


class Cohort(Frozen):
    """Who the virtual people are; weights are relative, in any unit.

    ``zones`` gives each person the zone that plans without a zone of their own needle.
    """

    people: Annotated[Count, Field(ge=1, le=10_000_000)]
    sex: Mapping[Sex, Weight]
    age_years: Annotated[tuple[AgeBand, ...], Field(min_length=1)]
    zones: Mapping[Zone, Weight] = Field(default_factory=dict)


class PlanSweep(Frozen):
    """Every combination of what is listed is a plan that every person gets.

    One value may stand without a list. The dose is ``passes`` or ``strikes_per_cm2``, one of
    them. ``covered`` says whether a gel, a film or a cream lies on the skin afterwards; it does
    if nothing is said. Without ``zone`` each person's own zone is needled.
    """

    device: Annotated[tuple[str, ...], BeforeValidator(_as_list), Field(min_length=1)]
    depth_mm: Annotated[
        tuple[Millimetres, ...],
        BeforeValidator(_as_list),
        Field(min_length=1),
    ]
    passes: Annotated[tuple[PassCount, ...], BeforeValidator(_as_list)] = ()
    strikes_per_cm2: Annotated[tuple[StrikeDensity, ...], BeforeValidator(_as_list)] = ()
    covered: Annotated[
        tuple[Annotated[bool, Field(strict=True)], ...],
        BeforeValidator(_as_list),
        Field(min_length=1),
    ] = (True,)
    zone: Annotated[tuple[Zone, ...], BeforeValidator(_as_list)] = ()


class Study(Frozen):
    """One study. People are drawn chunk by chunk, so how many a chunk has is part of it.

    ``name`` is of small letters, digits, ``-`` and ``_``. A chunk has 1,000 people if nothing
    else is said. ``absorption`` names a topical of the agents table: how much of it goes in is
    followed too.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
    seed: Annotated[Count, Field(ge=0, le=2**32 - 1)]
    people_per_chunk: Annotated[Count, Field(ge=10, le=100_000)] = 1_000
    cohort: Cohort
    plans: Annotated[tuple[PlanSweep, ...], Field(min_length=1)]
    absorption: str | None = None

    @property
    def sha256(self) -> str:
        """Digest of what is asked, however the file spells it."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.cohort.people // self.people_per_chunk)
