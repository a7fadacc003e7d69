"""The description Percuta is built from, point by point: eighteen points, none may be missing.

A test named ``test_NN_...`` belongs to point NN. Its docstring is printed in
``docs/reference/description.md``: the point, then the object and the command that hold it. What
is not built yet fails on purpose (strict), so that the list is always whole.
"""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from uuid import uuid4

import pytest
from django.urls import reverse

from percuta import report
from percuta.cli.main import run
from percuta.clinic.plans.actions import change
from percuta.errors import Sealed
from percuta.facts.devices import DeviceKind
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern, Phototype, Zone
from percuta.planning.judgement.findings import Verdict
from percuta.planning.plan.document import parse_plan, write_plan
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.planning.session.duration import session_duration
from tests.case_files import write_case
from tests.delivered import asked, delivered
from tests.integration.clinic.people import NOW, consult, draft, open_practice, sign, wishes
from tests.people import a_case, a_plan, a_ready_plan, one_concern

POINTS = range(1, 19)


def test_01_pens_and_rollers_with_tiny_sterile_needles(facts: Facts) -> None:
    """Pens and rollers (and stamping) with tiny sterile needles.

    Object: `Case.setting.device`, a row of `devices`.
    Command: `percuta facts list devices`.
    """
    kinds = {device.kind for device in facts.devices.values()}
    assert {DeviceKind.PEN, DeviceKind.ROLLER} <= kinds
    for key, device in facts.devices.items():
        assert device.needle_diameter_mm is None or device.needle_diameter_mm <= 0.35
        assert a_plan(facts, device=key).is_made


def test_01_stamping(facts: Facts) -> None:
    """A stamp can be chosen as the device."""
    assert DeviceKind.STAMP in {device.kind for device in facts.devices.values()}


@pytest.mark.xfail(
    strict=True, raises=ModuleNotFoundError, reason="cartridges and lots are not recorded yet"
)
def test_01_sterile_cartridge_with_its_lot() -> None:
    """The cartridge used, with its lot, is recorded."""
    import_module("percuta.clinic.stock")


def test_02_controlled_superficial_micro_injuries(facts: Facts) -> None:
    """Controlled, superficial micro-injuries.

    Object: `ZonePlan.depth_mm`, `ZonePlan.passes`, `ZonePlan.endpoint`.
    Command: `percuta plan`.
    """
    for zone in a_plan(facts).zones:
        depth = zone.depth_mm
        assert 0 < depth.low <= depth.high <= depth.limit <= 2.5
        assert zone.passes >= 1
        assert zone.limit_reason.sources
        assert zone.endpoint is not None


def test_02_strikes_per_cm2() -> None:
    """The plan tells strikes per cm2 in every zone."""
    assert "strikes_per_cm2" in ZonePlan.model_fields


def test_02_chance_of_passing_the_dermis() -> None:
    """The plan tells the chance of passing through the dermis."""
    assert "p_through_dermis" in ZonePlan.model_fields


def test_03_the_healing_response_collagen_and_elastin(facts: Facts) -> None:
    """The healing response: collagen and elastin.

    Object: rows of `healing`; never a share of collagen gained on a plan.
    Command: `percuta facts list healing`.
    """
    healing = " ".join(str(row.cells) for row in facts.table("healing"))
    assert "collagen" in healing
    assert "elastin" in healing
    promised = re.compile(r"\d\s*%[^\"]{0,40}(collagen|elastin)", re.IGNORECASE)
    assert not promised.search(write_plan(a_plan(facts)))


def test_03_remodelling_over_weeks(facts: Facts) -> None:
    """The stimulus to collagen is shown on a time line of weeks: when, not how much.

    Object: `Course.new_collagen`, over its own largest value.
    """
    plan = a_plan(facts)
    assert plan.course is not None
    collagen = plan.course.new_collagen
    assert collagen.weeks[-1] >= 26
    assert max(collagen.making.middle) == max(collagen.young.middle) == 1
    assert collagen.making.middle[1] > collagen.making.middle[3]
    assert collagen.young.middle[-1] > collagen.making.middle[-1]
    assert (collagen.grade, collagen.grade_words) == ("C", "reasoned, not measured")


def test_04_cleansing_first(facts: Facts) -> None:
    """Cleansing first.

    Object: `Duration.cleanse_min`; the row `aftercare/aftercare.clean_before_needling`.
    Command: `percuta plan`.
    """
    plan = a_plan(facts, numbing="lidocaine_prilocaine_cream")
    assert plan.duration is not None
    assert plan.duration.cleanse_min > 0
    assert "wipe it all off" in plan.never
    cleansing = facts.row("aftercare/aftercare.clean_before_needling")
    assert cleansing.cells["phase"] == "session"


