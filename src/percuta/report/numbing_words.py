"""Which zones are numbed today and which on another visit, in the words of each page."""

from percuta.facts.vocabulary import Zone
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.plan.plan import Plan
from percuta.report import plain
from percuta.report.typesetting import places


def numbed_today(plan: Plan, numbing: Numbing) -> str:
    """Where the product goes today, and how many visits the rest takes beside the sessions."""
    never = not_numbed(plan, numbing)
    if len(numbing.visits) < 2 and not never:
        return plain.sentence(places(numbing.zones, plan) or "no zone")
    told = [f"Today only {places(numbing.zones, plan)}."]
    if len(numbing.visits) > 1:
        told.append(_visits(plan, numbing))
    if never:
        told.append(f"Not numbed on any visit: {places(never, plan)}.")
    return " ".join(told)


def _visits(plan: Plan, numbing: Numbing) -> str:
    visits = len(numbing.visits)
    text = f"Numbing each zone once takes {visits} visits"
    sessions = plan.series.sessions if plan.series is not None else None
    if sessions is None:
        return f"{text}."
    series = f"the {sessions} sessions of the series" if sessions > 1 else "the one session"
    if exceeds_sessions(plan, numbing):
        return f"{text}, more than {series}."
    return f"{text}; the series has {sessions} sessions."


def exceeds_sessions(plan: Plan, numbing: Numbing) -> bool:
    """Whether numbing each zone once takes more visits than the series has sessions."""
    sessions = plan.series.sessions if plan.series is not None else None
    return sessions is not None and len(numbing.visits) > sessions


def by_visit(plan: Plan, numbing: Numbing) -> str:
    """The zones of each visit; empty where one visit holds them all."""
    if len(numbing.visits) < 2:
        return ""
    told = (
        f"Visit {number}{', today' if number == 1 else ''}: {places(zones, plan)}."
        for number, zones in enumerate(numbing.visits, start=1)
    )
    return " ".join(told)


def not_numbed(plan: Plan, numbing: Numbing) -> tuple[Zone, ...]:
    """Planned zones that no visit numbs; none where zones are not told by visit."""
    if not numbing.visits:
        return ()
    numbed = {zone for visit in numbing.visits for zone in visit}
    return tuple(zone.zone for zone in plan.zones if zone.zone not in numbed)
