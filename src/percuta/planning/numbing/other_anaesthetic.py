"""Every other local anaesthetic of the day: a drug and an amount, each a part of its maximum.

Parts add up. Once one maximum is reached, no other drug is added. A drug without a published
maximum is no part of anything: then no amount of cream can be told.
"""

from percuta.facts.edition import Facts
from percuta.planning.case.case import Case, Frozen

UNNAMED = "a drug that was not named"


class OthersOfTheDay(Frozen):
    """The ``share`` of the day's maximum that is used, milligrams, drugs without a maximum."""

    share: float
    amount_mg: float
    without_maximum: tuple[str, ...]
    sentence: str

    @property
    def is_used_up(self) -> bool:
        """Whether a maximum is reached."""
        return self.share >= 1


NO_OTHERS = OthersOfTheDay(share=0.0, amount_mg=0.0, without_maximum=(), sentence="")


def others_of_the_day(case: Case, facts: Facts) -> OthersOfTheDay:
    """What others leave of the day; milligrams without a drug count as the strictest."""
    doses = [(dose.drug, dose.amount_mg) for dose in case.setting.other_local_anaesthetics]
    unnamed = case.setting.other_local_anaesthetic_mg or 0.0
    return others(doses, unnamed, facts, weight_kg=case.person.weight_kg or 0.0)


def others(
    doses: list[tuple[str, float]], unnamed: float, facts: Facts, *, weight_kg: float
) -> OthersOfTheDay:
    """What doses by drug, and milligrams of a drug that was not named, use of the day."""
    parts = [(drug, mg, maximum_mg(drug, weight_kg, facts)) for drug, mg in doses]
    if unnamed > 0:
        parts.append((UNNAMED, unnamed, strictest_mg(weight_kg, facts)))
    known = [(drug, mg, most) for drug, mg, most in parts if most is not None]
    return OthersOfTheDay(
        share=sum(mg / most for _, mg, most in known),
        amount_mg=sum(mg for _, mg, _ in parts),
        without_maximum=tuple(drug for drug, _, most in parts if most is None),
        sentence="; ".join(
            f"{mg:g} mg of {drug}, at most {most:.0f} mg" for drug, mg, most in known
        ),
    )


def maximum_mg(drug: str, weight_kg: float, facts: Facts) -> float | None:
    """The strictest published maximum of a drug for this weight; ``None`` if there is none."""
    rows = [row for row in facts.dose_maxima if row.drug == drug and row.counts]
    ends = [row.most_mg for row in rows if row.most_mg is not None]
    ends += [row.most_mg_per_kg * weight_kg for row in rows if row.most_mg_per_kg is not None]
    return min(ends, default=None)


def strictest_mg(weight_kg: float, facts: Facts) -> float | None:
    """The least maximum of any drug: what an amount without a name is measured by."""
    drugs = {row.drug for row in facts.dose_maxima}
    ends = [maximum_mg(drug, weight_kg, facts) for drug in drugs]
    return min((end for end in ends if end is not None), default=None)
