"""However many check-ins, and however odd: enough draws count, no band shrinks to a line.

A dense grid judges what is believed where three unknowns are all there is.
"""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtr

from percuta.errors import DidNotConverge
from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.recovery.clinic_redness import ClinicReport
from percuta.planning.recovery.redness_duration import redness_time
from percuta.science.numerics.importance import EFFECTIVE_SHARE
from percuta.science.redness.parameters import prior_of, published_redness
from percuta.science.redness.resolution import DRAWS, Posterior, Prior, Report, fit
from percuta.units import to_si
from tests.properties.test_redness import DEPTH, HOUR, check_in, person, truth_of

INF = float("inf")
LEAST = EFFECTIVE_SHARE * DRAWS
SHARES = (0.05, 0.5, 0.95)


def told(lower_h: float, upper_h: float, *, mm: float = 1.0, pen: float = 1.0) -> Report:
    """One person whose redness went between two hours."""
    return Report(
        lower=lower_h * HOUR,
        upper=upper_h * HOUR,
        depth=to_si(mm, "mm"),
        depth_spread=0.0,
        pen=pen,
    )


def to_the_hour(people: int) -> tuple[Report, ...]:
    """People of one clinic as they differ, each with other hours."""
    apart = np.random.default_rng(0).standard_normal(people)
    return tuple(told(0.7 * at, 1.3 * at) for at in 20.0 * np.exp(0.5 * apart))


CLINICS = {
    "1,000 people at 0.5 mm, all after 480 to 500 h": (told(480, 500, mm=0.5),) * 1000,
    "300 people, all after 2,000 to 2,100 h": (told(2000, 2100),) * 300,
    "1,000 people, each with other hours": to_the_hour(1000),
    "200 people within one hour": (told(24, 25),) * 200,
    "200 people, ten times what is published": (told(240, 264),) * 200,
    "half within an hour, half still red after two weeks": (told(0, 1), told(336, INF)) * 100,
    "200 people still red after two weeks": (told(336, INF),) * 200,
    "shallow lasts longest": (told(480, 500, mm=0.5), told(24, 25), told(1, 2, mm=2.0)) * 100,
    "pens and rollers ten times apart": (told(24, 25), told(240, 250, pen=0.0)) * 250,
    "10,000 people within the same hours": (told(480, 500, mm=0.5),) * 10_000,
}


@pytest.mark.parametrize("name", CLINICS)
def test_enough_draws_count_and_no_band_is_a_line(name: str, facts: Facts) -> None:
    found = published_redness(facts, CLINICS[name])
    assert found.points.shape[0] == DRAWS
    assert len(np.unique(found.points, axis=0)) > LEAST
    for mm in (0.5, 1.0, 2.0):
        depth = to_si(mm, "mm")
        low, middle, high = np.quantile(found.middle(depth, pen=True), SHARES)
        surest = found.prior.phototype / np.sqrt(len(CLINICS[name]))
        assert np.log(high / low) > surest
        assert low < middle < high
        low, _, high = np.quantile(found.people(depth, pen=True), SHARES)
        assert np.log(high / low) > 2 * found.prior.phototype


def test_what_nobody_was_needled_with_stays_as_unsure_as_it_was(facts: Facts) -> None:
    """A thousand check-ins of pens at one depth tell little of rollers at another."""
    clinic = CLINICS["1,000 people at 0.5 mm, all after 480 to 500 h"]
    after = published_redness(facts, clinic)
    at_0_5, at_2 = (
        np.log(after.middle(to_si(mm, "mm"), pen=pen)).std()
        for mm, pen in ((0.5, True), (2.0, False))
    )
    assert at_0_5 < 0.02
    assert at_2 > 0.4


def test_check_ins_that_contradict_everything_are_refused_in_words(facts: Facts) -> None:
    """Hardly deeper lasts 200 times as long, and so does hardly broken skin."""
    reports = tuple(
        ClinicReport(
            lower_h=lower_h,
            upper_h=upper_h,
            depth_mm=mm,
            device_kind=kind,
            looks_n=2 * people,
            person_share=people,
        )
        for lower_h, upper_h, mm, kind, people in (
            (54.0, 57.0, 1.4, DeviceKind.PEN, 5000),
            (1700.0, 5300.0, 0.11, DeviceKind.ROLLER, 2500),
            (9100.0, 19_000.0, 1.85, DeviceKind.PEN, 900),
        )
    )
    with pytest.raises(DidNotConverge, match="check-ins contradict everything published"):
        redness_time(Zone.CHEEK_LEFT, 1.0, DeviceKind.PEN, facts, clinic=reports)


