"""Concerns that no trial of needling alone names a depth for: what is known, and no advice."""

from collections.abc import Iterator

from percuta.facts.edition import Facts
from percuta.facts.evidence import ConcernRule
from percuta.facts.vocabulary import KINDS, Concern, Operator, Scope
from percuta.planning.case.case import Case, StatedConcern
from percuta.planning.depth.recommendation import NO_ADVICE, DepthAdvice
from percuta.planning.judgement.findings import Finding, Question, because

RULE = "concern.without_advice"
RULE_KIND = "concern.kind_of_scar"


def concern_findings(case: Case, facts: Facts) -> Iterator[Finding]:
    """What is known of each concern without advice; where it refers, the zone is left out."""
    for stated in case.concerns:
        for rule in _rules(stated, facts):
            reason = because(f"{rule.reason}. No depth is advised.", "concern_rules", rule)
            by_physician = case.setting.operator is Operator.PHYSICIAN
            yield Finding(
                rule=RULE,
                level=rule.level_physician if by_physician else rule.level_others,
                scope=Scope.ZONE,
                zones=stated.zones,
                reason=reason.text,
                facts=reason.facts,
                sources=reason.sources,
            )


def concern_questions(case: Case, facts: Facts) -> Iterator[Question]:
    """The kind of a scar that is not from acne decides, so it is asked for."""
    for stated in case.concerns:
        if stated.concern is Concern.OTHER_SCARS and stated.kind is None and facts.concern_rules:
            kinds = ", ".join(KINDS[Concern.OTHER_SCARS])
            yield Question(rule=RULE_KIND, question=f"What kind of scar is it: {kinds}?")
            return


def bounded_advice(
    advice: DepthAdvice, stated: StatedConcern, shallowest_mm: float, facts: Facts
) -> DepthAdvice:
    """The advice without a depth where the concern has none; its range starts shallow."""
    if not any(rule.concern == stated.concern for rule in facts.concern_rules):
        return advice
    low_mm = min(advice.low_mm, shallowest_mm)
    return advice.model_copy(
        update={"low_mm": low_mm, "recommended_mm": None, "protocol": NO_ADVICE}
    )


def _rules(stated: StatedConcern, facts: Facts) -> list[ConcernRule]:
    return [
        rule
        for rule in facts.concern_rules
        if rule.concern == stated.concern and rule.kind in {"any", stated.kind}
    ]
