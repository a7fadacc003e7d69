"""How long redness lasts: a lognormal in depth and kind of device, fitted to censored reports.

A publication or a patient tells two times between which redness went. Both kinds of report
enter one model: a publication tells of a share of the people of its study, a check-in of one person
of this clinic. The strength of redness was never measured and is not modelled.
"""

import math
from dataclasses import replace
from functools import cached_property, lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from percuta.errors import DidNotConverge, OutsideValidity
from percuta.frozen import frozen
from percuta.science.numerics.importance import Points, posterior_draws
from percuta.science.numerics.lognormal import Spread
from percuta.science.numerics.normal import chance_above
from percuta.science.numerics.sampling import Draws, stream

SEED = 1
DRAWS = 4096
_QUICK_DRAWS = 1024
"""Enough to fit a proposal on, while somebody waits: check-ins can be many."""

_SMALLEST = 1e-300
_CONTRADICTION = (
    "these check-ins contradict everything published on how long redness lasts, or each other, so "
    "that no time can be told from them; look for hours, depths or kinds of device typed wrongly, "
    "or plan without them"
)


@frozen
class Belief:
    """A positive unknown before data: a lognormal with ``middle`` and log ``spread``."""

    middle: float
    spread: float

    def at(self, standard: Draws) -> Draws:
        """Its value for standard normal draws."""
        value: Draws = self.middle * np.exp(self.spread * standard)
        return value


@frozen
class Prior:
    """What is believed before reports are read.

    ``median_time`` [s] at ``depth_reference`` [m]; ``depth_power``, ``pen_effect``,
    ``study_spread`` and ``people_spread`` have no unit; ``phototype`` is the log spread of an
    effect that is unknown in size and sign.
    """

    median_time: Belief
    depth_power: Belief
    pen_effect: Belief
    study_spread: Belief
    people_spread: Belief
    phototype: float
    depth_reference: float

    @property
    def beliefs(self) -> tuple[Belief, ...]:
        """Every unknown in the order of the columns of the draws."""
        return (
            self.median_time,
            self.depth_power,
            self.pen_effect,
            self.study_spread,
            self.people_spread,
        )


@frozen(order=True)
class Report:
    """Redness went after ``lower`` and by ``upper`` [s]; ``upper`` may be infinite.

    ``depth`` is the middle depth [m] and ``depth_spread`` its log spread; ``pen`` is 1 for a pen,
    0 for anything else and between where it was not told. A publication speaks of a ``share`` of
    its ``people``; a check-in is one person, or a part of one who told of several sessions.
    """

    lower: float
    upper: float
    depth: float
    depth_spread: float
    pen: float
    people: float = 1.0
    share: float = 0.5

    def __post_init__(self) -> None:
        if not (0 <= self.lower < self.upper and self.depth > 0 and self.people > 0):
            raise OutsideValidity("a report needs a later upper end, a depth and people")


@frozen
class Posterior:
    """Draws of everything unknown, the last column being this clinic's own offset."""

    prior: Prior
    points: Points

    @cached_property
    def _drawn(self) -> "_Columns":
        return _columns(self.prior, self.points)

    @cached_property
    def _between_people(self) -> Draws:
        """Time of one person over the middle of the clinic, for each draw."""
        apart = stream(SEED, "people of a clinic").standard_normal((2, len(self.points)))
        factor: Draws = np.exp(self._drawn.people * apart[0] + self.prior.phototype * apart[1])
        return factor

    def middle(self, depth: float, *, pen: bool) -> Draws:
        """Time by which redness has gone in half of this clinic's people [s]."""
        columns = self._drawn
        found: Draws = np.exp(_log_middle(columns, depth, float(pen), self.prior) + columns.clinic)
        return found

    def people(self, depth: float, *, pen: bool) -> Draws:
        """Times of people of this clinic [s], one for each draw."""
        found: Draws = self.middle(depth, pen=pen) * self._between_people
        return found

    def of_people(self, depth: float, *, pen: bool, believed: Draws, apart: Points) -> Draws:
        """Times of people of as many clinics [s].

        Parameters
        ----------
        believed : Float[ndarray, "people"]
            Which draw of the unknowns holds for each, in 0..1 without 1.
        apart : Float[ndarray, "2 people"]
            Standard normal: how each lies apart from others, and from other phototypes.
        """
        which = (believed * len(self.points)).astype(np.intp)
        columns = _columns(self.prior, self.points[which])
        centre = _log_middle(columns, depth, float(pen), self.prior) + columns.clinic
        between = columns.people * apart[0] + self.prior.phototype * apart[1]
        found: Draws = np.exp(centre + between)
        return found

    def spreads(self, depth: float, *, pen: bool) -> tuple[Spread, ...]:
        """What widens the time of one person, largest causes not sorted."""
        columns = self._drawn
        deeper = math.log(depth / self.prior.depth_reference)
        return (
            Spread("people", float(columns.people.mean())),
            Spread("studies", float(columns.clinic.std())),
            Spread("middle", float(columns.middle.std())),
            Spread("depth", float((columns.power * deeper).std())),
            Spread("device", float(columns.pen.std()) * pen),
            Spread("phototype", self.prior.phototype),
        )

    def spreads_of_clinic(self, depth: float, *, pen: bool) -> tuple[Spread, ...]:
        """What widens the time of one person of a clinic that told: its own middle is one cause."""
        columns = self._drawn
        return (
            Spread("people", float(columns.people.mean())),
            Spread("clinic", float(np.log(self.middle(depth, pen=pen)).std())),
            Spread("phototype", self.prior.phototype),
        )


