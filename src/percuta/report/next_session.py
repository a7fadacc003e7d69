"""The next session as readable terminal text: what first, when, then zone by zone with reasons."""

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from percuta.facts.vocabulary import Advice
from percuta.planning.case.zone_names import sides_together
from percuta.planning.follow_up.next_session import NextSession
from percuta.planning.follow_up.reasons import NextReason
from percuta.planning.follow_up.zone_advice import ZoneAdvice
from percuta.report import plain, wording
from percuta.report.typesetting import typeset

ADVICE_WORD = {
    Advice.KEEP: "Go on as planned",
    Advice.LIGHTER: "Go on, lighter",
    Advice.WAIT: "Wait",
    Advice.HOLD: "Hold until it is known",
    Advice.ASK_PHYSICIAN: "Ask a physician",
    Advice.STOP: "Do not needle again",
}
DECISION = (
    "A qualified professional decides and answers for it; screening is asked anew on the day."
)


def show_next(console: Console, answer: NextSession) -> None:
    """The whole answer."""
    for line in answer.act_now:
        console.print(Text(f"Now: {line}", style="bold red"))
    console.print(Text(ADVICE_WORD[answer.advice], style="bold"))
    for line in _when(answer):
        _indented(console, line)
    for question in dict.fromkeys(question.question for question in answer.questions):
        _indented(console, f"Still to ask: {question}")
    for reason in answer.reasons:
        _reason(console, reason)
    for zones in _alike(answer):
        _zones(console, zones)
    console.print()
    console.print(Text("What holds the day back"))
    for bound in answer.bounds:
        _indented(console, f"{wording.day(bound.day)}: {bound.reason}  ({bound.rule})")
    console.print(Text(DECISION))


def _when(answer: NextSession) -> Iterator[str]:
    if answer.earliest is not None:
        yield f"Not before {wording.day(answer.earliest)}."
    for event in answer.until:
        yield f"Not before this has happened: {event.removeprefix('event:').replace('_', ' ')}."
    if answer.dates:
        yield f"The series goes on: {', '.join(map(wording.day, answer.dates))}."
    for later in answer.later_zones:
        joins = f"from {wording.day(later.joins)}" if later.joins else "not on one of these days"
        yield f"{typeset(later.zone)}: left out so far, may be planned {joins}."


def _alike(answer: NextSession) -> list[list[ZoneAdvice]]:
    """Zones of which the same is said, told together."""
    together: dict[tuple[object, ...], list[ZoneAdvice]] = {}
    for zone in answer.zones:
        said = tuple((reason.rule, reason.reason) for reason in _own(zone))
        key = (zone.advice, zone.depth_mm_at_most, zone.passes_at_most, said)
        together.setdefault(key, []).append(zone)
    return list(together.values())


def _zones(console: Console, zones: list[ZoneAdvice]) -> None:
    first = zones[0]
    names = plain.sentence(sides_together(zone.name for zone in zones)).rstrip(".")
    console.print()
    console.print(Text(f"{names}: {ADVICE_WORD[first.advice].lower()}", style="bold"))
    if first.depth_mm_at_most is not None:
        passes = "1 pass" if first.passes_at_most == 1 else f"{first.passes_at_most} passes"
        once = "" if first.advice.may_go_on else "Once it may: "
        depth = wording.depth(first.depth_mm_at_most)
        limit = wording.depth(first.limit_mm)
        _indented(console, f"{once}at most {depth} mm, {passes}; ceiling {limit} mm.")
    for reason in _own(first):
        _reason(console, reason)


def _own(zone: ZoneAdvice) -> tuple[NextReason, ...]:
    """Reasons of the zone itself; those of the person were told above."""
    return tuple(reason for reason in zone.reasons if reason.zones)


def _reason(console: Console, reason: NextReason) -> None:
    _indented(console, f"{plain.sentence(typeset(reason.reason))}  ({reason.rule})")
    _indented(console, f"[{', '.join(reason.sources)}]", style="dim")


def _indented(console: Console, text: str, *, style: str = "") -> None:
    console.print(Padding(Text(text, style=style), (0, 0, 0, 8)))
