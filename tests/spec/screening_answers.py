"""Who is asked what, by the hand-typed table ``screening_table.py``; what a plan tells."""

from datetime import timedelta
from typing import Any

from percuta.planning.judgement.findings import Finding
from percuta.planning.plan.depth_findings import RULE_THROUGH_DERMIS
from percuta.planning.plan.plan import Plan
from tests.people import SESSION
from tests.spec.screening_table import LINES, Line

ASKED = [line for line in LINES if line.fires != ("person",)]
KEYS = sorted({line.key for line in ASKED})
REQUIRED = {line.key for line in ASKED if line.is_required}
NUMBING = {
    "none": set(),
    "lidocaine_4_cream": {"anaesthetic_allergy", "antiarrhythmic", "hepatic_disease"},
    "lidocaine_prilocaine_cream": {
        *("anaesthetic_allergy", "antiarrhythmic", "hepatic_disease"),
        "methaemoglobinaemia_or_g6pd",
    },
    "lidocaine_tetracaine_peel": {"anaesthetic_allergy", "antiarrhythmic", "hepatic_disease"},
}
OF_WOMEN = {"pregnancy", "breastfeeding"}
WITH_NUMBING: set[str] = set().union(*NUMBING.values())


def setting_for(line: Line) -> dict[str, Any]:
    """A choice of product under which a line's question is asked."""
    fitting = {
        "numbing=prilocaine,benzocaine": "lidocaine_prilocaine_cream",
        "numbing=ester": "lidocaine_tetracaine_peel",
    }
    is_about_numbing = line.only.startswith("numbing")
    return {"numbing": fitting.get(line.only, "lidocaine_4_cream")} if is_about_numbing else {}


def questions(plan: Plan) -> set[str]:
    return {question.rule for question in plan.questions}


def told(plan: Plan) -> tuple[Finding, ...]:
    """Findings of screening; the physics of the base case has its own caution."""
    return tuple(finding for finding in plan.findings if finding.rule != RULE_THROUGH_DERMIS)


def levels(plan: Plan) -> dict[str, str]:
    return {finding.rule: finding.level.value for finding in told(plan)}


def days_ago(days: int) -> dict[str, Any]:
    return {"status": "past", "last": SESSION - timedelta(days=days)}
