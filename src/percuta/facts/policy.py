"""Planning policy: every threshold that is ours, open to correction by a clinic."""

from dataclasses import dataclass

from percuta.facts.doors import Fact


@dataclass(frozen=True)
class PolicyRow(Fact):
    """One number of ours with its range, unit and reason."""

    quantity: str
    subject: str
    value: float
    low: float
    high: float
    unit: str
    about: str


@dataclass(frozen=True)
class Licence(Fact):
    """An example of a licence rule, to be edited by the clinic; never shipped as law."""

    jurisdiction: str
    operator: str
    depth_mm_max: float | None
    rule: str
