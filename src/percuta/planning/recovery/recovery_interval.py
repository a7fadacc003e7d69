"""What skin must have got over before it is needled again, over all zones of a plan."""

from collections.abc import Mapping

from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen
from percuta.planning.recovery.clinic_redness import ClinicReport
from percuta.planning.recovery.closure_times import Waiting, waiting
from percuta.planning.recovery.expected_times import ExpectedTime, slowest
from percuta.planning.recovery.redness_duration import redness_time


class Rest(Frozen):
    """Until when each instruction is advised to hold; how long the slowest zone stays red."""

    waiting: tuple[Waiting, ...]
    redness: ExpectedTime

    @property
    def longest(self) -> Waiting:
        """The instruction that is advised to hold longest."""
        return max(self.waiting, key=lambda wait: wait.advised_h)


def rest_after(
    depths_mm: Mapping[Zone, float],
    kind: DeviceKind,
    *,
    covered: bool,
    facts: Facts,
    clinic: tuple[ClinicReport, ...] = (),
) -> Rest:
    """The rest after a session at these depths; ``clinic`` are its own check-ins of redness."""
    return Rest(
        waiting=waiting(depths_mm, covered=covered, facts=facts),
        redness=slowest(
            redness_time(zone, mm, kind, facts, clinic=clinic) for zone, mm in depths_mm.items()
        ),
    )