@frozen
class _Columns:
    middle: Draws
    power: Draws
    pen: Draws
    study: Draws
    people: Draws
    clinic: Draws


def fit(prior: Prior, studies: tuple[Report, ...], clinic: tuple[Report, ...] = ()) -> Posterior:
    """What is believed after published reports, and after check-ins of one clinic.

    The same reports give the same draws, check-ins in any order. None is dropped.

    Raises
    ------
    DidNotConverge
        If too few draws agree with all reports for any band to be honest.
    """
    try:
        return Posterior(prior, _points(prior, studies, _merged(clinic)))
    except DidNotConverge as error:
        raise DidNotConverge(f"{_CONTRADICTION} ({error})" if clinic else str(error)) from error


def _merged(clinic: tuple[Report, ...]) -> tuple[Report, ...]:
    """Equal check-ins as one of more people, in one order."""
    alike: dict[Report, list[float]] = {}
    for report in clinic:
        alike.setdefault(replace(report, people=1.0), []).append(report.people)
    return tuple(replace(report, people=math.fsum(alike[report])) for report in sorted(alike))


@lru_cache(maxsize=64)
def _points(prior: Prior, studies: tuple[Report, ...], clinic: tuple[Report, ...]) -> Points:
    def log_density(places: Points) -> Draws:
        points, log_stretch = _from_places(places, prior, clinic)
        columns = _columns(prior, points)
        found: Draws = (
            -(points**2).sum(axis=1) / 2
            + log_stretch
            + _of_studies(columns, studies, prior)
            + _of_clinic(columns, clinic, prior)
        )
        return found

    places = posterior_draws(
        log_density,
        len(prior.beliefs) + 1,
        stream(SEED, "redness"),
        draws=DRAWS,
        fitted_on=_QUICK_DRAWS if clinic else DRAWS,
    )
    return _from_places(places, prior, clinic)[0]


def _from_places(
    places: Points, prior: Prior, clinic: tuple[Report, ...]
) -> tuple[Points, Draws | float]:
    """Points whose last column is the clinic's offset, and the log density that this adds.

    The search moves over the clinic's own level where its people were needled: the one thing that
    its reports tell directly. Many reports pin it, and over the offset, which says the same only
    together with four other unknowns, they would leave a thin bent ridge that no proposal follows.
    """
    if not clinic:
        return places, 0.0
    people = math.fsum(report.people for report in clinic)
    deep = math.fsum(report.people * math.log(report.depth) for report in clinic) / people
    pen = math.fsum(report.people * report.pen for report in clinic) / people
    columns = _columns(prior, places)
    level = math.log(prior.median_time.middle) + places[:, -1]
    offset = (level - _log_middle(columns, math.exp(deep), pen, prior)) / columns.study
    return np.column_stack([places[:, :-1], offset]), -np.log(columns.study)


def _columns(prior: Prior, points: Points) -> _Columns:
    middle, power, pen, study, people = (
        belief.at(points[:, number]) for number, belief in enumerate(prior.beliefs)
    )
    return _Columns(np.log(middle), power, np.log(pen), study, people, clinic=study * points[:, -1])


def _log_middle(columns: _Columns, depth: float, pen: float, prior: Prior) -> Draws:
    deeper = math.log(depth / prior.depth_reference)
    return columns.middle + columns.power * deeper + columns.pen * pen


def _of_studies(columns: _Columns, reports: tuple[Report, ...], prior: Prior) -> Draws:
    total = np.zeros(len(columns.middle))
    between = np.hypot(columns.people, prior.phototype)
    for report in reports:
        variance = (
            columns.study**2
            + between**2 * _sampling(report)
            + (columns.power * report.depth_spread) ** 2
        )
        centre = _log_middle(columns, report.depth, report.pen, prior)
        centre = centre + between * NormalDist().inv_cdf(report.share)
        total += _log_between(report, centre, np.sqrt(variance))
    return total


def _sampling(report: Report) -> float:
    """Variance of the share's own time between samples of as many people, in units of theirs."""
    at = NormalDist().inv_cdf(report.share)
    density = math.exp(-(at**2) / 2) / math.sqrt(2 * math.pi)
    return report.share * (1 - report.share) / (report.people * density**2)


def _of_clinic(columns: _Columns, reports: tuple[Report, ...], prior: Prior) -> Draws:
    total = np.zeros(len(columns.middle))
    sigma = np.hypot(columns.people, prior.phototype)
    for report in reports:
        centre = _log_middle(columns, report.depth, report.pen, prior) + columns.clinic
        total += report.people * _log_between(report, centre, sigma)
    return total


def _log_between(report: Report, centre: Draws, sigma: Draws) -> Draws:
    """Log chance that a lognormal lies between the ends of a report."""
    is_open = math.isinf(report.upper)
    high = None if is_open else (math.log(report.upper) - centre) / sigma
    low = None if report.lower == 0 else (math.log(report.lower) - centre) / sigma
    if low is None or high is None:
        # One end leaves one tail, whose chance needs no difference.
        chance = _one_tail(low, high)
    else:
        # Both ends below the middle: told apart in the upper tail, where nothing cancels.
        swap = high < 0
        chance = chance_above(np.where(swap, -high, low)) - chance_above(np.where(swap, -low, high))
    found: NDArray[np.float64] = np.log(np.maximum(chance, _SMALLEST))
    return found


def _one_tail(low: Draws | None, high: Draws | None) -> Draws | float:
    if low is not None:
        return chance_above(low)
    return 1.0 if high is None else chance_above(-high)
