"""Where needles land, enter and end, as published, against the puncture model: V1 to V7."""

import numpy as np

from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import Draws, stream
from percuta.science.puncture.density import coverage, strike_density
from percuta.science.puncture.depth import ReducedLaw
from percuta.science.puncture.parameters import entry_law, hole_radius, motion_of, reduced_law
from percuta.units import to_si
from percuta.validation.asked import done
from percuta.validation.lattice import covered_share, roller_lattice
from percuta.validation.predicted import Predicted, of_draws, ranged

_ROLLER = "roller_192_15"
_ANY_TOLERANCE = "generic_pen_6"
_DRAWS = 100_000
_LATTICES = 12
_SIDE = to_si(1.0, "cm")


def strikes_after_rolls(facts: Facts) -> Predicted:
    """V1 [1/cm2]; the ends are those of the share of needles that enter."""
    passes = done(facts, "passes", "V1")
    middle, few, many = (
        strike_density(motion_of(facts.devices[_ROLLER], facts, end=end), passes=passes)
        / to_si(1.0, "per_cm2")
        for end in ("value", "low", "high")
    )
    return ranged(middle, few, many)


def formula_over_lattice(facts: Facts) -> Predicted:
    """V2: mean of the formula over the mean of real lattices; the ends are single lattices."""
    lattice = roller_lattice(
        needles=facts.devices[_ROLLER].needles_n,
        rows=round(done(facts, "needle_rows", "V2")),
        diameter=facts.puncture["drum_diameter", "roller"].si(),
        width=facts.puncture["drum_width", "roller"].si(),
    )
    passes, radius = round(done(facts, "passes", "V2")), hole_radius(facts)
    told, counted = [], []
    for seed in range(_LATTICES):
        holes = lattice.holes(passes, side=_SIDE, seed=seed)
        told.append(coverage(len(holes) / _SIDE**2, hole_radius=radius))
        counted.append(covered_share(holes, side=_SIDE, radius=radius))
    single = (formula / share for formula, share in zip(told, counted, strict=True))
    return ranged(sum(told) / sum(counted), *single)


def entry_force(facts: Facts, row: str) -> Predicted:
    """V4a, V4b [mN]: one constant for two widths of tip; the ends are those of the constant."""
    width = done(facts, "tip_width", row)
    middle, low, high = (
        entry_law(facts, end=end).force(width) / to_si(1.0, "mn")
        for end in ("value", "low", "high")
    )
    return ranged(middle, low, high)


def entry_jump(facts: Facts) -> Predicted:
    """V4c [um]; the ends are those of the jump."""
    middle, low, high = (
        entry_law(facts, end=end).jump / to_si(1.0, "um") for end in ("value", "low", "high")
    )
    return ranged(middle, low, high)


def reached_ratio(facts: Facts, row: str, kind: DeviceKind) -> Predicted:
    """V6: reached over set depth, needles and beliefs together."""
    return of_draws(_reached(facts, row, kind) / done(facts, "set_depth", row))


def reached_um(facts: Facts, row: str, kind: DeviceKind) -> Predicted:
    """V7b [um]: where the needles of any device of a kind end."""
    return of_draws(_reached(facts, row, kind) / to_si(1.0, "um"))


def _reached(facts: Facts, row: str, kind: DeviceKind) -> Draws:
    law, efficiency, rng = _drawn(facts, row, kind)
    return law.reached(done(facts, "set_depth", row), efficiency=efficiency, rng=rng)


def gain_with_length(facts: Facts, row: str, kind: DeviceKind) -> Predicted:
    """V6f: how much deeper needles end for each millimetre of length."""
    short, long = (done(facts, "set_depth", row, end) for end in ("low", "high"))
    law, efficiency, _ = _drawn(facts, row, kind)
    shallow, deep = (
        law.reached(length, efficiency=efficiency, rng=stream(6, row)) for length in (short, long)
    )
    return of_draws((deep - shallow) / (long - short))


def _drawn(
    facts: Facts, row: str, kind: DeviceKind
) -> tuple[ReducedLaw, Draws, np.random.Generator]:
    rng = stream(6, row)
    alpha, beta = (facts.puncture[f"efficiency_{s}", kind.value].value for s in ("alpha", "beta"))
    return reduced_law(facts.devices[_ANY_TOLERANCE], facts), rng.beta(alpha, beta, _DRAWS), rng


def hole_diameter(facts: Facts) -> Predicted:
    """V7a [um]; the ends are those of the radius."""
    row = facts.puncture["hole_radius", "any"]
    middle, low, high = (2 * row.si(end) / to_si(1.0, "um") for end in ("value", "low", "high"))
    return ranged(middle, low, high)
