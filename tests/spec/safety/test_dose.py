"""Time, seconds per cm2 and passes are one dose; the densest published protocol is its end."""

from typing import Any

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.case.case_file import parse_case
from percuta.planning.plan.plan import Plan, make_plan
from tests.people import a_plan, one_concern, raw_case
from tests.spec.safety.reading import levels

CHEEK = one_concern("texture", "cheek_left")
MORE, DENSE, MANY = "passes.more_than_published", "density.above_limit", "passes.above_limit"


def dosed(facts: Facts, dose: dict[str, Any], **changes: Any) -> Plan:
    """The plan of a cheek with a dose of its own."""
    own = {name: {"cheek_left": value} for name, value in dose.items()}
    return make_plan(
        parse_case({**raw_case(facts, concerns=CHEEK, **changes), **own}, facts), facts
    )


# device, passes, what is said of them: typed by hand from the bounds
PASSES = [
    ("generic_pen_14", 4, set()),
    ("generic_pen_14", 5, {MORE}),
    ("generic_pen_14", 10, {MORE}),
    ("generic_pen_14", 11, {MORE, DENSE}),
    ("generic_pen_12", 9, {MORE}),
    ("generic_pen_6", 19, {MORE}),
    ("generic_pen_6", 20, {MORE, DENSE}),
    ("generic_pen_6", 21, {MORE, DENSE, MANY}),
    ("roller_192_10", 60, {MORE}),
    ("roller_192_10", 61, {MORE, MANY}),
]


@pytest.mark.parametrize(("device", "passes", "said"), PASSES)
def test_passes_are_a_caution_up_to_the_most_published(
    device: str, passes: int, said: set[str], facts: Facts
) -> None:
    plan = a_plan(facts, device=device, concerns=CHEEK, passes=passes)
    told = levels(plan)
    assert {rule for rule in told if rule in {MORE, DENSE, MANY}} == said
    assert plan.is_made == (not said & {DENSE, MANY})


def test_the_published_twenty_passes_are_still_refused_at_their_depth(facts: Facts) -> None:
    """2.5 mm lies above the label's 1.5 mm, however many passes."""
    plan = a_plan(
        facts, device="generic_pen_12", concerns=CHEEK, passes=4, depth_mm={"cheek_left": 2.5}
    )
    assert levels(plan)["depth.above_limit"] is Level.STOP
    assert not plan.is_made


def test_a_dose_is_judged_at_the_upper_end_of_its_band(facts: Facts) -> None:
    for passes in range(1, 12):
        plan = a_plan(facts, concerns=CHEEK, passes=passes)
        for zone in plan.zones:
            assert zone.density.strikes_per_cm2_high <= 29_000
        assert plan.is_made == (passes <= 10)


SAME = [{"seconds_per_cm2": 2.0}, {"minutes": 2.0}]


@pytest.mark.parametrize("dose", SAME)
def test_minutes_and_seconds_are_one_quantity(dose: dict[str, float], facts: Facts) -> None:
    """Two minutes on 60 cm2 are 2 s per cm2: 14 needles strike 117 times a second."""
    (cheek,) = dosed(facts, dose).zones
    assert cheek.contact is not None
    assert cheek.contact.seconds_per_cm2 == pytest.approx(2.0)
    assert cheek.contact.minutes == pytest.approx(2.0)
    assert cheek.passes == 3
    assert cheek.strikes_per_cm2 == pytest.approx(2.0 * 14 * 116.7 * 0.65, abs=1)
    assert cheek.density.strikes_per_cm2_high == pytest.approx(2.0 * 14 * 116.7, abs=1)


def test_passes_are_told_as_time_beside_strikes_per_second(facts: Facts) -> None:
    (cheek,) = a_plan(facts, concerns=CHEEK, passes=4).zones
    assert cheek.contact is not None
    assert cheek.contact.seconds_per_cm2 == pytest.approx(4 * 0.625)
    assert cheek.contact.strikes_per_second_high == pytest.approx(14 * 116.7, abs=1)


