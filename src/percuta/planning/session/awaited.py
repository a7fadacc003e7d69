"""What of a case waits for a physician, told without planning it."""

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Case, Frozen
from percuta.planning.depth.ceilings import depth_ceiling, dial_mm, has_published_depth
from percuta.planning.numbing.plan import awaits_amount


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
    limit_mm = depth_ceiling(zone, case, facts).limit_mm
    return dial_mm(facts.devices[case.setting.device], limit_mm)
