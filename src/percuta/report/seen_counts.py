"""What went wrong in studies, one line an event: every count beside the rates that it allows."""

from collections.abc import Iterable

from percuta.planning.plan.adverse_event_rates import SeenEvent


def seen_counts(events: Iterable[SeenEvent]) -> tuple[str, ...]:
    """Events in the order in which they come, each with all its counts."""
    together: dict[str, list[str]] = {}
    for seen in events:
        together.setdefault(seen.event, []).append(_count(seen))
    return tuple(
        f"{event[:1].upper()}{event[1:]}: {', '.join(counts)}."
        for event, counts in together.items()
    )


def _count(seen: SeenEvent) -> str:
    if seen.events_n == 0:
        return f"none of {seen.people_n:,} (up to {seen.upper_pct:g} % cannot be ruled out)"
    return f"{seen.events_n} of {seen.people_n:,} ({seen.low_pct:g} to {seen.upper_pct:g} %)"
