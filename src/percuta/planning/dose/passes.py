"""How many passes a zone gets: the professional's own number, a wished density, or the published.

A density is met by the nearest whole number of passes, the smaller one where two are as near, and
never by less than one pass.
"""

import math
from enum import StrEnum

from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Case, Frozen
from percuta.planning.dose.contact import seconds_asked, seconds_per_pass
from percuta.planning.judgement.findings import Reason, because
from percuta.science.puncture.density import passes_for
from percuta.science.puncture.parameters import motion_of
from percuta.units import to_si


class PassesBy(StrEnum):
    """What a number of passes follows from."""

    CHOSEN = "chosen"
    DENSITY = "density"
    PUBLISHED = "published"
    TIME = "time"


class Passes(Frozen):
    """Whole passes, what they follow from, and why; the density that was wished for, if one was.

    ``seconds_per_cm2`` is what was set where time rules; the passes are then the nearest whole
    number, and the strikes follow from the time and not from them.
    """

    number: int
    by: PassesBy
    target_strikes_per_cm2: float | None = None
    seconds_per_cm2: float | None = None
    why: Reason


def passes_in(zone: Zone, case: Case, facts: Facts) -> Passes:
    """Passes for a zone: what was set for the zone comes before what was set for the session."""
    device = facts.devices[case.setting.device]
    seconds = seconds_asked(zone, case, facts)
    if seconds is not None:
        return _timed(seconds, device, facts)
    wishes = (
        (case.passes.get(zone), case.strikes_per_cm2.get(zone)),
        (case.setting.passes, case.setting.strikes_per_cm2),
    )
    for number, target in wishes:
        if number is not None:
            return _chosen(number, device, facts)
        if target is not None:
            return _derived(target, device, facts)
    return _published(device, facts)


def passes_in_time(passes: Passes, device: Device, facts: Facts) -> float:
    """Passes that the needling lasts: whole ones, or what the time that was set amounts to."""
    if passes.seconds_per_cm2 is None:
        return passes.number
    return passes.seconds_per_cm2 / seconds_per_pass(device, facts)


def whole_passes(device: Device, strikes_per_cm2: float, facts: Facts) -> int:
    """The whole number of passes that comes nearest to a density, at least one."""
    exact = _exact_passes(device, strikes_per_cm2, facts)
    return max(1, math.ceil(exact - 0.5))


def _exact_passes(device: Device, strikes_per_cm2: float, facts: Facts) -> float:
    return passes_for(motion_of(device, facts), density=to_si(strikes_per_cm2, "per_cm2"))


def _chosen(number: int, device: Device, facts: Facts) -> Passes:
    text = f"{counted(number)} chosen by the professional; {_published_span(device, facts)}."
    return Passes(number=number, by=PassesBy.CHOSEN, why=_why(text, device, facts))


def _derived(target: float, device: Device, facts: Facts) -> Passes:
    number = whole_passes(device, target, facts)
    exact = _exact_passes(device, target, facts)
    text = (
        f"{target:g} strikes per cm2 were asked for: {exact:.2f} passes of {device.name}, so "
        f"{counted(number)}; {_published_span(device, facts)}."
    )
    return Passes(
        number=number,
        by=PassesBy.DENSITY,
        target_strikes_per_cm2=target,
        why=_why(text, device, facts),
    )


def _timed(seconds: float, device: Device, facts: Facts) -> Passes:
    exact = seconds / seconds_per_pass(device, facts)
    number = max(1, math.ceil(exact - 0.5))
    text = (
        f"{seconds:.3g} s per cm2 of needle contact set by the professional: about {exact:.1f} "
        f"passes of {device.name}; {_published_span(device, facts)}."
    )
    return Passes(
        number=number,
        by=PassesBy.TIME,
        seconds_per_cm2=seconds,
        why=_why(text, device, facts),
    )


def _published(device: Device, facts: Facts) -> Passes:
    row = facts.policy["passes_n", device.kind]
    text = f"{row.value:g} passes ({row.low:g} to {row.high:g}): {row.about}."
    return Passes(number=int(row.value), by=PassesBy.PUBLISHED, why=because(text, "policy", row))


def counted(number: int) -> str:
    """A number of passes in words."""
    return "1 pass" if number == 1 else f"{number} passes"


def _published_span(device: Device, facts: Facts) -> str:
    row = facts.policy["passes_n", device.kind]
    return f"{row.low:g} to {row.high:g} are published"


def _why(text: str, device: Device, facts: Facts) -> Reason:
    return because(text, "policy", facts.policy["passes_n", device.kind])
