"""Lanes of a plan: no lane without band and grade, and more never means less."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.absorption.curves import AbsorptionLane
from percuta.planning.absorption.topicals import Needled, Needling, predicted_lanes
from percuta.planning.judgement.grades import Grade
from percuta.planning.numbing.blood_level import NumbedSkin, most_taken_up_pct

DRAWS = 64
ACID = "tranexamic_acid_solution"
GIVEN_BACK = 1.0
"""Parts of a hundred that wide open channels may give back to an emptied film."""

ZONES = st.lists(st.sampled_from(list(Zone)), min_size=1, max_size=4, unique=True)
DEPTHS = st.sampled_from([0.25, 0.5, 1.0, 1.5, 2.0, 2.5])
PASSES = st.integers(1, 12)
SEXES = st.sampled_from([None, *Sex])
PENS = st.sampled_from(["generic_pen_12", "generic_pen_14", "generic_pen_6"])
few = settings(deadline=None, max_examples=15)


def lane_of(
    facts: Facts, zone: Zone, *, device: str, sex: Sex | None, covered: bool, **needled: Any
) -> AbsorptionLane:
    (lane,) = predicted_lanes(
        facts.agents[ACID],
        [Needled(zone=zone, **needled)],
        Needling(device=device, sex=sex, is_covered=covered),
        facts,
        draws=DRAWS,
    )
    return lane


def curves(lane: AbsorptionLane) -> tuple[tuple[float, ...], ...]:
    assert lane.gone_in.middle_pct is not None
    return lane.gone_in.low_pct, lane.gone_in.middle_pct, lane.gone_in.high_pct


def assert_never_less(more: AbsorptionLane, less: AbsorptionLane) -> None:
    for upper, lower in zip(curves(more), curves(less), strict=True):
        assert all(a >= b - GIVEN_BACK for a, b in zip(upper, lower, strict=True))


@few
@given(zones=ZONES, depth=DEPTHS, passes=PASSES, sex=SEXES, device=PENS, covered=st.booleans())
def test_every_lane_has_a_band_and_a_grade_and_never_falls_with_time(
    zones: list[Zone],
    depth: float,
    passes: int,
    sex: Sex | None,
    device: str,
    covered: bool,
    facts: Facts,
) -> None:
    lanes = predicted_lanes(
        facts.agents[ACID],
        [Needled(zone, depth, passes) for zone in zones],
        Needling(device, sex, covered),
        facts,
        draws=DRAWS,
    )
    assert sorted(zone for lane in lanes for zone in lane.zones) == sorted(zones)
    for lane in lanes:
        assert lane.grade in set(Grade)
        for curve in curves(lane):
            assert list(curve) == sorted(curve)
        for low, middle, high in zip(*curves(lane), strict=True):
            assert 0 <= low <= middle <= high <= 100
        assert lane.gone_in.low_pct[-1] < lane.gone_in.high_pct[-1]


@few
@given(
    zone=st.sampled_from(list(Zone)),
    depth=DEPTHS,
    passes=st.tuples(PASSES, PASSES),
    sex=SEXES,
    device=PENS,
)
def test_more_passes_never_bring_less_in(
    zone: Zone, depth: float, passes: tuple[int, int], sex: Sex | None, device: str, facts: Facts
) -> None:
    few_passes, many = (
        lane_of(facts, zone, device=device, sex=sex, covered=True, depth_mm=depth, passes=number)
        for number in sorted(passes)
    )
    assert_never_less(many, few_passes)


@few
@given(zone=st.sampled_from(list(Zone)), depth=DEPTHS, passes=PASSES, sex=SEXES, device=PENS)
def test_a_cover_that_keeps_holes_open_never_brings_less_in(
    zone: Zone, depth: float, passes: int, sex: Sex | None, device: str, facts: Facts
) -> None:
    bare, covered = (
        lane_of(facts, zone, device=device, sex=sex, covered=told, depth_mm=depth, passes=passes)
        for told in (False, True)
    )
    assert_never_less(covered, bare)


@given(
    grams=st.tuples(st.floats(0.1, 60), st.floats(0.1, 60)),
    hours=st.tuples(st.floats(0, 24), st.floats(0, 24)),
    minutes=st.floats(5, 600),
    area=st.floats(5, 600),
    cream=st.sampled_from(["lidocaine_prilocaine_cream", "lidocaine_tetracaine_peel"]),
)
def test_the_bound_of_numbing_rises_with_dose_and_time_and_never_above_what_was_put_on(
    grams: tuple[float, float],
    hours: tuple[float, float],
    minutes: float,
    area: float,
    cream: str,
    facts: Facts,
) -> None:
    agent = facts.agents[cream]
    skin = NumbedSkin(zones=(Zone.CHEEK_LEFT,), area_cm2=area, minutes=minutes)

    def taken_up(amount: float, hour: float) -> float:
        pct = most_taken_up_pct(agent, skin, facts, grams=amount, hours=hour)
        assert 0 <= pct <= 100
        return pct * amount

    (less, more), (soon, late) = sorted(grams), sorted(hours)
    rounding = 0.01 * more + 1e-9
    assert taken_up(less, soon) <= taken_up(less, late) + 1e-9
    assert taken_up(less, late) <= taken_up(more, late) + rounding
