"""By which formula the printed shares through the dermis are met, and what the skin rows hold."""

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.depth import PublishedJitterLaw, ReducedLaw
from percuta.science.skin.thickness import Reading, Skin, sample_skin, skin_at
from percuta.units import to_si

# site, rows of epidermis and dermis in women (S03), then the share through the dermis [%] at
# 1.0 and 1.5 mm with efficiency 1.0 and 0.6, as the models review prints them (section 2)
THROUGH = [
    ("eyelid", "layer.24", "layer.26", (91, 15, 100, 80)),
    ("temple", "layer.20", "layer.22", (53, 4, 96, 37)),
    ("cheek (zygoma)", "layer.32", "layer.34", (43, 10, 85, 33)),
    ("neck", "layer.40", "layer.42", (26, 1, 87, 14)),
    ("forehead", "layer.12", "layer.14", (39, 1, 94, 22)),
    ("nose", "layer.28", "layer.30", (34, 3, 87, 22)),
]
SETTINGS = ((1.0, 1.0), (1.0, 0.6), (1.5, 1.0), (1.5, 0.6))
MISPRINTED_ZYGOMA_SD_UM = 30  # printed as 180; the validation list reads it as 30


def published_skin(epidermis: str, dermis: str, facts: Facts) -> Skin:
    layers = []
    for key in (epidermis, dermis):
        row = facts.skin_layers[key]
        assert row.mean_um is not None
        assert row.sd_um is not None
        sd_um = MISPRINTED_ZYGOMA_SD_UM if key == "layer.32" else row.sd_um
        layers.append((Reading(to_si(row.mean_um, "um"), to_si(sd_um, "um"), key),))
    return Skin(epidermis=layers[0], dermis=layers[1], selection="S03")


@pytest.mark.parametrize(("site", "epidermis", "dermis", "shares"), THROUGH)
def test_the_published_jitter_gives_the_published_shares(
    site: str, epidermis: str, dermis: str, shares: tuple[float, ...], facts: Facts
) -> None:
    draws = 400_000
    skin = sample_skin(published_skin(epidermis, dermis, facts), draws, stream(1, site))
    for (set_mm, efficiency), share in zip(SETTINGS, shares, strict=True):
        reached = PublishedJitterLaw(jitter_share=0.15).reached(
            to_si(set_mm, "mm"), efficiency=np.full(draws, efficiency), rng=stream(2, site)
        )
        found = 100 * float((reached > skin.total).mean())
        assert found == pytest.approx(share, abs=1.0), (site, set_mm, efficiency)


# V40: mean and sd of epidermis, then of dermis [um], women then men, as S03 prints them in mm.
PRINTED = {
    "forehead": ((200, 30, 860, 160), (220, 30, 1170, 280)),
    "glabella": ((190, 20, 900, 230), (210, 30, 1140, 300)),
    "temple": ((180, 20, 800, 190), (190, 20, 1060, 200)),
    "eyelid": ((170, 20, 580, 110), (180, 30, 670, 140)),
    "nose": ((190, 20, 930, 250), (200, 30, 1030, 160)),
    "cheek": ((200, 180, 870, 350), (190, 30, 1140, 210)),
    "jawline": ((180, 30, 910, 340), (210, 90, 1020, 240)),
    "neck": ((170, 30, 990, 200), (190, 30, 980, 220)),
}


def test_v40_the_thickness_table_is_reproduced_exactly(facts: Facts) -> None:
    """All 32 means and standard deviations of S03, misprint included."""
    rows = [row for row in facts.skin_layers.values() if row.provenance.source == ("S03",)]
    found = {(row.site, row.sex, row.layer): (row.mean_um, row.sd_um) for row in rows}
    expected = {
        (site, sex, layer): pair
        for site, printed in PRINTED.items()
        for sex, four in zip(("female", "male"), printed, strict=True)
        for layer, pair in (("epidermis", four[:2]), ("dermis", four[2:]))
    }
    assert len(rows) == len(found) == 32
    assert found.keys() == expected.keys()
    for key, pair in expected.items():
        assert found[key] == pytest.approx(pair, rel=1e-12), key


def test_v40_every_site_calculates_with_its_own_row_of_its_own_sex(facts: Facts) -> None:
    for site in set(PRINTED) - {"eyelid"}:
        for sex in Sex:
            skin = skin_at(site, sex, facts)
            assert skin is not None
            for reading in (skin.epidermis[0], skin.dermis[0]):
                row = facts.skin_layers[reading.row.removeprefix("skin_layers/")]
                assert (row.site, row.sex) == (site, sex.value)
                assert reading.mean == pytest.approx(to_si(row.mean_um or 0, "um"))
                if row.key != "layer.32":
                    assert reading.sd == pytest.approx(to_si(row.sd_um or 0, "um"))


def test_the_written_law_gives_more_on_the_eyelid_than_the_printed_jitter(facts: Facts) -> None:
    """About 96 % (validation list, 'Two corrections') where the jitter gives 91 %."""
    draws = 400_000
    skin = sample_skin(published_skin("layer.24", "layer.26", facts), draws, stream(1, "eyelid"))
    written = ReducedLaw(tolerance=1.5e-4, spread=0.0)
    reached = written.reached(1e-3, efficiency=np.ones(draws), rng=stream(2, "eyelid"))
    assert 100 * float((reached > skin.total).mean()) == pytest.approx(96, abs=1.0)
