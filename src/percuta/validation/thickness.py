"""Skin as two laboratories measured it, and as the model takes it from a table: V39, V40."""

import math
from collections.abc import Iterator

from percuta.facts.edition import Facts
from percuta.facts.skin_layers import SkinLayer
from percuta.facts.vocabulary import Sex
from percuta.science.skin.thickness import Reading, skin_at
from percuta.units import to_si
from percuta.validation.asked import known
from percuta.validation.predicted import NINETY_SIGMAS, Predicted, banded, exactly

_TABLE = "S03"


def neck(facts: Facts, layer: str, sex: Sex) -> Predicted:
    """V39 [um]: mean of one laboratory, and where 90 % of its people lie."""
    row = next(
        row for row in _printed(facts) if (row.site, row.layer, row.sex) == ("neck", layer, sex)
    )
    mean, away = known(row.mean_um, row.key), known(row.sd_um, row.key) * NINETY_SIGMAS
    return banded(mean - away, mean, mean + away)


def means_as_printed(facts: Facts) -> Predicted:
    """V40a: how many of the printed means the model calculates with."""
    return exactly(
        sum(
            row.mean_um is not None and math.isclose(reading.mean, to_si(row.mean_um, "um"))
            for row, reading in _used(facts)
        )
    )


def spreads_as_printed(facts: Facts) -> Predicted:
    """V40b: how many of the printed standard deviations the model calculates with."""
    return exactly(
        sum(
            row.sd_um is not None and math.isclose(reading.sd, to_si(row.sd_um, "um"))
            for row, reading in _used(facts)
        )
    )


def _printed(facts: Facts) -> tuple[SkinLayer, ...]:
    return tuple(row for row in facts.skin_layers.values() if row.sources == (_TABLE,))


def _used(facts: Facts) -> Iterator[tuple[SkinLayer, Reading]]:
    """Each printed row that the model calculates with, beside the reading that it makes of it."""
    rows = {f"skin_layers/{row.key}": row for row in _printed(facts)}
    for site, sex in facts.skin_selection:
        skin = skin_at(site, Sex(sex), facts)
        for reading in (*skin.epidermis, *skin.dermis) if skin is not None else ():
            row = rows.pop(reading.row, None)
            if row is not None:
                yield row, reading
