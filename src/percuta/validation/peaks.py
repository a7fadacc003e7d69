"""The line of measured peaks against every published peak, its whole study left out.

What is judged is the limit that one new person stays below in 95 of 100 cases; beside it stands the
old bound for the same drug, amount, area and time.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import NormalDist

from percuta.facts.edition import Facts
from percuta.facts.numbing import PlasmaPeak
from percuta.science.absorption.measured_peak import Exposure
from percuta.science.absorption.parameters import cautious_blood, highest_uptake
from percuta.science.absorption.peak_fit import highest_of
from percuta.science.absorption.peak_parameters import deviations, exposure, fit
from percuta.science.absorption.upper_bound import Contact, highest_level
from percuta.units import convert

_SITES = {"face": (("face",),), "body": (("thigh",),)}
_BEYOND = 0.05
"""Of people who may lie above a limit for 95 in 100."""


@dataclass(frozen=True)
class Checked:
    """One published peak [ug/mL], what was predicted of it without its study, and the old bound.

    ``chance_of_highest`` is the chance that the highest of so many people lies no higher than was
    printed; ``None`` where it is not the highest of a known number.
    """

    key: str
    study: str
    drug: str
    statistic: str
    published: float
    limit: float
    old_bound: float
    chance_of_highest: float | None

    @property
    def is_under(self) -> bool:
        """Whether what was published lies under the limit."""
        return self.published <= self.limit


def checked_peaks(facts: Facts) -> tuple[Checked, ...]:
    """Every peak that is fitted or checked, with its study left out."""
    rows = [row for row in facts.plasma_peaks if row.use != "shown"]
    studies = dict.fromkeys(row.study for row in rows)
    return tuple(
        one for study in studies for one in _of_study([r for r in rows if r.study == study], facts)
    )


def _of_study(rows: list[PlasmaPeak], facts: Facts) -> Iterable[Checked]:
    law = fit(facts, without=[row.key for row in rows])
    for row in rows:
        told = exposure(row, facts)
        if told is None:
            continue
        middle, spread = law.middle(told), law.spread(told)
        yield Checked(
            key=row.key,
            study=row.study,
            drug=row.drug,
            statistic=row.statistic,
            published=row.peak_ug_per_ml,
            limit=_told(law.limit(told, deviations=deviations(facts))),
            old_bound=_told(_old_bound(told, row, facts)),
            chance_of_highest=_chance(row, _told(middle), spread, law.person_spread),
        )


def _chance(row: PlasmaPeak, middle: float, spread: float, between: float) -> float | None:
    """Of the highest of n: people of one study share what the study has."""
    if row.statistic != "highest" or row.people_n is None:
        return None
    mean, variance = highest_of(row.people_n)
    shared = spread**2 - between**2
    away = math.log(row.peak_ug_per_ml / middle) - between * mean
    return NormalDist().cdf(away / math.sqrt(shared + variance * between**2))


def _old_bound(told: Exposure, row: PlasmaPeak, facts: Facts) -> float:
    contact = Contact(told.rate * told.area, told.area, told.time)
    zones = _SITES.get(row.site, ())
    uptake = highest_uptake(facts, zones=zones, anaesthetics=1.0)
    return highest_level(contact, uptake, cautious_blood(facts, mass=told.mass))


def _told(level: float) -> float:
    return convert(level, source="mg_per_ml", target="ug_per_ml")


def score(peaks: Iterable[Checked], *, of_old_bound: bool = False) -> float:
    """Mean score of an upper limit [ug/mL]: its height, and twenty times what lies above it."""
    found = []
    for one in peaks:
        limit = one.old_bound if of_old_bound else one.limit
        found.append(limit + max(0.0, one.published - limit) / _BEYOND)
    return sum(found) / len(found)


def binomial_interval(under: int, of: int) -> tuple[float, float]:
    """The exact two-sided 95 % interval of a share (Clopper and Pearson), by halving."""

    def above(share: float, least: int) -> float:
        return sum(
            math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(least, of + 1)
        )

    low = 0.0 if under == 0 else _solved(lambda share: above(share, under) < 0.025)
    high = 1.0 if under == of else _solved(lambda share: above(share, under + 1) < 0.975)
    return low, high


def _solved(is_below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return low
