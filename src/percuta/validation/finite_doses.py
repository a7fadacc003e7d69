"""Slab and finite doses against an exact series, other codes and measurements: V3, V19, V20."""

import math
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from percuta.facts.edition import Facts
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.parameters import (
    corneum_partition,
    layered_skin,
    permeability,
    substance,
)
from percuta.science.absorption.problem import Absorbed, Dose, LayeredSkin, Sets
from percuta.units import to_si
from percuta.validation.asked import done
from percuta.validation.predicted import NINETY_SIGMAS, Predicted, banded, ranged

SLAB_THICKNESS, SLAB_DIFFUSIVITY, _LAGS = 1e-3, 1e-9, 4
SLAB_END = _LAGS * SLAB_THICKNESS**2 / (6 * SLAB_DIFFUSIVITY)
"""Any numbers [m, m2/s] make the same slab, looked at after four lag times [s]."""

_SLAB_STEPS = 30
_SLAB = Resolution((120,), (1.0,), _SLAB_STEPS, SLAB_END / _SLAB_STEPS)
"""Even steps, so that systems are taken apart once; 30 of them err as little as the cells do."""

AS_CODES = Resolution((40, 20, 40), (1.0, 1.0, 1.0), 300, 1.0)
_TIMED = 5
_FINER = 2
"""Cells and steps of the finer grid over those of the one that answers: an end of the answer."""
_LIQUID = FiniteVolumes(Resolution((20, 12, 24), (1.1, 1.1, 1.15), 160, 1.0))
_ENDS = np.array([-NINETY_SIGMAS, 0.0, NINETY_SIGMAS])


def slab_over_series(facts: Facts) -> Predicted:
    """V3a: amount passed over that of the exact series; one end is the finer grid."""
    return ranged(slab_passed() / slab_series(), slab_passed(_SLAB.finer(_FINER)) / slab_series())


def slab_passed(resolution: Resolution = _SLAB) -> float:
    """What has passed the slab by our engine [m of saturated liquid]."""
    return float(slabs_passed(np.array([SLAB_DIFFUSIVITY]), resolution)[0])


def slabs_passed(diffusivity: Sets, resolution: Resolution = _SLAB) -> Sets:
    """The same for slabs of many diffusivities [m2/s] at once."""
    one = np.ones((1, len(diffusivity)))
    slab = LayeredSkin(SLAB_THICKNESS * one, diffusivity[None], one, 0 * one, is_sink_below=True)
    endless = Dose(1e9 * one[0], one[0], one[0])
    found: Sets = FiniteVolumes(resolution).absorb(slab, endless, until=SLAB_END).passed[-1]
    return found


