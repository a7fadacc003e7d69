"""What must never happen, in plain words. ``docs/explanation/hazard-log.md`` names each test."""

import io
import math
import socket
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from percuta.cli.main import run
from percuta.errors import CaseError, FactError, PlanError, UnknownEdition, UnknownUnit
from percuta.facts.edition import BUILT_IN, Facts, open_edition
from percuta.facts.schema import read_schema
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.comparison import stricter
from percuta.planning.findings import Verdict
from percuta.planning.numbing import numbing_limits
from percuta.planning.plan import Plan
from percuta.planning.reading import parse_case
from percuta.planning.recheck import read_plan, recheck
from percuta.report.pdf import write_pdf
from percuta.units import convert, to_si
from tests.case_files import write_case
from tests.people import SESSION, a_case, a_plan, one_concern, raw_case

EMLA = "lidocaine_prilocaine_cream"
PEEL = "lidocaine_tetracaine_peel"
CREAM = "lidocaine_4_cream"


def levels(plan: Plan) -> dict[str, Level]:
    return {finding.rule: finding.level for finding in plan.findings}


def grams(facts: Facts, product: str = EMLA, **changes: Any) -> float:
    plan = a_plan(facts, numbing=product, **changes)
    assert plan.numbing is not None
    assert plan.numbing.grams_max is not None
    return plan.numbing.grams_max


def a_shelf(folder: Path, *, table: str = "", before: str = "", after: str = "") -> Facts:
    """A copy of the newest edition on another shelf, with one text in one table replaced."""
    newest = open_edition().folder
    copy = folder / newest.name
    copytree(newest, copy)
    if table:
        path = copy / table
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, after), encoding="utf-8")
    return Facts(copy)


# Depth


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
    plan = a_plan(facts, device=device, concerns=one_concern("wrinkles", zone))
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
    (planned,) = a_plan(facts, operator="physician", concerns=concern).zones
    assert planned.depth_mm.recommended is None


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
        before="any,face,pen,none,1.0,2.0,none,none,DRPEN_CHART",
        after="any,face,pen,none,1.0,5.0,none,none,DRPEN_CHART",
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


# Units, sides, dates


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(UnknownUnit):
        to_si(1.5, "inch")
    assert math.isclose(to_si(1.5, "mm"), 0.0015)
    assert math.isclose(convert(4, source="weeks", target="days"), 28)


def test_a_column_cannot_hide_its_unit(tmp_path: Path) -> None:
    """A column called mm whose schema says cm is refused."""
    schema = (open_edition().folder / "depths.toml").read_text(encoding="utf-8")
    wrong = schema.replace('about = "deep end"\nunit = "mm"', 'about = "deep end"\nunit = "cm"')
    assert wrong != schema
    path = tmp_path / "depths.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(FactError, match="does not carry its unit"):
        read_schema(path)


def test_a_depth_in_another_unit_is_out_of_range(facts: Facts) -> None:
    """1.5 mm written as 150 (hundredths) or 1500 (um) is a fault of the case, not a plan."""
    for wrong in (150.0, 1500.0):
        with pytest.raises(CaseError, match="depth_mm"):
            a_case(facts, depth_mm={"cheek_left": wrong})


def test_left_stays_left(facts: Facts) -> None:
    plan = a_plan(facts, tattoo_in_zone={"status": "yes", "zones": ["cheek_left"]})
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_RIGHT]
    assert [zone.name for zone in plan.zones] == ["Cheek, right"]
    assert [zone.patient_name for zone in plan.zones] == ["your right cheek"]


def test_both_sides_are_treated_alike(facts: Facts) -> None:
    for zone in Zone:
        if not zone.endswith("_left"):
            continue
        left = a_plan(facts, concerns=one_concern("texture", zone)).zones
        other = zone.replace("_left", "_right")
        right = a_plan(facts, concerns=one_concern("texture", other)).zones
        assert [z.depth_mm for z in left] == [z.depth_mm for z in right]
        assert [z.area_cm2 for z in left] == [z.area_cm2 for z in right]


