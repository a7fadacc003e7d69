"""Why the next session is what it is: one row of facts with what it calls for."""

from collections.abc import Iterable

from percuta.facts.doors import Fact
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Advice, Zone
from percuta.planning.case.case import Frozen


class NextReason(Frozen):
    """What one thing that was done or told calls for.

    ``zones`` empty means the whole person; ``until`` is ``event:`` and what must happen first.
    """

    rule: str
    advice: Advice
    zones: tuple[Zone, ...] = ()
    until: str | None = None
    reason: str
    facts: tuple[str, ...]
    sources: tuple[str, ...]


def reason_for(
    reported: str, facts: Facts, *, zones: Iterable[Zone] = (), detail: str = "", also: str = ""
) -> NextReason:
    """The reason of one row; ``detail`` is said before it, ``also`` is another fact behind it."""
    row = facts.next_session[reported]
    behind: list[tuple[str, Fact]] = [("next_session", row)]
    until = None
    if row.screening is not None:
        rule = next(rule for rule in facts.screening if rule.key == row.screening)
        behind.append(("screening", rule))
        until = None if rule.until_event is None else f"event:{rule.until_event}"
    if row.recovery is not None:
        key = f"recovery.{row.recovery}"
        behind.append(("recovery", next(sign for sign in facts.recovery if sign.key == key)))
    if row.advice is Advice.LIGHTER:
        behind.append(("policy", facts.policy["lighter_steps", "any"]))
    cited = (key for _, fact in behind for key in fact.sources)
    return NextReason(
        rule=row.key,
        advice=row.advice,
        zones=tuple(zones),
        until=until,
        reason=f"{detail} {row.reason}".strip(),
        facts=(*(f"{table}/{fact.key}" for table, fact in behind), *filter(None, (also,))),
        sources=tuple(dict.fromkeys(cited)),
    )
