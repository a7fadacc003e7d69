"""Choices above a limit of today: a smaller choice is needed, no zone is lost.

A lower limit stops a zone for which more was chosen. That is told as what it is, so that nobody
reads that a person or a zone may no longer be needled.
"""

from collections.abc import Iterable

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Case, Frozen
from percuta.planning.depth.ceilings import snap_down
from percuta.planning.dose.findings import RULE_TOO_DENSE, RULE_TOO_MANY_PASSES
from percuta.planning.plan.decided import assess
from percuta.planning.plan.depth_findings import RULE_ABOVE_LIMIT, RULE_NOT_A_SETTING

REFUSED_CHOICES = frozenset(
    {RULE_ABOVE_LIMIT, RULE_NOT_A_SETTING, RULE_TOO_MANY_PASSES, RULE_TOO_DENSE}
)
"""Rules that stop a zone for what was chosen there, and for nothing else."""


class DepthAbove(Frozen):
    """A depth that was chosen, and the limit of today under it."""

    zone: Zone
    name: str
    chosen_mm: float
    limit_mm: float

    @property
    def sentence(self) -> str:
        """What has to be chosen anew."""
        return (
            f"{self.name}: the depth chosen ({self.chosen_mm:.2f} mm) is above today's limit "
            f"({self.limit_mm:.2f} mm)"
        )


def depths_above(case: Case, facts: Facts) -> tuple[DepthAbove, ...]:
    """Depths of a case above what these facts allow, where the device can be set to less."""
    device = facts.devices[case.setting.device]
    ceilings = assess(case, facts).ceilings
    chosen = ((zone, case.set_mm(zone), ceiling) for zone, ceiling in ceilings.items())
    return tuple(
        DepthAbove(zone=zone, name=facts.zones[zone].name, chosen_mm=mm, limit_mm=ceiling.limit_mm)
        for zone, mm, ceiling in chosen
        if mm is not None and mm > ceiling.limit_mm >= device.depth_min_mm
    )


def lowered(case: Case, above: Iterable[DepthAbove], facts: Facts) -> Case:
    """The same case with those depths at the deepest setting that is allowed today."""
    device = facts.devices[case.setting.device]
    settings = {depth.zone: snap_down(depth.limit_mm, device) for depth in above}
    told = {
        zone: chosen.model_copy(update={"mm": settings.get(zone, chosen.mm)})
        for zone, chosen in case.depth_mm.items()
    }
    return case.model_copy(update={"depth_mm": told})