def test_sessions_keep_their_distance_over_year_end_and_leap_day(facts: Facts) -> None:
    for first in (SESSION, date(2027, 12, 20), date(2028, 2, 10)):
        series = a_plan(facts, date=first).series
        assert series is not None
        assert series.interval_weeks is not None
        gaps = [b - a for a, b in zip(series.dates, series.dates[1:], strict=False)]
        assert all(gap >= timedelta(weeks=series.interval_weeks) for gap in gaps)


def test_a_waiting_time_is_counted_in_calendar_days(facts: Facts) -> None:
    """14 days after 20 February 2028, a leap year, is 5 March."""
    tanned = {"status": "past", "last": date(2028, 2, 20)}
    plan = a_plan(facts, tan_or_sunbed=tanned, date=date(2028, 3, 1))
    assert plan.earliest_date == date(2028, 3, 5)


# The person


@pytest.mark.parametrize("item", ["skin_infection", "herpes_active", "systemic_infection"])
def test_no_needling_with_an_infection(facts: Facts, item: str) -> None:
    plan = a_plan(facts, **{item: "yes"})
    assert plan.verdict is Verdict.DEFER
    assert not plan.is_made


def test_no_needling_over_cancer(facts: Facts) -> None:
    here = {"status": "yes", "zones": ["cheek_left"]}
    for item in ("skin_cancer_in_zone", "suspicious_lesion_in_zone", "actinic_keratosis_in_zone"):
        plan = a_plan(facts, **{item: here})
        assert levels(plan)[item] is Level.STOP
        assert Zone.CHEEK_LEFT not in {zone.zone for zone in plan.zones}
        everywhere = a_plan(facts, **{item: "yes"})
        assert not everywhere.is_made


def test_a_clearance_counts_only_once_it_is_written(facts: Facts) -> None:
    def cleared(day: date) -> Plan:
        return a_plan(facts, systemic_corticosteroid={"status": "current", "cleared": day})

    assert not cleared(SESSION + timedelta(days=1)).is_made
    assert levels(cleared(SESSION))["systemic_corticosteroid"] is Level.CAUTION
    with pytest.raises(CaseError, match=r"skin_cancer_in_zone\.cleared"):
        a_plan(facts, skin_cancer_in_zone={"status": "yes", "cleared": SESSION})


def test_a_deferred_zone_waits(facts: Facts) -> None:
    burnt = {
        "status": "past",
        "last": SESSION - timedelta(days=3),
        "zones": ["cheek_left"],
    }
    plan = a_plan(facts, sunburn=burnt)
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_RIGHT]
    assert plan.series is not None
    (later,) = plan.series.later_zones
    assert later.zone is Zone.CHEEK_LEFT
    assert later.until == (SESSION + timedelta(days=11)).isoformat()


@pytest.mark.parametrize("item", ["pregnancy", "breastfeeding"])
@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_no_needling_in_pregnancy_or_while_nursing(facts: Facts, item: str, answer: str) -> None:
    plan = a_plan(facts, **{item: answer})
    assert plan.verdict is Verdict.DEFER
    assert not plan.is_made


def test_isotretinoin_waits_to_the_day(facts: Facts) -> None:
    def after(days: int) -> Plan:
        return a_plan(
            facts, isotretinoin={"status": "past", "last": SESSION - timedelta(days=days)}
        )

    assert after(179).verdict is Verdict.DEFER
    assert after(179).earliest_date == SESSION + timedelta(days=1)
    assert levels(after(180))["isotretinoin.recent"] is Level.CAUTION
    assert levels(after(364))["isotretinoin.recent"] is Level.CAUTION
    assert "isotretinoin.recent" not in levels(after(365))
    assert not a_plan(facts, isotretinoin="current").is_made
    assert not a_plan(facts, isotretinoin="unknown").is_made


def test_a_missing_answer_is_not_a_no(facts: Facts) -> None:
    """Every required item left unanswered leaves the plan unmade and is asked for by name."""
    asked_of_all = {
        rule.history_key
        for rule in facts.screening
        if rule.is_required and rule.applies_if == "always"
    }
    assert len(asked_of_all) > 20
    for item in sorted(asked_of_all):
        plan = a_plan(facts, **{item: None})
        assert plan.verdict is Verdict.INCOMPLETE, item
        assert not plan.is_made
        assert plan.questions


