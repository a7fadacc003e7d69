"""The list of drafts that wait for a physician, worded."""

from dataclasses import dataclass
from uuid import UUID

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.edition import facts_in_force
from percuta.clinic.story.waiting import Waiting, waiting_for_physician
from percuta.facts.edition import Facts
from percuta.planning.case.zone_names import sides_together


@dataclass(frozen=True)
class WaitingLine:
    """One draft: whose, which zone to open it at, and what is asked."""

    name: str
    plan_id: UUID
    zone: str
    words: str


def waiting_lines(by: User) -> tuple[WaitingLine, ...]:
    """Every draft that waits for a physician, the longest first."""
    facts = facts_in_force()
    return tuple(_line(waits, facts) for waits in waiting_for_physician(by=by))


def _line(waits: Waiting, facts: Facts) -> WaitingLine:
    depths, numbing = waits.awaited.depths, waits.awaited.numbing
    told = []
    if depths:
        told.append(f"a depth for {sides_together(facts.zones[zone].name for zone in depths)}")
    if numbing is not None:
        told.append(f"an amount of {facts.agents[numbing].name}")
    zone = depths[0].value if depths else ""
    name = f"{waits.patient.family_name}, {waits.patient.given_name}"
    return WaitingLine(name, waits.plan_id, zone, "; ".join(told))
