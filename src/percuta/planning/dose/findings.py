"""Findings about passes and density: bounds, what nobody published, a density that is missed."""

from collections.abc import Iterable, Iterator

from percuta.facts.devices import Device
from percuta.facts.doors import Fact
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Scope, Zone
from percuta.planning.case.case import Case
from percuta.planning.dose.density import strikes_per_cm2, upper_strikes_per_cm2
from percuta.planning.dose.passes import Passes, PassesBy, counted, passes_in
from percuta.planning.judgement.findings import Finding, Reason, because
from percuta.units import convert

RULE_TOO_MANY_PASSES = "passes.above_limit"
RULE_TOO_DENSE = "density.above_limit"
RULE_MORE_THAN_PUBLISHED = "passes.more_than_published"
RULE_FEWER_THAN_PUBLISHED = "passes.fewer_than_published"
RULE_TARGET_MISSED = "density.target_missed"


def density_findings(zones: Iterable[Zone], case: Case, facts: Facts) -> Iterator[Finding]:
    """What is to be said of the passes in each zone; a stop keeps the zone out of the plan."""
    device = facts.devices[case.setting.device]
    for zone in zones:
        passes = passes_in(zone, case, facts)
        strikes = strikes_per_cm2(device, passes.number, facts)
        yield from _refusals(zone, passes, device, facts)
        yield from _unpublished(zone, passes, device, facts)
        yield from _missed(zone, passes, strikes, device, facts)


def refusal_of(number: int, zone: Zone, device: Device, facts: Facts) -> str | None:
    """Why so many passes would be refused in a zone, or nothing if they would not."""
    asked = Passes(number=number, by=PassesBy.CHOSEN, why=Reason(text="", facts=(), sources=()))
    found = _refusals(zone, asked, device, facts)
    return next((finding.reason for finding in found), None)


def _refusals(zone: Zone, passes: Passes, device: Device, facts: Facts) -> Iterator[Finding]:
    if facts.has_upper_strikes:
        return _above_upper_limits(zone, passes, device, facts)
    strikes = strikes_per_cm2(device, passes.number, facts)
    return _above_limits(zone, passes.number, strikes, device, facts)


def _above_upper_limits(
    zone: Zone, passes: Passes, device: Device, facts: Facts
) -> Iterator[Finding]:
    """Passes up to the most published, strikes up to the densest protocol, at the upper end."""
    most = facts.policy["passes_most_n", device.kind]
    is_timed = passes.seconds_per_cm2 is not None
    densest = facts.policy["strikes_per_cm2_upper_most", "time" if is_timed else "passes"]
    if passes.number > most.value and not is_timed:
        text = f"{counted(passes.number)} are too many: at most {most.value:g}, {most.about}."
        yield _finding(RULE_TOO_MANY_PASSES, Level.STOP, zone, text, most)
    strikes = upper_strikes_per_cm2(device, passes.number, passes.seconds_per_cm2, facts)
    if strikes > densest.value:
        dose = (
            f"{passes.seconds_per_cm2:.3g} s per cm2"
            if passes.seconds_per_cm2 is not None
            else counted(passes.number)
        )
        text = (
            f"{dose} of {device.name} may leave up to {strikes:.0f} strikes per cm2: at most "
            f"{densest.value:g}, {densest.about}."
        )
        yield _finding(RULE_TOO_DENSE, Level.STOP, zone, text, densest)


def _above_limits(
    zone: Zone, number: int, strikes: float, device: Device, facts: Facts
) -> Iterator[Finding]:
    most = facts.policy["passes_most_n", device.kind]
    densest = facts.policy["strikes_per_cm2_most", "any"]
    if number > most.value:
        text = f"{counted(number)} are too many: at most {most.value:g}, {most.about}."
        yield _finding(RULE_TOO_MANY_PASSES, Level.STOP, zone, text, most)
    if strikes > densest.value:
        text = (
            f"{counted(number)} of {device.name} leave about {strikes:.0f} strikes per cm2: "
            f"at most {densest.value:g}, {densest.about}."
        )
        yield _finding(RULE_TOO_DENSE, Level.STOP, zone, text, densest)


def _unpublished(zone: Zone, passes: Passes, device: Device, facts: Facts) -> Iterator[Finding]:
    row = facts.policy["passes_n", device.kind]
    span = f"{row.low:g} to {row.high:g} passes are published for a {device.kind}"
    if passes.number > row.high:
        text = f"{counted(passes.number)}: more than published; {span}."
        yield _finding(RULE_MORE_THAN_PUBLISHED, Level.CAUTION, zone, text, row)
    elif passes.number < row.low:
        text = f"{counted(passes.number)}: fewer than published; {span}."
        yield _finding(RULE_FEWER_THAN_PUBLISHED, Level.NOTE, zone, text, row)


def _missed(
    zone: Zone, passes: Passes, strikes: float, device: Device, facts: Facts
) -> Iterator[Finding]:
    target = passes.target_strikes_per_cm2
    policy = facts.policy["density_miss_pct", "any"]
    if target is None:
        return
    miss_pct = convert(abs(strikes - target) / target, source="1", target="pct")
    if miss_pct > policy.value:
        text = (
            f"{target:g} strikes per cm2 were asked for; whole passes of {device.name} come no "
            f"nearer than about {strikes:.0f}."
        )
        yield _finding(RULE_TARGET_MISSED, Level.CAUTION, zone, text, policy)


def _finding(rule: str, level: Level, zone: Zone, text: str, row: Fact) -> Finding:
    reason = because(text, "policy", row)
    return Finding(
        rule=rule,
        level=level,
        scope=Scope.ZONE,
        zones=(zone,),
        reason=reason.text,
        facts=reason.facts,
        sources=reason.sources,
    )
