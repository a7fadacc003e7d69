"""A depth is advised only by rows that name this zone and this concern; a limit is never advice."""

from pathlib import Path
from shutil import copytree

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Concern, Phototype, Zone
from percuta.planning.case.advice_basis import AdvisedBy
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.zone_plan import ZonePlan
from tests.people import a_plan, one_concern

FACE = (
    *("forehead", "glabella", "temple_left", "periorbital_left", "nose", "cheek_left"),
    *("upper_lip", "perioral", "chin", "jawline_left"),
)


CONCERNS = [concern.value for concern in Concern if concern in open_edition("2026-11-23").concerns]
"""Concerns that both editions know; of the others no depth is advised (``test_concerns``)."""


def zones(plan: Plan) -> dict[str, ZonePlan]:
    return {zone.zone.value: zone for zone in plan.zones}


def advised(facts: Facts, concern: str, *places: str, **changes: object) -> dict[str, float | None]:
    plan = a_plan(facts, concerns=one_concern(concern, *places), **changes)
    return {name: zone.depth_mm.recommended for name, zone in zones(plan).items()}


# zone, concern, depth in mm, what it follows from: typed by hand from the rows that name the zone
TABLE = [
    ("forehead", "texture", 0.75, AdvisedBy.ZONE),
    ("glabella", "texture", 1.0, AdvisedBy.ZONE),
    ("cheek_left", "texture", 1.0, AdvisedBy.ZONE),
    ("nose", "texture", 0.5, AdvisedBy.ZONE),
    ("jawline_left", "texture", 0.5, AdvisedBy.NEIGHBOUR),
    ("chin", "texture", 0.5, AdvisedBy.NEIGHBOUR),
    ("perioral", "texture", 0.5, AdvisedBy.NEIGHBOUR),
    ("upper_lip", "texture", 0.5, AdvisedBy.NEIGHBOUR),
    ("upper_lip", "fine_lines", 0.75, AdvisedBy.ZONE),
    ("periorbital_left", "fine_lines", 0.5, AdvisedBy.ZONE),
    ("cheek_left", "wrinkles", 0.5, AdvisedBy.NEIGHBOUR),
    ("cheek_left", "acne_scars", None, None),
    ("cheek_left", "enlarged_pores", None, None),
    ("chin", "laxity", None, None),
    ("neck_front", "wrinkles", None, None),
    ("neck_front", "texture", None, None),
    ("abdomen", "stretch_marks", None, None),
]


@pytest.mark.parametrize(("zone", "concern", "depth", "by"), TABLE)
def test_what_is_advised_where(
    zone: str, concern: str, depth: float | None, by: AdvisedBy | None, facts: Facts
) -> None:
    (planned,) = a_plan(facts, concerns=one_concern(concern, zone)).zones
    assert planned.depth_mm.recommended == (None if depth is None else pytest.approx(depth))
    assert planned.depth_mm.advised_by == by


def test_no_lip_chin_or_jaw_is_advised_deeper_than_the_forehead(facts: Facts) -> None:
    depths = advised(facts, "texture", *FACE)
    forehead = depths["forehead"]
    assert forehead is not None
    for place in ("jawline_left", "chin", "perioral", "upper_lip"):
        assert (depths[place] or 0.0) <= forehead


@pytest.mark.parametrize("concern", CONCERNS)
@pytest.mark.parametrize("tone", ["II", "IV", "VI"])
def test_the_limit_is_never_the_advice(concern: str, tone: str, facts: Facts) -> None:
    """What is advised is the deep end of a row that names a site, or the least of the dial."""
    plan = a_plan(facts, concerns=one_concern(concern, *FACE, "neck_front"), phototype=tone)
    for zone in plan.zones:
        depth = zone.depth_mm
        if depth.recommended is None:
            continue
        by_rows = {AdvisedBy.ZONE, AdvisedBy.NEIGHBOUR}
        rows = [fact for reason in zone.why[1:] for fact in reason.facts if "depths/" in fact]
        assert depth.advised_by not in by_rows or rows
        if depth.recommended == depth.limit and depth.advised_by in by_rows:
            ends = [facts.row(fact).cells["depth_mm_hi"] for fact in rows]
            assert depth.limit in ends


@pytest.mark.parametrize("concern", CONCERNS)
def test_nothing_is_advised_deeper_than_before(concern: str, facts: Facts, earlier: Facts) -> None:
    places = (*FACE, "neck_front", "abdomen", "thigh_left")
    before = zones(a_plan(earlier, concerns=one_concern(concern, *places)))
    for name, depth in advised(facts, concern, *places).items():
        assert depth is None or depth <= before[name].depth_mm.high


