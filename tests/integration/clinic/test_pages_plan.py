"""The plan page: what it says follows from the plan, and a press saves one change."""

import html
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from percuta.clinic.consults import actions as consults
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import planned, version
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern, Zone
from percuta.planning.absorption import topicals
from percuta.planning.judgement.findings import Reason
from percuta.planning.plan.plan import Plan as Planned
from tests.integration.clinic.people import NOW, Practice, consult, draft, sign, wishes

PART = {"HX-Request": "true"}


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.practitioner, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(name="plan")
def _plan(practice: Practice, facts: Facts) -> Plan:
    return draft(practice, consult(practice, facts))


def address(plan: Plan) -> str:
    return f"/plans/{plan.pk}/"


def press(plan: Plan, **fields: object) -> dict[str, str]:
    newest = PlanVersion.objects.filter(plan=plan).first()
    given = {"zone": "cheek_left", "seen": newest.revision if newest else 0, **fields}
    return {name: str(value) for name, value in given.items()}


def stored(plan: Plan) -> PlanVersion:
    return PlanVersion.objects.filter(plan=plan).latest("number")


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&#x27;", "'").split())


def test_the_page_answers_may_i_where_how_deep(page: Client, plan: Plan) -> None:
    shown = page.get(address(plan)).text
    for said in ("Before you sign", "Suitable", "Whole plan", "Cheek, left", "Why 1.50 mm?"):
        assert said in shown
    assert shown.index("Before you sign") < shown.index('id="where"') < shown.index('id="zone"')


def test_every_zone_of_the_map_is_a_link_named_with_its_depth(page: Client, plan: Plan) -> None:
    shown = page.get(address(plan)).text
    assert 'href="?zone=cheek_left" class="zone-link" aria-label="Cheek, left: 1.50 mm"' in shown
    other = page.get(address(plan), {"zone": "cheek_right"}).text
    assert '<h2 id="zone">Cheek, right</h2>' in other


def test_a_press_for_less_saves_one_step_and_shows_it(page: Client, plan: Plan) -> None:
    saved = page.post(address(plan), press(plan, what="depth", depth_mm="1.25"), headers=PART)
    assert saved.status_code == 200
    assert "<html" not in saved.text
    assert stored(plan).wishes["depth_mm"]["cheek_left"] == 1.25
    assert "Why 1.25 mm?" in saved.text


def test_the_same_without_script_comes_back_to_the_zone(page: Client, plan: Plan) -> None:
    saved = page.post(address(plan), press(plan, what="depth", depth_mm="1.25"))
    assert (saved.status_code, saved["Location"]) == (302, f"{address(plan)}?zone=cheek_left")


def test_a_double_press_is_one_change(page: Client, plan: Plan) -> None:
    fields = press(plan, what="depth", depth_mm="1.25")
    answers = [page.post(address(plan), fields, headers=PART).status_code for _ in range(2)]
    assert answers == [200, 200]
    assert stored(plan).revision == 2


def test_the_stepper_stops_at_the_limit_and_names_who_set_it(
    page: Client, plan: Plan, practice: Practice
) -> None:
    zone = planned(stored(plan), by=practice.practitioner).zones[0]
    assert zone.depth_mm.chosen == zone.depth_mm.limit
    shown = page.get(address(plan)).text
    deeper = re.search(r'<button id="depth_mm-more"[^>]*>', shown)
    assert deeper is not None
    assert 'aria-disabled="true"' in deeper[0]
    assert "value=" not in deeper[0]
    assert f"1.50 mm is the limit: {zone.limit_reason.text}." in text_of(shown)


def test_a_depth_beyond_the_limit_is_refused_and_nothing_saved(page: Client, plan: Plan) -> None:
    refused = page.post(address(plan), press(plan, what="depth", depth_mm="1.75"), headers=PART)
    assert refused.status_code == 422
    assert "1.75 mm was asked for; the limit is 1.5 mm" in text_of(refused.text)
    assert stored(plan).revision == 1
    assert stored(plan).wishes["depth_mm"] == {"cheek_left": 1.5, "cheek_right": 1.5}


@pytest.mark.parametrize("depth", ["-1", "9", "nan", "deep"])
def test_a_depth_that_no_needle_has_is_refused(page: Client, plan: Plan, depth: str) -> None:
    refused = page.post(address(plan), press(plan, what="depth", depth_mm=depth))
    assert refused.status_code == 422
    assert stored(plan).revision == 1


