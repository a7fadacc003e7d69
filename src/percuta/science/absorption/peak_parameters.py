"""From fact rows to the line of measured peaks: its arms, its beliefs, and the line as shipped."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from percuta.facts.edition import Facts
from percuta.facts.numbing import PlasmaPeak
from percuta.facts.parameters import ParameterRow
from percuta.science.absorption.measured_peak import TERMS, Centre, Exposure, PeakLaw
from percuta.science.absorption.peak_fit import (
    Arm,
    Belief,
    fitted,
    pooled_spread,
    spread_of_highest,
    spread_of_mean,
)
from percuta.units import to_si

NOT_TOLD = 0.5
"""A cover or a site that nobody told counts as half of one."""

_COVER = {"yes": 1.0, "no": 0.0}
_FACE = {"face": 1.0, "body": 0.0}
_LOG_UNIT = math.log(to_si(1.0, "ug_per_ml"))


def has_peak_model(facts: Facts) -> bool:
    """Whether the edition ships the line."""
    return bool(facts.peak_model)


@lru_cache(maxsize=8)
def peak_law(facts: Facts) -> PeakLaw:
    """The line as shipped."""
    rows = facts.peak_model
    line = [rows["coefficient", term].value for term in TERMS]
    covariance = tuple(
        tuple(rows["covariance", f"{one}:{other}"].value for other in TERMS) for one in TERMS
    )
    return PeakLaw(
        centre=centre(facts),
        coefficients=(line[0] + _LOG_UNIT, *line[1:]),
        covariance=covariance,
        study_spread=rows["study_spread", "any"].value,
        person_spread=rows["person_spread", "any"].value,
    )


def deviations(facts: Facts) -> float:
    """How many standard deviations the limit for one person lies above the middle."""
    return facts.peak_model["deviations", "any"].value


@lru_cache(maxsize=8)
def centre(facts: Facts) -> Centre:
    """The exposure about which the line's terms are centred."""
    rate, area, time, mass = (
        facts.peak_beliefs["centre", name].si() for name in ("rate", "area", "time", "mass")
    )
    return Centre(rate=rate, area=area, time=time, mass=mass)


def belief(facts: Facts) -> Belief:
    """What is believed before any arm."""
    rows: Mapping[tuple[str, str], ParameterRow] = facts.peak_beliefs
    means = [rows["prior", term].value for term in TERMS]
    return Belief(
        means=(means[0] + _LOG_UNIT, *means[1:]),
        deviations=tuple(rows["prior", term].spread for term in TERMS),
        study_scale=rows["study_scale", "any"].value,
    )


def exposure(row: PlasmaPeak, facts: Facts) -> Exposure | None:
    """What lay on the skin of an arm; ``None`` where amount, area or time were not told."""
    if row.applied_mg_per_cm2 is None or row.area_cm2 is None or row.wait_min is None:
        return None
    mass = centre(facts).mass if row.weight_kg is None else to_si(row.weight_kg, "kg")
    return Exposure(
        rate=to_si(row.applied_mg_per_cm2, "mg_per_cm2"),
        area=to_si(row.area_cm2, "cm2"),
        time=to_si(row.wait_min, "min"),
        mass=mass,
        cover=_COVER.get(row.cover, NOT_TOLD),
        face=_FACE.get(row.site, NOT_TOLD),
    )


def arms(facts: Facts, *, without: Iterable[str] = ()) -> tuple[Arm, ...]:
    """The arms that the line is fitted to, but for the rows that are left out."""
    left_out = set(without)
    found = []
    for row in facts.plasma_peaks:
        told = exposure(row, facts) if row.use == "fitted" and row.key not in left_out else None
        if told is not None:
            peak = to_si(row.peak_ug_per_ml, "ug_per_ml")
            found.append(Arm(row.study, told, row.statistic, peak, row.people_n))
    return tuple(found)


def person_spread(facts: Facts, *, without: Iterable[str] = ()) -> float:
    """The spread of people, from printed deviations and from the highest beside the median."""
    left_out = set(without)
    rows = [
        row
        for row in facts.plasma_peaks
        if row.drug == "lidocaine" and row.use != "shown" and row.key not in left_out
    ]
    told = [
        (spread_of_mean(row.peak_ug_per_ml, row.sd_ug_per_ml), float(row.people_n - 1))
        for row in rows
        if row.sd_ug_per_ml is not None and row.people_n is not None
    ]
    return pooled_spread([*told, *_of_highest(rows)])


def _of_highest(rows: list[PlasmaPeak]) -> Iterable[tuple[float, float]]:
    medians = {row.study: row for row in rows if row.statistic == "median"}
    for row in rows:
        middle = medians.get(row.study)
        if row.statistic == "highest" and middle is not None and row.people_n is not None:
            yield spread_of_highest(middle.peak_ug_per_ml, row.peak_ug_per_ml, row.people_n)


def fit(facts: Facts, *, without: Iterable[str] = ()) -> PeakLaw:
    """The line fitted again to the rows of an edition, but for those that are left out."""
    left_out = tuple(without)
    return fitted(
        arms(facts, without=left_out),
        belief(facts),
        centre(facts),
        person_spread=person_spread(facts, without=left_out),
    )
