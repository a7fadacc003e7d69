"""Numbing, products, time, series and what follows: the numbers, by hand."""

import math
from datetime import date
from typing import Any

import pytest

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Zone
from percuta.planning.numbing.ceilings import numbing_limits
from percuta.planning.plan.comparison import compare, stricter
from percuta.science.puncture.parameters import strike_frequency
from tests.people import SESSION, a_case, a_plan, one_concern

CHEEKS = one_concern("acne_scars", "cheek_left", "cheek_right", kind="rolling")
EMLA, PEEL, LIDOCAINE = (
    "lidocaine_prilocaine_cream",
    "lidocaine_tetracaine_peel",
    "lidocaine_4_cream",
)


def rules(plan: Any) -> set[str]:
    return {finding.rule for finding in plan.findings}


# -- numbing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("product", "weight", "other", "grams"),
    [
        (EMLA, 62.0, 0.0, 15.0),  # 0.125 g/cm2 (US label) on 120 cm2
        (PEEL, 62.0, 0.0, 15.9),  # 53 g per 400 cm2 on 120 cm2
        (PEEL, 62.0, 100.0, 12.7),  # (4.5 x 62 - 100) mg / (140 mg/g x 10 %)
        (PEEL, 40.0, 60.0, 8.5),  # (4.5 x 40 - 60) / (140 x 10 %)
        (PEEL, 120.0, 100.0, 14.2),  # (300 - 100) / 14: the body maximum stops at 300 mg
    ],
)
def test_grams_by_hand(
    product: str, weight: float, other: float, grams: float, earlier: Facts
) -> None:
    plan = a_plan(earlier, numbing=product, weight_kg=weight, other_local_anaesthetic_mg=other)
    assert plan.numbing is not None
    assert plan.numbing.grams_max == pytest.approx(grams)


def test_grams_by_hand_where_the_blood_level_is_the_ceiling(earlier: Facts) -> None:
    """160 mg elsewhere in 0.6 L/kg of 62 kg leave 0.70 of 5 ug/mL to cheeks of up to 160 cm2.

    Two anaesthetics at 0.125 mg/cm2/h, times 1.6^1.645 for 95 of 100 people, enter at 86.7 mg/h
    and leave by 48.4 L/h from 37.2 L: 0.70 = 86.7 / 48.4 (1 - exp(-1.3 t)), t = 0.380 h, 33 mg.
    """
    numbing = a_plan(
        earlier, numbing=EMLA, weight_kg=62.0, other_local_anaesthetic_mg=160.0
    ).numbing
    assert numbing is not None
    cm2 = sum(earlier.zones[zone].area_hi_cm2 for zone in numbing.zones)
    entering = 2 * 0.125 * 1.6**1.6449 * cm2
    left = 5 - 160 / 37.2
    hours = -math.log(1 - left * 48.36 / entering) / 1.3
    assert numbing.grams_max == pytest.approx(entering * hours / 50, abs=0.1)
    assert numbing.limited_by == "absorption/toxic_level.local_anaesthetic"


def test_a_four_percent_cream_gets_no_figure(earlier: Facts) -> None:
    plan = a_plan(earlier, numbing=LIDOCAINE)
    assert plan.numbing is not None
    assert plan.numbing.grams_max is None
    assert plan.numbing.area_cm2_max is None
    assert plan.numbing.dwell_min is None
    finding = next(f for f in plan.findings if f.rule == "numbing.no_figure")
    assert finding.level == "refer"
    assert "area" in finding.reason
    assert plan.is_made


def test_times_and_areas_come_from_the_label(facts: Facts) -> None:
    limits = numbing_limits(facts.agents[PEEL], a_case(facts).person, facts)
    assert (limits.area_cm2_max, limits.dwell_min, limits.dwell_max_min) == (400, 20, 30)
    limits = numbing_limits(facts.agents[EMLA], a_case(facts).person, facts)
    assert (limits.area_cm2_max, limits.dwell_min, limits.dwell_max_min) == (600, 60, 300)
    assert limits.grams_max == pytest.approx(55.8)


def test_skin_beyond_the_area_ceiling_is_not_numbed_the_same_day(facts: Facts) -> None:
    asked = one_concern("stretch_marks", "thigh_left", "abdomen", "buttock_left")
    plan = a_plan(facts, numbing=PEEL, concerns=asked, device="generic_pen_12")
    assert plan.numbing is None
    assert "numbing.part_of_the_area" in rules(plan)
    assert plan.is_made


def test_nothing_left_of_the_day_s_maximum_means_no_numbing(facts: Facts) -> None:
    plan = a_plan(facts, numbing=EMLA, other_local_anaesthetic_mg=279.0)
    assert plan.numbing is None
    assert "numbing.nothing_left" in rules(plan)
    assert plan.is_made