@pytest.mark.parametrize("number", range(6))
def test_large_clinics_are_learnt_from(number: int, facts: Facts) -> None:
    """Half as far again from the middle as any that is believed, 400 people, fixed looks."""
    before, rng = published_redness(facts), np.random.default_rng(number)
    point = 1.5 * truth_of(before, number)
    depths = to_si(1.0, "mm") * rng.choice([0.5, 1.0, 2.0], 400)
    clinic = tuple(
        check_in(person(before.prior, point, float(depth), rng), float(depth)) for depth in depths
    )
    assert len(np.unique(published_redness(facts, clinic).points, axis=0)) > 2 * LEAST


GRID = 161
FEW = (told(24, 48), told(12, 72), told(0, 24), told(48, INF), told(24, 48))
SMALL = {
    "five people": FEW,
    "1,000 people in 20 hours": (told(480, 500),) * 1000,
    "300 people, all after 2,000 to 2,100 h": (told(2000, 2100),) * 300,
}


@pytest.mark.parametrize("name", SMALL)
def test_a_dense_grid_says_the_same(name: str, facts: Facts) -> None:
    """Rollers at the depth that depths are counted from: neither power nor pen matters."""
    prior = prior_of(facts)
    clinic = tuple(told(r.lower / HOUR, r.upper / HOUR, pen=0.0) for r in SMALL[name])
    assert pytest.approx(prior.depth_reference) == DEPTH
    found = fit(prior, (), clinic)
    middle, people = grid_of(prior, clinic)
    ours = np.log(found.middle(DEPTH, pen=False))
    spread = np.log(prior.people_spread.at(found.points[:, 4]))
    for draws, (values, weights) in ((ours, middle), (spread, people)):
        at = np.cumsum(weights)
        true = np.interp(SHARES, at, values)
        width = np.sqrt(weights @ values**2 - (weights @ values) ** 2)
        assert np.abs(np.quantile(draws, SHARES) - true).max() < 0.12 * width


Marginal = tuple[NDArray[np.float64], NDArray[np.float64]]


def grid_of(prior: Prior, clinic: tuple[Report, ...]) -> tuple[Marginal, Marginal]:
    """What is believed of a clinic's middle and of its people, summed over a grid.

    First on a wide grid, then on one that spans what the first has left.
    """
    spans = [(-12.0, 12.0), (-8.0, 8.0)]
    for _ in range(4):
        level, width = (np.linspace(*span, GRID) for span in spans)
        log_middle = np.log(prior.median_time.middle) + level
        weights = _weights(prior, clinic, log_middle, width)
        spans = [
            _span(axis, weights.sum(axis=1 - place)) for place, axis in enumerate((level, width))
        ]
    people = np.log(prior.people_spread.at(width))
    return (log_middle, weights.sum(axis=1)), (people, weights.sum(axis=0))


def _span(axis: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[float, float]:
    middle = float(weights @ axis)
    width = max(float(np.sqrt(weights @ (axis - middle) ** 2)), float(axis[1] - axis[0]))
    return middle - 6 * width, middle + 6 * width


def _weights(
    prior: Prior,
    clinic: tuple[Report, ...],
    log_middle: NDArray[np.float64],
    width: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Over middle and people; how far clinics lie apart is summed away."""
    apart = np.linspace(-7, 7, GRID)
    sd = np.hypot(prior.median_time.spread, prior.study_spread.at(apart))
    away = (log_middle - np.log(prior.median_time.middle))[:, None]
    before = (np.exp(-((away / sd) ** 2) / 2 - apart**2 / 2) / sd).sum(axis=1)
    sigma = np.hypot(prior.people_spread.at(width), prior.phototype)[None, :]
    height = np.log(before)[:, None] - width[None, :] ** 2 / 2
    for report in set(clinic):
        ends = [np.log(end) if end > 0 else -INF for end in (report.lower, report.upper)]
        low, high = ((end - log_middle[:, None]) / sigma for end in ends)
        # In whichever tail nothing cancels.
        chance = np.where(low > 0, ndtr(-low) - ndtr(-high), ndtr(high) - ndtr(low))
        height = height + clinic.count(report) * np.log(np.maximum(chance, 1e-300))
    weights: NDArray[np.float64] = np.exp(height - height.max())
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


def test_two_seeds_of_one_clinic_agree(facts: Facts) -> None:
    """A report more that nobody could tell apart changes nothing: draws do not decide."""
    clinic = CLINICS["1,000 people at 0.5 mm, all after 480 to 500 h"]
    once, again = (published_redness(facts, told_) for told_ in (clinic, (*clinic, clinic[0])))
    for first, second in zip(quantiles(once), quantiles(again), strict=True):
        assert first == pytest.approx(second, rel=0.1)


def quantiles(found: Posterior) -> NDArray[np.float64]:
    """Of the middle at another depth, which check-ins leave wide."""
    ends: NDArray[np.float64] = np.quantile(found.middle(DEPTH, pen=True), SHARES)
    return ends