@pytest.mark.xfail(
    strict=True, raises=ModuleNotFoundError, reason="the session is not recorded yet"
)
def test_04_cleansing_is_ticked_off_in_the_session() -> None:
    """The session record asks whether the skin was cleansed."""
    import_module("percuta.clinic.sessions")


def test_05_topical_numbing(facts: Facts) -> None:
    """Topical numbing.

    Object: `Plan.numbing`: grams, area and minutes, all of them ceilings.
    Command: `percuta plan`.
    """
    numbing = a_plan(facts, numbing="lidocaine_prilocaine_cream").numbing
    assert numbing is not None
    assert numbing.grams_max is not None
    assert numbing.grams_max > 0
    assert numbing.area_cm2 is not None
    assert numbing.area_cm2_max is not None
    assert numbing.area_cm2 <= numbing.area_cm2_max
    assert numbing.dwell_min is not None
    assert numbing.dwell_max_min is not None
    assert numbing.dwell_min <= numbing.dwell_max_min
    assert a_plan(facts, numbing="none").numbing is None


def test_05_upper_blood_level(facts: Facts) -> None:
    """The plan tells what the blood level of the anaesthetic stays below, beside early signs.

    Object: `Numbing.plasma_ug_per_ml_upper`, `Numbing.toxic_ug_per_ml`.
    Command: `percuta plan`, `percuta numbing`.
    """
    numbing = a_plan(
        facts, numbing="lidocaine_prilocaine_cream", other_local_anaesthetic_mg=0.0
    ).numbing
    assert numbing is not None
    assert numbing.plasma_ug_per_ml_upper is not None
    assert 0 < numbing.plasma_ug_per_ml_upper < numbing.toxic_ug_per_ml


def test_06_rolled_or_pressed_gently(facts: Facts) -> None:
    """Rolled or pressed, gently.

    Object: `ZonePlan.passes`, `ZonePlan.avoid`, `ZonePlan.endpoint`.
    Command: `percuta plan`.
    """
    pen = a_plan(facts, device="generic_pen_14").zones[0]
    roller = a_plan(facts, device="roller_192_15").zones[0]
    assert pen.passes < roller.passes
    assert pen.avoid == "heavy pressure over the cheekbone"
    assert pen.endpoint is not None
    assert "start at the lowest setting" in pen.endpoint


def test_07_depth_adjusted_to_the_concern(facts: Facts) -> None:
    """Depth adjusted to the concern.

    Object: `ZonePlan.depth_mm`, with its reasons in `ZonePlan.why`.
    Command: `percuta plan`.
    """
    scars = a_plan(facts, concerns=one_concern("acne_scars", "forehead", kind="rolling")).zones[0]
    lines = a_plan(facts, concerns=one_concern("fine_lines", "forehead")).zones[0]
    assert lines.depth_mm.high < scars.depth_mm.high
    assert lines.why != scars.why


def test_08_texture_firmness_lines_wrinkles_scars_pigment(facts: Facts) -> None:
    """Better texture, firmness, fine lines, wrinkles, scars, hyperpigmentation.

    Object: `Plan.expectation`: what groups in studies had, never a personal forecast.
    Command: `percuta plan`.
    """
    for concern in (
        "texture",
        "laxity",
        "fine_lines",
        "wrinkles",
        "acne_scars",
        "hyperpigmentation",
    ):
        lines = a_plan(facts, concerns=one_concern(concern, "cheek_left")).expectation
        assert lines, concern
        assert all(line.sources and line.change and line.control for line in lines)


def test_09_topicals_pass_more_easily(facts: Facts) -> None:
    """Topicals pass more easily, so what touches needled skin is named.

    Object: `Plan.glide`, `Plan.soothing`, `Plan.topicals`, `Plan.never`, `Plan.aftercare`.
    Command: `percuta plan`.
    """
    plan = a_plan(facts, soothing="vitamin_c_serum", numbing="lidocaine_prilocaine_cream")
    assert plan.soothing is not None
    assert plan.soothing.on_needled_skin == "labelled"
    assert "never put it on needled skin" in plan.never
    assert "use only products supplied for use with needling" in {
        instruction.instruction for instruction in plan.aftercare
    }


def test_09_how_much_of_a_topical_goes_in(facts: Facts, earlier: Facts) -> None:
    """How much of a topical goes in: what was measured, where the model leaves that out; else
    hour by hour, as a band beside intact skin.

    Object: `Course.absorption`.
    Command: `percuta plan`.
    """
    told = {"topicals": ["tranexamic_acid_solution"]}
    course = a_ready_plan(earlier, **told).course
    assert course is not None
    (lane,) = course.absorption
    assert lane.gone_in.low_pct[-1] < lane.gone_in.high_pct[-1]
    assert lane.intact is not None
    assert lane.intact.low_pct[-1] < lane.gone_in.low_pct[-1]
    course = a_ready_plan(facts, **told).course
    assert course is not None
    assert not course.absorption
    why = {none.product: none.why.text for none in course.no_lane}
    assert "The one measurement found" in why["tranexamic_acid_solution"]