def test_passes_go_up_until_the_density_would_be_refused(page: Client, plan: Plan) -> None:
    number = 3
    while more := re.search(r'passes-more"[^>]*value="(\d+)"', page.get(address(plan)).text):
        number = int(more[1])
        page.post(address(plan), press(plan, what="passes", passes=number))
    beyond = page.post(address(plan), press(plan, what="passes", passes=number + 1))
    assert number > 3
    assert beyond.status_code == 422
    assert stored(plan).wishes["passes"] == {"cheek_left": number}


def test_a_density_that_is_asked_for_takes_the_place_of_passes(page: Client, plan: Plan) -> None:
    page.post(address(plan), press(plan, what="passes", passes=2))
    asked = press(plan, what="density", strikes_per_cm2="1400")
    shown = page.post(address(plan), asked, headers=PART).text
    assert stored(plan).wishes["passes"] == {}
    assert "asked 1400" in text_of(shown)


def test_two_at_one_draft_see_each_other_and_lose_nothing(
    page: Client, plan: Plan, practice: Practice
) -> None:
    mine = press(plan, what="depth", depth_mm="1.25")
    theirs = wishes().model_copy(update={"depth_mm": {"cheek_left": 1.5, "cheek_right": 1.0}})
    plans.change(by=practice.professional, at=NOW, version=stored(plan), seen=1, wishes=theirs)
    answer = page.post(address(plan), mine, headers=PART)
    said = text_of(answer.text)
    assert answer.status_code == 409
    assert "Omar changed this draft at 09:30" in said
    assert "Now Cheek, right: 1.00 mm" in said
    assert "Yours is not saved: Cheek, left: 1.25 mm" in said
    assert stored(plan).wishes["depth_mm"] == {"cheek_left": 1.5, "cheek_right": 1.0}
    again = page.post(address(plan), {**mine, "seen": "2"}, headers=PART)
    assert again.status_code == 200
    assert stored(plan).wishes["depth_mm"] == {"cheek_right": 1.0, "cheek_left": 1.25}


def test_another_device_takes_only_the_depths_that_it_has(page: Client, plan: Plan) -> None:
    page.post(address(plan), press(plan, what="depth", depth_mm="1.25"))
    given = {
        "what": "setting",
        "device": "roller_192_05",
        "operator": "nurse",
        "date": "2026-11-23",
        "numbing": "none",
    }
    shown = page.post(address(plan), press(plan, **given), headers=PART)
    assert shown.status_code == 200
    said = text_of(shown.text)
    went = re.search(r"that choice went: (.+? mm)\. ", said)
    assert went is not None
    assert went[1] == "cheek, left 1.25 mm; cheek, right 1.50 mm"
    assert "one length" in said
    assert stored(plan).wishes["depth_mm"] == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("device", "sewing_machine"),
        ("numbing", "whisky"),
        ("operator", "cat"),
        ("date", "soon"),
        ("interval_weeks", "-2"),
        ("other_local_anaesthetic_mg", "1e9"),
    ],
)
def test_what_the_setting_cannot_be_is_named(
    page: Client, plan: Plan, field: str, value: str
) -> None:
    given = {
        "what": "setting",
        "device": "generic_pen_12",
        "operator": "nurse",
        "date": "2026-11-23",
        "numbing": "none",
        field: value,
    }
    refused = page.post(address(plan), press(plan, **given))
    assert refused.status_code == 422
    assert field in text_of(refused.text).lower()
    assert stored(plan).revision == 1


def _reasons(plan: Planned) -> Iterator[Reason]:
    yield from plan.zones[0].why
    yield from plan.numbing.why if plan.numbing else ()
    yield from plan.series.why if plan.series else ()


def test_every_recommended_number_says_why_with_its_sources(
    page: Client, plan: Plan, practice: Practice
) -> None:
    found = planned(stored(plan), by=practice.practitioner)
    shown = text_of(page.get(address(plan), {"zone": found.zones[0].zone}).text)
    lines = (line.partition("] ") for line in found.provenance.bibliography)
    cited = {key.removeprefix("["): citation for key, _, citation in lines}
    assert found.series is not None
    assert found.duration is not None
    assert found.downtime_days is not None
    behind = [*_reasons(found), found.duration, found.downtime_days, found.glide]
    for reason in behind:
        assert reason is not None
        facts = getattr(reason, "facts", None) or (reason.fact,)  # type: ignore[union-attr]
        for reference in facts:
            assert reference in shown
        for source in reason.sources:
            assert " ".join(_unescaped(cited[source]).split()) in _unescaped(shown)
    assert found.zones[0].runner_up is not None
    assert found.zones[0].runner_up.text in shown


def _unescaped(text: str) -> str:
    return re.sub(r"<[^>]*>", " ", html.unescape(text))


