"""What somebody accepts by signing a plan, sentence by sentence."""

from collections.abc import Iterator

from percuta.facts.vocabulary import Level
from percuta.planning.case import Frozen
from percuta.planning.findings import Finding
from percuta.planning.plan import Plan


class Statement(Frozen):
    """One thing that is accepted: a stable key, the sentence, and where it holds."""

    key: str
    text: str
    zones: tuple[str, ...] = ()


def statements(plan: Plan) -> tuple[Statement, ...]:
    """Everything that a signature on this plan accepts; each must be ticked by itself."""
    told = [_of_finding(finding) for finding in plan.findings if finding.level is not Level.NOTE]
    return (*told, *_choices(plan), *_assumptions(plan))


def _of_finding(finding: Finding) -> Statement:
    names = tuple(zone.value for zone in finding.zones)
    is_followed = finding.level is not Level.CAUTION
    return Statement(
        key=".".join((finding.rule, *names)),
        text=f"Left out of this plan. {finding.reason}" if is_followed else finding.reason,
        zones=names,
    )


def _choices(plan: Plan) -> Iterator[Statement]:
    for zone in plan.zones:
        depth = zone.depth_mm
        if depth.chosen is None or depth.chosen == depth.recommended:
            continue
        advised = (
            "no depth is recommended here"
            if depth.recommended is None
            else f"{depth.recommended:g} mm is recommended"
        )
        text = f"{zone.name}: {depth.chosen:g} mm was chosen; {advised}."
        yield Statement(key=f"chosen.{zone.zone}", text=text, zones=(zone.zone.value,))


def _assumptions(plan: Plan) -> Iterator[Statement]:
    assumed = len(plan.provenance.assumptions)
    if assumed:
        text = (
            f"{assumed} numbers behind this plan are assumptions of facts edition "
            f"{plan.provenance.facts_edition}; the document lists them."
        )
        yield Statement(key="assumptions", text=text)
