"""Never deeper than is known to be safe."""

from pathlib import Path

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.judgement.findings import Verdict
from tests.people import a_case, a_plan, one_concern
from tests.spec.safety.reading import a_shelf, levels


@pytest.mark.parametrize(
    ("zone", "ceiling_mm"),
    [
        ("periorbital_left", 0.5),
        ("temple_right", 0.75),
        ("neck_front", 0.75),
        ("nose", 0.75),
        ("hand_left_dorsal", 0.5),
    ],
)
@pytest.mark.parametrize("device", ["generic_pen_6", "generic_pen_12", "generic_pen_14"])
def test_thin_skin_has_its_own_ceiling(
    facts: Facts, zone: str, ceiling_mm: float, device: str
) -> None:
    chosen = {zone: {"mm": 0.25, "chosen_by": "physician"}}
    concern = one_concern("wrinkles", zone)
    plan = a_plan(facts, device=device, concerns=concern, depth_mm=chosen)
    assert [planned.depth_mm.limit for planned in plan.zones] == [ceiling_mm]


def test_no_limit_lies_above_the_label_of_the_device(facts: Facts) -> None:
    plan = a_plan(facts, device="generic_pen_14")
    assert {zone.depth_mm.limit for zone in plan.zones} == {1.5}
    assert {zone.limit_reason.depth_mm for zone in plan.zones} == {1.5}


def test_a_wish_deeper_than_the_limit_is_refused(facts: Facts) -> None:
    plan = a_plan(facts, depth_mm={"cheek_left": 1.75})
    assert levels(plan)["depth.above_limit"] is Level.STOP
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_RIGHT]


def test_a_roller_longer_than_the_limit_is_refused(facts: Facts) -> None:
    nose = one_concern("texture", "nose")
    plan = a_plan(facts, device="roller_192_15", concerns=nose)
    assert levels(plan)["depth.nothing_allowed"] is Level.STOP
    assert not plan.is_made


@pytest.mark.parametrize("zone", ["decolletage", "hand_right_dorsal"])
def test_no_published_depth_means_no_advice(facts: Facts, zone: str) -> None:
    concern = one_concern("texture", zone)
    by_nurse = a_plan(facts, operator="nurse", concerns=concern)
    assert by_nurse.verdict is Verdict.REFER
    unchosen = a_plan(facts, operator="physician", concerns=concern)
    assert unchosen.verdict is Verdict.REFER
    chosen = {zone: {"mm": 0.25, "chosen_by": "physician"}}
    (planned,) = a_plan(facts, operator="physician", concerns=concern, depth_mm=chosen).zones
    assert planned.depth_mm.recommended is None
    assert planned.depth_mm.chosen == pytest.approx(0.25)


@pytest.mark.parametrize("word", ["eyelid_left", "upper_eyelid", "lower_lid_right", "eye"])
def test_lids_are_no_zone(facts: Facts, word: str) -> None:
    with pytest.raises(CaseError) as caught:
        a_case(facts, concerns=one_concern("wrinkles", word))
    assert word in str(caught.value)
    assert all("lid" not in zone for zone in Zone)


def test_the_rim_is_named_on_every_plan_beside_the_eye(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("wrinkles", "periorbital_left"))
    rim = next(finding for finding in plan.findings if finding.rule == "depth.orbital_rim")
    assert "never on the lids" in rim.reason
    assert rim.facts == ("depths/depth.36",)


def test_memory_and_seller_rows_never_loosen(facts: Facts, tmp_path: Path) -> None:
    """A recalled or advertised 3 mm leaves limit and advice where they were."""
    before = a_plan(facts, device="generic_pen_12").zones[0].depth_mm
    deeper = a_shelf(
        tmp_path,
        table="depths.csv",
        before="any,face,pen,none,1.0,2.0,none,none,none,DRPEN_CHART",
        after="any,face,pen,none,1.0,5.0,none,none,none,DRPEN_CHART",
    )
    after = a_plan(deeper, device="generic_pen_12").zones[0].depth_mm
    assert after == before


