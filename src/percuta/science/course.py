"""The chain from puncture to redness, and what goes in, in many people: one value a person."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from percuta.facts.devices import Device, DeviceKind
from percuta.facts.edition import Facts
from percuta.science.absorption.finite_volume import FiniteVolumes
from percuta.science.absorption.over_channels import Film, NeedledSkin, gone_in
from percuta.science.absorption.parameters import permeability
from percuta.science.absorption.resolutions import LANES
from percuta.science.channels.clock_parameters import closing
from percuta.science.channels.clocks import Clock, Closing
from percuta.science.channels.closure import BarrierClock
from percuta.science.channels.open_area import Effectiveness, apparent_open_area
from percuta.science.channels.parameters import barrier_clock, effectiveness
from percuta.science.numerics.sampling import Draws, stream
from percuta.science.puncture.depth import ReducedLaw
from percuta.science.puncture.efficiency import EfficiencyPrior
from percuta.science.puncture.parameters import (
    efficiency_prior,
    hole_radius,
    motion_of,
    reduced_law,
)
from percuta.science.redness.parameters import published_redness
from percuta.science.redness.resolution import Posterior
from percuta.science.skin.thickness import SkinDraws
from percuta.units import to_si

_CLOCKS = tuple(Clock)


@dataclass(frozen=True, eq=False)
class PersonalDraws:
    """What is drawn for each person, whatever the plan: two plans are compared in one person.

    The last axis of each is people. ``dial`` is even in -1..1; ``efficiency`` and ``believed``
    are even in 0..1; ``open_area``, ``closing`` (one row a clock), ``apart`` (two rows),
    ``permeability`` and ``film`` are standard normal. Nobody measured whether who closes slowly
    by one sign does by another: clocks are independent.
    """

    dial: Draws
    efficiency: Draws
    open_area: Draws
    closing: NDArray[np.float64]
    believed: Draws
    apart: NDArray[np.float64]
    permeability: Draws
    film: Draws

    @classmethod
    def of(cls, people: int, seed: int, *names: str) -> "PersonalDraws":
        """For a group of people that ``names`` tell from others; each quantity has its stream."""

        def rng(quantity: str) -> np.random.Generator:
            return stream(seed, *names, quantity)

        return cls(
            dial=rng("dial").uniform(-1.0, 1.0, people),
            efficiency=rng("efficiency").random(people),
            open_area=rng("open area").standard_normal(people),
            closing=rng("closing").standard_normal((len(_CLOCKS), people)),
            believed=rng("redness believed").random(people),
            apart=rng("redness apart").standard_normal((2, people)),
            permeability=rng("permeability").standard_normal(people),
            film=rng("film").standard_normal(people),
        )

    def __getitem__(self, chosen: NDArray[np.bool_]) -> "PersonalDraws":
        """The draws of some of the people."""
        return PersonalDraws(*(getattr(self, each.name)[..., chosen] for each in fields(self)))


@dataclass(frozen=True)
class Needling:
    """What one zone gets: one device at one set depth [m] and density [1/m2]."""

    set_depth: float
    density: float
    law: ReducedLaw
    efficiency: EfficiencyPrior
    hole_radius: float
    own_overlap: float
    effectiveness: Effectiveness
    closing: Mapping[Clock, Closing]
    openness: BarrierClock
    redness: Posterior
    is_pen: bool


@dataclass(frozen=True, eq=False)
class CohortCourse:
    """What happens in many people: each ``Float[ndarray, "people"]``.

    ``epidermis``, ``dermis`` are thicknesses and ``reached`` the depth of the middle needle [m];
    ``reaching_dermis`` and ``through_dermis`` are shares of a person's needles, ``open_area``
    a share of the surface, in 0..1; the others are times after needling [s].
    """

    epidermis: Draws
    dermis: Draws
    reached: Draws
    reaching_dermis: Draws
    through_dermis: Draws
    open_area: Draws
    barrier_closed: Draws
    epithelium_closed: Draws
    visible_closed: Draws
    redness_gone: Draws


def needling_of(
    device: Device, site: str, *, depth_mm: float, density: float, covered: bool, facts: Facts
) -> Needling:
    """From fact rows to what one site gets; ``density`` in strikes per area [1/m2]."""
    radius = hole_radius(facts)
    return Needling(
        set_depth=to_si(depth_mm, "mm"),
        density=density,
        law=reduced_law(device, facts),
        efficiency=efficiency_prior(device, facts),
        hole_radius=radius,
        own_overlap=motion_of(device, facts).own_overlap(hole_radius=radius),
        effectiveness=effectiveness(facts),
        closing={
            clock: closing(clock, covered=covered, site=site, length_mm=depth_mm, facts=facts)
            for clock in _CLOCKS
        },
        openness=barrier_clock(facts, covered=covered, site=site, length_mm=depth_mm),
        redness=published_redness(facts),
        is_pen=device.kind is DeviceKind.PEN,
    )


def cohort_course(needling: Needling, *, skin: SkinDraws, draws: PersonalDraws) -> CohortCourse:
    """What a needling does in every one of these people.

    Parameters
    ----------
    needling : Needling
        The same for all.
    skin : SkinDraws
        Of each person at the site.
    draws : PersonalDraws
        Of the same people.
    """
    efficiency = needling.efficiency.at(draws.efficiency)
    sticks_out = needling.law.sticks_out(needling.set_depth, off=draws.dial)
    needles = {"sticks_out": sticks_out, "efficiency": efficiency}
    closed = dict(zip(_CLOCKS, draws.closing, strict=True))
    return CohortCourse(
        epidermis=skin.epidermis,
        dermis=skin.dermis,
        reached=sticks_out * efficiency,
        reaching_dermis=needling.law.share_deeper(skin.epidermis, **needles),
        through_dermis=needling.law.share_deeper(skin.total, **needles),
        open_area=apparent_open_area(
            needling.density,
            hole_radius=needling.hole_radius,
            effectiveness=needling.effectiveness.at(draws.open_area),
            own_overlap=needling.own_overlap,
        ),
        barrier_closed=needling.closing[Clock.BARRIER].at(closed[Clock.BARRIER]),
        epithelium_closed=needling.closing[Clock.EPITHELIUM].at(closed[Clock.EPITHELIUM]),
        visible_closed=needling.closing[Clock.VISIBLE].at(closed[Clock.VISIBLE]),
        redness_gone=needling.redness.of_people(
            needling.set_depth, pen=needling.is_pen, believed=draws.believed, apart=draws.apart
        ),
    )


@dataclass(frozen=True)
class Topical:
    """What lies on the skin from needling on: ``concentration`` [kg/m3], ``washed_off`` [s]."""

    substance: str
    concentration: float
    washed_off: float


@dataclass(frozen=True, eq=False)
class CohortUptake:
    """Shares of the dose that had got past the horny layer when it was washed off, in 0..1.

    Each ``Float[ndarray, "people"]``: ``needled``, and ``intact``, the same skin without holes.
    """

    needled: Draws
    intact: Draws


def cohort_uptake(
    topical: Topical,
    course: CohortCourse,
    needling: Needling,
    *,
    draws: PersonalDraws,
    facts: Facts,
) -> CohortUptake:
    """How much of a topical goes in over the channels of a course, in the same people."""
    row = facts.absorption["film", "any"]
    skin = NeedledSkin(
        corneum_permeability=permeability(topical.substance, facts).at(draws.permeability),
        dermis=course.dermis,
        open_area=course.open_area,
        closing=needling.openness.at(draws.closing[_CLOCKS.index(Clock.BARRIER)]),
        reach=course.reached[None, :],
    )
    film = Film(
        concentration=np.full_like(draws.film, topical.concentration),
        depth=row.si() * np.exp(row.log_spread * draws.film),
        removed_at=topical.washed_off,
    )
    needled, intact = (
        gone_in(
            topical.substance,
            facts,
            skin=skin,
            film=film,
            until=topical.washed_off,
            engine=FiniteVolumes(LANES),
            is_needled=is_needled,
        ).share[-1]
        for is_needled in (True, False)
    )
    return CohortUptake(needled=needled, intact=intact)
