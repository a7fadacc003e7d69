"""Where needles land and end, as published, against the puncture model: V1, V2, V6, V7."""

import numpy as np

from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import Draws, stream
from percuta.science.puncture.density import coverage, strike_density
from percuta.science.puncture.depth import ReducedLaw
from percuta.science.puncture.parameters import hole_radius, motion_of, reduced_law
from percuta.units import to_si
from percuta.validation.asked import done
from percuta.validation.lattice import covered_share, roller_lattice
from percuta.validation.predicted import Predicted, banded, exactly, ranged

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
    """V2: mean of the formula over the mean of real lattices with as many holes."""
    lattice = roller_lattice(
        needles=facts.devices[_ROLLER].needles_n,
        rows=round(done(facts, "needle_rows", "V2")),
        diameter=facts.puncture["drum_diameter", "roller"].si(),
        width=facts.puncture["drum_width", "roller"].si(),
    )
    passes, radius = round(done(facts, "passes", "V2")), hole_radius(facts)
    formula, counted = 0.0, 0.0
    for seed in range(_LATTICES):
        holes = lattice.holes(passes, side=_SIDE, seed=seed)
        formula += coverage(len(holes) / _SIDE**2, hole_radius=radius)
        counted += covered_share(holes, side=_SIDE, radius=radius)
    return exactly(formula / counted)


def reached_ratio(facts: Facts, row: str, kind: DeviceKind) -> Predicted:
    """V6: reached over set depth, needles and beliefs together."""
    set_depth = done(facts, "set_depth", row)
    law, efficiency, rng = _drawn(facts, row, kind)
    ratio = law.reached(set_depth, efficiency=efficiency, rng=rng) / set_depth
    low, middle, high = (float(end) for end in np.quantile(ratio, (0.05, 0.5, 0.95)))
    return banded(low, middle, high)


def gain_with_length(facts: Facts, row: str, kind: DeviceKind) -> Predicted:
    """V6f: how much deeper needles end for each millimetre of length."""
    short, long = (done(facts, "set_depth", row, end) for end in ("low", "high"))
    law, efficiency, _ = _drawn(facts, row, kind)
    shallow, deep = (
        law.reached(length, efficiency=efficiency, rng=stream(6, row)) for length in (short, long)
    )
    gain = (deep - shallow) / (long - short)
    low, middle, high = (float(end) for end in np.quantile(gain, (0.05, 0.5, 0.95)))
    return banded(low, middle, high)


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
