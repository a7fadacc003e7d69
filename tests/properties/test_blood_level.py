"""What must hold for the bound on the blood level, whatever the person and the dose."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.numbing.blood_level import (
    NumbedSkin,
    blood_level,
    grams_by_blood_level,
    minutes_by_blood_level,
    open_barrier,
)
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.problem import Body, Dose, LayeredSkin
from percuta.science.absorption.upper_bound import Blood, Contact, Uptake, highest_level
from percuta.science.numerics.sampling import stream

QUIET = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PRODUCTS = st.sampled_from(["lidocaine_prilocaine_cream", "lidocaine_tetracaine_peel"])
GRAMS, AREA, MINUTES = st.floats(0.1, 100), st.floats(1, 1000), st.floats(1, 600)
KG, MG, MORE = st.floats(20, 150), st.floats(0, 300), st.floats(1, 10)


@given(
    product=PRODUCTS, grams=GRAMS, area=AREA, minutes=MINUTES, kg=KG, other=MG, more=MORE,
    zone=st.sampled_from(Zone),
)  # fmt: skip
@QUIET
def test_more_of_anything_never_lowers_the_level_and_more_weight_never_raises_it(
    product: str, grams: float, area: float, minutes: float, kg: float, other: float,
    more: float, zone: Zone, facts: Facts,
) -> None:  # fmt: skip
    def level(
        grams: float = grams, area: float = area, minutes: float = minutes,
        kg: float = kg, other: float = other,
    ) -> float:  # fmt: skip
        skin = NumbedSkin(zones=(zone,), area_cm2=area, minutes=minutes)
        agent = facts.agents[product]
        found = blood_level(agent, skin, facts, grams=grams, weight_kg=kg, other_mg=other)
        assert found.plasma_ug_per_ml_upper <= found.applied_ug_per_ml
        return found.plasma_ug_per_ml_upper

    base = level()
    assert level(grams=grams * more) >= base
    assert level(area=area * more) >= base
    assert level(minutes=minutes * more) >= base
    assert level(other=other * more) >= base
    assert level(kg=kg * more) <= base


@given(product=PRODUCTS, area=AREA, minutes=MINUTES, kg=KG, other=MG, more=MORE)
@QUIET
def test_lighter_never_more_grams_and_the_limits_are_limits(
    product: str, area: float, minutes: float, kg: float, other: float, more: float, facts: Facts
) -> None:
    agent = facts.agents[product]
    skin = NumbedSkin(zones=(), area_cm2=area, minutes=minutes)
    light = grams_by_blood_level(agent, skin, facts, weight_kg=kg, other_mg=other)
    heavy = grams_by_blood_level(agent, skin, facts, weight_kg=kg * more, other_mg=other)
    assert 0 <= light <= heavy
    if math.isfinite(light) and light > 0:
        at = blood_level(agent, skin, facts, grams=light, weight_kg=kg, other_mg=other)
        assert at.plasma_ug_per_ml_upper <= at.toxic_ug_per_ml + 0.01
    longest = minutes_by_blood_level(agent, skin, facts, grams=40, weight_kg=kg, other_mg=other)
    if math.isfinite(longest) and longest > 0:
        ended = skin.model_copy(update={"minutes": longest})
        at = blood_level(agent, ended, facts, grams=40, weight_kg=kg, other_mg=other)
        assert at.plasma_ug_per_ml_upper == pytest.approx(at.toxic_ug_per_ml, abs=0.011)


@given(hours=st.floats(0, 1000), later=st.floats(0, 1000))
@QUIET
def test_later_after_needling_is_never_refused_where_earlier_was_not(
    hours: float, later: float, facts: Facts
) -> None:
    if open_barrier(hours, facts) is None:
        assert open_barrier(hours + later, facts) is None


@given(
    product=PRODUCTS, area=AREA, minutes=MINUTES, kg=KG,
    zones=st.lists(st.sampled_from(Zone), max_size=4), more=st.sampled_from(Zone),
)  # fmt: skip
@QUIET
def test_a_zone_more_never_lowers_the_level_nor_allows_more(
    product: str, area: float, minutes: float, kg: float, zones: list[Zone], more: Zone,
    facts: Facts,
) -> None:  # fmt: skip
    agent = facts.agents[product]
    fewer = NumbedSkin(zones=tuple(zones), area_cm2=area, minutes=minutes)
    joined = fewer.model_copy(update={"zones": (*zones, more)})
    known = {"weight_kg": kg, "other_mg": 0.0}
    if zones:  # of skin without a zone nothing is known, so it counts as the highest there is
        level = blood_level(agent, fewer, facts, grams=40, **known)
        raised = blood_level(agent, joined, facts, grams=40, **known)
        assert raised.plasma_ug_per_ml_upper >= level.plasma_ug_per_ml_upper
        allowed = grams_by_blood_level(agent, fewer, facts, **known)
        assert grams_by_blood_level(agent, joined, facts, **known) <= allowed
    anywhere = fewer.model_copy(update={"zones": ()})
    highest = blood_level(agent, anywhere, facts, grams=40, **known).plasma_ug_per_ml_upper
    assert blood_level(agent, joined, facts, grams=40, **known).plasma_ug_per_ml_upper <= highest


SETS = 40


@given(seed=st.integers(0, 10_000), minutes=st.floats(10, 300), layer=st.floats(1e-4, 0.1))
@settings(max_examples=15, deadline=None)
def test_no_engine_ends_above_the_bound(seed: int, minutes: float, layer: float) -> None:
    """Every draw of random skins, doses and bodies, solved, against the bound of that draw."""
    draw = stream(seed, "bound")

    def around(middle: float, spread: float) -> np.ndarray:
        return middle * spread ** draw.standard_normal(SETS)

    corneum, permeable, partition = around(13e-6, 1.3), around(9e-8, 2.0), around(20.0, 1.5)
    same = np.ones(SETS)
    skin = LayeredSkin(
        np.array([corneum, around(1e-4, 1.3), around(1.8e-3, 1.2)]),
        np.array([permeable * corneum / partition, 1.2e-10 * same, 1.2e-10 * same]),
        np.array([partition, 4 * same, 4 * same]),
        np.array([0 * same, 0 * same, around(1e-3, 1.5)]),
    )
    body = Body(around(0.03, 1.5), around(600, 3.0), around(0.06, 1.4), around(1.4e-5, 1.3))
    saturation, seconds = 4.0, minutes * 60
    dose = Dose(layer * same, 1e-3 * same, saturation * same, removed_at=seconds)
    engine = FiniteVolumes(Resolution((12, 4, 12), (1.2, 1.3, 1.3), 60, 1.0))
    peaks = engine.absorb(skin, dose, until=86400.0, body=body).plasma
    assert peaks is not None
    for one, peak in enumerate(peaks.max(axis=0)):
        bound = highest_level(
            Contact(layer * body.area[one], body.area[one], seconds),
            Uptake(
                flux=permeable[one] * saturation,
                reservoir=corneum[one] * partition[one] * saturation,
            ),
            Blood(volume=body.volume[one], clearance=body.clearance[one]),
        )
        assert peak <= bound


@pytest.mark.parametrize(
    ("applied", "area", "time"), [(-1.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, -1.0)]
)
def test_an_impossible_contact_is_refused(applied: float, area: float, time: float) -> None:
    with pytest.raises(OutsideValidity):
        Contact(applied, area, time)
