"""Many people at once have what the models of one plan say, share by share."""

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex
from percuta.science.absorption.finite_volume import FiniteVolumes
from percuta.science.absorption.over_channels import draw_film, draw_skin, gone_in
from percuta.science.absorption.resolutions import LANES
from percuta.science.channels.clocks import Clock
from percuta.science.course import (
    CohortCourse,
    Needling,
    PersonalDraws,
    Topical,
    cohort_course,
    cohort_uptake,
    needling_of,
)
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.depth import ReducedLaw
from percuta.science.redness.parameters import published_redness
from percuta.science.skin.thickness import SkinDraws, sample_skin, skin_at
from percuta.units import to_si

PEOPLE = 20_000
TOPICAL = Topical("tranexamic_acid", concentration=5.0, washed_off=to_si(24, "h"))
SHARES = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
DEVICES = ("generic_pen_12", "roller_192_10")


def needling(facts: Facts, device: str = "generic_pen_12", *, covered: bool = True) -> Needling:
    return needling_of(
        facts.devices[device], "cheek", depth_mm=1.0, density=5e6, covered=covered, facts=facts
    )


def skin_of(facts: Facts, people: int = PEOPLE) -> SkinDraws:
    published = skin_at("cheek", Sex.FEMALE, facts)
    assert published is not None
    return sample_skin(published, people, stream(1, "skin"))


def course(facts: Facts, device: str = "generic_pen_12", *, covered: bool = True) -> CohortCourse:
    draws = PersonalDraws.of(PEOPLE, 1, "people")
    return cohort_course(needling(facts, device, covered=covered), skin=skin_of(facts), draws=draws)


@pytest.mark.parametrize("covered", [True, False])
def test_holes_close_by_the_share_of_people_that_the_clock_says(
    covered: bool, facts: Facts
) -> None:
    found = course(facts, covered=covered)
    times = (found.barrier_closed, found.epithelium_closed, found.visible_closed)
    for clock, hours in zip(Clock, times, strict=True):
        closing = needling(facts, covered=covered).closing[clock]
        for share in SHARES:
            closed = np.mean(hours <= closing.closed_by(float(share)))
            assert closed == pytest.approx(share, abs=0.012)


@pytest.mark.parametrize("device", DEVICES)
def test_redness_lasts_as_in_the_forecast_of_a_plan(device: str, facts: Facts) -> None:
    is_pen = device.startswith("generic_pen")
    forecast = published_redness(facts).people(to_si(1.0, "mm"), pen=is_pen)
    here = np.quantile(course(facts, device).redness_gone, SHARES)
    assert np.log(here) == pytest.approx(np.log(np.quantile(forecast, SHARES)), abs=0.12)


@pytest.mark.parametrize("efficiency", [0.3, 0.8, 1.0])
@pytest.mark.parametrize("spread", [0.05, 0.2])
def test_shares_of_needles_are_those_of_drawn_needles(efficiency: float, spread: float) -> None:
    law = ReducedLaw(tolerance=0.0, spread=spread)
    drawn = law.reached(1e-3, efficiency=np.full(200_000, efficiency), rng=stream(1, "needles"))
    for depth in np.linspace(0.1e-3, 1.05e-3, 12):
        share = law.share_deeper(
            np.array([depth]), sticks_out=np.array([1e-3]), efficiency=np.array([efficiency])
        )
        assert share[0] == pytest.approx(np.mean(drawn > depth), abs=0.005)


@pytest.mark.parametrize("device", DEVICES)
def test_people_have_devices_as_believed(device: str, facts: Facts) -> None:
    made = needling(facts, device)
    found = course(facts, device)
    achieved = np.quantile(found.reached, SHARES)
    beliefs = made.efficiency.draw(500)
    dials = 1e-3 + made.law.tolerance * np.linspace(-1, 1, 501)
    assert achieved == pytest.approx(np.quantile(np.outer(beliefs, dials), SHARES), rel=0.02)


@pytest.mark.parametrize("device", DEVICES)
def test_as_many_needles_pass_as_under_the_law_of_a_plan(device: str, facts: Facts) -> None:
    made, skin, found = needling(facts, device), skin_of(facts), course(facts, device)
    rng = stream(2, "needles")
    efficiency = rng.permutation(made.efficiency.draw(PEOPLE))
    ends = made.law.reached(made.set_depth, efficiency=efficiency, rng=rng)
    assert found.through_dermis.mean() == pytest.approx((ends > skin.total).mean(), abs=0.012)
    assert found.reaching_dermis.mean() == pytest.approx((ends > skin.epidermis).mean(), abs=0.012)


def test_nothing_leaves_its_range(facts: Facts) -> None:
    for device in DEVICES:
        found = course(facts, device)
        assert np.all(found.through_dermis <= found.reaching_dermis)
        for share in (found.reaching_dermis, found.through_dermis, found.open_area):
            assert np.all((share >= 0) & (share <= 1))
        for amount in vars(found).values():
            assert np.all(np.isfinite(amount) & (amount >= 0))


def test_more_goes_into_needled_skin_than_into_the_same_skin_intact(facts: Facts) -> None:
    draws, skin = PersonalDraws.of(200, 1, "people"), skin_of(facts, 200)
    found = cohort_course(needling(facts), skin=skin, draws=draws)
    uptake = cohort_uptake(TOPICAL, found, needling(facts), draws=draws, facts=facts)
    assert np.all(uptake.needled >= uptake.intact - 0.01)
    assert np.median(uptake.needled) > 10 * np.median(uptake.intact)
    for share in vars(uptake).values():
        assert np.all((share >= 0) & (share <= 1))


def test_a_cohort_takes_up_what_the_forecast_of_a_plan_says(facts: Facts) -> None:
    draws, skin = PersonalDraws.of(4_000, 1, "people"), skin_of(facts, 4_000)
    found = cohort_course(needling(facts), skin=skin, draws=draws)
    uptake = cohort_uptake(TOPICAL, found, needling(facts), draws=draws, facts=facts)
    names = {"facts": facts, "sets": 4_000, "seed": 7}
    forecast = gone_in(
        TOPICAL.substance,
        facts,
        skin=draw_skin(
            TOPICAL.substance,
            density=5e6,
            reach=found.reached[None, :],
            clock=needling(facts).openness,
            dermis_thickness=skin.dermis,
            own_overlap=needling(facts).own_overlap,
            **names,  # type: ignore[arg-type]
        ),
        film=draw_film(
            concentration=TOPICAL.concentration,
            removed_at=TOPICAL.washed_off,
            **names,  # type: ignore[arg-type]
        ),
        until=TOPICAL.washed_off,
        engine=FiniteVolumes(LANES),
    ).share[-1]
    here = np.quantile(uptake.needled, SHARES)
    assert here == pytest.approx(np.quantile(forecast, SHARES), abs=0.05)


def test_a_person_is_the_same_among_few_and_many(facts: Facts) -> None:
    draws, skin = PersonalDraws.of(50, 1, "people"), skin_of(facts, 50)
    chosen = np.arange(50) % 7 == 3
    few = cohort_course(
        needling(facts),
        skin=SkinDraws(skin.epidermis[chosen], skin.dermis[chosen]),
        draws=draws[chosen],
    )
    many = cohort_course(needling(facts), skin=skin, draws=draws)
    for name, values in vars(few).items():
        assert np.array_equal(values, getattr(many, name)[chosen]), name
