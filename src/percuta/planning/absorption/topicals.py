"""The lanes of what is put on needled skin: how much goes in, site by site, beside intact skin."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from percuta.facts.agents import Agent
from percuta.facts.doors import Fact
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex, Zone
from percuta.frozen import frozen
from percuta.planning.absorption.curves import AbsorptionLane, NoLane, Shares
from percuta.planning.judgement.findings import Reason, because
from percuta.planning.judgement.grades import Grade
from percuta.science.absorption.finite_volume import FiniteVolumes
from percuta.science.absorption.over_channels import NeedledSkin, draw_film, draw_skin, gone_in
from percuta.science.absorption.parameters import permeability
from percuta.science.absorption.resolutions import LANES
from percuta.science.channels.clock_parameters import half_closed
from percuta.science.channels.clocks import Clock
from percuta.science.channels.parameters import barrier_clock
from percuta.science.numerics.quantiles import quantiles
from percuta.science.numerics.sampling import Draws, stream
from percuta.science.puncture.density import strike_density
from percuta.science.puncture.parameters import (
    efficiency_prior,
    hole_radius,
    motion_of,
    reduced_law,
)
from percuta.science.skin.thickness import sample_skin, skin_at
from percuta.units import convert, to_si

SEED = 1
_HOURS = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 20.0, 24.0)
_BAND = (0.05, 0.5, 0.95)


@frozen
class Needled:
    """A zone as it was needled: dial setting and passes."""

    zone: Zone
    depth_mm: float
    passes: int


@frozen
class Needling:
    """With what, on whom, and whether what comes after covers the skin."""

    device: str
    sex: Sex | None
    is_covered: bool


@frozen
class _Site:
    """Zones that are alike: one site, one depth, one number of passes."""

    site: str
    depth_mm: float
    passes: int


def topical_lanes(
    products: Iterable[str],
    zones: Iterable[Needled],
    needling: Needling,
    facts: Facts,
    *,
    draws: int,
) -> tuple[tuple[AbsorptionLane, ...], tuple[NoLane, ...]]:
    """A lane for each product and site that can be forecast, and why there is none for the rest."""
    zones = tuple(zones)
    lanes: list[AbsorptionLane] = []
    without: list[NoLane] = []
    for key in dict.fromkeys(products):
        agent = facts.agents[key]
        reason = why_not(agent, facts)
        if reason is not None:
            without.append(NoLane(product=key, name=agent.name, why=reason))
            continue
        predicted = predicted_lanes(agent, zones, needling, facts, draws=draws)
        contrary = _contrary_measurement(agent, predicted, facts)
        if contrary is None:
            lanes += predicted
        else:
            without.append(NoLane(product=key, name=agent.name, why=contrary))
    return tuple(lanes), tuple(without)


def predicted_lanes(
    agent: Agent, zones: Iterable[Needled], needling: Needling, facts: Facts, *, draws: int
) -> tuple[AbsorptionLane, ...]:
    """What the model says of a product on each site, whether or not a measurement agrees."""
    return tuple(_lanes(agent, _alike(zones, facts), needling, facts, draws))


def _contrary_measurement(
    agent: Agent, lanes: Iterable[AbsorptionLane], facts: Facts
) -> Reason | None:
    """The only measurement, where a band leaves it out: then it is told and no curve is drawn."""
    row = facts.absorption_measured.get(agent.active)
    ends = [(lane.gone_in.low_pct[-1], lane.gone_in.high_pct[-1]) for lane in lanes]
    if row is None or all(low <= row.value <= high for low, high in ends):
        return None
    text = (
        f"The one measurement found {row.value:.0f} ({row.low:.0f} to {row.high:.0f}) in 100 parts "
        f"gone in ({row.provenance.population}). The model's band leaves it out, so no curve is "
        "drawn."
    )
    return because(text, "absorption_measured", row)


def _alike(zones: Iterable[Needled], facts: Facts) -> dict[_Site, tuple[Zone, ...]]:
    together: dict[_Site, tuple[Zone, ...]] = {}
    for needled in zones:
        site = _Site(facts.zones[needled.zone].site, needled.depth_mm, needled.passes)
        together[site] = (*together.get(site, ()), needled.zone)
    return together


def why_not(agent: Agent, facts: Facts) -> Reason | None:
    """Why a product cannot be followed into the skin; ``None`` if it can."""
    if agent.active == "unknown":
        text = "What it holds is not published, so what of it goes in cannot be said."
        return because(text, "agents", agent)
    if agent.active == "none":
        return because("It holds nothing that is followed into the skin.", "agents", agent)
    limit = facts.absorption.get(("retained_above", agent.active))
    if limit is not None:
        text = (
            f"Hyaluronic acid above {limit.value:g} kDa stays on the skin; smaller has been seen "
            "below it in pictures only. No amount that goes in can be stated."
        )
        return because(text, "absorption", limit)
    if agent.active_mg_per_g is None:
        return because("Its strength is not published.", "agents", agent)
    return None


def _lanes(
    agent: Agent,
    alike: dict[_Site, tuple[Zone, ...]],
    needling: Needling,
    facts: Facts,
    draws: int,
) -> Iterator[AbsorptionLane]:
    hours = _hours(facts)
    sites = tuple(alike)
    *needled, intact = _bands(agent, sites, needling, hours, draws, facts)
    for site, gone in zip(sites, needled, strict=True):
        yield AbsorptionLane(
            product=agent.key,
            name=agent.name,
            over="needled",
            zones=alike[site],
            hours=hours,
            gone_in=gone,
            intact=intact,
            is_intact_known=_is_known(intact, facts),
            draws=draws,
            seed=SEED,
            grade=Grade.C,
            grade_words=Grade.C.words,
            why=_why(agent, gone, intact, hours[-1], needling, facts),
        )


def _hours(facts: Facts) -> tuple[float, ...]:
    """Hours until it is reckoned to be washed off."""
    row = facts.absorption["left_on", "any"]
    last = convert(row.si(), source="s", target="h")
    return (*(hour for hour in _HOURS if hour < last), last)


@lru_cache(maxsize=256)
def _bands(
    agent: Agent,
    sites: tuple[_Site, ...],
    needling: Needling,
    hours: tuple[float, ...],
    draws: int,
    facts: Facts,
) -> tuple[Shares, ...]:
    """One band a site and, last, one for skin of the first site without channels: one call."""
    skins = [_skin(agent.active, site, needling, draws, facts) for site in sites]
    intact = replace(skins[0], open_area=np.zeros(draws))
    every = skins[0].beside(*skins[1:], intact)
    until = to_si(hours[-1], "h")
    strength = to_si(agent.active_mg_per_g or 0.0, "mg_per_ml")
    film = draw_film(facts, concentration=strength, sets=draws, seed=SEED, removed_at=until)
    found = gone_in(
        agent.active,
        facts,
        skin=every,
        film=film.repeated(len(sites) + 1),
        until=until,
        engine=FiniteVolumes(LANES),
    )
    shares = found.at(np.array([to_si(hour, "h") for hour in hours]))
    return tuple(_shares(part) for part in np.split(shares, len(sites) + 1, axis=1))


def _skin(name: str, site: _Site, needling: Needling, draws: int, facts: Facts) -> NeedledSkin:
    device = facts.devices[needling.device]
    motion = motion_of(device, facts)
    believed = efficiency_prior(device, facts).draw(draws)
    rng = stream(SEED, "reached over channels")
    reached = reduced_law(device, facts).reached(
        to_si(site.depth_mm, "mm"), efficiency=rng.permutation(believed), rng=rng
    )
    clock = barrier_clock(
        facts, covered=needling.is_covered, site=site.site, length_mm=site.depth_mm
    )
    return draw_skin(
        name,
        facts,
        density=strike_density(motion, passes=site.passes),
        reach=reached[None, :],
        clock=clock,
        sets=draws,
        seed=SEED,
        dermis_thickness=_dermis(site.site, needling.sex, draws, facts),
        own_overlap=motion.own_overlap(hole_radius=hole_radius(facts)),
    )


def _dermis(site: str, sex: Sex | None, draws: int, facts: Facts) -> Draws | None:
    """Thickness of the site, or nothing where none was published: then the usual one counts."""
    skin = skin_at(site, sex, facts) if sex is not None else None
    if skin is None:
        return None
    return sample_skin(skin, draws, stream(SEED, "dermis over channels", f"{site} {sex}")).dermis


def _shares(drawn: NDArray[np.float64]) -> Shares:
    low, middle, high = (
        tuple(round(convert(float(share), source="1", target="pct"), 1) for share in curve)
        for curve in quantiles(drawn.T, _BAND)
    )
    return Shares(low_pct=low, middle_pct=middle, high_pct=high)


def _why(
    agent: Agent, gone: Shares, intact: Shares, last_h: float, needling: Needling, facts: Facts
) -> Reason:
    text = (
        f"If a thin film stays wet on the skin, {_of_100(gone)} of it have gone in after "
        f"{last_h:g} h; {_through_intact(intact, facts)}. Dried or washed off, less goes in. "
        f"{_measured(agent, facts)}How far holes carry a substance was seen to differ a "
        "hundredfold."
    )
    rows = because(text, "absorption", *_rows(agent, facts))
    closing = half_closed(Clock.BARRIER, covered=needling.is_covered, facts=facts)
    more = because(text, "closure", facts.closure["closed_share", "any"], *closing)
    own = because(text, "agents", agent)
    return Reason(
        text=text,
        facts=(*own.facts, *rows.facts, *more.facts),
        sources=tuple(dict.fromkeys((*own.sources, *rows.sources, *more.sources))),
    )


def _is_known(shares: Shares, facts: Facts) -> bool:
    """Whether the last band leaves anything out."""
    spans = shares.high_pct[-1] - shares.low_pct[-1]
    return spans <= facts.policy["band_says_nothing_pct", "any"].value


def _through_intact(intact: Shares, facts: Facts) -> str:
    if _is_known(intact, facts):
        return f"through intact skin {_of_100(intact)}"
    return "how much passes intact skin is not known"


def _measured(agent: Agent, facts: Facts) -> str:
    """The direct measurement that a lane of this substance is known to miss, where there is one."""
    return "".join(
        f"{failure.statement} " for failure in facts.model_failures if failure.model == agent.active
    )


def _of_100(shares: Shares) -> str:
    middle = shares.middle_pct or shares.high_pct
    low, high = shares.low_pct[-1], shares.high_pct[-1]
    return f"{middle[-1]:.0f} ({low:.0f} to {high:.0f}) in 100 parts"


def _rows(agent: Agent, facts: Facts) -> Iterator[Fact]:
    passes = permeability(agent.active, facts).fact
    yield next(row for row in facts.absorption.values() if row.key == passes)
    for quantity in ("molar_mass", "log_p", "solubility"):
        yield facts.absorption[quantity, agent.active]
    for quantity in (
        "relation_error",
        "channel_effectiveness",
        "channel_effectiveness_spread",
        "channel_diffusion_length",
        "film",
        "left_on",
    ):
        yield facts.absorption[quantity, "any"]
