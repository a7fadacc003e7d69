"""Simulated studies and clinics, with a known truth, judge what reports are taken to say."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts, open_edition
from percuta.science.numerics.sampling import stream
from percuta.science.redness.parameters import prior_of, published, published_redness
from percuta.science.redness.resolution import Posterior, Prior, Report, fit
from percuta.units import to_si

HOUR = to_si(1.0, "h")
DEPTH = to_si(1.0, "mm")
LOOKS_H = np.array([0, 4, 12, 24, 48, 72, 120, 168, 336])
QUESTIONS = ("middle at 1 mm", "middle at 2 mm", "another person")


@cache
def published_posterior() -> Posterior:
    return published_redness(open_edition())


def truth_of(posterior: Posterior, number: int) -> np.ndarray:
    """One clinic as believed before it reports anything."""
    return np.asarray(posterior.points[number * 17 % len(posterior.points)])


def one(prior: Prior, point: np.ndarray) -> Posterior:
    return Posterior(prior, point[None, :])


def person(prior: Prior, point: np.ndarray, depth: float, rng: np.random.Generator) -> float:
    people = prior.people_spread.at(point[4:5])[0]
    between = rng.normal(0, np.hypot(people, prior.phototype))
    return float(one(prior, point).middle(depth, pen=True)[0] * np.exp(between))


def check_in(time: float, depth: float) -> Report:
    """What a patient who looks at fixed hours reports of a time."""
    looks = LOOKS_H * HOUR
    after = int(np.searchsorted(looks, time))
    upper = looks[after] if after < len(looks) else float("inf")
    return Report(
        lower=float(looks[after - 1]), upper=float(upper), depth=depth, depth_spread=0.0, pen=1.0
    )


def simulated_clinic(seed: int, patients: int = 40) -> list[bool]:
    """Whether the 90 % interval holds each truth of one clinic, question by question."""
    before = published_posterior()
    prior, point = before.prior, truth_of(before, seed)
    rng = stream(seed, "a clinic")
    depths = to_si(1.0, "mm") * rng.choice([0.5, 1.0, 1.5], patients)
    seen = tuple(
        check_in(person(prior, point, float(depth), rng), float(depth)) for depth in depths
    )
    after = fit(prior, published(open_edition()), seen)
    answers = (
        (after.middle(DEPTH, pen=True), one(prior, point).middle(DEPTH, pen=True)[0]),
        (after.middle(2 * DEPTH, pen=True), one(prior, point).middle(2 * DEPTH, pen=True)[0]),
        (after.people(DEPTH, pen=True), person(prior, point, DEPTH, rng)),
    )
    return [holds(draws, float(truth)) for draws, truth in answers]


def simulated_studies(seed: int) -> list[bool]:
    """The same for the published statements, made anew from a truth of the prior."""
    facts = open_edition()
    prior, rng = prior_of(facts), stream(seed, "studies")
    point = rng.standard_normal(len(prior.beliefs) + 1)
    made = []
    for report in published(facts):
        offset = np.array([*point[:-1], rng.standard_normal()])
        told = one(prior, offset).middle(
            report.depth * np.exp(rng.normal(0, report.depth_spread)), pen=report.pen == 1.0
        )[0]
        if report.pen not in (0.0, 1.0):
            told *= float(prior.pen_effect.at(point[2:3])[0]) ** report.pen
        between = np.hypot(prior.people_spread.at(point[4:5])[0], prior.phototype)
        sample = np.quantile(
            told * np.exp(rng.normal(0, between, max(1, round(report.people)))), report.share
        )
        seen = check_in(float(sample), report.depth)
        made.append(replace(report, lower=seen.lower, upper=seen.upper))
    after = fit(prior, tuple(made))
    truth = one(prior, np.array([*point[:-1], 0.0]))
    flat = Posterior(prior, np.column_stack([after.points[:, :-1], 0 * after.points[:, -1]]))
    return [
        holds(flat.middle(depth, pen=pen), float(truth.middle(depth, pen=pen)[0]))
        for depth, pen in ((DEPTH, True), (2 * DEPTH, True), (DEPTH / 2, False))
    ]


def holds(draws: np.ndarray, truth: float) -> bool:
    low, high = np.quantile(draws, (0.05, 0.95))
    return bool(low <= truth <= high)


def test_a_few_simulated_clinics_lie_where_the_intervals_say() -> None:
    """Fourteen of 16 or more would come about in six of seven runs; ten or fewer in one of 400."""
    shares = np.mean([simulated_clinic(seed) for seed in range(16)], axis=0)
    assert (shares >= 11 / 16).all(), shares


@pytest.mark.soak
def test_intervals_of_200_simulated_clinics_hold_the_truth_in_85_to_95_of_100() -> None:
    shares = np.mean([simulated_clinic(seed) for seed in range(200)], axis=0)
    assert ((shares >= 0.85) & (shares <= 0.95)).all(), dict(zip(QUESTIONS, shares, strict=True))


@pytest.mark.soak
def test_intervals_of_200_simulated_literatures_hold_the_truth_in_85_to_95_of_100() -> None:
    shares = np.mean([simulated_studies(seed) for seed in range(200)], axis=0)
    assert ((shares >= 0.85) & (shares <= 0.95)).all(), shares


def test_check_ins_narrow_what_is_believed_of_a_clinic(facts: Facts) -> None:
    prior, seen = prior_of(facts), tuple(check_in(30 * HOUR, DEPTH) for _ in range(30))
    before, after = fit(prior, published(facts)), fit(prior, published(facts), seen)
    widths = [np.log(p.middle(DEPTH, pen=True)).std() for p in (before, after)]
    assert widths[1] < widths[0] / 2
    assert 24 * HOUR < np.median(after.middle(DEPTH, pen=True)) < 48 * HOUR


def test_a_clinic_that_still_sees_redness_is_told_longer_times(facts: Facts) -> None:
    """Reports without an end count as well: redness that was still there."""
    prior = prior_of(facts)
    still = Report(lower=96 * HOUR, upper=float("inf"), depth=DEPTH, depth_spread=0.0, pen=1.0)
    before, after = (fit(prior, published(facts), seen) for seen in ((), (still,) * 10))
    assert np.median(after.middle(DEPTH, pen=True)) > 2 * np.median(before.middle(DEPTH, pen=True))


@pytest.mark.parametrize("pen", [True, False])
def test_deeper_is_never_shorter(facts: Facts, pen: bool) -> None:
    posterior = published_redness(facts)
    quantiles = [
        np.quantile(posterior.people(to_si(mm, "mm"), pen=pen), (0.05, 0.5, 0.95))
        for mm in (0.25, 0.5, 1.0, 1.5, 2.5)
    ]
    medians = np.array(quantiles)[:, 1]
    assert (np.diff(medians) > 0).all()
    assert (np.array(quantiles)[:, 0] > 0).all()


def test_the_same_reports_give_the_same_draws(facts: Facts) -> None:
    first = published_redness(facts).people(DEPTH, pen=True)
    assert (first == published_redness(facts).people(DEPTH, pen=True)).all()


def test_a_report_that_cannot_be_is_refused() -> None:
    with pytest.raises(OutsideValidity):
        Report(lower=5.0, upper=5.0, depth=DEPTH, depth_spread=0.0, pen=1.0)
