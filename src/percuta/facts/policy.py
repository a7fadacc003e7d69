"""Planning policy: every threshold that is ours, open to correction by a clinic."""

from percuta.facts.doors import Fact
from percuta.frozen import frozen


@frozen
class PolicyRow(Fact):
    """One number of ours with its range, unit and reason."""

    quantity: str
    subject: str
    value: float
    low: float
    high: float
    unit: str
    about: str


@frozen
class Licence(Fact):
    """An example of a licence rule, to be edited by the clinic; never shipped as law."""

    jurisdiction: str
    operator: str
    depth_mm_max: float | None
    rule: str
