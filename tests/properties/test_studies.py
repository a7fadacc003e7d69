"""Whatever a study asks, a person's row is their own: nobody else's plans or number change it."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from percuta.facts.edition import open_edition
from percuta.study.chunks import PlanRows, chunk_rows
from percuta.study.design import Study
from percuta.study.reading import parse_study
from tests.studies import a_cohort, a_study

FACTS = open_edition()
ZONES = ("cheek_left", "forehead", "neck_front", "scalp")
DEVICES = {"generic_pen_12": (0.25, 0.5, 1.0, 2.0), "roller_192_10": (1.0,)}


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    device = draw(st.sampled_from(sorted(DEVICES)))
    zone = draw(st.none() | st.sampled_from(ZONES))
    plan = {
        "device": device,
        "depth_mm": draw(st.sampled_from(DEVICES[device])),
        "passes": draw(st.integers(1, 8)),
        "covered": draw(st.booleans()),
    }
    return plan if zone is None else plan | {"zone": zone}


def rows(study: Study, chunk: int) -> list[PlanRows]:
    return list(chunk_rows(study, FACTS, chunk))


def assert_same(one: PlanRows, other: PlanRows, people: int) -> None:
    for name, values in one.figures.items():
        assert np.array_equal(values[:people], other.figures[name][:people]), name
    assert np.array_equal(one.zone[:people], other.zone[:people])


def read(**changes: Any) -> Study:
    return parse_study(a_study(**changes), FACTS)


@settings(max_examples=40, deadline=None)
@given(st.lists(plans(), min_size=2, max_size=5), st.integers(0, 2**32 - 1), st.data())
def test_other_plans_change_nobody_s_row(
    asked: list[dict[str, Any]], seed: int, data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(asked) - 1))
    together = rows(read(plans=asked, seed=seed), 1)[number]
    (alone,) = rows(read(plans=[asked[number]], seed=seed), 1)
    assert_same(together, alone, 10)


@settings(max_examples=5, deadline=None)
@given(st.lists(plans(), min_size=2, max_size=3), st.integers(0, 2**32 - 1))
def test_nor_what_goes_into_anybody_s_skin(asked: list[dict[str, Any]], seed: int) -> None:
    topical = {"absorption": "tranexamic_acid_solution", "seed": seed}
    together = rows(read(plans=asked, **topical), 2)[-1]
    (alone,) = rows(read(plans=[asked[-1]], **topical), 2)
    assert_same(together, alone, 10)
    (without,) = rows(read(plans=[asked[-1]], seed=seed), 2)
    assert set(alone.figures) > set(without.figures)
    assert_same(without, alone, 10)


@settings(max_examples=20, deadline=None)
@given(st.integers(11, 200), st.integers(11, 200), plans())
def test_more_people_change_nobody_s_row(few: int, many: int, plan: dict[str, Any]) -> None:
    few, many = sorted((few, many))
    (small,) = rows(read(plans=[plan], cohort=a_cohort(people=few)), 1)
    (large,) = rows(read(plans=[plan], cohort=a_cohort(people=many)), 1)
    assert small.people.number.size <= large.people.number.size
    assert_same(small, large, small.people.number.size)


@settings(max_examples=20, deadline=None)
@given(plans(), st.integers(0, 2**32 - 1))
def test_a_deeper_dial_reaches_nobody_less(plan: dict[str, Any], seed: int) -> None:
    sweep = plan | {"device": "generic_pen_12", "depth_mm": [0.5, 1.0, 1.5]}
    found = rows(read(plans=[sweep], seed=seed), 0)
    for name in ("reached_mm", "reach_dermis_pct", "through_dermis_pct"):
        depths = np.array([each.figures[name] for each in found])
        assert np.all(np.diff(depths, axis=0) >= 0), name


@settings(max_examples=20, deadline=None)
@given(plans())
def test_a_cover_never_lets_the_barrier_close_earlier(plan: dict[str, Any]) -> None:
    covered, in_air = rows(read(plans=[plan | {"covered": [True, False]}]), 0)
    assert np.all(covered.figures["barrier_closed_h"] >= in_air.figures["barrier_closed_h"])
    assert np.array_equal(covered.figures["redness_gone_h"], in_air.figures["redness_gone_h"])