@pytest.mark.parametrize("who", ["age", "sex", "phototype"])
def test_nothing_about_the_person_is_assumed(facts: Facts, who: str) -> None:
    plan = a_plan(facts, **{who: None})
    assert plan.verdict is Verdict.INCOMPLETE
    assert f"person.{who}" in {question.rule for question in plan.questions}


def test_a_past_answer_without_its_date_is_asked_again(facts: Facts) -> None:
    plan = a_plan(facts, isotretinoin={"status": "past"})
    assert plan.verdict is Verdict.INCOMPLETE


def test_a_misspelt_item_is_a_fault(facts: Facts) -> None:
    raw = raw_case(facts)
    raw["history"]["isotretinoine"] = raw["history"].pop("isotretinoin")
    with pytest.raises(CaseError, match="is it 'isotretinoin'"):
        parse_case(raw, facts)


def test_steel_allergy_stops_steel_needles(facts: Facts) -> None:
    plan = a_plan(facts, metal_allergy="yes")
    assert plan.verdict is Verdict.UNSUITABLE
    assert a_plan(facts, nickel_allergy="yes").verdict is Verdict.REFER


# Numbing


def test_numbing_is_never_above_any_ceiling(facts: Facts) -> None:
    """Grams stay under the label's most, its layer on that skin, and 4.5 mg/kg and 300 mg."""
    for product, most, layer, strength in ((EMLA, 60.0, 0.125, 50.0), (PEEL, 53.0, 0.1325, 140.0)):
        for weight in (35.0, 50.0, 62.0, 80.0, 140.0):
            given = grams(facts, product, weight_kg=weight)
            absorbed_mg = given * strength * 0.10
            assert given <= most
            assert given <= layer * 120 + 1e-9
            assert absorbed_mg <= min(300.0, 4.5 * weight)


def test_a_lighter_person_never_gets_more(facts: Facts) -> None:
    for product in (EMLA, PEEL):
        amounts = [grams(facts, product, weight_kg=float(kg)) for kg in range(30, 151, 5)]
        assert amounts == sorted(amounts)


def test_other_anaesthetic_of_the_day_is_counted_in(facts: Facts) -> None:
    amounts = [
        grams(facts, PEEL, weight_kg=50.0, other_local_anaesthetic_mg=float(mg))
        for mg in (0, 50, 100, 150, 200, 220)
    ]
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[-1] < 1
    used_up = a_plan(facts, numbing=PEEL, weight_kg=50.0, other_local_anaesthetic_mg=225.0)
    assert used_up.numbing is None
    silent = a_plan(facts, numbing=PEEL)
    assert "numbing.other_anaesthetic_not_told" in levels(silent)


def test_no_more_skin_is_numbed_than_the_label_allows(facts: Facts) -> None:
    wide = one_concern("texture", *list(Zone)[:14])
    plan = a_plan(facts, numbing=PEEL, concerns=[*wide, *one_concern("stretch_marks", "abdomen")])
    assert plan.numbing is not None
    assert plan.numbing.area_cm2 is not None
    assert plan.numbing.area_cm2 <= 400
    assert Zone.ABDOMEN not in plan.numbing.zones
    assert levels(plan)["numbing.part_of_the_area"] is Level.CAUTION


def test_numbing_stays_away_from_the_eyes(facts: Facts) -> None:
    eyes = one_concern("wrinkles", "periorbital_left", "cheek_left")
    plan = a_plan(facts, numbing=EMLA, concerns=eyes)
    assert plan.numbing is not None
    assert plan.numbing.zones == (Zone.CHEEK_LEFT,)
    assert "numbing.not_near_eyes" in levels(plan)


def test_no_weight_no_grams(facts: Facts) -> None:
    case = a_case(facts, weight_kg=None, numbing=EMLA)
    assert numbing_limits(facts.agents[EMLA], case, facts).grams_max is None
    assert a_plan(facts, weight_kg=None, numbing=EMLA).verdict is Verdict.INCOMPLETE


def test_no_sourced_row_no_figure(facts: Facts) -> None:
    """Lidocaine 4% cream has no usable adult area row, so it gets no grams."""
    plan = a_plan(facts, numbing=CREAM)
    assert plan.numbing is not None
    assert plan.numbing.grams_max is None
    assert plan.numbing.area_cm2 is None
    assert levels(plan)["numbing.no_figure"] is Level.REFER


