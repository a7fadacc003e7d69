"""How thick epidermis and dermis are at a site, as a mixture of what was published.

Each method of measuring is as likely as the others, however many rows it has: methods that
disagree (ultrasound reads the epidermis two to three times thicker than histology and optical
coherence tomography) are a source of spread, not an average. Sex chooses the rows. Age shifts
nothing, for sources contradict in its sign; it scales both layers of a person up or down.
Skin tone changes nothing that was measured in more than micrometres.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from percuta.facts.edition import Facts
from percuta.facts.skin_layers import SkinLayer, SkinSelection, SkinSource
from percuta.facts.vocabulary import Sex
from percuta.frozen import frozen
from percuta.science.numerics.sampling import Draws, positive_normal, thinned
from percuta.units import to_si


@frozen
class Reading:
    """One published thickness: mean and spread between people [m], and its row.

    ``weight`` is how likely it is beside its siblings; ``is_total`` marks a thickness of both
    layers together.
    """

    mean: float
    sd: float
    row: str
    weight: float = 1.0
    is_total: bool = False


@frozen
class Skin:
    """The readings that speak for one site and sex.

    ``age_spread`` is how far both layers of a person may lie from the rows because of age, as a
    share of their thickness. ``floor`` is skin than which nobody's is thinner here: the lid, for
    most of the face.
    """

    epidermis: tuple[Reading, ...]
    dermis: tuple[Reading, ...]
    selection: str
    age_spread: float = 0.0
    floor: "Skin | None" = None

    @property
    def rows(self) -> tuple[str, ...]:
        """Every layer row used."""
        return tuple(reading.row for reading in (*self.epidermis, *self.dermis))


@frozen
class SkinDraws:
    """Thickness of both layers in many people of this site and sex.

    ``epidermis`` and ``dermis`` : Float[ndarray, "draws"], each positive [m].
    """

    epidermis: Draws
    dermis: Draws

    @property
    def total(self) -> Draws:
        """Depth at which the dermis ends [m]."""
        return self.epidermis + self.dermis


def skin_at(site: str, sex: Sex, facts: Facts) -> Skin | None:
    """The published thickness at a site, or ``None`` where nothing usable exists.

    Rows marked ``never_for_a_limit`` are never used.
    """
    selection = facts.skin_selection[site, sex.value]
    if selection.epidermis is None or selection.dermis is None:
        return None
    return Skin(
        epidermis=_readings(selection.epidermis, selection.widening, facts),
        dermis=_readings(selection.dermis, selection.widening, facts),
        selection=selection.key,
        age_spread=facts.puncture["age_spread", "any"].value,
        floor=_floor(selection, sex, facts),
    )


def _floor(selection: SkinSelection, sex: Sex, facts: Facts) -> Skin | None:
    least = selection.not_thinner_than
    return None if least is None else skin_at(least, sex, facts)


def other_skins(site: str, sex: Sex, facts: Facts) -> tuple[tuple[SkinSource, Skin], ...]:
    """What other sources measured at a site, each by its own method; the ceiling is not theirs."""
    floor = _floor(facts.skin_selection[site, sex.value], sex, facts)
    return tuple(
        (source, _measured_by(source, floor, facts))
        for source in facts.skin_sources
        if (source.site, source.sex) == (site, sex.value)
    )


def _measured_by(source: SkinSource, floor: Skin | None, facts: Facts) -> Skin:
    return Skin(
        epidermis=_readings(source.epidermis, source.widening, facts),
        dermis=_readings(source.dermis, source.widening, facts),
        selection=source.key,
        age_spread=facts.puncture["age_spread", "any"].value,
        floor=floor,
    )


def _readings(keys: str, widening: float, facts: Facts) -> tuple[Reading, ...]:
    rows = [facts.skin_layers[key] for key in keys.split(";")]
    usable = [row for row in rows if row.use == "usable"]
    per_method = Counter(row.method for row in usable)
    return tuple(
        replace(_reading(row, widening, facts), weight=1 / per_method[row.method]) for row in usable
    )


def _reading(row: SkinLayer, widening: float, facts: Facts) -> Reading:
    mean, sd = row.mean_um, row.sd_um
    usual = facts.puncture["unknown_layer_spread", "any"].value
    misprinted = facts.puncture["misprinted_layer_spread", "any"].value
    if mean is None:
        # A range of the means of several sites: between sites it is even, between people usual.
        low, high = row.low_um or 0.0, row.high_um or 0.0
        mean = (low + high) / 2
        sd = math.hypot(usual * mean, (high - low) / math.sqrt(12))
    if sd is None or sd > mean * misprinted:
        sd = mean * usual
    return Reading(
        mean=to_si(mean, "um"),
        sd=to_si(sd * widening, "um"),
        row=f"skin_layers/{row.key}",
        is_total=row.layer == "total",
    )


def sample_skin(skin: Skin, draws: int, rng: np.random.Generator) -> SkinDraws:
    """Thickness of both layers in ``draws`` people; which reading holds is drawn as well."""
    epidermis, _ = _mixture(skin.epidermis, draws, rng)
    deep, is_total = _mixture(skin.dermis, draws, rng)
    dermis = np.where(is_total, thinned(deep, epidermis), deep)
    ageing = positive_normal(rng, np.ones(draws), np.full(draws, skin.age_spread))
    drawn = SkinDraws(epidermis=ageing * epidermis, dermis=ageing * dermis)
    return drawn if skin.floor is None else _not_thinner(drawn, sample_skin(skin.floor, draws, rng))


def _not_thinner(drawn: SkinDraws, floor: SkinDraws) -> SkinDraws:
    """The same people, nobody thinner than whoever has the same rank among the floor's.

    Who is thin in one place is taken to be thin in the other. What is missing is dermis.
    """
    order = np.argsort(drawn.total)
    least = np.empty_like(drawn.total)
    least[order] = np.sort(floor.total)
    missing = np.maximum(0.0, least - drawn.total)
    return SkinDraws(epidermis=drawn.epidermis, dermis=drawn.dermis + missing)


def pooled(skins: Sequence[SkinDraws]) -> SkinDraws:
    """People of several sources together; sources with as many draws are as likely."""
    return SkinDraws(
        epidermis=np.concatenate([skin.epidermis for skin in skins]),
        dermis=np.concatenate([skin.dermis for skin in skins]),
    )


def _mixture(
    readings: tuple[Reading, ...], draws: int, rng: np.random.Generator
) -> tuple[Draws, NDArray[np.bool_]]:
    """A thickness for each person, and whether it is that of both layers together."""
    weights = np.array([reading.weight for reading in readings])
    which = rng.choice(len(readings), size=draws, p=weights / weights.sum())
    means = np.array([reading.mean for reading in readings])[which]
    spreads = np.array([reading.sd for reading in readings])[which]
    are_total = np.array([reading.is_total for reading in readings])[which]
    return positive_normal(rng, means, spreads), are_total
