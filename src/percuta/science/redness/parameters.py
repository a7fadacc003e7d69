"""From fact rows to what is believed of redness, and to the reports that are fitted."""

import math

from percuta.facts.edition import Facts
from percuta.facts.evidence import RednessStatement
from percuta.facts.parameters import NINETY_IN_SIGMAS, ParameterRow
from percuta.science.redness.resolution import Belief, Posterior, Prior, Report, fit
from percuta.units import to_si

_NOT_TOLD = 0.5
"""Half a pen: a device that was not told is as likely one as not."""


def prior_of(facts: Facts) -> Prior:
    """What is believed before any report."""
    rows = facts.redness
    return Prior(
        median_time=_belief(rows["median_time", "any"]),
        depth_power=_belief(rows["depth_power", "any"]),
        pen_effect=_belief(rows["pen_effect", "pen"]),
        study_spread=_belief(rows["study_spread", "any"]),
        people_spread=_belief(rows["people_spread", "any"]),
        phototype=rows["phototype_effect", "any"].log_spread,
        depth_reference=rows["depth_reference", "any"].si(),
    )


def _belief(row: ParameterRow) -> Belief:
    return Belief(middle=row.si(), spread=row.log_spread)


def published(facts: Facts) -> tuple[Report, ...]:
    """Every statement as a report."""
    usual = facts.redness["people_told", "unknown"].value
    return tuple(_report(row, usual) for row in facts.redness_statements)


def _report(row: RednessStatement, usual_people: float) -> Report:
    shallow, deep = (to_si(end, "mm") for end in (row.depth_mm_lo, row.depth_mm_hi))
    pens = {"pen": 1.0, None: _NOT_TOLD}
    return Report(
        lower=to_si(row.lower_h, "h"),
        upper=to_si(row.upper_h, "h"),
        depth=math.sqrt(shallow * deep),
        depth_spread=math.log(deep / shallow) / NINETY_IN_SIGMAS,
        pen=pens.get(row.device, 0.0),
        people=row.people_n or usual_people,
        share=to_si(row.clear_pct, "pct"),
    )


def published_redness(facts: Facts, clinic: tuple[Report, ...] = ()) -> Posterior:
    """What is believed after the published statements, and after a clinic's own check-ins."""
    return fit(prior_of(facts), published(facts), clinic)
