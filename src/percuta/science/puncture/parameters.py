"""From fact rows to the frozen parameters of the puncture model, in SI units."""

from percuta.facts.devices import Device, DeviceKind
from percuta.facts.edition import Facts
from percuta.science.puncture.bench import Bench
from percuta.science.puncture.density import Motion, PenMotion, RollerMotion, StampMotion
from percuta.science.puncture.depth import LosslessLaw, ReducedLaw
from percuta.science.puncture.efficiency import EfficiencyPrior
from percuta.science.puncture.entry import EntryLaw
from percuta.units import to_si


def motion_of(device: Device, facts: Facts, *, end: str = "value") -> Motion:
    """How a device covers skin.

    ``end`` chooses the middle (``value``), fewest (``low``) or most (``high``) strikes that the
    ranges of its parameters allow.
    """
    few_is = {"value": "value", "low": "high", "high": "low"}[end]
    if device.kind is DeviceKind.PEN:
        return PenMotion(
            needles=device.needles_n,
            frequency=strike_frequency(device, facts, end=end),
            head_width=_parameter("head_width", "pen", facts, few_is),
            scan_speed=_parameter("scan_speed", "pen", facts, few_is),
            hit_share=_parameter("hit_share", "pen", facts, end),
        )
    if device.kind is DeviceKind.ROLLER:
        return RollerMotion(
            needles=device.needles_n,
            diameter=_parameter("drum_diameter", "roller", facts, few_is),
            width=_parameter("drum_width", "roller", facts, few_is),
            hit_share=_parameter("hit_share", "roller", facts, end),
        )
    return StampMotion(
        needles=device.needles_n,
        area=_parameter("plate_area", "stamp", facts, few_is),
        hit_share=_parameter("hit_share", "stamp", facts, end),
    )


def pen_sweep(facts: Facts, *, end: str = "value") -> float:
    """Skin that a pen sweeps in a second [m2/s]; the end of fewest strikes sweeps most."""
    few_is = {"value": "value", "low": "high", "high": "low"}[end]
    width = _parameter("head_width", "pen", facts, few_is)
    return width * _parameter("scan_speed", "pen", facts, few_is)


def strike_frequency(device: Device, facts: Facts, *, end: str = "value") -> float:
    """Strikes of one needle of a pen in a second [Hz], at one end of what is known.

    Of a device that publishes only how fast it goes at most, the other ends are those of all pens,
    and never faster than that.
    """
    low, high = device.frequency_lo_hz, device.frequency_hi_hz
    if low is not None and high is not None:
        return {"low": low, "high": high, "value": (low + high) / 2}[end]
    of_all = _parameter("strike_frequency", "pen", facts, end)
    if high is None:
        return of_all
    return high if end == "high" else min(of_all, high)


def _parameter(quantity: str, subject: str, facts: Facts, end: str = "value") -> float:
    return facts.puncture[quantity, subject].si(end)


def reduced_law(device: Device, facts: Facts) -> ReducedLaw:
    """The law planned with; a device without a published tolerance gets the wide one."""
    return ReducedLaw(
        tolerance=_tolerance(device, facts),
        spread=_parameter("depth_spread", "any", facts),
    )


def lossless_law(device: Device, facts: Facts) -> LosslessLaw:
    """The safety bound of a device."""
    return LosslessLaw(tolerance=_tolerance(device, facts))


def _tolerance(device: Device, facts: Facts) -> float:
    if device.tolerance_mm is not None:
        return to_si(device.tolerance_mm, "mm")
    return _parameter("depth_tolerance", "any", facts, "high")


def efficiency_prior(device: Device, facts: Facts) -> EfficiencyPrior:
    """The prior of achieved over set depth for this kind of device."""
    return EfficiencyPrior(
        alpha=facts.puncture["efficiency_alpha", device.kind.value].value,
        beta=facts.puncture["efficiency_beta", device.kind.value].value,
    )


def hole_radius(facts: Facts, *, end: str = "value") -> float:
    """Radius of a hole at the surface [m]."""
    return _parameter("hole_radius", "any", facts, end)


def entry_law(facts: Facts, *, end: str = "value") -> EntryLaw:
    """With how much force needles enter; ``end`` chooses the middle, least or most."""
    return EntryLaw(
        per_width=_parameter("entry_force", "any", facts, end),
        jump=_parameter("entry_jump", "any", facts, end),
        narrowest=_parameter("entry_tip_width", "any", facts, "low"),
        widest=_parameter("entry_tip_width", "any", facts, "high"),
    )


def hand_unevenness(facts: Facts, *, end: str = "value") -> float:
    """Relative standard deviation of the local density under an uneven hand."""
    return _parameter("hand_unevenness", "any", facts, end)


def bench_of(facts: Facts) -> Bench:
    """What a bench can tell of the depth of a needle."""
    low, high = (_parameter("depth_spread", "any", facts, end) for end in ("low", "high"))
    return Bench(
        reading_error=_parameter("bench_reading_error", "any", facts),
        shallowest=_parameter("bench_shallowest", "any", facts),
        spreads=(low, high),
    )
