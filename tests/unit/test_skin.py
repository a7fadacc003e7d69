"""Which published thickness speaks for a site, and how it is drawn."""

from collections import defaultdict

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex
from percuta.science.numerics.sampling import FLOOR, stream
from percuta.science.skin.thickness import Reading, Skin, sample_skin, skin_at
from percuta.units import to_si

PEOPLE = 20_000
UNKNOWN = {"hand_dorsal", "breast", "forearm"}


def sites(facts: Facts) -> set[str]:
    return {site for site, _ in facts.skin_selection}


def test_every_site_has_a_thickness_but_three(facts: Facts) -> None:
    for sex in Sex:
        assert {site for site in sites(facts) if skin_at(site, sex, facts) is None} == UNKNOWN


def test_each_method_of_measuring_is_as_likely_as_the_others(facts: Facts) -> None:
    """One row by OCT does not outweigh two by histology, nor two by one laboratory each."""
    for site in sites(facts) - UNKNOWN:
        for sex in Sex:
            skin = skin_at(site, sex, facts)
            assert skin is not None
            for readings in (skin.epidermis, skin.dermis):
                weights: dict[str, float] = defaultdict(float)
                for reading in readings:
                    row = facts.skin_layers[reading.row.removeprefix("skin_layers/")]
                    weights[row.method] += reading.weight
                assert list(weights.values()) == pytest.approx([1.0] * len(weights)), site


def test_every_epidermis_is_told_by_at_least_two_methods(facts: Facts) -> None:
    for site in sites(facts) - UNKNOWN:
        skin = skin_at(site, Sex.FEMALE, facts)
        assert skin is not None
        keys = [reading.row.removeprefix("skin_layers/") for reading in skin.epidermis]
        assert len({facts.skin_layers[key].method for key in keys}) >= 2, site


def test_the_share_drawn_of_a_reading_is_its_weight() -> None:
    thin, thick = Reading(1e-4, 1e-6, "a", weight=0.5), Reading(3e-4, 1e-6, "b", weight=1.0)
    skin = Skin(epidermis=(thin, thick), dermis=(Reading(1e-3, 1e-6, "c"),), selection="none")
    drawn = sample_skin(skin, PEOPLE, stream(1, "weights"))
    assert (drawn.epidermis < 2e-4).mean() == pytest.approx(1 / 3, abs=0.02)


def test_a_whole_thickness_ends_the_dermis_where_it_was_measured(facts: Facts) -> None:
    """The waist: 1.91 mm of both layers together, not of the dermis alone."""
    skin = skin_at("flank", Sex.FEMALE, facts)
    assert skin is not None
    assert [reading.is_total for reading in skin.dermis] == [True]
    drawn = sample_skin(skin, PEOPLE, stream(1, "flank"))
    assert np.mean(drawn.total) == pytest.approx(to_si(1910, "um"), rel=0.01)


def test_a_whole_thinner_than_its_epidermis_keeps_some_dermis() -> None:
    whole = Reading(1e-4, 1e-6, "a", is_total=True)
    skin = Skin(epidermis=(Reading(2e-4, 1e-6, "b"),), dermis=(whole,), selection="none")
    drawn = sample_skin(skin, PEOPLE, stream(1, "thin"))
    assert (drawn.dermis > 0.9 * FLOOR * whole.mean).all()


def test_age_scales_both_layers_of_a_person_and_shifts_nothing() -> None:
    """Sources contradict in the sign of what age does; they agree that it does something."""
    epidermis, dermis = (Reading(1e-4, 1e-9, "a"),), (Reading(1e-3, 1e-9, "b"),)
    skin = Skin(epidermis=epidermis, dermis=dermis, selection="none", age_spread=0.07)
    drawn = sample_skin(skin, PEOPLE, stream(1, "age"))
    assert np.std(drawn.total) / np.mean(drawn.total) == pytest.approx(0.07, rel=0.05)
    assert np.mean(drawn.total) == pytest.approx(1.1e-3, rel=0.005)
    assert np.corrcoef(drawn.epidermis, drawn.dermis)[0, 1] > 0.99


def test_one_printed_spread_is_taken_for_a_misprint(facts: Facts) -> None:
    threshold = facts.puncture["misprinted_layer_spread", "any"].value
    taken = [
        row.key
        for row in facts.skin_layers.values()
        if row.provenance.source == ("S03",) and (row.sd_um or 0) > threshold * (row.mean_um or 1)
    ]
    assert taken == ["layer.32"]


@pytest.mark.parametrize("sex", Sex)
def test_the_floor_of_a_drawn_thickness_is_met_by_few(sex: Sex, facts: Facts) -> None:
    """At most one in twelve, where stand-in rows are widened; one in fifty elsewhere."""
    for site in sites(facts) - UNKNOWN:
        skin = skin_at(site, sex, facts)
        assert skin is not None
        for reading in (*skin.epidermis, *skin.dermis):
            drawn = stream(1, reading.row).normal(reading.mean, reading.sd, PEOPLE)
            is_widened = facts.skin_selection[site, sex.value].widening > 1
            assert (drawn < FLOOR * reading.mean).mean() < (1 / 12 if is_widened else 1 / 50)
