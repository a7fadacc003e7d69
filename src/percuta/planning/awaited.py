"""What of a case waits for a physician, told without planning it."""

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case import Case, Frozen
from percuta.planning.ceilings import depth_ceiling, has_published_depth
from percuta.planning.numbing_plan import awaits_amount


class Awaited(Frozen):
    """Zones whose depth only a physician may choose, and numbing without an amount, by its key."""

    depths: tuple[Zone, ...] = ()
    numbing: str | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing waits."""
        return not self.depths and self.numbing is None


def awaited(case: Case, facts: Facts) -> Awaited:
    """What a physician has not written yet; nothing under editions that never ask for it."""
    if not facts.depth_advice:
        return Awaited()
    return Awaited(
        depths=tuple(
            zone
            for zone in case.requested_zones
            if asks_physician(zone, facts) and not case.is_by_physician(zone)
        ),
        numbing=case.setting.numbing if awaits_amount(case, facts) else None,
    )


def asks_physician(zone: Zone, facts: Facts) -> bool:
    """Whether the edition leaves the depth of this zone to a physician."""
    return bool(facts.depth_advice) and not has_published_depth(zone, facts)


def choosable_mm(zone: Zone, case: Case, facts: Facts) -> tuple[float, ...]:
    """Settings of the dial, in mm, that a physician may choose where none was published.

    Every one lies inside the ceiling and the range of the device; a needle of fixed length has
    its own length, if that is inside. Empty where a physician is not asked.
    """
    if not asks_physician(zone, facts):
        return ()
    device = facts.devices[case.setting.device]
    limit = depth_ceiling(zone, case, facts).limit_mm
    if device.depth_step_mm is None:
        return (device.depth_max_mm,) if device.depth_max_mm <= limit else ()
    count = round(min(limit, device.depth_max_mm) / device.depth_step_mm)
    dial = (round(number * device.depth_step_mm, 4) for number in range(1, count + 1))
    return tuple(mm for mm in dial if device.depth_min_mm <= mm <= limit)
