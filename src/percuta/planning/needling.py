"""Where needles end in this skin when the dial says a depth."""

from functools import lru_cache

import numpy as np

from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.case import Frozen
from percuta.planning.findings import Reason, because
from percuta.planning.reach_words import where_needles_end
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.depth import (
    Band,
    Cause,
    DepthLaw,
    NestedBands,
    Puncture,
    puncture,
)
from percuta.science.puncture.efficiency import EfficiencyPrior, MeasuredEfficiency
from percuta.science.puncture.parameters import efficiency_prior, lossless_law, reduced_law
from percuta.science.skin.thickness import Skin, sample_skin, skin_at
from percuta.units import convert, to_si

SEED = 1
"""Every plan uses the same seed, so that the same case gives the same bytes."""

PEOPLE = 2000
BELIEFS = 41


class Range(Frozen):
    """A middle value with its 5 to 95 % band."""

    low: float
    middle: float
    high: float


class Ends(Frozen):
    """The two ends of a band."""

    low: float
    high: float


class NestedRanges(Frozen):
    """A middle value inside the bands that hold a half, four in five and 19 in 20 of all."""

    middle: float
    half: Ends
    four_in_five: Ends
    nineteen_in_twenty: Ends


class Reach(Frozen):
    """Where needles end when the dial says ``set_depth_mm``; shares are in 0..1.

    ``p_through_dermis_at_most`` is the share past the dermis if no needle lost any depth and the
    dial were off to the deep side by its whole tolerance: no belief about needles gives more.
    The nested bands are over needles and people, as ``reached_mm`` and ``dermis_end_mm`` are.
    """

    set_depth_mm: float
    p_reach_dermis: Range
    p_through_dermis: Range
    p_through_dermis_at_most: float
    reached_mm: Range
    epidermis_mm: Range
    dermis_end_mm: Range
    reached_bands_mm: NestedRanges
    dermis_end_bands_mm: NestedRanges
    widest_cause: Cause
    seed: int
    words: str
    why: Reason


def reach_of(
    zone: Zone,
    set_depth_mm: float,
    device: Device,
    sex: Sex | None,
    facts: Facts,
    *,
    measured: MeasuredEfficiency | None = None,
) -> Reach | None:
    """Where needles end in a zone, or ``None`` where no usable thickness was published.

    ``measured`` replaces the prior of this kind of device by what its own bench showed.
    Both sides of the body share their site's draws, so that left and right agree.
    """
    site = facts.zones[zone].site
    skin = skin_at(site, sex, facts) if sex is not None else None
    if sex is None or skin is None:
        return None
    set_depth, name = to_si(set_depth_mm, "mm"), f"{site} {sex}"
    prior = measured or efficiency_prior(device, facts)
    laws = reduced_law(device, facts), lossless_law(device, facts)
    found, through_at_most = _punctures(*laws, prior, skin, set_depth, name)
    p_reach, p_through = _shares(found.reaches_dermis), _shares(found.passes_dermis)
    at_most = round(through_at_most, 2)
    words = where_needles_end(
        inside=p_reach.middle - p_through.middle,
        passing=(p_through.low, p_through.high),
        at_most=at_most,
        cause=found.widest_cause,
    )
    return Reach(
        set_depth_mm=set_depth_mm,
        p_reach_dermis=p_reach,
        p_through_dermis=p_through,
        p_through_dermis_at_most=at_most,
        reached_mm=_millimetres(found.reached),
        epidermis_mm=_millimetres(found.epidermis),
        dermis_end_mm=_millimetres(found.dermis_end),
        reached_bands_mm=_nested(found.reached_bands),
        dermis_end_bands_mm=_nested(found.dermis_end_bands),
        widest_cause=found.widest_cause,
        seed=SEED,
        words=words,
        why=_why(words, set_depth_mm, skin, site, sex, device, facts),
    )


@lru_cache(maxsize=4096)
def _punctures(
    law: DepthLaw,
    bound: DepthLaw,
    prior: EfficiencyPrior | MeasuredEfficiency,
    skin: Skin,
    set_depth: float,
    name: str,
) -> tuple[Puncture, float]:
    """The law planned with, then the share past the dermis by its bound, in the same people."""
    rng = stream(SEED, name)
    people = sample_skin(skin, PEOPLE, rng)
    planned = puncture(law, set_depth, skin=people, efficiency=prior.draw(BELIEFS), rng=rng)
    deepest = bound.reached(set_depth, efficiency=np.ones(PEOPLE), rng=rng)
    return planned, float((deepest > people.total).mean())


def _shares(band: Band) -> Range:
    return Range(low=round(band.low, 2), middle=round(band.middle, 2), high=round(band.high, 2))


def _millimetres(band: Band) -> Range:
    return Range(low=_mm(band.low), middle=_mm(band.middle), high=_mm(band.high))


def _nested(bands: NestedBands) -> NestedRanges:
    half, four_in_five, nineteen_in_twenty = (
        Ends(low=_mm(low), high=_mm(high))
        for low, high in (bands.half, bands.four_in_five, bands.nineteen_in_twenty)
    )
    return NestedRanges(
        middle=_mm(bands.middle),
        half=half,
        four_in_five=four_in_five,
        nineteen_in_twenty=nineteen_in_twenty,
    )


def _mm(depth: float) -> float:
    return round(convert(depth, source="m", target="mm"), 2)


def _why(
    words: str,
    set_depth_mm: float,
    skin: Skin,
    site: str,
    sex: Sex,
    device: Device,
    facts: Facts,
) -> Reason:
    selection = facts.skin_selection[site, sex.value]
    kind = device.kind.value
    parameters = [facts.puncture["efficiency_alpha", kind], facts.puncture["depth_spread", "any"]]
    text = f"Set to {set_depth_mm:g} mm, {words}. Reasoned, not measured."
    rows = because(text, "puncture", *parameters)
    return Reason(
        text=text,
        facts=(*rows.facts, f"skin_selection/{selection.key}", *skin.rows),
        sources=tuple(dict.fromkeys((*rows.sources, *selection.sources))),
    )
