"""How many holes a number of passes leaves, and how many passes of another device do the same."""

from percuta.facts.devices import Device, DeviceKind
from percuta.facts.edition import Facts
from percuta.planning.case import Frozen
from percuta.planning.findings import Reason, because
from percuta.planning.grades import Grade
from percuta.science.puncture.density import (
    chance_of_twice_the_plan,
    coverage,
    hole_distance,
    over_dispersion,
    passes_for,
    strike_density,
)
from percuta.science.puncture.parameters import hand_unevenness, hole_radius, motion_of
from percuta.units import convert, to_si

_RESTS_ON = {
    DeviceKind.PEN: ("head_width", "scan_speed", "hit_share"),
    DeviceKind.ROLLER: ("drum_diameter", "drum_width", "hit_share"),
    DeviceKind.STAMP: ("plate_area", "hit_share"),
}


class Density(Frozen):
    """Holes in the skin, each figure with what the unknown speed, contact and hand allow.

    ``twice_the_plan_pct`` is the chance that a square centimetre gets more than twice as many.
    """

    strikes_per_cm2: float
    strikes_per_cm2_low: float
    strikes_per_cm2_high: float
    covered_pct: float
    covered_pct_low: float
    covered_pct_high: float
    hole_distance_mm: float
    hole_distance_mm_low: float
    hole_distance_mm_high: float
    twice_the_plan_pct: float
    twice_the_plan_pct_low: float
    twice_the_plan_pct_high: float
    grade: Grade = Grade.C
    grade_words: str = Grade.C.words


class SameDensity(Frozen):
    """Passes of another device that leave as many strikes, and whether anybody published that many.

    ``passes`` is rarely whole: it compares, it is no setting.
    """

    device: str
    passes: float
    is_published: bool


def density_of(device: Device, passes: float, facts: Facts) -> Density:
    """Strikes per area after ``passes``, and how evenly they fall."""
    middle, low, high = (
        strike_density(motion_of(device, facts, end=end), passes=passes)
        for end in ("value", "low", "high")
    )
    covered = [
        _covered_pct(device, density, facts, end)
        for density, end in ((middle, "value"), (low, "low"), (high, "high"))
    ]
    uneven = [_twice_pct(middle, facts, end) for end in ("value", "low", "high")]
    far, farthest, nearest = (_distance_mm(density) for density in (middle, low, high))
    return Density(
        strikes_per_cm2=round(_per_cm2(middle)),
        strikes_per_cm2_low=round(_per_cm2(low)),
        strikes_per_cm2_high=round(_per_cm2(high)),
        covered_pct=covered[0],
        covered_pct_low=min(covered),
        covered_pct_high=max(covered),
        hole_distance_mm=far,
        hole_distance_mm_low=nearest,
        hole_distance_mm_high=farthest,
        twice_the_plan_pct=uneven[0],
        twice_the_plan_pct_low=min(uneven),
        twice_the_plan_pct_high=max(uneven),
    )


def _covered_pct(device: Device, density: float, facts: Facts, end: str) -> float:
    """Surface under a hole; more strikes of wider holes cover more."""
    radius = hole_radius(facts, end=end)
    overlap = motion_of(device, facts, end=end).own_overlap(hole_radius=radius)
    covered = coverage(density, hole_radius=radius, own_overlap=overlap)
    return round(convert(covered, source="1", target="pct"), 2)


def _twice_pct(density: float, facts: Facts, end: str) -> float:
    patch = to_si(1, "cm2")
    scatter = over_dispersion(density, area=patch, unevenness=hand_unevenness(facts, end=end))
    chance = chance_of_twice_the_plan(density, area=patch, over_dispersion=scatter)
    return round(convert(chance, source="1", target="pct"), 3)


def _distance_mm(density: float) -> float:
    return round(convert(hole_distance(density), source="m", target="mm"), 3)


def strikes_per_cm2(device: Device, passes: float, facts: Facts) -> float:
    """Strikes per cm2 after ``passes``, not rounded."""
    return _per_cm2(strike_density(motion_of(device, facts), passes=passes))


def passes_like(device: Device, passes: float, other: Device, facts: Facts) -> float:
    """Passes of another device that leave as many strikes as ``passes`` of this one."""
    density = strike_density(motion_of(device, facts), passes=passes)
    return passes_for(motion_of(other, facts), density=density)


def same_density(device: Device, passes: int, facts: Facts) -> tuple[SameDensity, ...]:
    """The density of ``passes`` on every other generic device, not on each that has a name."""
    return tuple(
        _on(other, passes_like(device, passes, other, facts), facts)
        for key, other in facts.devices.items()
        if key != device.key and key not in facts.catalogue
    )


def why_dense(device: Device, density: Density, facts: Facts) -> Reason:
    """What a density rests on, and how wide that leaves it."""
    text = (
        f"About {density.strikes_per_cm2:.0f} strikes per cm2: {density.strikes_per_cm2_low:.0f} "
        f"to {density.strikes_per_cm2_high:.0f} by what the hand and the skin may do."
    )
    rows = [facts.puncture[name, device.kind.value] for name in _RESTS_ON[device.kind]]
    return because(text, "puncture", *rows)


def _on(device: Device, passes: float, facts: Facts) -> SameDensity:
    published = facts.policy["passes_n", device.kind]
    return SameDensity(
        device=device.key,
        passes=round(passes, 2),
        is_published=published.low <= passes <= published.high,
    )


def _per_cm2(density: float) -> float:
    return convert(density, source="per_m2", target="per_cm2")