def slab_time(_: Facts) -> Predicted:
    """V3b [s]: processor time, median of five; the ends are least and most.

    Not time by the clock: what else the machine does is no property of the solver.
    """
    times = sorted(_seconds(slab_passed) for _ in range(_TIMED))
    return ranged(times[_TIMED // 2], times[0], times[-1])


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def slab_series(diffusivity: float = SLAB_DIFFUSIVITY) -> float:
    """The same by Crank (1975), eq. 4.24."""
    terms = np.arange(1, 200)
    reduced = diffusivity * SLAB_END / SLAB_THICKNESS**2
    sums = np.sum((-1.0) ** terms / terms**2 * np.exp(-reduced * (terms * math.pi) ** 2))
    return float(SLAB_THICKNESS * (reduced - 1 / 6 - 2 / math.pi**2 * sums))


def absorbed_testosterone(facts: Facts, *, is_sink_below: bool = False) -> Predicted:
    """V19 [ug/cm2]: the permeability of the other codes goes in, so only the solving differs."""
    return _by_grids(
        lambda grid: float(_as_other_codes(facts, is_sink_below, grid).absorbed[-1, 0])
    )


def rate_of_testosterone(facts: Facts) -> Predicted:
    """V19 [ug/cm2/h], the highest."""

    def highest(grid: Resolution) -> float:
        told = _as_other_codes(facts, False, grid)
        rate = np.diff(told.absorbed[:, 0]) / np.diff(told.time)
        return float(rate.max()) * to_si(1.0, "h")

    return _by_grids(highest)


def _by_grids(solved: Callable[[Resolution], float]) -> Predicted:
    """An answer in micrograms on an area; one end is that of the finer grid."""
    middle, finer = (_ug_per_cm2(solved(grid)) for grid in (AS_CODES, AS_CODES.finer(_FINER)))
    return ranged(middle, finer)


def measured_testosterone(facts: Facts) -> Predicted:
    """V20a [ug/cm2]: with the error of a relation on the permeability."""
    middle = facts.absorption["corneum_permeability", "testosterone"].si()
    away = facts.absorption["relation_error", "any"].value * math.log(10.0)
    return _quantiles(
        testosterone(facts, middle * np.exp(away * _ENDS), is_sink_below=False, grid=AS_CODES)
    )


def liquid_absorbed(facts: Facts, row: str, name: str) -> Predicted:
    """V20 [ug/cm2]: a liquid on skin, with permeability by Potts and Guy and its error.

    More permeable skin never absorbs less, so ends of the one are ends of the other.
    """
    through = permeability(name, facts)
    entering = through.median * np.exp(through.spread * _ENDS)
    skin = layered_skin(
        name,
        facts,
        corneum_permeability=entering,
        dermis_thickness=np.full(3, done(facts, "dermis_thickness", row)),
    )
    dose = _liquid(facts, row, name, len(_ENDS))
    return _quantiles(_LIQUID.absorb(skin, dose, until=done(facts, "time", row)))


@lru_cache(maxsize=4)
def _as_other_codes(facts: Facts, is_sink_below: bool, grid: Resolution) -> Absorbed:
    permeable = np.array([facts.absorption["corneum_permeability", "testosterone"].si()])
    return testosterone(facts, permeable, is_sink_below=is_sink_below, grid=grid)


def testosterone(
    facts: Facts, permeable: Sets, *, is_sink_below: bool, grid: Resolution
) -> Absorbed:
    """A finite dose for a day.

    It starts in the outer part of the horny layer: that part is the vehicle here.
    """
    share = done(facts, "deposited_share", "V19")
    whole = layered_skin(
        "testosterone",
        facts,
        corneum_permeability=permeable,
        dermis_thickness=np.full_like(permeable, done(facts, "dermis_thickness", "V19")),
        is_sink_below=is_sink_below,
    )
    chemical = substance("testosterone", facts)
    dose = Dose(
        amount=np.full_like(permeable, done(facts, "dose", "V19")),
        depth=share * whole.thickness[0] * corneum_partition(facts).of(chemical),
        saturation=np.full_like(permeable, chemical.solubility),
    )
    return FiniteVolumes(grid).absorb(_below(whole, share), dose, until=done(facts, "time", "V19"))


def solvent_as_other_codes(
    facts: Facts, row: str, share: str, name: str, *, is_sink_below: bool = False
) -> Predicted:
    """V19 [ug/cm2]: a neat solvent with the permeability of the other codes, on hydrated skin.

    The liquid saturates an outer share of the horny layer at once and drives from below it. The
    other codes let no layer hold more of a liquid than the pure liquid weighs; so does this.
    """
    whole = layered_skin(
        name,
        facts,
        corneum_permeability=np.array([facts.absorption["corneum_permeability", name].si()]),
        dermis_thickness=np.array([done(facts, "dermis_thickness", row)]),
        is_sink_below=is_sink_below,
        is_hydrated=True,
    )
    density = facts.absorption["density", name].si()
    capped = _holding_at_most(whole, density / substance(name, facts).solubility)
    skin = _below(capped, done(facts, "deposited_share", share))
    dose, until = _liquid(facts, row, name, 1), done(facts, "time", row)
    return _by_grids(
        lambda grid: float(FiniteVolumes(grid).absorb(skin, dose, until=until).absorbed[-1, 0])
    )


def _holding_at_most(whole: LayeredSkin, most: float) -> LayeredSkin:
    """The skin with a horny layer of the same permeability that takes up no more over water."""
    held = np.minimum(whole.partition[0], most)
    faster = whole.diffusivity[0] * whole.partition[0] / held
    return replace(
        whole,
        partition=np.array([held, *whole.partition[1:]]),
        diffusivity=np.array([faster, *whole.diffusivity[1:]]),
    )


def _below(whole: LayeredSkin, share: float) -> LayeredSkin:
    """The skin without an outer share of its horny layer."""
    left = np.array([[1 - share], [1.0], [1.0]])
    return replace(whole, thickness=whole.thickness * left)


def _liquid(facts: Facts, row: str, name: str, sets: int) -> Dose:
    """What lies on the skin, the same in every set."""
    return Dose(
        amount=np.full(sets, done(facts, "dose", row)),
        depth=np.full(sets, done(facts, "vehicle_depth", row)),
        saturation=np.full(sets, substance(name, facts).solubility),
    )


def _quantiles(told: Absorbed) -> Predicted:
    low, middle, high = (_ug_per_cm2(float(amount)) for amount in told.absorbed[-1])
    return banded(low, middle, high)


def _ug_per_cm2(amount: float) -> float:
    return float(amount / to_si(1e-3, "mg_per_cm2"))
