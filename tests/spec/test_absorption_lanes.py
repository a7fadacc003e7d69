"""What of each product goes in: a band and a grade always, a guess about numbing never."""

from typing import Any

import pytest

from percuta.facts.edition import Facts
from percuta.planning.absorption.curves import QUICK, AbsorptionLane
from percuta.planning.plan.course import Course
from percuta.planning.plan.plan import make_plan
from tests.people import a_case, one_concern

CREAM = "lidocaine_prilocaine_cream"
ACID = "tranexamic_acid_solution"


def course_of(facts: Facts, *, draws: int = QUICK, **changes: Any) -> Course:
    course = make_plan(a_case(facts, **changes), facts, draws=draws).course
    assert course is not None
    return course


def lane_of(facts: Facts, product: str = ACID, **changes: Any) -> AbsorptionLane:
    found = [
        lane
        for lane in course_of(facts, topicals=[ACID], **changes).absorption
        if lane.product == product
    ]
    return found[0]


def test_every_lane_has_a_band_a_grade_and_what_it_rests_on(earlier: Facts) -> None:
    for lane in course_of(earlier, numbing=CREAM, topicals=[ACID]).absorption:
        assert len(lane.hours) > 5
        assert list(lane.hours) == sorted(lane.hours)
        assert lane.grade_words == lane.grade.words
        assert lane.why.facts
        assert lane.why.sources
        for shares in (lane.gone_in, lane.intact or lane.gone_in):
            for low, high in zip(shares.low_pct, shares.high_pct, strict=True):
                assert 0 <= low <= high <= 100
        assert lane.gone_in.low_pct != lane.gone_in.high_pct


def test_numbing_is_bounded_from_above_and_never_guessed(earlier: Facts) -> None:
    lane = lane_of(earlier, CREAM, numbing=CREAM)
    assert lane.over == "intact"
    assert lane.gone_in.middle_pct is None
    assert set(lane.gone_in.low_pct) == {0.0}
    assert "no best guess" in lane.why.text
    assert (lane.draws, lane.seed, lane.intact) == (None, None, None)


def test_numbing_without_an_amount_has_no_lane_and_says_why(earlier: Facts) -> None:
    course = course_of(earlier, numbing="lidocaine_4_cream")
    assert course.absorption == ()
    told = {none.product: none.why.text for none in course.no_lane}
    assert "No amount can be given" in told["lidocaine_4_cream"]


def test_a_topical_over_holes_is_reasoned_and_told_beside_intact_skin(earlier: Facts) -> None:
    lane = lane_of(earlier)
    assert lane.grade == "C"
    assert lane.intact is not None
    assert lane.gone_in.middle_pct is not None
    assert lane.intact.middle_pct is not None
    for needled, intact in zip(
        lane.gone_in.middle_pct[1:], lane.intact.middle_pct[1:], strict=True
    ):
        assert needled > intact


def test_sides_of_a_site_share_a_lane_and_another_depth_has_its_own(earlier: Facts) -> None:
    both = course_of(earlier, topicals=[ACID])
    assert [lane.zones for lane in both.absorption] == [("cheek_left", "cheek_right")]
    apart = course_of(earlier, topicals=[ACID], depth_mm={"cheek_left": 0.5})
    assert len(apart.absorption) == 2


@pytest.mark.parametrize(
    ("glide", "said"),
    [
        ("kit_hydrogel", "not published"),
        ("sterile_saline", "holds nothing that is followed"),
        ("hyaluronic_glide_gel", "above 50 kDa stays on the skin"),
    ],
)
def test_a_product_that_cannot_be_forecast_says_why(facts: Facts, glide: str, said: str) -> None:
    course = course_of(facts, glide=glide)
    told = {none.product: none.why for none in course.no_lane}
    assert said in told[glide].text
    assert told[glide].facts
    assert glide not in {lane.product for lane in course.absorption}


def test_every_product_on_the_skin_has_a_lane_or_a_reason(facts: Facts) -> None:
    case = a_case(facts, numbing=CREAM, topicals=[ACID], glide="pectin_glide_gel")
    plan = make_plan(case, facts, draws=QUICK)
    assert plan.course is not None
    on_skin = {
        product.product for product in (plan.glide, plan.soothing, *plan.topicals) if product
    }
    assert plan.numbing is not None
    forecast = [lane.product for lane in plan.course.absorption]
    without = [none.product for none in plan.course.no_lane]
    assert {*forecast, *without} == {*on_skin, plan.numbing.product}
    assert set(forecast).isdisjoint(without)


def test_a_what_if_rests_on_fewer_draws_and_changes_nothing_else(earlier: Facts) -> None:
    case = a_case(earlier, numbing=CREAM, topicals=[ACID])
    kept, quick = make_plan(case, earlier), make_plan(case, earlier, draws=QUICK)
    assert kept.course is not None
    assert quick.course is not None
    assert {lane.draws for lane in kept.course.absorption} == {None, 2000}
    assert {lane.draws for lane in quick.course.absorption} == {None, QUICK}
    lanes = {"absorption"}
    assert kept.course.model_dump(exclude=lanes) == quick.course.model_dump(exclude=lanes)
    for one, other in zip(kept.course.absorption, quick.course.absorption, strict=True):
        assert one.gone_in.high_pct == pytest.approx(other.gone_in.high_pct, abs=4)
        assert one.gone_in.low_pct == pytest.approx(other.gone_in.low_pct, abs=4)


def test_a_plan_without_topicals_computes_no_draws(facts: Facts) -> None:
    assert course_of(facts, concerns=one_concern("texture", "forehead")).absorption == ()


def test_a_topical_tells_what_it_takes_for_granted_and_what_was_measured(earlier: Facts) -> None:
    (lane, *_) = course_of(earlier, topicals=[ACID]).absorption
    assert "If a thin film stays wet on the skin" in lane.why.text
    measured = next(row for row in earlier.model_failures if row.key == "v41")
    assert measured.statement in lane.why.text
    assert {"absorption/film.any", "absorption/left_on.any"} <= set(lane.why.facts)


def test_a_band_of_nearly_everything_is_called_not_known(earlier: Facts) -> None:
    (lane, *_) = course_of(earlier, topicals=[ACID]).absorption
    assert lane.intact is not None
    spans = lane.intact.high_pct[-1] - lane.intact.low_pct[-1]
    assert spans > earlier.policy["band_says_nothing_pct", "any"].value
    assert not lane.is_intact_known
    assert "how much passes intact skin is not known" in lane.why.text
