"""A topical over channels: more dose, time, openness or a later closure never means less inside."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from percuta.facts.edition import Facts
from percuta.science.absorption.finite_volume import FiniteVolumes
from percuta.science.absorption.over_channels import Film, NeedledSkin, gone_in
from percuta.science.absorption.resolutions import WHAT_IF
from percuta.units import to_si

SETS = 6
ROUNDING = 1e-9
GIVEN_BACK = 0.01
"""Of the dose: what wide open channels may give back to an emptied film, on the fine grid too."""

DAY = to_si(24, "h")
NAMES = st.sampled_from(["tranexamic_acid", "ascorbic_acid"])
FACTORS = st.floats(1.0, 20.0)
few = settings(deadline=None, max_examples=25)


@st.composite
def skins(draw: st.DrawFn) -> NeedledSkin:
    """Skins from tight to leaky, from closing at once to open for days."""

    def each(low: float, high: float) -> NDArray[np.float64]:
        powers = st.floats(np.log10(low), np.log10(high))
        return 10.0 ** np.array(draw(st.lists(powers, min_size=SETS, max_size=SETS)))

    return NeedledSkin(
        corneum_permeability=each(1e-14, 1e-9),
        dermis=each(5e-4, 3e-3),
        open_area=each(1e-6, 0.05),
        closing=each(600, 3e5),
        reach=each(1e-4, 2e-3)[None, :],
    )


@st.composite
def films(draw: st.DrawFn) -> Film:
    """A film of a strength and a thickness that people put on."""
    return Film(
        concentration=np.full(SETS, draw(st.floats(0.1, 100.0))),
        depth=np.full(SETS, draw(st.floats(5e-6, 3e-4))),
    )


def inside(name: str, facts: Facts, skin: NeedledSkin, film: Film) -> NDArray[np.float64]:
    """What has gone in at every moment, over area [kg/m2]."""
    found = gone_in(name, facts, skin=skin, film=film, until=DAY, engine=FiniteVolumes(WHAT_IF))
    assert (np.diff(found.share, axis=0) >= 0).all()
    amount: NDArray[np.float64] = found.share * film.concentration * film.depth
    return amount


@few
@given(name=NAMES, skin=skins(), film=films(), more=FACTORS)
def test_a_stronger_product_or_a_thicker_film_never_brings_less(
    name: str, skin: NeedledSkin, film: Film, more: float, facts: Facts
) -> None:
    usual = inside(name, facts, skin, film)
    strong = replace(film, concentration=film.concentration * more)
    thick = replace(film, depth=film.depth * more)
    for larger in (strong, thick):
        assert_never_less(inside(name, facts, skin, larger), usual)


@few
@given(name=NAMES, skin=skins(), film=films(), more=FACTORS)
def test_more_open_area_never_lets_less_in(
    name: str, skin: NeedledSkin, film: Film, more: float, facts: Facts
) -> None:
    wide = replace(skin, open_area=np.minimum(1.0, skin.open_area * more))
    assert_never_less(
        inside(name, facts, wide, film), inside(name, facts, skin, film), slack=GIVEN_BACK
    )


@few
@given(name=NAMES, skin=skins(), film=films(), more=FACTORS)
def test_a_later_closure_never_lets_less_in(
    name: str, skin: NeedledSkin, film: Film, more: float, facts: Facts
) -> None:
    late = replace(skin, closing=skin.closing * more)
    assert_never_less(
        inside(name, facts, late, film), inside(name, facts, skin, film), slack=GIVEN_BACK
    )


def assert_never_less(
    more: NDArray[np.float64], less: NDArray[np.float64], *, slack: float = ROUNDING
) -> None:
    assert (more >= less - slack * more.max()).all()