def test_a_memory_row_is_never_a_limit(facts: Facts, tmp_path: Path) -> None:
    """Even a row of the right kind does not count when it rests on memory."""
    recalled = a_shelf(
        tmp_path,
        table="depths.csv",
        before='"clinical study summary, opening",expert,adults 22 and over with facial acne scars',
        after='"clinical study summary, opening",memory,adults 22 and over with facial acne scars',
    )
    limited_by = {zone.depth_mm.limited_by for zone in a_plan(recalled).zones}
    assert "depths/depth.2" not in limited_by
    assert {zone.depth_mm.limit for zone in a_plan(recalled).zones} == {1.5}


def test_radiofrequency_is_never_selected(facts: Facts) -> None:
    other = {
        f"{name}/{row.key}"
        for name in ("depths", "recovery", "series", "outcomes")
        for row in facts.table(name)
        if row.cells["modality"] == "radiofrequency"
    }
    assert other
    for concern in ("laxity", "acne_scars", "wrinkles"):
        plan = a_plan(facts, concerns=one_concern(concern, "cheek_left", "forehead"))
        assert other.isdisjoint(plan.provenance.facts)


def test_off_label_use_is_said(facts: Facts) -> None:
    assert "label.outside_indication" not in levels(a_plan(facts))
    for change in (
        {"concerns": one_concern("texture", "cheek_left")},
        {"concerns": one_concern("acne_scars", "abdomen")},
        {"age": 20},
        {"device": "roller_192_10"},
        {"device": "generic_pen_6", "phototype": "V"},
    ):
        assert levels(a_plan(facts, **change))["label.outside_indication"] is Level.CAUTION


def test_a_licence_rule_only_lowers(facts: Facts) -> None:
    free = a_plan(facts, operator="esthetician").zones[0].depth_mm.limit
    for key, licence in facts.licences.items():
        if licence.depth_mm_max is None or licence.operator != "esthetician":
            continue
        bound = a_plan(facts, operator="esthetician", licence=key)
        assert all(zone.depth_mm.limit <= licence.depth_mm_max for zone in bound.zones)
        assert all(zone.depth_mm.limit <= free for zone in bound.zones)
    assert not a_plan(
        facts, operator="esthetician", licence="example_california_esthetician"
    ).is_made


def test_no_advice_goes_deeper_than_the_skin_of_the_breast(facts: Facts) -> None:
    """Its own row says 1.44 mm of skin in all, 0.5 mm at its thinnest."""
    (breast,) = a_plan(facts, concerns=one_concern("stretch_marks", "breast_left")).zones
    assert breast.depth_mm.recommended is None or breast.depth_mm.recommended < 1.44


def test_a_depth_published_for_numbing_is_no_advice_for_skin(facts: Facts) -> None:
    """The forearm's one study rolled at 0.2 mm before a cream, for no concern of ours."""
    plan = a_plan(facts, concerns=one_concern("texture", "forearm_left"))
    assert "depth.no_published_depth" in levels(plan)


def test_a_roller_longer_than_the_narrowed_range_is_not_advised(facts: Facts) -> None:
    lines = one_concern("wrinkles", "forehead")
    dial = a_plan(facts, device="generic_pen_14", concerns=lines).zones[0].depth_mm
    fixed = a_plan(facts, device="roller_192_15", concerns=lines).zones[0].depth_mm
    assert dial.high < 1.5
    assert fixed.recommended is None


def test_a_depth_the_device_cannot_be_set_to_is_not_planned(facts: Facts) -> None:
    plan = a_plan(facts, device="roller_192_15", depth_mm={"cheek_left": 0.5})
    assert Zone.CHEEK_LEFT not in {zone.zone for zone in plan.zones}


def test_a_licence_rule_for_somebody_else_is_told(facts: Facts) -> None:
    plan = a_plan(facts, operator="nurse", licence="example_utah_esthetician")
    assert any("licence" in finding.rule for finding in plan.findings)


def test_off_label_use_cites_the_clearances(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("texture", "cheek_left"))
    told = next(f for f in plan.findings if f.rule == "label.outside_indication")
    assert not any(fact.startswith("depths/") for fact in told.facts)