def test_nothing_on_the_page_is_styled_or_scripted_in_line(page: Client, plan: Plan) -> None:
    shown = page.get(address(plan)).text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", shown)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", shown))


def test_a_signed_version_can_be_read_but_not_pressed(
    page: Client, plan: Plan, practice: Practice
) -> None:
    sign(practice, plan)
    for place in (address(plan), f"{address(plan)}versions/1/"):
        shown = page.get(place).text
        assert "signed by Omar" in text_of(shown)
        assert 'name="depth_mm"' not in shown
    refused = page.post(address(plan), press(plan, what="depth", depth_mm="1.25"))
    assert refused.status_code == 409


def test_without_a_plan_the_page_says_why_and_what_else_there_is(
    page: Client, plan: Plan, practice: Practice, facts: Facts
) -> None:
    consults.answer(
        by=practice.practitioner,
        at=NOW,
        consultation=plan.consultation,
        key="pregnancy",
        given={"status": "yes"},
        seen=1,
        facts=facts,
    )
    found = planned(stored(plan), by=practice.practitioner)
    assert not found.is_made
    shown = text_of(page.get(address(plan)).text)
    assert "Not now: defer" in shown
    assert "What else there is" in shown
    assert found.alternatives[0].alternative in shown
    assert "Sign plan" not in shown


def test_what_is_still_to_ask_leads_back_to_the_conversation(
    page: Client, practice: Practice
) -> None:
    by = practice.practitioner
    opened = consults.open_consultation(
        by=by, at=NOW, consultation_id=uuid4(), patient=practice.patient
    )
    consults.state_concern(
        by=by,
        at=NOW,
        consultation=opened,
        concern=Concern.TEXTURE,
        zone=Zone.CHIN,
        severity=2,
        kind=None,
        seen=0,
    )
    begun = plans.open_plan(
        by=by,
        at=NOW,
        plan_id=uuid4(),
        consultation=opened,
        wishes=wishes().model_copy(update={"depth_mm": {}}),
    )
    asked = planned(stored(begun), by=by).questions
    shown = page.get(address(begun)).text
    assert asked
    assert all(question.question in html.unescape(shown) for question in asked)
    assert f'href="/consultations/{opened.pk}/">Ask what is missing' in shown


def test_a_case_that_cannot_be_made_yet_says_what_is_missing(
    page: Client, practice: Practice
) -> None:
    opened = consults.open_consultation(
        by=practice.practitioner, at=NOW, consultation_id=uuid4(), patient=practice.patient
    )
    shown = page.get(address(draft(practice, opened)))
    assert shown.status_code == 200
    assert "This plan cannot be made yet" in shown.text


def test_another_clinic_finds_no_such_plan(plan: Plan, elsewhere: Practice) -> None:
    client = Client()
    client.force_login(elsewhere.professional, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address(plan)).status_code == 404
    pressed = client.post(address(plan), press(plan, what="depth", depth_mm="1.25"))
    assert pressed.status_code == 404
    assert version(plan, by=plan.opened_by).revision == 1


def with_a_topical(page: Client, plan: Plan) -> None:
    """A draft whose case names a topical."""
    newest = stored(plan)
    newest.wishes = {
        **newest.wishes,
        "setting": {**newest.wishes["setting"], "topicals": ["tranexamic_acid_solution"]},
    }
    newest.save(update_fields=["wishes"])


