"""One chunk of a study: the same people under every plan, as arrays of rows.

A chunk is a pure function of study, facts and its number. People are drawn chunk by chunk, and
always a whole chunk of them, so that nobody's row depends on how many people or plans there are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex, Zone
from percuta.science.course import (
    Needling,
    PersonalDraws,
    Topical,
    cohort_course,
    cohort_uptake,
    needling_of,
)
from percuta.science.numerics.sampling import Draws, stream
from percuta.science.skin.thickness import SkinDraws, sample_skin, skin_at
from percuta.study.columns import figures_of
from percuta.study.design import Study
from percuta.study.people import Indices, People, people_counted, people_in
from percuta.study.sweep import StudyPlan, plans_of
from percuta.units import to_si

_ZONES = tuple(Zone)
_SEXES = tuple(Sex)


@dataclass(frozen=True, eq=False)
class PlanRows:
    """What one plan does in the people of a chunk: figures by the name of their column."""

    plan: StudyPlan
    people: People
    zone: Indices
    figures: Mapping[str, Draws]


def chunk_rows(study: Study, facts: Facts, chunk: int) -> tuple[PlanRows, ...]:
    """The rows of one chunk, counted from 0: plan by plan, person by person."""
    group = _Group(study, facts, chunk)
    return tuple(group.under(plan) for plan in plans_of(study, facts))


class _Group:
    """The people of a chunk with everything that is drawn for them."""

    def __init__(self, study: Study, facts: Facts, chunk: int) -> None:
        self._facts = facts
        self._figures = figures_of(study)
        self._topical = _topical(study, facts)
        self._size = study.people_per_chunk
        self._seed = study.seed
        self._names = ("people", str(chunk))
        self._everybody = people_in(study, chunk)
        self._draws = PersonalDraws.of(self._size, self._seed, *self._names)
        self._there = np.arange(self._size) < people_counted(study, chunk)
        self._people = self._everybody.first(int(self._there.sum()))
        self._skins: dict[str, SkinDraws] = {}

    def under(self, plan: StudyPlan) -> PlanRows:
        """What a plan does in each of them."""
        zones = self._zones(plan)
        found = {figure.name: np.empty(self._size) for figure in self._figures}
        for number in np.unique(zones[self._there]):
            here = self._there & (zones == number)
            for name, values in self._figured(plan, _ZONES[number], here):
                found[name][here] = values
        figures = {name: values[self._there] for name, values in found.items()}
        return PlanRows(plan, self._people, zones[self._there], figures)

    def _zones(self, plan: StudyPlan) -> Indices:
        if plan.zone is None:
            return self._everybody.zone
        return np.full(self._size, _ZONES.index(plan.zone))

    def _figured(
        self, plan: StudyPlan, zone: Zone, here: NDArray[np.bool_]
    ) -> Iterator[tuple[str, Draws]]:
        """Every figure of some of the people, in the unit of its column."""
        skin, draws = self._skin(self._facts.zones[zone].site), self._draws[here]
        needling = _needling(plan, zone, self._facts)
        drawn = SkinDraws(skin.epidermis[here], skin.dermis[here])
        course = cohort_course(needling, skin=drawn, draws=draws)
        told: dict[str, Draws] = vars(course)
        if self._topical is not None:
            uptake = cohort_uptake(self._topical, course, needling, draws=draws, facts=self._facts)
            told = told | vars(uptake)
        for figure in self._figures:
            yield figure.name, told[figure.attribute] / to_si(1.0, figure.unit or "1")

    def _skin(self, site: str) -> SkinDraws:
        """Of everybody at a site; both sides of the body share it."""
        if site not in self._skins:
            self._skins[site] = self._sampled(site)
        return self._skins[site]

    def _sampled(self, site: str) -> SkinDraws:
        epidermis, dermis = np.empty(self._size), np.empty(self._size)
        for number in np.unique(self._everybody.sex):
            sex = _SEXES[number]
            published = skin_at(site, sex, self._facts)
            if published is None:
                raise OutsideValidity(f"{site}: no usable thickness of this skin was published")
            rng = stream(self._seed, *self._names, "skin", site, sex)
            drawn, own = sample_skin(published, self._size, rng), self._everybody.sex == number
            epidermis[own], dermis[own] = drawn.epidermis[own], drawn.dermis[own]
        return SkinDraws(epidermis, dermis)


def _topical(study: Study, facts: Facts) -> Topical | None:
    """What a study follows into the skin, for as long as a topical is reckoned to stay on."""
    if study.absorption is None:
        return None
    agent = facts.agents[study.absorption]
    return Topical(
        substance=agent.active,
        concentration=to_si(agent.active_mg_per_g or 0.0, "mg_per_ml"),
        washed_off=facts.absorption["left_on", "any"].si(),
    )


@lru_cache(maxsize=16_384)
def _needling(plan: StudyPlan, zone: Zone, facts: Facts) -> Needling:
    return needling_of(
        facts.devices[plan.device],
        facts.zones[zone].site,
        depth_mm=plan.depth_mm,
        density=to_si(plan.strikes_per_cm2, "per_cm2"),
        covered=plan.covered,
        facts=facts,
    )
