"""Where needles end in this skin when the dial says a depth."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from pydantic import Field

from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.skin_layers import SkinSelection, SkinSource
from percuta.facts.vocabulary import Sex, Zone
from percuta.frozen import frozen
from percuta.planning.case.case import Frozen
from percuta.planning.depth.reached_depth_words import where_needles_end
from percuta.planning.judgement.findings import Reason, because
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
from percuta.science.skin.thickness import (
    Skin,
    SkinDraws,
    other_skins,
    pooled,
    sample_skin,
    skin_at,
)
from percuta.units import convert, to_si

SEED = 1
"""Every plan uses the same seed, so that the same case gives the same bytes."""

PEOPLE = 2000
BELIEFS = 41

THIN_STUDY = "thinnest source"
"""The measurement from which ceilings come, beside others."""


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


class SourceReach(Frozen):
    """What one measurement of this skin says of a set depth; shares are in 0..1.

    ``is_thin`` marks the source from which ceilings come; where little lies beneath, it decides.
    """

    study: str
    p_through_dermis: Range
    dermis_end_mm: Range
    is_thin: bool
    facts: tuple[str, ...]
    sources: tuple[str, ...]


def _is_one_source(told: object) -> bool:
    """Left out of a document that tells one source, as those of earlier editions do."""
    return not told


class Reach(Frozen):
    """Where needles end when the dial says ``set_depth_mm``; shares are in 0..1.

    ``p_through_dermis_at_most`` is the share past the dermis if no needle lost any depth and the
    dial were off to the deep side by its whole tolerance: no belief about needles gives more.
    The nested bands are over needles and people, as ``reached_mm`` and ``dermis_end_mm`` are.
    Where more than one source measured this skin, ``over_sources`` tells each; the other figures
    mix them, each as likely, but for thin sites, where the thin source decides alone.
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
    over_sources: tuple[SourceReach, ...] = Field(default=(), exclude_if=_is_one_source)

    @property
    def thin_source(self) -> SourceReach | None:
        """The source from which ceilings come, where it stands beside others."""
        return next((source for source in self.over_sources if source.is_thin), None)


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
    others = other_skins(site, sex, facts)
    setting = _Setting(
        law=reduced_law(device, facts),
        bound=lossless_law(device, facts),
        prior=measured or efficiency_prior(device, facts),
        set_depth=to_si(set_depth_mm, "mm"),
        name=f"{site} {sex}",
    )
    thin, through_at_most = _punctures(setting, skin)
    told = _over_sources(setting, thin, skin, others, facts.skin_selection[site, sex.value])
    # why: where little lies beneath, a thick measurement must not talk a thin one down
    is_alone = not others or facts.beneath[site].is_thin_site
    found = thin if is_alone else _mixed(setting, (skin, *(other for _, other in others)))
    return _reach(
        found,
        set_depth_mm,
        at_most=round(through_at_most, 2),
        told=told,
        behind=_behind(site, sex, skin, others, device, facts),
    )


@frozen
class _Setting:
    """Needles at one set depth [m] under the law planned with and its bound; a name for draws."""

    law: DepthLaw
    bound: DepthLaw
    prior: EfficiencyPrior | MeasuredEfficiency
    set_depth: float
    name: str


@lru_cache(maxsize=4096)
def _punctures(setting: _Setting, skin: Skin) -> tuple[Puncture, float]:
    """The law planned with, then the share past the dermis by its bound, in the same people."""
    rng = stream(SEED, setting.name)
    people = sample_skin(skin, PEOPLE, rng)
    planned = _puncture(setting, people, rng)
    deepest = setting.bound.reached(setting.set_depth, efficiency=np.ones(PEOPLE), rng=rng)
    return planned, float((deepest > people.total).mean())


@lru_cache(maxsize=4096)
def _mixed(setting: _Setting, skins: tuple[Skin, ...]) -> Puncture:
    """The same needles over people of every source, each source as likely."""
    drawn = [sample_skin(skin, PEOPLE, _stream(setting, skin)) for skin in skins]
    found = _puncture(setting, pooled(drawn), stream(SEED, setting.name, "every source"))
    means = [float(skin.total.mean()) for skin in drawn]
    within = float(np.mean([skin.total.var() for skin in drawn]))
    differ = found.widest_cause is Cause.SKIN and float(np.var(means)) > within
    return replace(found, widest_cause=Cause.SOURCES) if differ else found


@lru_cache(maxsize=4096)
def _one(setting: _Setting, skin: Skin) -> Puncture:
    rng = _stream(setting, skin)
    return _puncture(setting, sample_skin(skin, PEOPLE, rng), rng)


def _stream(setting: _Setting, skin: Skin) -> np.random.Generator:
    return stream(SEED, setting.name, skin.selection)


def _puncture(setting: _Setting, people: SkinDraws, rng: np.random.Generator) -> Puncture:
    efficiency = setting.prior.draw(BELIEFS)
    return puncture(setting.law, setting.set_depth, skin=people, efficiency=efficiency, rng=rng)


def _over_sources(
    setting: _Setting,
    thin: Puncture,
    skin: Skin,
    others: tuple[tuple[SkinSource, Skin], ...],
    selection: SkinSelection,
) -> tuple[SourceReach, ...]:
    """Each source by itself, the thin one first; nothing where there is but one."""
    if not others:
        return ()
    told = [_told(THIN_STUDY, thin, skin, selection.sources, is_thin=True)]
    for source, other in others:
        found = _one(setting, other)
        told.append(_told(source.study, found, other, source.sources, is_thin=False))
    return tuple(told)


def _told(
    study: str, found: Puncture, skin: Skin, sources: tuple[str, ...], *, is_thin: bool
) -> SourceReach:
    return SourceReach(
        study=study,
        p_through_dermis=_shares(found.passes_dermis),
        dermis_end_mm=_millimetres(found.dermis_end),
        is_thin=is_thin,
        facts=skin.rows,
        sources=sources,
    )


def _reach(
    found: Puncture,
    set_depth_mm: float,
    *,
    at_most: float,
    told: tuple[SourceReach, ...],
    behind: Reason,
) -> Reach:
    p_reach, p_through = _shares(found.reaches_dermis), _shares(found.passes_dermis)
    every = [source.p_through_dermis for source in told] or [p_through]
    words = where_needles_end(
        inside=p_reach.middle - p_through.middle,
        passing=(min(band.low for band in every), max(band.high for band in every)),
        at_most=at_most,
        cause=found.widest_cause,
        sources=len(every),
    )
    text = f"Set to {set_depth_mm:g} mm, {words}. Reasoned, not measured."
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
        why=behind.model_copy(update={"text": text}),
        over_sources=told,
    )


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


def _behind(
    site: str,
    sex: Sex,
    skin: Skin,
    others: tuple[tuple[SkinSource, Skin], ...],
    device: Device,
    facts: Facts,
) -> Reason:
    """Every row and source behind where needles end, still without words."""
    selection = facts.skin_selection[site, sex.value]
    kind = device.kind.value
    parameters = [facts.puncture["efficiency_alpha", kind], facts.puncture["depth_spread", "any"]]
    rows = because("", "puncture", *parameters)
    more = [row for source, other in others for row in (f"skin_sources/{source.key}", *other.rows)]
    cited = [key for source, _ in others for key in source.sources]
    return Reason(
        text="",
        facts=tuple(
            dict.fromkeys((*rows.facts, f"skin_selection/{selection.key}", *skin.rows, *more))
        ),
        sources=tuple(dict.fromkeys((*rows.sources, *selection.sources, *cited))),
    )