def test_a_neighbour_that_lends_its_depth_is_named(facts: Facts) -> None:
    (jaw,) = a_plan(facts, concerns=one_concern("texture", "jawline_left")).zones
    told = " ".join(reason.text for reason in jaw.why)
    assert "No depth names jawline skin for texture." in told
    assert "names nose skin" in told


@pytest.mark.parametrize("tone", [tone.value for tone in Phototype])
@pytest.mark.parametrize("concern", ["hyperpigmentation", "uneven_tone"])
def test_pigment_gets_the_shallowest_setting_in_every_skin_type(
    concern: str, tone: str, facts: Facts
) -> None:
    depths = advised(facts, concern, "cheek_left", "forehead", phototype=tone)
    assert set(depths.values()) == {0.25}


def test_what_the_one_pilot_did_for_pigment_is_shown(facts: Facts) -> None:
    (cheek,) = a_plan(facts, concerns=one_concern("hyperpigmentation", "cheek_left")).zones
    told = " ".join(reason.text for reason in cheek.why)
    assert "1.5 mm was set in 6 women, FST III-IV: not advised." in told


def test_a_roller_has_no_shallowest_setting_to_advise(facts: Facts) -> None:
    depths = advised(facts, "hyperpigmentation", "cheek_left", device="roller_192_15")
    assert depths == {"cheek_left": None}


@pytest.mark.parametrize("tone", ["IV", "V", "VI"])
@pytest.mark.parametrize("concern", ["texture", "fine_lines", "wrinkles", "acne_scars", "laxity"])
def test_dark_skin_is_advised_by_trials_in_dark_skin_alone(
    tone: str, concern: str, facts: Facts
) -> None:
    """Sellers' charts name no skin type; no trial in these types names a zone."""
    assert set(advised(facts, concern, *FACE, phototype=tone).values()) == {None}


def test_a_trial_in_the_person_s_own_skin_type_may_advise(facts: Facts, tmp_path: Path) -> None:
    shelf = with_a_trial(facts, tmp_path, phototypes="V")
    assert advised(shelf, "texture", "cheek_left", phototype="V") == {"cheek_left": 0.5}
    assert advised(shelf, "texture", "cheek_left", phototype="IV") == {"cheek_left": None}


def test_a_trial_that_did_not_tell_its_skin_types_speaks_for_no_dark_skin(
    facts: Facts, tmp_path: Path
) -> None:
    shelf = with_a_trial(facts, tmp_path, phototypes="unknown")
    assert advised(shelf, "texture", "cheek_left", phototype="V") == {"cheek_left": None}


def with_a_trial(facts: Facts, folder: Path, *, phototypes: str) -> Facts:
    """The edition with one more trial: 0.5 mm for the texture of cheeks."""

    copy = folder / facts.edition
    copytree(facts.folder, copy)
    path = copy / "depths.csv"
    row = (
        "trial.new,studied_protocol,needling,texture,none,cheek,pen,none,0.5,0.5,none,none,"
        f"{phototypes},ABLON2018,invented,measured,people of a test,\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    return Facts(copy)


def test_neck_wrinkles_name_the_cleared_trial_and_keep_the_limit(facts: Facts) -> None:
    (neck,) = a_plan(facts, concerns=one_concern("wrinkles", "neck_front")).zones
    (told,) = (reason for reason in neck.why if "trial behind the clearance" in reason.text)
    assert "went up to 2.5 mm" in told.text
    assert "ALQAM2022" in told.sources
    assert neck.depth_mm.limit == pytest.approx(0.75)


def test_an_empty_depth_is_left_to_whoever_signs(facts: Facts) -> None:
    plan = a_plan(facts, depth_mm={"cheek_left": 1.0})
    left, right = plan.zones
    assert (left.depth_mm.recommended, left.depth_mm.to_choose) == (None, False)
    assert (right.depth_mm.recommended, right.depth_mm.to_choose) == (None, True)
    assert right.zone is Zone.CHEEK_RIGHT
    assert any("Whoever may sign chooses inside the limit" in why.text for why in right.why)


def test_earlier_editions_advise_as_they_did(earlier: Facts) -> None:
    assert not earlier.depth_advice
    (chin,) = a_plan(earlier, concerns=one_concern("texture", "chin")).zones
    assert chin.depth_mm.recommended == pytest.approx(1.5)
    assert "advised_by" not in chin.model_dump(mode="json")["depth_mm"]