@pytest.fixture(name="_every_curve_is_drawn")
def _no_measurement_speaks_against(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one topical that can be followed has a measurement that its curve leaves out."""
    monkeypatch.setattr(topicals, "_contrary_measurement", lambda *_: None)


@pytest.mark.usefixtures("_every_curve_is_drawn")
def test_the_page_shows_the_quick_time_line_and_asks_for_the_refined_one(
    page: Client, plan: Plan
) -> None:
    with_a_topical(page, plan)
    whole = page.get(address(plan)).text
    assert "256 draws" in whole
    asked = re.search(r'<section class="time-line"[^>]*hx-get="([^"]+)" hx-trigger="load"', whole)
    assert asked is not None
    refined = page.get(asked[1], headers=PART).text
    assert "2,000 draws" in refined
    assert "256 draws" not in refined
    assert "hx-get" not in refined
    assert refined.startswith('<section class="time-line"')


@pytest.mark.usefixtures("_every_curve_is_drawn")
def test_a_plan_without_topicals_or_one_that_is_signed_asks_for_nothing_more(
    page: Client, plan: Plan, practice: Practice
) -> None:
    assert 'hx-trigger="load"' not in page.get(address(plan)).text
    with_a_topical(page, plan)
    sign(practice, plan)
    signed = page.get(address(plan)).text
    assert "2,000 draws" in signed
    assert 'hx-trigger="load"' not in signed


def test_a_topical_is_ticked_in_the_setting_and_taken_back(page: Client, plan: Plan) -> None:
    acid = "tranexamic_acid_solution"
    setting = stored(plan).wishes["setting"]
    told = {key: value for key, value in setting.items() if isinstance(value, str)}
    ticked = press(plan, what="setting", **told, **{f"topical_{acid}": "on"})
    shown = page.post(address(plan), ticked, headers=PART).text
    assert stored(plan).wishes["setting"]["topicals"] == [acid]
    assert f'name="topical_{acid}" value="on" checked' in shown
    assert "not cleared for carrying substances" in text_of(shown)
    page.post(address(plan), press(plan, what="setting", **told), headers=PART)
    assert stored(plan).wishes["setting"]["topicals"] == []


def test_a_topical_that_must_not_touch_needled_skin_is_told_and_left_out(
    page: Client, plan: Plan
) -> None:
    setting = stored(plan).wishes["setting"]
    told = {key: value for key, value in setting.items() if isinstance(value, str)}
    ticked = press(plan, what="setting", **told, topical_vitamin_c_serum="on")
    shown = text_of(page.post(address(plan), ticked, headers=PART).text)
    assert "Vitamin C serum is left out" in shown


def test_the_page_says_why_a_product_is_not_followed_into_the_skin(
    page: Client, plan: Plan
) -> None:
    with_a_topical(page, plan)
    shown = text_of(page.get(address(plan)).text)
    assert "Hydrogel supplied with the pen: What it holds is not published" in shown
    assert "Tranexamic acid 0.5% solution" in shown


def without_depths(plan: Plan, practice: Practice) -> None:
    newest = stored(plan)
    wanted = wishes().model_copy(update={"depth_mm": {}})
    plans.change(by=practice.practitioner, at=NOW, version=newest, seen=1, wishes=wanted)


def test_a_depth_that_is_not_advised_is_one_press_away(
    page: Client, plan: Plan, practice: Practice
) -> None:
    """Every setting of the dial up to the limit, none of them set before somebody presses one."""
    without_depths(plan, practice)
    shown = page.get(address(plan)).text
    assert re.findall(r'id="choose-([\d.]+)"', shown) == ["0.25", "0.5", "0.75", "1", "1.25", "1.5"]
    assert "chosen, not advised" in shown
    assert "Depth to choose: Cheek, left ; Cheek, right" in text_of(shown)
    assert "if set to 1.50" in shown
    saved = page.post(address(plan), press(plan, what="depth", depth_mm="1.25"), headers=PART)
    assert "Depth to choose: Cheek, right" in text_of(saved.text)
    assert "Take the depth back" in saved.text
    assert stored(plan).wishes["depth_mm"] == {"cheek_left": 1.25}
    assert 'id="choose-' not in saved.text


def test_the_other_zones_without_a_depth_have_the_same_by_one_press_more(
    page: Client, plan: Plan, practice: Practice
) -> None:
    without_depths(plan, practice)
    first = page.post(address(plan), press(plan, what="depth", depth_mm="1.25"), headers=PART)
    assert "1.25 mm in 1 other zone too" in text_of(first.text)
    others = re.search(r'name="others" value="([^"]+)"', first.text)
    assert others is not None
    both = press(plan, what="depth", depth_mm="1.25", others=others[1])
    saved = page.post(address(plan), both, headers=PART)
    assert stored(plan).wishes["depth_mm"] == {"cheek_left": 1.25, "cheek_right": 1.25}
    assert "depth-of-others" not in saved.text


@pytest.mark.parametrize(
    ("others", "told"),
    [("cheek_right eyelid", "Others: 'cheek_right eyelid'"), ("cheek_right nose", "no concern")],
)
def test_other_zones_are_those_of_the_plan(
    page: Client, plan: Plan, others: str, told: str
) -> None:
    before = stored(plan).wishes
    wrong = press(plan, what="depth", depth_mm="1.25", others=others)
    answer = page.post(address(plan), wrong, headers=PART)
    assert answer.status_code == 422
    assert told in text_of(answer.text)
    assert stored(plan).wishes == before


def test_other_zones_are_held_to_their_own_limit(page: Client, plan: Plan) -> None:
    wrong = press(plan, what="depth", depth_mm="1.75", others="cheek_right")
    answer = page.post(address(plan), wrong, headers=PART)
    assert answer.status_code == 422
    assert "Cheek, right" in text_of(answer.text)