def test_rows_marked_do_not_use_are_never_a_limit(facts: Facts) -> None:
    banned = {f"anaesthetics/{r.key}" for r in facts.anaesthetics if r.use == "do_not_use"}
    assert banned
    for product in (EMLA, PEEL, CREAM):
        plan = a_plan(facts, numbing=product)
        assert plan.numbing is not None
        told = {fact for reason in plan.numbing.why for fact in reason.facts}
        assert banned.isdisjoint(told | {plan.numbing.limited_by, plan.numbing.runner_up})


def test_never_numb_needled_skin(facts: Facts) -> None:
    for product in (EMLA, PEEL, CREAM):
        plan = a_plan(facts, numbing=product)
        assert "never put it on needled skin" in plan.never
        assert facts.agents[product].on_needled_skin == "never"
    assert "never put it on needled skin" in a_plan(facts, numbing="none").never


def test_methaemoglobinaemia_takes_prilocaine_away(facts: Facts) -> None:
    at_risk = a_plan(facts, numbing=EMLA, methaemoglobinaemia_or_g6pd="yes")
    assert at_risk.numbing is None
    assert levels(at_risk)["methaemoglobinaemia_or_g6pd"] is Level.STOP
    told = a_plan(facts, numbing=EMLA).numbing
    assert told is not None
    assert "methaemoglobinaemia" in told.warning
    assert a_plan(facts, numbing=PEEL, methaemoglobinaemia_or_g6pd="yes").numbing is not None


def test_an_allergy_takes_the_numbing_away(facts: Facts) -> None:
    assert a_plan(facts, numbing=EMLA, anaesthetic_allergy="yes").numbing is None
    assert a_plan(facts, numbing=CREAM, soya_or_peanut_allergy="yes").numbing is None
    assert a_plan(facts, numbing=PEEL, pseudocholinesterase_deficiency="yes").numbing is None
    lidocaine = {"status": "yes", "ingredients": ["lidocaine"]}
    assert a_plan(facts, numbing=EMLA, product_ingredient_allergy=lidocaine).numbing is None


# Products and afterwards


def test_a_product_the_person_reacts_to_is_not_used(facts: Facts) -> None:
    glycol = {"status": "yes", "ingredients": ["propylene_glycol"]}
    plan = a_plan(facts, product_ingredient_allergy=glycol, glide="pectin_glide_gel")
    for product in (plan.glide, plan.soothing):
        assert product is not None
        held = set(facts.agents[product.product].ingredients)
        assert held.isdisjoint({"propylene_glycol", "unknown"})
    unnamed = a_plan(facts, product_ingredient_allergy="yes")
    assert unnamed.glide is None
    assert unnamed.soothing is None


@pytest.mark.parametrize("serum", ["vitamin_c_serum", "cosmetic_hyaluronic_serum"])
def test_a_serum_not_meant_for_needled_skin_is_left_out(facts: Facts, serum: str) -> None:
    plan = a_plan(facts, soothing=serum)
    assert plan.soothing is not None
    assert plan.soothing.product != serum
    assert levels(plan)["product.never_on_needled_skin"] is Level.STOP
    unlabelled = a_plan(facts, soothing="petrolatum_ointment")
    assert levels(unlabelled)["product.not_labelled_for_needled_skin"] is Level.CAUTION


def test_aftercare_is_never_shorter_than_the_leaflet(facts: Facts) -> None:
    floors = {f"aftercare/{row.key}": row.until_h_lo for row in facts.aftercare}
    leaflet = {f"aftercare/{r.key}" for r in facts.aftercare if r.origin == "leaflet"}
    told = {instruction.fact: instruction.until_h for instruction in a_plan(facts).aftercare}
    after = {
        f"aftercare/{row.key}"
        for row in facts.aftercare
        if row.phase == "after" and row.audience == "patient"
    }
    assert leaflet & after <= set(told)
    for fact, hours in told.items():
        floor = floors[fact]
        assert hours == floor or (floor is not None and hours is not None and hours >= floor)
    assert told["aftercare/aftercare.no_make_up"] == 24
    assert told["aftercare/aftercare.no_exercise"] == 72


