"""How many holes a number of passes leaves, and how many passes of another device do the same."""

from percuta.facts.devices import Device, DeviceKind
from percuta.facts.edition import Facts
from percuta.planning.case import Frozen
from percuta.planning.findings import Reason, because
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
    """Holes in the skin: per cm2 with what the unknown speed and contact allow.

    ``twice_the_plan_pct`` is the chance that a square centimetre gets more than twice as many.
    """

    strikes_per_cm2: float
    strikes_per_cm2_low: float
    strikes_per_cm2_high: float
    covered_pct: float
    hole_distance_mm: float
    twice_the_plan_pct: float


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
    radius, patch = hole_radius(facts), to_si(1, "cm2")
    overlap = motion_of(device, facts).own_overlap(hole_radius=radius)
    covered = coverage(middle, hole_radius=radius, own_overlap=overlap)
    scatter = over_dispersion(middle, area=patch, unevenness=hand_unevenness(facts))
    chance = chance_of_twice_the_plan(middle, area=patch, over_dispersion=scatter)
    return Density(
        strikes_per_cm2=round(_per_cm2(middle)),
        strikes_per_cm2_low=round(_per_cm2(low)),
        strikes_per_cm2_high=round(_per_cm2(high)),
        covered_pct=round(convert(covered, source="1", target="pct"), 2),
        hole_distance_mm=round(convert(hole_distance(middle), source="m", target="mm"), 3),
        twice_the_plan_pct=round(convert(chance, source="1", target="pct"), 3),
    )


def strikes_per_cm2(device: Device, passes: float, facts: Facts) -> float:
    """Strikes per cm2 after ``passes``, not rounded."""
    return _per_cm2(strike_density(motion_of(device, facts), passes=passes))


def passes_like(device: Device, passes: float, other: Device, facts: Facts) -> float:
    """Passes of another device that leave as many strikes as ``passes`` of this one."""
    density = strike_density(motion_of(device, facts), passes=passes)
    return passes_for(motion_of(other, facts), density=density)


def same_density(device: Device, passes: int, facts: Facts) -> tuple[SameDensity, ...]:
    """The density of ``passes`` on every other device of the table."""
    return tuple(
        _on(other, passes_like(device, passes, other, facts), facts)
        for key, other in facts.devices.items()
        if key != device.key
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
