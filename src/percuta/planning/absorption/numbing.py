"""The lane of the numbing product: bounded from above on intact skin, never guessed."""

import math

from percuta.facts.edition import Facts
from percuta.planning.absorption.curves import AbsorptionLane, NoLane, Shares
from percuta.planning.judgement.findings import Reason, because
from percuta.planning.numbing.blood_level import (
    BOUND_GRADE,
    NumbedSkin,
    most_taken_up_pct,
    uptake_rows,
)
from percuta.planning.numbing.ceilings import Numbing
from percuta.units import convert

_HOURS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 24.0)


def numbing_lane(numbing: Numbing, facts: Facts) -> AbsorptionLane | NoLane:
    """The most that the body can have taken up, if all that is allowed is used for longest."""
    if numbing.product in facts.numbing_products:
        return _measured_share(numbing, facts)
    grams, minutes = numbing.grams_max, numbing.dwell_max_min
    if grams is None or minutes is None or not numbing.zones:
        row = facts.agents[numbing.product]
        text = "No amount can be given, so what of it is taken up cannot be bounded."
        return NoLane(product=numbing.product, name=numbing.name, why=because(text, "agents", row))
    area = sum(facts.zones[zone].area_hi_cm2 for zone in numbing.zones)
    skin = NumbedSkin(zones=numbing.zones, area_cm2=area, minutes=minutes)
    agent = facts.agents[numbing.product]
    wiped_h = round(convert(minutes, source="min", target="h"), 2)
    hours = tuple(sorted({*_HOURS, wiped_h}))
    most = tuple(most_taken_up_pct(agent, skin, facts, grams=grams, hours=hour) for hour in hours)
    return AbsorptionLane(
        product=numbing.product,
        name=numbing.name,
        over="intact",
        zones=numbing.zones,
        hours=hours,
        gone_in=Shares(low_pct=(0.0,) * len(hours), middle_pct=None, high_pct=most),
        intact=None,
        is_intact_known=False,
        draws=None,
        seed=None,
        grade=BOUND_GRADE,
        grade_words=BOUND_GRADE.words,
        why=_why(most[hours.index(wiped_h)], most[-1], minutes, skin, facts),
    )


def _measured_share(numbing: Numbing, facts: Facts) -> NoLane:
    """No curve: the share that was measured after this product, or that nobody measured one.

    A bound on the share lies far above what was measured, and says nothing beside it.
    """
    rows = [
        row
        for row in facts.anaesthetics
        if row.agent == numbing.product and row.absorbed_share_pct and row.use == "reference"
    ]
    if not rows:
        row = facts.agents[numbing.product]
        text = "How much of it the body takes up was not published."
        return NoLane(product=numbing.product, name=numbing.name, why=because(text, "agents", row))
    text = f"Measured: {'; '.join(row.statement for row in rows)}. No curve is told."
    why = because(text, "anaesthetics", *rows)
    return NoLane(product=numbing.product, name=numbing.name, why=why)


def _why(wiped: float, last: float, minutes: float, skin: NumbedSkin, facts: Facts) -> Reason:
    text = (
        f"At most {math.ceil(wiped)} in 100 parts of the anaesthetic are in the body after "
        f"{minutes:g} min, when it is wiped off, and at most {math.ceil(last)} in a day: in 95 of "
        "100 people, on intact skin. A bound, no best guess."
    )
    return because(text, "absorption", *uptake_rows(skin, facts))
