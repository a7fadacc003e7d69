"""The ceilings of thin sites are derived from the thickness rows, and cannot drift from them."""

import math
from collections.abc import Iterator

import pytest

from percuta.facts.edition import Facts
from percuta.facts.skin_layers import SkinLayer
from percuta.units import convert

STEP_MM = 0.25
# site of the ceiling, and the sites of the rows that speak for it
SPEAKING = {
    "periorbital": {"periorbital", "eyelid"},
    "temple": {"temple"},
    "neck": {"neck"},
    "nose": {"nose"},
}


def thinned_um(row: SkinLayer) -> float | None:
    """A layer less one standard deviation; the low end of a range; nothing of a mere ratio."""
    if row.mean_um is None:
        return row.low_um
    return row.mean_um - (row.sd_um or 0)


def whole_skins_um(site: str, facts: Facts) -> Iterator[float]:
    """Each usable source that measured all of the skin there, in each sex, less one sd.

    Layers of two sources are never added: what one method calls epidermis another calls dermis.
    """
    rows = [
        row
        for row in facts.skin_layers.values()
        if row.site in SPEAKING[site] and row.use == "usable"
    ]
    for row in rows:
        if row.layer == "total":
            thinned = thinned_um(row)
            if thinned is not None:
                yield thinned
        if row.layer == "dermis":
            above = [r for r in rows if r.layer == "epidermis" and told_alike(r, row)]
            thinned = thinned_um(row)
            if above and thinned is not None:
                yield min(r.mean_um or 0 for r in above) + thinned


def told_alike(one: SkinLayer, other: SkinLayer) -> bool:
    return (one.site, one.sex, one.sources) == (other.site, other.sex, other.sources)


@pytest.mark.parametrize("site", SPEAKING)
def test_a_thin_site_ceiling_is_its_thinnest_skin_less_one_deviation(
    site: str, facts: Facts
) -> None:
    thinnest_mm = convert(min(whole_skins_um(site, facts)), source="um", target="mm")
    ceiling = facts.policy["thin_site_ceiling_mm", site]
    assert ceiling.value == math.floor(thinnest_mm / STEP_MM) * STEP_MM, thinnest_mm


def test_every_thin_site_ceiling_is_derived_or_says_why_not(facts: Facts) -> None:
    """Back of the hand: no usable dermis. Breast: another table (breast CT)."""
    sites = {subject for name, subject in facts.policy if name == "thin_site_ceiling_mm"}
    assert sites - SPEAKING.keys() == {"hand_dorsal", "breast"}
