"""Amounts of numbing that a physician writes where no label gives any."""

from dataclasses import dataclass

from percuta.facts.edition import Facts
from percuta.planning.numbing.plan import awaits_amount
from percuta.planning.plan.plan import Plan


@dataclass(frozen=True)
class Prescription:
    """What is written for the product that is chosen, for a form; ``awaits`` if nothing is."""

    product: str
    grams: str
    area_cm2: str
    minutes: str
    awaits: bool


def prescription(plan: Plan, facts: Facts) -> Prescription | None:
    """Nothing where the product has figures, so that nobody's amounts are needed."""
    setting = plan.case.setting
    written, awaits = setting.numbing_prescription, awaits_amount(plan.case, facts)
    is_written = written is not None and written.product == setting.numbing
    if not awaits and not is_written:
        return None
    name = facts.agents[setting.numbing].name
    if written is None or not is_written:
        return Prescription(name, "", "", "", awaits=True)
    return Prescription(
        name,
        f"{written.grams:g}",
        f"{written.area_cm2:g}",
        f"{written.minutes:g}",
        awaits=False,
    )