def test_09_how_long_the_channels_stay_open(facts: Facts) -> None:
    """The plan tells for how many hours the channels stay open, and what waits for that.

    Object: `Course.closing`, `Course.waiting`.
    """
    plan = a_plan(facts)
    assert plan.course is not None
    assert [clock.what for clock in plan.course.closing] == ["barrier", "epithelium", "visible"]
    for clock in plan.course.closing:
        assert 0 < clock.hours.half < clock.hours.four_in_five < clock.hours.nineteen_in_twenty
        assert clock.why.sources
    assert plan.course.waiting


@pytest.mark.parametrize(
    "zone", ["forehead", "neck_front", "decolletage", "hand_left_dorsal", "abdomen", "thigh_right"]
)
def test_10_face_neck_decolletage_hands_and_body(facts: Facts, zone: str) -> None:
    """Face, neck, décolletage, hands and body.

    Object: `Zone`; a site without a published depth waits for a physician's.
    Command: `percuta facts list zones`.
    """
    concern = one_concern("texture", zone)
    if zone in {"decolletage", "hand_left_dorsal"}:
        assert a_plan(facts, concerns=concern).verdict is Verdict.REFER
        chosen = {zone: {"mm": 0.25, "chosen_by": "physician"}}
        (planned,) = a_plan(facts, concerns=concern, depth_mm=chosen).zones
        assert planned.depth_mm.recommended is None
    else:
        (planned,) = a_plan(facts, concerns=concern).zones
    assert planned.zone == zone


def test_10_body_map() -> None:
    """The zones of a plan are drawn on a body map."""
    modules = walk_packages(report.__path__, "percuta.report.")
    assert any("body" in module.name for module in modules)


def test_11_thirty_to_sixty_minutes_by_area(facts: Facts) -> None:
    """30 to 60 minutes by area.

    Object: `Plan.duration`: our estimate with its range, beside the published 30 to 60 minutes.
    Command: `percuta plan`.
    """
    case = a_case(facts)
    cheek = session_duration({Zone.CHEEK_LEFT: 3}, None, case, facts)
    face = session_duration(dict.fromkeys(tuple(Zone)[:14], 3), None, case, facts)
    assert (face.published_low_min, face.published_high_min) == (30, 60)
    assert face.needling_min > cheek.needling_min
    assert cheek.low_min <= face.low_min
    assert face.low_min < 60
    assert face.high_min > 30


def test_12_soothing_serum_or_moisturiser_after(facts: Facts) -> None:
    """Soothing serum or moisturiser after.

    Object: `Plan.soothing`, `Duration.soothe_min`.
    Command: `percuta plan`.
    """
    plan = a_plan(facts)
    assert plan.soothing is not None
    assert plan.soothing.on_needled_skin == "labelled"
    assert plan.duration is not None
    assert plan.duration.soothe_min > 0


def test_13_redness_like_sunburn_gone_within_days(facts: Facts) -> None:
    """Mild redness, sensitivity, sunburn-like feeling, gone within days.

    Object: `Plan.recovery`, `Plan.downtime_days`.
    Command: `percuta plan`.
    """
    plan = a_plan(facts)
    signs = " ".join(sign.sign for sign in plan.recovery if sign.kind == "visible_sign")
    assert "redness" in signs
    assert "sunburn" in signs
    assert plan.downtime_days is not None
    assert 1 <= plan.downtime_days.typical <= plan.downtime_days.upper <= 14
    assert any(sign.kind == "red_flag" and sign.action for sign in plan.recovery)


@pytest.mark.xfail(strict=True, raises=ModuleNotFoundError, reason="check-ins are not built yet")
def test_13_check_ins() -> None:
    """The patient's check-in is compared with what was to be expected."""
    import_module("percuta.clinic.recovery")


def test_14_improvement_in_the_following_weeks(facts: Facts) -> None:
    """Improvement in the following weeks.

    Object: `TrialLine.follow_up`: when each study looked.
    Command: `percuta plan`.
    """
    times = {line.follow_up for line in a_plan(facts).expectation}
    assert any("week" in time or "month" in time for time in times)


def test_14_forecast(facts: Facts) -> None:
    """A forecast over weeks, as a band with its grade, and what widens it most.

    Object: `Plan.course`.
    """
    course = a_plan(facts).course
    assert course is not None
    for low, middle, high in zip(
        course.new_collagen.making.low,
        course.new_collagen.making.middle,
        course.new_collagen.making.high,
        strict=True,
    ):
        assert low <= middle <= high
    grades = {time.grade_words for time in (*course.closing, course.redness)}
    assert grades <= {"measured in studies", "fitted to studies", "reasoned, not measured"}
    assert len(course.unknowns) == 3


