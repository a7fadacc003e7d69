"""The chance of passing the dermis is told over every source; a thick one hides no thin one."""

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.depth.ceilings import depth_ceiling
from percuta.planning.depth.reached_depth import Reach, reach_of
from percuta.planning.plan.depth_findings import RULE_THROUGH_DERMIS
from percuta.science.numerics.sampling import stream
from percuta.science.skin.thickness import Skin, other_skins, sample_skin, skin_at
from tests.people import a_case, a_plan, one_concern

PEN = "generic_pen_14"
PEOPLE = 4000
FACE = ("forehead", "glabella", "cheek", "upper_lip", "perioral", "chin", "jawline")


def reach(zone: str, set_mm: float, sex: Sex, facts: Facts) -> Reach:
    found = reach_of(Zone(zone), set_mm, facts.devices[PEN], sex, facts)
    assert found is not None
    return found


def skins(site: str, sex: Sex, facts: Facts) -> list[Skin]:
    """The thin source, then every other."""
    thin = skin_at(site, sex, facts)
    assert thin is not None
    return [thin, *(skin for _, skin in other_skins(site, sex, facts))]


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("site", FACE)
def test_no_source_makes_the_face_thinner_than_an_eyelid(site: str, sex: Sex, facts: Facts) -> None:
    """At every rank: the thinnest cheek of twenty is no thinner than the thinnest lid of twenty."""
    (lid, *_) = skins("periorbital", sex, facts)
    ranks = np.linspace(0.01, 0.99, 99)
    for skin in skins(site, sex, facts):
        here = np.quantile(sample_skin(skin, PEOPLE, stream(1, site)).total, ranks)
        least = np.quantile(sample_skin(lid, PEOPLE, stream(1, "lid")).total, ranks)
        assert (here > least - 3e-5).all(), skin.selection


def test_a_cheek_thinner_than_an_eyelid_was_drawn_before(earlier: Facts) -> None:
    (cheek,), (lid,) = (skins(site, Sex.FEMALE, earlier) for site in ("cheek", "periorbital"))
    thin, least = (
        np.quantile(sample_skin(skin, PEOPLE, stream(1, "before")).total, 0.05)
        for skin in (cheek, lid)
    )
    assert thin < least


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("zone", ["cheek_left", "forehead", "chin", "upper_lip", "perioral"])
@pytest.mark.parametrize("set_mm", [0.5, 1.0, 1.5])
def test_the_mixture_lies_between_its_sources_and_takes_each_as_likely(
    zone: str, sex: Sex, set_mm: float, facts: Facts
) -> None:
    found = reach(zone, set_mm, sex, facts)
    middles = [source.p_through_dermis.middle for source in found.over_sources]
    assert len(middles) > 1
    assert min(middles) <= found.p_through_dermis.middle <= max(middles)
    assert found.p_through_dermis.middle == pytest.approx(np.mean(middles), abs=0.03)


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("zone", ["periorbital_left", "temple_left", "nose", "neck_front"])
def test_where_little_lies_beneath_the_thin_source_decides_alone(
    zone: str, sex: Sex, facts: Facts
) -> None:
    found = reach(zone, 1.0, sex, facts)
    thin = found.thin_source
    if thin is not None:
        assert found.p_through_dermis == thin.p_through_dermis
        assert any(not source.is_thin for source in found.over_sources)


@pytest.mark.parametrize("sex", Sex)
def test_no_thin_site_is_told_thicker_than_before(sex: Sex, facts: Facts, earlier: Facts) -> None:
    for zone in ("periorbital_left", "temple_left", "nose", "neck_front"):
        for set_mm in (0.5, 0.75, 1.0):
            before, after = (reach(zone, set_mm, sex, edition) for edition in (earlier, facts))
            assert after.p_through_dermis.high >= before.p_through_dermis.high - 0.02


def test_the_range_over_sources_is_told_in_words(facts: Facts) -> None:
    """Half of a cheek's needles or none: it depends on whose measurement of skin is right."""
    words = reach("cheek_left", 1.5, Sex.FEMALE, facts).words
    assert "0 to 9 in ten may pass it, depending on which of 6 skin measurements is right" in words
    assert "whose measurement of skin is right" in words


def test_the_caution_reads_the_mixture_and_tells_the_thin_source_beside_it(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("texture", "jawline_left", "forehead", "cheek_left"))
    deep = a_plan(
        facts,
        concerns=one_concern("texture", "jawline_left", "cheek_left"),
        depth_mm={"jawline_left": 1.5, "cheek_left": 1.5},
    )
    assert not [f for f in plan.findings if f.rule == RULE_THROUGH_DERMIS]
    (told,) = (f for f in deep.findings if f.rule == RULE_THROUGH_DERMIS)
    assert told.zones == (Zone.JAWLINE_LEFT,)
    assert "By the thinnest source: 82; over 2 sources: 82 to 83." in told.reason


def test_the_caution_still_fires_where_the_thin_source_decides(facts: Facts) -> None:
    """A cheek at 1.5 mm no longer cautions on one source in six; an eye at 0.5 mm still would."""
    found = reach("periorbital_left", 1.0, Sex.FEMALE, facts)
    assert found.p_through_dermis.high > 0.5
    assert min(source.p_through_dermis.high for source in found.over_sources) < 0.5


@pytest.mark.parametrize("device", ["generic_pen_6", "generic_pen_12", PEN, "roller_192_10"])
def test_no_ceiling_moved_with_the_sources(device: str, facts: Facts, earlier: Facts) -> None:
    for zone in Zone:
        concerns = one_concern("texture", zone.value)
        before, after = (
            depth_ceiling(zone, a_case(edition, device=device, concerns=concerns), edition)
            for edition in (earlier, facts)
        )
        assert after.limit_mm <= before.limit_mm


def test_no_forehead_is_read_off_a_scalp_or_a_lip(facts: Facts) -> None:
    """Of six regions by histology the thinnest epidermis is scalp or cheek, the thickest a lip."""
    allowed = {
        "layer.74": {"scalp"},
        "layer.78": {"cheek"},
        **dict.fromkeys(("layer.75", "layer.79"), {"upper_lip"}),
    }
    for (site, _), selection in facts.skin_selection.items():
        for key in (selection.epidermis or "").split(";"):
            assert site in allowed.get(key, {site}), (site, key)
