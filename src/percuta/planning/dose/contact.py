"""Needle contact: minutes for a zone, seconds per cm2 and passes are one quantity.

What was set rules, the others follow, at the speed that the policy gives a kind of device. Only
strikes per second turn any of them into holes.
"""

from percuta.facts.devices import Device, DeviceKind
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Case, Frozen
from percuta.science.puncture.parameters import motion_of, strike_frequency
from percuta.units import convert

_S_PER_MIN = convert(1, source="min", target="s")


class Contact(Frozen):
    """How long needles touch a zone, and how often they strike meanwhile.

    ``minutes`` are for the whole zone of the area that the plan names, without any pause.
    """

    seconds_per_cm2: float
    minutes: float
    strikes_per_second_low: float
    strikes_per_second_high: float


def seconds_per_pass(device: Device, facts: Facts) -> float:
    """Seconds that one pass stays on a cm2."""
    return _S_PER_MIN / facts.policy["needling_rate_cm2_per_min", device.kind].value


def seconds_asked(zone: Zone, case: Case, facts: Facts) -> float | None:
    """Seconds per cm2 that were set for a zone, or that its minutes amount to."""
    seconds, minutes = case.seconds_per_cm2.get(zone), case.minutes.get(zone)
    if seconds is not None or minutes is None:
        return seconds
    return minutes * _S_PER_MIN / facts.zones[zone].area_cm2


def contact_in(zone: Zone, seconds_per_cm2: float, device: Device, facts: Facts) -> Contact:
    """The same quantity in each of its forms."""
    low, high = (_strikes_per_second(device, facts, end) for end in ("low", "high"))
    minutes = seconds_per_cm2 * facts.zones[zone].area_cm2 / _S_PER_MIN
    return Contact(
        seconds_per_cm2=round(seconds_per_cm2, 3),
        minutes=round(minutes, 2),
        strikes_per_second_low=round(low),
        strikes_per_second_high=round(high),
    )


def _strikes_per_second(device: Device, facts: Facts, end: str) -> float:
    """Of all needles together; for a roller or stamp at the speed that the policy gives it."""
    if device.kind is DeviceKind.PEN:
        return strikes_per_second(device, facts, end)
    rate = facts.policy["needling_rate_cm2_per_min", device.kind]
    cm2_per_s = {"low": rate.low, "value": rate.value, "high": rate.high}[end] / _S_PER_MIN
    per_pass = motion_of(device, facts, end=end).density_per_pass()
    return cm2_per_s * convert(per_pass, source="per_m2", target="per_cm2")


def strikes_per_second(device: Device, facts: Facts, end: str = "value") -> float:
    """Needles of a pen times strikes of one of them in a second."""
    return device.needles_n * strike_frequency(device, facts, end=end)
