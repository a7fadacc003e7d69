"""How long a session takes: cleanse, needle by cm2 per minute, soothe; numbing apart."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from percuta.facts.edition import Facts
from percuta.facts.policy import PolicyRow
from percuta.facts.vocabulary import Level, Scope, Zone
from percuta.planning.case.case import Case, Frozen, is_left_out
from percuta.planning.judgement.findings import Finding
from percuta.planning.numbing.ceilings import Numbing

RULE_LONG_SESSION = "duration.longer_than_published"


class Duration(Frozen):
    """Minutes in the chair with their range, beside the published session time.

    ``numbing_min`` is waiting and counted apart. The published range is reported, not fitted.
    ``visit_min`` is the whole visit, numbing included, where the published range is of visits.
    """

    cleanse_min: float
    needling_min: float
    soothe_min: float
    low_min: float
    high_min: float
    numbing_min: float | None
    published_low_min: float
    published_high_min: float
    facts: tuple[str, ...]
    sources: tuple[str, ...]
    visit_min: float | None = Field(default=None, exclude_if=is_left_out)

    @property
    def in_the_chair_min(self) -> float:
        """All but the waiting for numbing."""
        return self.cleanse_min + self.needling_min + self.soothe_min

    @property
    def is_longer_than_published(self) -> bool:
        """Whether it outlasts what is published, a visit held to visits."""
        compared = self.in_the_chair_min if self.visit_min is None else self.visit_min
        return compared > self.published_high_min

    @property
    def is_long_without_numbing(self) -> bool:
        """Whether several days would make a visit shorter: numbing takes its time on each."""
        return self.in_the_chair_min > self.published_high_min


def zone_minutes(zone: Zone, passes: float, case: Case, facts: Facts) -> tuple[float, float, float]:
    """Minutes for one zone: low, expected, high. Area and speed both carry their range."""
    row = facts.zones[zone]
    rate = facts.policy["needling_rate_cm2_per_min", facts.devices[case.setting.device].kind]
    change = facts.policy["zone_change_min", "zone"]
    return (
        row.area_lo_cm2 * passes / rate.high + change.low,
        row.area_cm2 * passes / rate.value + change.value,
        row.area_hi_cm2 * passes / rate.low + change.high,
    )


def duration_findings(duration: Duration) -> Iterator[Finding]:
    """A caution where a session would take longer than any published one."""
    if not duration.is_longer_than_published:
        return
    if duration.visit_min is not None:
        yield _long_visit(duration, duration.visit_min)
    else:
        text = (
            f"About {duration.in_the_chair_min:.0f} minutes is longer than a published session "
            f"({duration.published_high_min:g} minutes): think of two visits."
        )
        yield Finding(
            rule=RULE_LONG_SESSION,
            level=Level.CAUTION,
            scope=Scope.PERSON,
            reason=text,
            facts=duration.facts,
            sources=duration.sources,
        )


def _long_visit(duration: Duration, visit_min: float) -> Finding:
    """A visit that is long without its numbing is a caution, one that numbing makes long a note."""
    span = f"{duration.published_low_min:g} to {duration.published_high_min:g} minutes"
    waiting = f", {duration.numbing_min:g} of them for numbing" if duration.numbing_min else ""
    is_long = duration.is_long_without_numbing
    more = " Think of two visits." if is_long else ""
    text = f"The whole visit takes about {visit_min:.0f} minutes{waiting}; published: {span}.{more}"
    return Finding(
        rule=RULE_LONG_SESSION,
        level=Level.CAUTION if is_long else Level.NOTE,
        scope=Scope.PERSON,
        reason=text,
        facts=duration.facts,
        sources=duration.sources,
    )


def _published(facts: Facts) -> PolicyRow:
    """How long a session or a whole visit takes, as published; the newer row first."""
    visit = facts.policy.get(("published_visit_min", "any"))
    return visit or facts.policy["published_session_min", "any"]


def session_duration(
    passes: Mapping[Zone, float], numbing: Numbing | None, case: Case, facts: Facts
) -> Duration:
    """The whole session; needling is the sum over zones, each with its own passes."""
    per_zone = [zone_minutes(zone, number, case, facts) for zone, number in passes.items()]
    low, expected, high = (sum(column) for column in zip(*per_zone, strict=True))
    cleanse = facts.policy["cleanse_min", "session"]
    soothe = facts.policy["soothe_min", "session"]
    published = _published(facts)
    chair = cleanse.value + expected + soothe.value
    waiting = (numbing.dwell_min or 0.0) if numbing else 0.0
    is_visit = published.quantity == "published_visit_min"
    return Duration(
        cleanse_min=cleanse.value,
        needling_min=round(expected, 1),
        soothe_min=soothe.value,
        low_min=round(cleanse.low + low + soothe.low, 1),
        high_min=round(cleanse.high + high + soothe.high, 1),
        numbing_min=numbing.dwell_min if numbing else None,
        published_low_min=published.low,
        published_high_min=published.high,
        facts=tuple(f"policy/{row.key}" for row in (cleanse, soothe, published)),
        sources=published.sources,
        visit_min=round(chair + waiting, 1) if is_visit else None,
    )
