"""A topical over channels: more dose, time, openness or a later closure never means less inside."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from percuta.facts.edition import Facts
from percuta.science.absorption.engine import AbsorptionEngine
from percuta.science.absorption.finite_volume import FiniteVolumes
from percuta.science.absorption.over_channels import Film, NeedledSkin, gone_in
from percuta.science.absorption.problem import Absorbed
from percuta.science.absorption.resolutions import WHAT_IF
from percuta.units import to_si

SETS = 6
ROUNDING = 1e-9
GIVEN_BACK = 1e-4
"""Of the dose: what wide channels give back to an emptied film, on the fine grid too.

The most in 36,000 random skins was 4e-5.
"""

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
    assert_lets_in_no_less(parted(name, facts, wide, film), parted(name, facts, skin, film))


@few
@given(name=NAMES, skin=skins(), film=films(), more=FACTORS)
def test_a_later_closure_never_lets_less_in(
    name: str, skin: NeedledSkin, film: Film, more: float, facts: Facts
) -> None:
    late = replace(skin, closing=skin.closing * more)
    assert_lets_in_no_less(parted(name, facts, late, film), parted(name, facts, skin, film))


def assert_never_less(more: NDArray[np.float64], less: NDArray[np.float64]) -> None:
    assert (more >= less - ROUNDING * more.max()).all()


@dataclass(frozen=True)
class Parted:
    """Shares of the dose: in the skin or beyond, in the horny layer, and what counts as gone in."""

    entered: NDArray[np.float64]
    horny: NDArray[np.float64]
    gone_in: NDArray[np.float64]


class Kept(AbsorptionEngine):
    """The engine of a what-if, which keeps its answer."""

    told: Absorbed

    def absorb(self, *args: Any, **kwargs: Any) -> Absorbed:
        self.told = FiniteVolumes(WHAT_IF).absorb(*args, **kwargs)
        return self.told


def parted(name: str, facts: Facts, skin: NeedledSkin, film: Film) -> Parted:
    engine = Kept()
    found = gone_in(name, facts, skin=skin, film=film, until=DAY, engine=engine)
    dose = film.concentration * film.depth
    return Parted(
        entered=1.0 - engine.told.on_skin / dose,
        horny=engine.told.in_layers[:, 0] / dose,
        gone_in=found.share,
    )


def assert_lets_in_no_less(more: Parted, less: Parted) -> None:
    """More is in the skin; past its horny layer only what that layer holds more can be missing.

    Walls of channels take up through the horny layer too, and more of them while they are open.
    """
    assert (more.entered >= less.entered - GIVEN_BACK).all()
    held = np.maximum.accumulate(np.maximum(more.horny - less.horny, 0.0), axis=0)
    assert (more.gone_in >= less.gone_in - held - GIVEN_BACK).all()
