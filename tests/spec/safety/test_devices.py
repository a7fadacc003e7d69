"""Devices by their own name: a clearance is of a model, a depth is of a label, not of a motor."""

import pytest

from percuta.errors import CaseError
from percuta.facts.devices import Clearance
from percuta.facts.edition import Facts, open_edition
from percuta.planning.judgement.findings import Finding
from percuta.planning.plan.plan import Plan
from percuta.report.brief import brief
from tests.people import a_case, a_plan, one_concern


@pytest.fixture(name="facts", scope="module")
def _catalogue() -> Facts:
    return open_edition("2026-11-30")


def off_label(plan: Plan) -> list[Finding]:
    return [found for found in plan.findings if found.rule == "label.outside_indication"]


# trade name, clearance numbers: one model each
CLEARED = {
    "skinpen_precision": {"DEN160029", "K202243", "K220506"},
    "drpen_a20": {"K230420"},
    "dp4": {"K221070"},
    "exceed": {"K180778", "K182407"},
    "exceed_unlimited": {"K233709"},
    "collagen_pin": {"K222199"},
}


@pytest.mark.parametrize("key", CLEARED)
def test_a_device_stands_with_its_own_numbers(key: str, facts: Facts) -> None:
    assert set(facts.catalogue[key].number_list) == CLEARED[key]


def test_all_26_numbers_of_the_list_are_there_each_with_one_model(facts: Facts) -> None:
    listed: dict[str, set[str]] = {}
    for entry in facts.catalogue.values():
        for number in entry.number_list:
            listed.setdefault(number, set()).add(entry.name.partition(",")[0])
    assert len(listed) == 26
    assert all(len(names) == 1 for names in listed.values())


@pytest.mark.parametrize("key", ["dermapen_3", "drpen_consumer_12", "dermaroller_mf8"])
def test_a_pen_or_roller_of_a_cleared_maker_is_not_cleared_with_it(key: str, facts: Facts) -> None:
    assert facts.catalogue[key].status is Clearance.NONE_FOUND
    plan = a_plan(facts, device=key, concerns=one_concern("acne_scars", "cheek_left"))
    (found,) = off_label(plan)
    assert "No clearance of" in found.reason


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("ellacor", "takes cores of skin out"),
        ("ai_me", "no needling by hand"),
        ("aquagold", "puts drugs into the skin"),
        ("home_rollers", "use at home"),
        ("skinpen_elite", "were not read"),
        ("skinstylus", "number of its needles was not read"),
    ],
)
def test_what_is_no_needling_or_was_not_read_is_refused_in_words(
    key: str, why: str, facts: Facts
) -> None:
    with pytest.raises(CaseError, match=why):
        a_case(facts, device=key)


@pytest.mark.parametrize("key", ["drpen_a20", "code_x_12", "code_x_14", "skinpen_precision"])
def test_a_label_below_what_the_hardware_can_do_is_the_limit(key: str, facts: Facts) -> None:
    assert facts.devices[key].depth_max_mm >= 2.0
    plan = a_plan(facts, device=key, concerns=one_concern("acne_scars", "cheek_left"))
    (zone,) = plan.zones
    assert zone.depth_mm.limit == pytest.approx(1.5)
    assert zone.limit_reason.fact.startswith("depths/")


def test_where_a_label_is_silent_another_devices_label_limits_and_is_named(facts: Facts) -> None:
    plan = a_plan(facts, device="dp4", concerns=one_concern("acne_scars", "cheek_left"))
    (zone,) = plan.zones
    assert zone.depth_mm.limit == pytest.approx(1.5)
    assert "SkinPen Precision" in zone.limit_reason.text
    assert "no label of DP4" in zone.limit_reason.text
    assert plan.device is not None
    assert plan.device.labels == ("SkinPen Precision",)


def test_a_setting_that_the_dial_does_not_have_is_never_the_limit(facts: Facts) -> None:
    """Steps of 0.2 mm do not land on 1.5 mm."""
    plan = a_plan(facts, device="pro_pen", concerns=one_concern("acne_scars", "cheek_left"))
    assert plan.zones[0].depth_mm.limit == pytest.approx(1.4)


@pytest.mark.parametrize(("age", "is_named"), [(33, True), (34, False)])
def test_lines_at_the_eye_are_cleared_from_age_34_for_one_device(
    age: int, is_named: bool, facts: Facts
) -> None:
    lines = one_concern("wrinkles", "periorbital_left")
    passes = {"periorbital_left": 1}
    key = "skinstylus_mp1209sl"
    plan = a_plan(facts, device=key, age=age, phototype="VI", concerns=lines, zone_passes=passes)
    assert any("from age 34" in found.reason for found in off_label(plan)) is is_named
    assert bool(off_label(plan)) is is_named
    assert plan.is_made


@pytest.mark.parametrize(("phototype", "is_named"), [("III", False), ("IV", True)])
def test_lines_of_the_cheek_are_cleared_to_skin_type_three_for_another(
    phototype: str, is_named: bool, facts: Facts
) -> None:
    lines = one_concern("wrinkles", "cheek_left")
    plan = a_plan(facts, device="exceed", phototype=phototype, concerns=lines)
    assert any("skin types I to III" in found.reason for found in off_label(plan)) is is_named


def test_what_a_device_is_cleared_for_is_never_inferred(facts: Facts) -> None:
    plan = a_plan(facts, device="dp4", concerns=one_concern("acne_scars", "cheek_left"))
    assert "was not read" in off_label(plan)[0].reason


def test_a_plan_names_its_device_once_with_its_numbers(facts: Facts) -> None:
    told = " ".join(brief(a_plan(facts, device="skinpen_precision")))
    assert told.count("DEN160029") == 1


def test_a_metal_that_is_not_known_counts_as_steel_with_nickel(facts: Facts) -> None:
    assert facts.devices["dp4"].materials == {"stainless_steel", "nickel"}
    assert a_plan(facts, device="dp4", metal_allergy="yes").verdict == "unsuitable"


def test_a_stamp_can_be_chosen(facts: Facts) -> None:
    texture = one_concern("texture", "cheek_left")
    plan = a_plan(facts, device="generic_stamp_05", concerns=texture)
    (zone,) = plan.zones
    assert zone.depth_mm.limit == pytest.approx(0.5)
    assert zone.strikes_per_cm2 == pytest.approx(2 * 40 * 0.9)


def test_an_edition_without_a_catalogue_tells_nothing_of_it() -> None:
    sealed = open_edition("2026-11-23")
    assert not sealed.catalogue
    plan = a_plan(sealed)
    assert plan.device is None
    assert "device" not in plan.model_dump(mode="json")