@pytest.mark.xfail(
    strict=True, raises=ModuleNotFoundError, reason="photographs are not measured yet"
)
def test_14_photographs() -> None:
    """Photographs show a change, or that none can be shown."""
    import_module("percuta.science.imaging")


def test_15_a_series_several_weeks_apart(facts: Facts) -> None:
    """A series, several weeks apart.

    Object: `Plan.series`.
    Command: `percuta plan`.
    """
    series = a_plan(facts).series
    assert series is not None
    assert series.sessions is not None
    assert series.interval_weeks is not None
    assert series.sessions >= 2
    assert series.interval_weeks >= 2
    assert len(series.dates) == series.sessions
    gaps = {
        (later - earlier).days
        for earlier, later in zip(series.dates, series.dates[1:], strict=False)
    }
    assert min(gaps) >= 7 * series.interval_weeks


def test_15_the_next_session(facts: Facts) -> None:
    """The next session follows from what was delivered and reported.

    Object: `NextSession`.
    Command: `percuta next`.
    """
    plan = a_plan(facts)
    answer = asked(plan, delivered(plan), facts)
    assert answer.advice.may_go_on
    assert plan.series is not None
    assert answer.dates == plan.series.dates[1:]
    assert {zone.zone for zone in answer.zones} == {zone.zone for zone in plan.zones}


def test_16_skin_types_and_who_it_suits(facts: Facts) -> None:
    """Skin types and who it suits.

    Object: `Plan.verdict`, `Plan.findings`, `Plan.questions`.
    Command: `percuta screen`.
    """
    for phototype in Phototype:
        plan = a_plan(facts, phototype=phototype.value)
        assert plan.verdict is Verdict.SUITABLE
        rules = {finding.rule for finding in plan.findings}
        assert ("phototype.dark" in rules) == (phototype in {"IV", "V", "VI"})
    asked = {question.rule for question in a_plan(facts, phototype=None).questions}
    assert "person.phototype" in asked
    assert a_plan(facts, age=16).verdict is Verdict.UNSUITABLE


@pytest.mark.parametrize(
    "concern",
    [
        "acne_scars",
        "fine_lines",
        "wrinkles",
        "uneven_tone",
        "enlarged_pores",
        "stretch_marks",
        "texture",
    ],
)
def test_17_every_named_concern_can_be_planned(facts: Facts, concern: str) -> None:
    """Acne scars, fine lines and wrinkles, uneven tone, enlarged pores, stretch marks, texture.

    Object: `Concern`.
    Command: `percuta facts list concerns`.
    """
    assert concern in set(Concern)
    plan = a_plan(facts, concerns=one_concern(concern, "cheek_left"))
    assert [zone.concern for zone in plan.zones] == [concern]


def test_18_a_professional_assesses_and_there_is_something_else(facts: Facts) -> None:
    """A qualified professional assesses, plans, and says whether it is right; safe, little
    downtime, and what else there is when it is not right.

    Object: `Plan.verdict`, `Plan.alternatives`, `Case.setting.operator`.
    Command: `percuta plan`, exit status 0 with a plan and 3 without one.
    """
    refused = a_plan(facts, keloid="yes")
    assert refused.verdict is Verdict.REFER
    assert not refused.is_made
    assert refused.alternatives
    hand = one_concern("texture", "hand_left_dorsal")
    assert a_plan(facts, operator="nurse", concerns=hand).verdict is Verdict.REFER
    by_physician = {"hand_left_dorsal": {"mm": 0.25, "chosen_by": "physician"}}
    assert a_plan(facts, operator="physician", concerns=hand, depth_mm=by_physician).is_made


def test_18_the_command_answers_with_the_same_plan(
    facts: Facts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command line gives the same plan as the library, and its exit status tells which."""
    path = write_case(tmp_path, facts)
    assert run(["plan", str(path), "--json"]) == 0
    printed = capsys.readouterr().out
    assert parse_plan(printed) == a_plan(facts)


@pytest.mark.django_db
def test_18_a_signed_plan(facts: Facts) -> None:
    """The professional signs the plan; nothing can change it afterwards."""
    practice = open_practice("here")
    signed = sign(practice, draft(practice, consult(practice, facts)))
    assert (signed.is_signed, signed.signed_by) == (True, practice.professional)
    with pytest.raises(Sealed):
        change(by=practice.professional, at=NOW, version=signed, seen=1, wishes=wishes())


def test_18_pages() -> None:
    """The patient and the plan have their pages."""
    for name in ("patient", "plan"):
        assert reverse(name, kwargs={f"{name}_id": uuid4()})


def test_the_list_is_whole() -> None:
    numbers = {int(match[1]) for name in globals() if (match := re.match(r"test_(\d\d)_", name))}
    assert numbers == set(POINTS)
