"""What only a physician writes into a plan or signs, whatever a page sent."""

from collections.abc import Iterator

from percuta.clinic.accounts.models import User
from percuta.clinic.plans.wishes import Wishes
from percuta.errors import Faults
from percuta.facts.vocabulary import Level, Operator
from percuta.planning.numbing.plan import RULE_PRESCRIBER, RULE_SUM
from percuta.planning.plan.plan import Plan

NAMED_BY_PHYSICIAN = frozenset({RULE_PRESCRIBER, RULE_SUM})
"""Rules whose caution a physician accepts by name."""


def is_physician(by: User) -> bool:
    """Whether an account is a physician's."""
    return by.operator == Operator.PHYSICIAN


def refuse_for_others(wishes: Wishes, known: Wishes | None, *, by: User) -> None:
    """Keep a physician's depths and amounts as a physician wrote them; taking back is free.

    Raises
    ------
    Faults
        If somebody else writes one, or one stands under another name than the writer's.
    """
    faults = [*_depths(wishes, known, by), *_amounts(wishes, known, by)]
    if faults:
        raise Faults(faults)


def _depths(wishes: Wishes, known: Wishes | None, by: User) -> Iterator[str]:
    if is_physician(by):
        return
    before = {} if known is None else known.depth_mm
    for zone, depth in wishes.depth_mm.items():
        old = before.get(zone)
        is_new = depth.chosen_by is Operator.PHYSICIAN and depth != old
        is_over = old is not None and old.chosen_by is Operator.PHYSICIAN and depth != old
        if is_new or is_over:
            yield f"depth_mm.{zone}: only a physician's account chooses it; ask a physician"


def _amounts(wishes: Wishes, known: Wishes | None, by: User) -> Iterator[str]:
    written = wishes.setting.numbing_prescription
    if written is None or (known is not None and written == known.setting.numbing_prescription):
        return
    if not is_physician(by):
        yield "numbing_prescription: only a physician's account writes amounts; ask a physician"
    elif written.by != by.name:
        yield f"numbing_prescription.by: '{written.by[:40]}' is not who is signed in"


def for_a_physician(plan: Plan) -> tuple[str, ...]:
    """Why this plan takes a physician's signature; empty where any qualified professional signs."""
    return (*_zones(plan), *_numbing(plan))


def _zones(plan: Plan) -> Iterator[str]:
    for zone in plan.zones:
        if zone.depth_mm.chosen_by is Operator.PHYSICIAN:
            yield f"{zone.name}: no depth is published here; ask a physician to sign"


def _numbing(plan: Plan) -> Iterator[str]:
    for finding in plan.findings:
        if finding.rule in NAMED_BY_PHYSICIAN and finding.level is Level.CAUTION:
            yield f"{_WHAT[finding.rule]}; ask a physician to sign"


_WHAT = {
    RULE_PRESCRIBER: "this numbing takes a prescriber's tick",
    RULE_SUM: "first signs of poisoning may begin with everything of the day",
}
