"""A plan tells what was seen of its own skin, and draws no curve that a measurement denies."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.planning.plan.collagen_timeline import pulse_days
from percuta.planning.plan.plan import Plan
from percuta.science.numerics.sampling import Draws
from tests.people import a_plan, one_concern


def events_of(plan: Plan) -> set[str]:
    return {seen.fact.removeprefix("adverse_events/adverse_events.") for seen in plan.seen_events}


def test_events_of_stretch_marks_and_of_products_do_not_stand_on_a_face_plan(facts: Facts) -> None:
    shown = events_of(a_plan(facts))
    assert not {name for name in shown if "striae" in name}
    assert not {"pih_txa_meso", "pih_severe_chawla2014"} & shown
    assert {"pih_dogra2014", "tram_track_dogra2014", "pih_minh2019", "serious_juhasz2020"} <= shown


def test_events_of_the_face_do_not_stand_on_a_plan_for_stretch_marks(facts: Facts) -> None:
    shown = events_of(a_plan(facts, concerns=one_concern("stretch_marks", "thigh_left")))
    assert {"pih_striae2023", "infection_striae2023", "serious_juhasz2020"} <= shown
    assert not {"pih_dogra2014", "pih_minh2019", "persisting_skinpen"} & shown


def test_a_site_where_nobody_counted_shows_all_counts_of_needling_alone(facts: Facts) -> None:
    """None counted there is not none seen."""
    shown = events_of(a_plan(facts, concerns=one_concern("wrinkles", "neck_front")))
    assert {"pih_dogra2014", "pih_striae2023", "tram_track_dogra2014"} <= shown
    assert "pih_txa_meso" not in shown


def test_people_of_a_prototype_are_not_counted_for_the_cleared_device(facts: Facts) -> None:
    told = {seen.fact: seen for seen in a_plan(facts).seen_events}
    skinpen = told["adverse_events/adverse_events.persisting_skinpen"]
    assert (skinpen.events_n, skinpen.people_n, skinpen.upper_pct) == (0, 20, 16.9)


def test_earlier_editions_show_what_they_showed(earlier: Facts) -> None:
    assert "pih_striae2023" in events_of(a_plan(earlier))


def test_a_curve_that_leaves_out_the_only_measurement_is_not_drawn(facts: Facts) -> None:
    plan = a_plan(facts, topicals=["tranexamic_acid_solution"])
    assert plan.course is not None
    assert "tranexamic_acid_solution" not in {lane.product for lane in plan.course.absorption}
    told = {without.product: without.why for without in plan.course.no_lane}
    why = told["tranexamic_acid_solution"]
    assert "found 11 (9 to 14) in 100 parts" in why.text
    assert why.facts == ("absorption_measured/share_gone_in.tranexamic_acid",)


def test_a_curve_that_holds_the_measurement_is_drawn(facts: Facts, tmp_path: Path) -> None:
    folder = tmp_path / "2026-12-02"
    shutil.copytree(facts.folder, folder)
    table = folder / "absorption_measured.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("11.31,9.01,13.61", "90,89,91"), encoding="utf-8")
    plan = a_plan(Facts(folder), topicals=["tranexamic_acid_solution"])
    assert plan.course is not None
    assert "tranexamic_acid_solution" in {lane.product for lane in plan.course.absorption}


def test_the_band_of_collagen_rests_on_enough_draws(earlier: Facts) -> None:
    """The end of a pulse by another root, another generator and ten times the draws."""
    rows, rng = earlier.remodelling, np.random.default_rng(99)

    def drawn(name: str, above: float) -> Draws:
        row = rows[name, "any"]
        width = np.log((row.high - above) / (row.low - above)) / (2 * 1.6448536)
        found: Draws = above + (row.value - above) * np.exp(width * rng.standard_normal(200_000))
        return found

    peak, shape = drawn("peak_time", 0.0), drawn("pulse_shape", 1.0)
    beyond = -np.log(rows["pulse_over_below", "any"].value) / (shape - 1)
    low, high = np.ones_like(peak), np.full_like(peak, 200.0)
    for _ in range(60):
        middle = (low + high) / 2
        is_over = middle - np.log(middle) > 1 + beyond
        low, high = np.where(is_over, low, middle), np.where(is_over, middle, high)
    ends = np.quantile(peak * high, (0.05, 0.95))
    told_low, _, told_high = pulse_days(earlier)
    assert told_low == pytest.approx(ends[0], rel=0.02)
    assert told_high == pytest.approx(ends[1], rel=0.02)
