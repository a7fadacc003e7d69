"""What went wrong in studies, the gravest bounds in sight, every count with what it hides."""

from dataclasses import dataclass

from percuta.planning.judgement.findings import Reason
from percuta.planning.plan.adverse_event_rates import SeenEvent
from percuta.planning.plan.plan import Plan
from percuta.web.plans.why import Reasons, Why

_IN_SIGHT = 4
_TEXT = "The exact 95 % interval of each count: a few people cannot rule more out."


@dataclass(frozen=True)
class SeenLine:
    """A count with the rates that it leaves possible, and of whom it speaks."""

    text: str
    population: str


@dataclass(frozen=True)
class Seen:
    """``first`` stand open, ``more`` can be opened."""

    first: tuple[SeenLine, ...]
    more: tuple[SeenLine, ...]
    why: Why


def seen(plan: Plan, reasons: Reasons) -> Seen | None:
    """What was counted in studies of needling, or ``None`` without a plan."""
    if not plan.seen_events:
        return None
    lines = tuple(map(_line, plan.seen_events))
    facts = tuple(event.fact for event in plan.seen_events)
    sources = tuple(dict.fromkeys(key for event in plan.seen_events for key in event.sources))
    reason = Reason(text=_TEXT, facts=facts, sources=sources)
    why = reasons.why("Why these rates?", [reason])
    return Seen(first=lines[:_IN_SIGHT], more=lines[_IN_SIGHT:], why=why)


def _line(event: SeenEvent) -> SeenLine:
    return SeenLine(text=event.sentence, population=event.population)