def test_numbing_stays_off_the_eyes(facts: Facts) -> None:
    plan = a_plan(facts, numbing=EMLA, concerns=one_concern("wrinkles", "periorbital_left", "nose"))
    assert plan.numbing is not None
    assert plan.numbing.zones == (Zone.NOSE,)
    assert "numbing.not_near_eyes" in rules(plan)


def test_the_hard_warning_is_on_every_plan(facts: Facts) -> None:
    for product in ("none", EMLA, PEEL, LIDOCAINE):
        assert "never put it on needled skin" in a_plan(facts, numbing=product).never


def test_other_anaesthetic_not_told_is_asked_for(facts: Facts) -> None:
    assert "numbing.other_anaesthetic_not_told" in rules(a_plan(facts, numbing=EMLA))
    told = a_plan(facts, numbing=EMLA, other_local_anaesthetic_mg=0.0)
    assert "numbing.other_anaesthetic_not_told" not in rules(told)


# -- products --------------------------------------------------------------------------------


def test_the_labelled_hydrogel_is_chosen(facts: Facts) -> None:
    plan = a_plan(facts)
    assert plan.glide is not None
    assert plan.soothing is not None
    assert (plan.glide.product, plan.soothing.product) == ("kit_hydrogel", "kit_hydrogel")
    assert plan.glide.on_needled_skin == "labelled"


def test_a_serum_that_must_never_be_used_is_left_out(facts: Facts) -> None:
    plan = a_plan(facts, soothing="vitamin_c_serum")
    assert plan.soothing is not None
    assert plan.soothing.product == "kit_hydrogel"
    finding = next(f for f in plan.findings if f.rule == "product.never_on_needled_skin")
    assert finding.level == "stop"
    assert plan.is_made


def test_an_unlabelled_wish_is_kept_with_a_caution(facts: Facts) -> None:
    plan = a_plan(facts, glide="sterile_saline", soothing="kit_hydrogel")
    assert plan.glide is not None
    assert plan.glide.product == "sterile_saline"
    assert "product.not_labelled_for_needled_skin" in rules(plan)


@pytest.mark.parametrize(
    ("answer", "glide"),
    [
        ({"status": "yes"}, None),
        ({"status": "yes", "ingredients": ["propylene_glycol"]}, "sterile_saline"),
        ({"status": "yes", "ingredients": ["sodium_chloride"]}, None),
        ("unknown", "kit_hydrogel"),
    ],
)
def test_an_ingredient_allergy_takes_products_away(
    answer: Any, glide: str | None, facts: Facts
) -> None:
    plan = a_plan(facts, product_ingredient_allergy=answer)
    assert (plan.glide.product if plan.glide else None) == glide
    assert plan.is_made


# -- time ------------------------------------------------------------------------------------


def test_minutes_add_up_and_stand_beside_the_published_session(facts: Facts) -> None:
    plan = a_plan(facts, concerns=CHEEKS)
    # two cheeks of 60 cm2, 3 passes at 96 cm2/min, one minute a zone; 5 + 5 around it
    assert [zone.minutes for zone in plan.zones] == [pytest.approx(2.9)] * 2
    assert plan.duration is not None
    assert plan.duration.needling_min == pytest.approx(5.8)
    assert plan.duration_min == pytest.approx(16)
    assert plan.duration.low_min < 16 < plan.duration.high_min
    assert (plan.duration.published_low_min, plan.duration.published_high_min) == (30, 60)


def test_numbing_is_counted_apart(facts: Facts) -> None:
    without, with_cream = a_plan(facts), a_plan(facts, numbing=EMLA)
    assert with_cream.duration is not None
    assert with_cream.duration.numbing_min == 60
    assert with_cream.duration_min == without.duration_min


# -- series ----------------------------------------------------------------------------------


def test_the_middle_published_series_gives_the_dates(facts: Facts) -> None:
    series = a_plan(facts).series
    assert series is not None
    assert (series.sessions, series.interval_weeks) == (4, 4)
    assert series.dates == (
        SESSION,
        date(2026, 12, 21),
        date(2027, 1, 18),
        date(2027, 2, 15),
    )


def test_a_chosen_interval_is_kept_unless_too_short(facts: Facts) -> None:
    longer = a_plan(facts, interval_weeks=6.0).series
    assert longer is not None
    assert longer.dates[1] == date(2027, 1, 4)
    short = a_plan(facts, interval_weeks=0.5)
    assert short.series is not None
    assert short.series.interval_weeks == 1
    assert "series.interval_too_short" in rules(short)


def test_without_a_published_series_only_today_stands(facts: Facts) -> None:
    series = a_plan(facts, concerns=one_concern("enlarged_pores", "nose")).series
    assert series is not None
    assert series.sessions is None
    assert series.dates == (SESSION,)
    assert "professional decides" in series.why[0].text