def test_no_outcome_is_promised(facts: Facts) -> None:
    """Groups in studies, each with its control and source; nothing about this person."""
    plan = a_plan(facts)
    assert plan.expectation
    assert all(line.sources and line.control for line in plan.expectation)
    names = set(Plan.model_fields)
    assert names.isdisjoint({"success_rate", "skin_age", "percentile", "collagen_gained"})
    text = plan.to_json().lower()
    assert "your chance" not in text
    assert "guarantee" not in text


# Clinic policy


def a_choice(**changes: Any) -> list[dict[str, Any]]:
    chosen = {
        "rule": "isotretinoin.recent",
        "defer_days": 90,
        "by": "Dr Example",
        "expires": SESSION + timedelta(days=30),
    }
    return [{**chosen, **changes}]


def test_a_clinic_may_only_choose_a_published_waiting_time(facts: Facts) -> None:
    for wrong in ({"defer_days": 30}, {"rule": "pregnancy"}, {"rule": "bleeding_disorder"}):
        with pytest.raises(CaseError, match="clinic_deferrals"):
            a_case(facts, clinic_deferrals=a_choice(**wrong))


def test_a_clinics_choice_is_printed_and_ends(facts: Facts) -> None:
    taken = {"status": "past", "last": SESSION - timedelta(days=100)}
    assert not a_plan(facts, isotretinoin=taken).is_made
    loosened = a_plan(facts, isotretinoin=taken, clinic_deferrals=a_choice())
    told = next(f for f in loosened.findings if f.rule == "isotretinoin.recent")
    assert loosened.is_made
    assert told.level is Level.CAUTION
    assert "set by Dr Example" in told.reason
    over = a_choice(expires=SESSION)
    assert not a_plan(facts, isotretinoin=taken, clinic_deferrals=over).is_made


def test_no_case_field_reaches_a_stop(facts: Facts) -> None:
    """A stop stays a stop whatever a clinic writes into its waiting times."""
    plan = a_plan(facts, bleeding_disorder="yes", clinic_deferrals=a_choice())
    assert plan.verdict is Verdict.UNSUITABLE


# Stored plans and facts


def rechecked(plan: Plan, *, on: date = SESSION, today: Facts | None = None) -> tuple[str, ...]:
    facts = open_edition()
    return recheck(plan, own=facts, today=today or facts, on=on).refusals


def test_a_fresh_plan_may_be_used(facts: Facts) -> None:
    assert rechecked(a_plan(facts)) == ()


def test_a_stale_plan_is_refused(facts: Facts) -> None:
    plan = a_plan(facts)
    assert plan.valid_until == SESSION + timedelta(days=90)
    assert rechecked(plan, on=SESSION + timedelta(days=90)) == ()
    assert any("expired" in why for why in rechecked(plan, on=SESSION + timedelta(days=91)))


def test_stricter_facts_of_today_refuse_an_older_plan(facts: Facts, tmp_path: Path) -> None:
    today = a_shelf(
        tmp_path,
        table="depths.csv",
        before="depth.2,label_limit,needling,acne_scars,any,face,pen,skinpen,unknown,1.5",
        after="depth.2,label_limit,needling,acne_scars,any,face,pen,skinpen,unknown,1.0",
    )
    assert any("the limit is now 1 mm" in why for why in rechecked(a_plan(facts), today=today))


