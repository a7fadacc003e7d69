"""Whatever a clinic tells: order does not matter, nobody counts twice, nothing is too sure."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Zone
from percuta.planning.recovery.check_in import ClinicCheckIn, Felt
from percuta.planning.recovery.clinic_redness import ClinicReport, clinic_reports
from percuta.planning.recovery.expected_times import ByShare
from percuta.planning.recovery.redness_duration import redness_time
from percuta.science.numerics.sampling import stream
from percuta.science.redness.parameters import published_redness
from percuta.science.redness.resolution import Posterior
from percuta.units import to_si
from tests.check_ins import DAY, look, two_looks
from tests.properties.test_redness import HOUR, one, truth_of

LOOKS_H = (4.0, 12.0, 24.0, 48.0, 72.0, 120.0)


@st.composite
def check_ins(draw: st.DrawFn) -> list[ClinicCheckIn]:
    count = draw(st.integers(1, 12))
    return [
        look(
            draw(st.sampled_from("abcdef")),
            draw(st.sampled_from(LOOKS_H)),
            draw(st.sampled_from([Felt.GONE, Felt.STILL, None])),
            session=DAY + timedelta(days=28 * draw(st.integers(0, 2))),
            depth_mm=draw(st.sampled_from([0.5, 1.0, 1.5])),
        )
        for _ in range(count)
    ]


def hours(reports: tuple[ClinicReport, ...], facts: Facts) -> ByShare:
    return redness_time(Zone.CHEEK_LEFT, 1.0, DeviceKind.PEN, facts, clinic=reports).hours


def posterior(reports: tuple[ClinicReport, ...], facts: Facts) -> Posterior:
    return published_redness(facts, tuple(report.as_report for report in reports))


@settings(max_examples=25, deadline=None)
@given(data=st.data(), told=check_ins())
def test_the_order_of_check_ins_does_not_matter(
    data: st.DataObject, told: list[ClinicCheckIn]
) -> None:
    facts = open_edition()
    again = data.draw(st.permutations(told))
    assert clinic_reports(again) == clinic_reports(told)
    assert hours(clinic_reports(again), facts) == hours(clinic_reports(told), facts)


@settings(max_examples=25, deadline=None)
@given(told=check_ins())
def test_a_time_lies_between_looks_and_a_person_counts_once(told: list[ClinicCheckIn]) -> None:
    reports = clinic_reports(told)
    people = {t.person for t in told if t.said.redness is not None}
    assert sum(report.person_share for report in reports) == pytest.approx(len(people))
    assert sum(r.looks_n for r in reports) == sum(t.said.redness is not None for t in told)
    for report in reports:
        assert report.upper_h is None or report.lower_h < report.upper_h


@settings(max_examples=15, deadline=None)
@given(repeats=st.integers(2, 6), upper=st.sampled_from(LOOKS_H[1:]))
def test_the_same_person_again_makes_nothing_surer(repeats: int, upper: float) -> None:
    facts = open_edition()
    once = clinic_reports(two_looks("a", 4, upper))
    days = [DAY + timedelta(days=28 * n) for n in range(repeats)]
    often = clinic_reports(t for day in days for t in two_looks("a", 4, upper, session=day))
    assert hours(often, facts) == hours(once, facts)


@settings(max_examples=15, deadline=None)
@given(still=st.sampled_from(LOOKS_H[:-1]), later=st.sampled_from(LOOKS_H[1:]), n=st.integers(1, 8))
def test_redness_that_lasted_longer_never_shortens_what_is_expected(
    still: float, later: float, n: int
) -> None:
    facts = open_edition()
    short, long = sorted((still, later))
    early, late = (
        clinic_reports([look(f"p{k}", end, Felt.STILL) for k in range(n)]) for end in (short, long)
    )
    assert hours(late, facts).half >= 0.97 * hours(early, facts).half


@pytest.mark.parametrize("patients", [1, 4, 16, 64])
def test_no_clinic_is_surer_of_its_middle_than_exact_times_would_make_it(
    patients: int, facts: Facts
) -> None:
    """Times seen between looks tell less than times to the minute with the least spread."""
    reports = clinic_reports(t for k in range(patients) for t in two_looks(f"p{k}", 24, 48))
    before, after = posterior((), facts), posterior(reports, facts)
    depth = to_si(1.0, "mm")
    believed, found = (np.log(p.middle(depth, pen=True)).std() for p in (before, after))
    people = after.prior.people_spread.at(after.points[:, 4])
    between = np.hypot(np.quantile(people, 0.05), after.prior.phototype)
    surest = (believed**-2 + patients * between**-2) ** -0.5
    assert found >= 0.9 * surest


@pytest.mark.parametrize("patients", [1, 4, 16, 64])
def test_people_stay_as_far_apart_as_people_are(patients: int, facts: Facts) -> None:
    reports = clinic_reports(t for k in range(patients) for t in two_looks(f"p{k}", 24, 48))
    found = np.log(posterior(reports, facts).people(to_si(1.0, "mm"), pen=True)).std()
    assert found >= posterior(reports, facts).prior.phototype


def test_a_clinic_is_found_again_from_the_check_ins_of_its_people(facts: Facts) -> None:
    """The long form, with 200 clinics and both depths, is in the soak."""
    before, held = posterior((), facts), 0
    depth = to_si(1.0, "mm")
    for number in range(12):
        truth = one(before.prior, truth_of(before, number))
        rng = stream(number, "check-ins")
        reports = clinic_reports(_told(truth, depth, rng))
        middle = posterior(reports, facts).middle(depth, pen=True)
        low, high = np.quantile(middle, (0.05, 0.95))
        held += bool(low <= truth.middle(depth, pen=True)[0] <= high)
    assert held >= 9


def _told(truth: Posterior, depth: float, rng: np.random.Generator) -> list[ClinicCheckIn]:
    """What 30 people who look at the same hours say, everything in one order or another."""
    said = []
    spread = truth.prior.people_spread.at(truth.points[:, 4])[0]
    for number in range(30):
        apart = np.hypot(spread, truth.prior.phototype) * rng.standard_normal()
        time_h = float(truth.middle(depth, pen=True)[0] * np.exp(apart)) / HOUR
        said += [
            look(f"p{number}", at, Felt.GONE if at >= time_h else Felt.STILL) for at in LOOKS_H
        ]
    rng.shuffle(said)
    return said