def test_a_deferred_zone_joins_the_first_session_it_may(facts: Facts) -> None:
    answer = {"status": "past", "last": date(2026, 11, 20), "zones": ["cheek_left"]}
    plan = a_plan(facts, tan_or_sunbed=answer)
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_RIGHT]
    assert plan.series is not None
    later = plan.series.later_zones[0]
    assert (later.zone, later.until, later.joins) == (
        Zone.CHEEK_LEFT,
        "2026-12-04",
        date(2026, 12, 21),
    )


def test_a_zone_waiting_for_an_event_joins_on_no_date(facts: Facts) -> None:
    answer = {"status": "yes", "zones": ["cheek_left"]}
    series = a_plan(facts, eczema_in_zone=answer).series
    assert series is not None
    assert series.later_zones[0].until == "event:quiet"
    assert series.later_zones[0].joins is None


# -- what follows ----------------------------------------------------------------------------


def test_downtime_is_the_middle_and_the_longest_published(facts: Facts) -> None:
    days = a_plan(facts).downtime_days
    assert days is not None
    assert (days.typical, days.upper) == (3, 10)


def test_aftercare_is_never_shorter_than_a_leaflet(facts: Facts) -> None:
    floors = {line.fact: line.until_h for line in a_plan(facts).aftercare}
    assert floors["aftercare/aftercare.no_make_up"] == 24
    assert floors["aftercare/aftercare.no_exercise"] == 72
    assert floors["aftercare/aftercare.supplied_products_only"] == 72
    for row in facts.aftercare:
        if f"aftercare/{row.key}" in floors and row.origin == "leaflet":
            assert floors[f"aftercare/{row.key}"] == row.until_h_lo


def test_only_trials_of_people_and_of_needling_are_shown(facts: Facts) -> None:
    lines = a_plan(facts, concerns=one_concern("wrinkles", "cheek_left")).expectation
    shown = {line.fact for line in lines}
    assert "outcomes/outcomes.ablon2018_wrinkles" in shown or len(shown) > 3
    for row in facts.trials:
        if f"outcomes/{row.key}" in shown:
            assert row.species == "human"
            assert row.modality == "needling"


def test_icepick_scars_are_told_of_something_better(facts: Facts) -> None:
    plan = a_plan(facts, concerns=one_concern("acne_scars", "cheek_left", kind="icepick"))
    assert "concern.icepick_scars" in rules(plan)
    assert "punch excision" in plan.alternatives[0].alternative


def test_a_pregnant_woman_is_told_of_what_suits_her(facts: Facts) -> None:
    asked = one_concern("hyperpigmentation", "cheek_left")
    plan = a_plan(facts, pregnancy="yes", concerns=asked)
    assert plan.verdict == "defer"
    assert plan.earliest_date is None
    assert "azelaic acid" in plan.alternatives[0].alternative


# -- two plans -------------------------------------------------------------------------------


def test_a_plan_equals_itself(facts: Facts) -> None:
    assert compare(a_plan(facts), a_plan(facts)) == ()
    assert stricter(a_plan(facts), a_plan(facts)) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"keloid": "yes"}, "the verdict is now refer, not suitable"),
        (
            {"tattoo_in_zone": {"status": "yes", "zones": ["cheek_left"]}},
            "Cheek, left may no longer",
        ),
        (
            {"licence": "example_arizona_esthetician", "operator": "esthetician"},
            "limit is now 0.5 mm",
        ),
        ({"weight_kg": 41.0}, "the largest area in cm2 is now"),
        ({"anaesthetic_allergy": "yes"}, "is no longer possible"),
        ({"interval_weeks": 8.0}, "sessions are now 8 weeks apart, not 4 weeks apart"),
        ({"herpes_history": "yes"}, "new finding, caution: History of herpes labialis"),
    ],
)
def test_what_is_stricter_is_said(changes: dict[str, Any], said: str, facts: Facts) -> None:
    base: dict[str, Any] = {"numbing": EMLA}
    told = "\n".join(stricter(a_plan(facts, **base), a_plan(facts, **{**base, **changes})))
    assert said in told


def test_what_is_looser_is_listed_but_not_stricter(facts: Facts) -> None:
    before, after = a_plan(facts, herpes_history="yes"), a_plan(facts)
    assert stricter(before, after) == ()
    assert any("findings" in difference.field for difference in compare(before, after))


def test_a_pen_that_tells_only_its_top_speed_is_never_thought_faster() -> None:
    facts = open_edition("2026-11-30")
    pen = facts.devices["dermapen_3"]
    assert (pen.frequency_lo_hz, pen.frequency_hi_hz) == (None, 90)
    ends = [strike_frequency(pen, facts, end=end) for end in ("low", "value", "high")]
    assert ends == [75, 90, 90]