def test_an_edited_plan_is_refused(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    text = a_plan(facts).to_json()
    path.write_text(text.replace('"limit": 1.5', '"limit": 2.5', 1), encoding="utf-8")
    assert any("was changed" in why for why in rechecked(read_plan(path)))
    path.write_text(text.replace('"zones"', '"zonen"', 1), encoding="utf-8")
    with pytest.raises(PlanError):
        read_plan(path)


def test_silently_changed_facts_are_noticed(facts: Facts, tmp_path: Path) -> None:
    plan = a_plan(facts)
    changed = a_shelf(tmp_path, table="aftercare.csv", before="pat dry", after="Pat dry")
    answer = recheck(plan, own=changed, today=facts, on=SESSION)
    assert any("are not those the plan was made from" in why for why in answer.refusals)
    gone = UnknownEdition("facts edition 'x' is not here")
    assert not recheck(plan, own=gone, today=facts, on=SESSION).may_be_used


def test_anything_stricter_is_told(facts: Facts) -> None:
    plan = a_plan(facts, numbing=EMLA)
    for change in (
        {"numbing": EMLA, "herpes_active": "yes"},
        {"numbing": EMLA, "depth_mm": {"cheek_left": 2.0}},
        {"numbing": EMLA, "other_local_anaesthetic_mg": 250.0},
        {"numbing": EMLA, "phototype": "V"},
        {"numbing": "none"},
    ):
        assert stricter(plan, a_plan(facts, **change)), change
    assert stricter(plan, plan) == ()


def test_a_fact_without_a_source_is_refused(tmp_path: Path) -> None:
    broken = a_shelf(
        tmp_path,
        table="depths.csv",
        before='SKINPEN_CLIN,"clinical study summary, opening",expert',
        after='NOBODY_SAYS_SO,"clinical study summary, opening",expert',
    )
    with pytest.raises(FactError, match="NOBODY_SAYS_SO"):
        broken.check()


# The machine


def test_no_connection_is_opened(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert run(["plan", str(write_case(tmp_path, facts)), "--json"]) == 0


def test_the_layers_forbid_the_network() -> None:
    project = tomllib.loads(
        (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    )
    contracts = project["tool"]["importlinter"]["contracts"]
    network = next(c for c in contracts if "network" in c["name"])
    assert network["source_modules"] == ["percuta.*"]
    assert {"requests", "httpx", "socket", "urllib", "http"} <= set(network["forbidden_modules"])


def test_a_document_is_written_whole_or_not_at_all(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    document = tmp_path / "plan.pdf"
    document.write_bytes(b"the plan of last month")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PlanError, match="No space left"):
        write_pdf(a_plan(facts), document)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.pdf"]
    assert document.read_bytes() == b"the plan of last month"


def test_half_a_plan_is_no_plan(facts: Facts, tmp_path: Path) -> None:
    text = a_plan(facts).to_json()
    path = tmp_path / "plan.json"
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(PlanError):
        read_plan(path)


def test_planning_writes_no_file(facts: Facts, tmp_path: Path) -> None:
    path = write_case(tmp_path, facts)
    assert run(["plan", str(path)]) == 0
    assert run(["screen", str(path)]) == 0
    assert list(tmp_path.iterdir()) == [path]


def test_every_fault_of_a_case_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case that cannot be read gives exit status 2, every fault, and no plan."""
    path = tmp_path / "case.toml"
    path.write_text(
        '[person]\nage = "old"\nheight = 170\n[history]\nkeloid = "maybe"\n'
        '[[concerns]]\nconcern = "texture"\nzones = ["lid_left"]\n'
        '[setting]\ndevice = "laser"\noperator = "nurse"\ndate = 2026-11-23\nnumbing = "none"\n',
        encoding="utf-8",
    )
    assert run(["plan", str(path), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    for word in ("person.age", "person.height", "history.keloid", "lid_left", "setting.device"):
        assert word in printed.err


def test_the_built_in_facts_are_sound() -> None:
    for name in sorted(path.name for path in BUILT_IN.iterdir() if path.is_dir()):
        open_edition(name).check()


# Faults that were found by review, and mended


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


def test_nothing_left_of_the_days_maximum_means_no_numbing(facts: Facts) -> None:
    plan = a_plan(facts, numbing=PEEL, other_local_anaesthetic_mg=300.0)
    assert plan.numbing is None or not plan.numbing.zones


def test_off_label_use_cites_the_clearances(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("texture", "cheek_left"))
    told = next(f for f in plan.findings if f.rule == "label.outside_indication")
    assert not any(fact.startswith("depths/") for fact in told.facts)


def test_a_refusal_keeps_its_exit_status_when_the_pipe_closes(
    facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Closed(io.StringIO):
        def write(self, text: str, /) -> int:
            raise BrokenPipeError

    path = write_case(tmp_path, facts, keloid="yes")
    monkeypatch.setattr(sys, "stdout", Closed())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert run(["plan", str(path), "--json"]) == 3
