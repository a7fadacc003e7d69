"""How many holes a number of passes leaves, and how many passes of another device do the same."""

from collections.abc import Iterator
from functools import lru_cache

from percuta.facts.devices import Device, DeviceKind
from percuta.facts.edition import Facts
from percuta.planning.case.case import Frozen
from percuta.planning.dose.contact import seconds_per_pass
from percuta.planning.judgement.findings import Reason, because
from percuta.planning.judgement.grades import Grade
from percuta.science.puncture.density import (
    chance_of_twice_the_plan,
    coverage,
    hole_distance,
    over_dispersion,
    passes_for,
    strike_density,
)
from percuta.science.puncture.parameters import (
    hand_unevenness,
    hole_radius,
    motion_of,
    pen_sweep,
)
from percuta.units import convert, to_si

_ENDS = ("value", "low", "high")
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


@lru_cache(maxsize=256)
def density_of(device: Device, passes: float, facts: Facts) -> Density:
    """Strikes per area after ``passes``, and how evenly they fall."""
    return _density(device, dict.fromkeys(_ENDS, passes), facts)


@lru_cache(maxsize=256)
def density_in(device: Device, seconds_per_cm2: float, facts: Facts) -> Density:
    """Strikes per area after so much needle contact: neither hand nor head matters to a pen."""
    return _density(device, _passes_in(device, seconds_per_cm2, facts), facts)


def upper_strikes_per_cm2(
    device: Device, passes: float, seconds_per_cm2: float | None, facts: Facts
) -> float:
    """Strikes at the upper end of the band: after passes, or in a time where one was set."""
    if seconds_per_cm2 is not None:
        passes = _passes_in(device, seconds_per_cm2, facts)["high"]
    return _per_cm2(strike_density(motion_of(device, facts, end="high"), passes=passes))


def _passes_in(device: Device, seconds_per_cm2: float, facts: Facts) -> dict[str, float]:
    """Passes that a time amounts to at each end: a pen's at its own speed there."""
    exact = seconds_per_cm2 / seconds_per_pass(device, facts)
    if device.kind is not DeviceKind.PEN:
        return dict.fromkeys(_ENDS, exact)
    return {end: exact * pen_sweep(facts, end=end) / pen_sweep(facts) for end in _ENDS}


def _density(device: Device, passes: dict[str, float], facts: Facts) -> Density:
    middle, low, high = (
        strike_density(motion_of(device, facts, end=end), passes=passes[end]) for end in _ENDS
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
    """The density of ``passes`` on every other generic device, not on each that has a name.

    Where the edition bounds strikes at their upper end, only what can be done is told: whole
    passes, near enough, no more than are allowed.
    """
    told = _of_others(device, passes, facts)
    if not facts.has_upper_strikes:
        return told
    wanted = strikes_per_cm2(device, passes, facts)
    whole = [other.model_copy(update={"passes": round(other.passes)}) for other in told]
    return tuple(other for other in whole if _can_be_done(other, wanted, facts))


def _can_be_done(other: SameDensity, wanted: float, facts: Facts) -> bool:
    device, passes = facts.devices[other.device], other.passes
    if not 1 <= passes <= facts.policy["passes_most_n", device.kind].value:
        return False
    miss = abs(strikes_per_cm2(device, passes, facts) - wanted) / wanted
    upper = upper_strikes_per_cm2(device, passes, None, facts)
    is_near = (
        convert(miss, source="1", target="pct") <= facts.policy["density_miss_pct", "any"].value
    )
    return is_near and upper <= facts.policy["strikes_per_cm2_upper_most", "passes"].value


def _of_others(device: Device, passes: int, facts: Facts) -> tuple[SameDensity, ...]:
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


def published_densities(device: Device, facts: Facts) -> Iterator[Reason]:
    """What somebody aimed at or counted with this kind of device, beside what is reckoned here."""
    for row in facts.densities:
        if row.device_kind != device.kind:
            continue
        span = f"{row.low_per_cm2:g}"
        if row.high_per_cm2 != row.low_per_cm2:
            span += f" to {row.high_per_cm2:g}"
        text = f"Published: {span} holes per cm2, {_KIND[row.kind]} ({row.provenance.population})."
        yield because(text, "densities", row)


_KIND = {"aim": "an aim of its authors and no measurement", "count": "a count that is quoted"}


def _on(device: Device, passes: float, facts: Facts) -> SameDensity:
    published = facts.policy["passes_n", device.kind]
    return SameDensity(
        device=device.key,
        passes=round(passes, 2),
        is_published=published.low <= passes <= published.high,
    )


def _per_cm2(density: float) -> float:
    return convert(density, source="per_m2", target="per_cm2")