def test_a_time_knows_its_hand_and_so_its_band_is_narrower(facts: Facts) -> None:
    (timed,) = dosed(facts, {"seconds_per_cm2": 1.875}).zones
    (passed,) = dosed(facts, {"passes": 3}).zones
    assert timed.strikes_per_cm2 == pytest.approx(passed.strikes_per_cm2, abs=1)
    assert timed.density.strikes_per_cm2_high < passed.density.strikes_per_cm2_high
    assert timed.density.strikes_per_cm2_low > passed.density.strikes_per_cm2_low


def test_too_long_on_one_place_is_refused(facts: Facts) -> None:
    assert dosed(facts, {"minutes": 6.0}).is_made
    plan = dosed(facts, {"minutes": 7.0})
    assert levels(plan)[DENSE] is Level.STOP
    assert not plan.is_made


def test_needling_lasts_as_long_as_was_set(facts: Facts) -> None:
    short, long = (dosed(facts, {"minutes": minutes}).zones[0].minutes for minutes in (1.0, 3.0))
    assert long - short == pytest.approx(2.0, abs=0.11)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0.0},
        {"seconds_per_cm2": "2"},
        {"minutes": 2.0, "passes": 3},
        {"minutes": 2.0, "seconds_per_cm2": 2.0},
        {"seconds_per_cm2": 2.0, "strikes_per_cm2": 900.0},
    ],
)
def test_a_zone_has_one_dose(wrong: dict[str, Any], facts: Facts) -> None:
    with pytest.raises(CaseError, match="minutes|seconds_per_cm2"):
        dosed(facts, wrong)


def test_the_published_aim_stands_beside_what_is_reckoned(facts: Facts) -> None:
    (cheek,) = a_plan(facts, concerns=CHEEK).zones
    told = [why for why in cheek.why if "250 to 300 holes per cm2" in why.text]
    assert "an aim of its authors and no measurement" in told[-1].text
    assert "PRIME2015" in told[-1].sources


def test_nothing_says_any_more_that_no_density_was_published(facts: Facts) -> None:
    for zone in a_plan(facts, concerns=CHEEK).zones:
        assert not any("ever published" in why.text for why in zone.why)
    assert not any("ever published" in row.about for row in facts.policy.values())


def test_only_what_can_be_done_is_told_of_other_devices(facts: Facts) -> None:
    (cheek,) = a_plan(facts, concerns=CHEEK).zones
    assert {other.device: other.passes for other in cheek.same_density} == {
        "generic_pen_12": 3,
        "generic_pen_6": 7,
    }
    (rolled,) = a_plan(facts, concerns=CHEEK, device="roller_192_05").zones
    assert all(other.passes == round(other.passes) >= 1 for other in rolled.same_density)


def test_a_published_visit_is_compared_with_the_whole_visit(facts: Facts, earlier: Facts) -> None:
    numbed = a_plan(facts, concerns=CHEEK, numbing="lidocaine_prilocaine_cream")
    assert numbed.duration is not None
    assert numbed.duration.numbing_min is not None
    chair = numbed.duration_min or 0.0
    assert numbed.duration.visit_min == pytest.approx(chair + numbed.duration.numbing_min, abs=1)
    assert levels(numbed)["duration.longer_than_published"] is Level.NOTE
    before = a_plan(earlier, concerns=CHEEK, numbing="lidocaine_prilocaine_cream")
    assert "duration.longer_than_published" not in levels(before)


def test_earlier_editions_keep_their_bounds(earlier: Facts) -> None:
    assert levels(a_plan(earlier, concerns=CHEEK, passes=7))[DENSE] is Level.STOP
    (cheek,) = a_plan(earlier, concerns=CHEEK).zones
    assert cheek.contact is None
    assert cheek.zone is Zone.CHEEK_LEFT
