"""The consultation in the browser: every answer saved as given, nothing lost, nothing doubled."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from percuta.clinic.accounts.models import User
from percuta.clinic.consults import actions as consults
from percuta.clinic.consults.models import Consultation, HistoryAnswer
from percuta.clinic.consults.queries import as_case_parts
from percuta.clinic.plans.models import Plan
from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.facts.questionnaire import Asked
from tests.integration.clinic.people import NOW, Practice, consult, wishes

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User) -> Client:
    """A browser of somebody who works here."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    return signed_in(practice.practitioner)


@pytest.fixture(name="begun")
def _begun(practice: Practice) -> Consultation:
    return consults.open_consultation(
        by=practice.practitioner, at=NOW, consultation_id=uuid4(), patient=practice.patient
    )


@pytest.fixture(name="returned")
def _returned(practice: Practice, facts: Facts) -> Consultation:
    """The second conversation: everything of the first is carried, nothing confirmed."""
    consult(practice, facts)
    return consults.open_consultation(
        by=practice.practitioner,
        at=NOW + timedelta(days=60),
        consultation_id=uuid4(),
        patient=practice.patient,
    )


def address(name: str, found: Consultation, *more: str) -> str:
    return reverse(name, args=[found.pk, *more])


def shown(page: Client, found: Consultation) -> str:
    answer = page.get(address("consultation", found))
    assert answer.status_code == 200
    return str(answer.text)


def press(page: Client, found: Consultation, key: str, *, part: bool = False, **sent: Any) -> Any:
    """One press on a history item, seen as it stands unless said otherwise."""
    known = HistoryAnswer.objects.filter(consultation=found, key=key).first()
    seen = known.revision if known else 0
    headers = {"HX-Request": "true"} if part else {}
    return page.post(address("answer", found, key), {"seen": seen, **sent}, headers=headers)


def given(found: Consultation, key: str) -> HistoryAnswer:
    return HistoryAnswer.objects.get(consultation=found, key=key)


def line(text: str, key: str) -> str:
    """The markup of one item."""
    found = re.search(rf'<li class="item[^"]*" id="item-{key}">.*?</li>', text, re.DOTALL)
    assert found, key
    return found[0]


def still_to_ask(text: str) -> int:
    found = re.search(r"(\d+) still to ask</strong>", text)
    return int(found[1]) if found else 0


def test_a_second_click_begins_no_second_consultation(page: Client, practice: Practice) -> None:
    fields = {"consultation_id": str(uuid4())}
    for _ in range(2):
        answer = page.post(reverse("begin_consultation", args=[practice.patient.pk]), fields)
        assert answer.status_code == 302
    assert Consultation.objects.count() == 1


def test_a_press_is_saved_and_a_reload_shows_it(page: Client, begun: Consultation) -> None:
    answer = press(page, begun, "keloid", status="yes")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("#item-keloid")
    assert 'value="yes" aria-pressed="true"' in line(shown(page, begun), "keloid")


def test_a_press_with_script_changes_the_line_and_the_findings(
    page: Client, begun: Consultation
) -> None:
    told = press(page, begun, "keloid", status="yes", part=True).text
    assert "<html" not in told
    assert "Keloid or hypertrophic" in told
    assert "Refer" in told
    calmed = press(page, begun, "keloid", status="no", part=True).text
    assert "Keloid or hypertrophic" not in calmed
    assert still_to_ask(calmed) == still_to_ask(told)


def test_a_double_click_doubles_nothing(page: Client, begun: Consultation) -> None:
    for _ in range(2):
        page.post(address("answer", begun, "keloid"), {"seen": 0, "status": "no"})
    assert given(begun, "keloid").revision == 1


def test_what_does_not_fit_is_named_and_nothing_is_saved(page: Client, begun: Consultation) -> None:
    answer = press(page, begun, "keloid", status="perhaps")
    assert answer.status_code == 422
    assert "is not an answer" in line(answer.text, "keloid")
    assert not begun.historyanswers.exists()


def test_an_item_that_nobody_knows_is_refused(page: Client, begun: Consultation) -> None:
    assert press(page, begun, "phase_of_the_moon", status="no").status_code == 422


def test_two_people_at_different_items_do_not_meet(
    page: Client, practice: Practice, begun: Consultation
) -> None:
    other = signed_in(practice.professional)
    assert press(page, begun, "keloid", status="no").status_code == 302
    assert press(other, begun, "vitiligo", status="yes").status_code == 302
    page.post(address("weigh", begun), {"shown": "", "weight_kg": "70"})
    page.post(address("choose_skin_type", begun), {"shown": "", "phototype": "III"})
    begun.refresh_from_db()
    assert (begun.weight_kg, begun.phototype) == (70.0, "III")


@pytest.mark.parametrize("part", [False, True])
def test_two_people_at_one_item_see_both_values_and_choose(
    page: Client, practice: Practice, begun: Consultation, part: bool
) -> None:
    other = signed_in(practice.professional)
    other.post(address("answer", begun, "keloid"), {"seen": 0, "status": "yes"})
    headers = {"HX-Request": "true"} if part else {}
    sent = {"seen": 0, "status": "no"}
    refused = page.post(address("answer", begun, "keloid"), sent, headers=headers)
    assert refused.status_code == 409
    told = line(refused.text, "keloid")
    assert "Omar answered" in told
    assert "<strong>yes</strong>" in told
    assert "<strong>no</strong>" in told
    assert "Save mine" in told
    assert "Keep theirs" in told
    assert given(begun, "keloid").status == "yes"
    fields = dict(re.findall(r'name="(status|seen)" value="([^"]*)">', told.split("meanwhile")[1]))
    page.post(address("answer", begun, "keloid"), fields)
    assert given(begun, "keloid").status == "no"


def test_two_people_weighing_see_both_weights(page: Client, begun: Consultation) -> None:
    page.post(address("weigh", begun), {"shown": "", "weight_kg": "70"})
    refused = page.post(address("weigh", begun), {"shown": "", "weight_kg": "72"})
    assert refused.status_code == 409
    assert "70 kg" in refused.text
    assert "72 kg" in refused.text
    page.post(address("weigh", begun), {"shown": "70", "weight_kg": "72"})
    begun.refresh_from_db()
    assert begun.weight_kg == 72.0


def test_in_the_past_asks_when_and_nobody_knows_is_an_answer(
    page: Client, begun: Consultation
) -> None:
    press(page, begun, "isotretinoin", status="past")
    told = shown(page, begun)
    assert "When last?" in line(told, "isotretinoin")
    before = still_to_ask(told)
    press(page, begun, "isotretinoin", day_unknown="yes")
    assert given(begun, "isotretinoin").is_last_unknown
    assert still_to_ask(shown(page, begun)) == before - 1
    press(page, begun, "isotretinoin", day="2026-11-02")
    assert str(given(begun, "isotretinoin").last) == "2026-11-02"
    press(page, begun, "isotretinoin", status="never")
    assert given(begun, "isotretinoin").last is None


def test_where_it_holds_is_pressed_zone_by_zone(page: Client, begun: Consultation) -> None:
    zones = ["cheek_left", "cheek_right"]
    state = {"concern": "texture", "zone": zones, "severity": 2}
    assert page.post(address("state_concern", begun), state).status_code == 302
    press(page, begun, "open_wound_in_zone", status="yes")
    told = line(shown(page, begun), "open_wound_in_zone")
    assert "All of it" in told
    press(page, begun, "open_wound_in_zone", zones="cheek_left")
    assert given(begun, "open_wound_in_zone").zones == ["cheek_left"]
    assert "Cheek left" in shown(page, begun)


def test_what_somebody_reacted_to_is_named(page: Client, begun: Consultation) -> None:
    press(page, begun, "product_ingredient_allergy", status="yes")
    told = line(shown(page, begun), "product_ingredient_allergy")
    assert "propylene glycol" in told
    named_by, others = "propylene_glycol", "Lanolin, wool fat"
    press(page, begun, "product_ingredient_allergy", ingredients=named_by, others=others)
    named = given(begun, "product_ingredient_allergy").ingredients
    assert named == ["propylene_glycol", "lanolin", "wool_fat"]
    assert "lanolin, wool_fat" in line(shown(page, begun), "product_ingredient_allergy")


def test_a_carried_answer_counts_as_not_asked(
    page: Client, practice: Practice, returned: Consultation
) -> None:
    parts = as_case_parts(returned, by=practice.practitioner, on=NOW.date())
    assert parts["history"] == {}
    told = shown(page, returned)
    assert "Last time, 23 Nov 2026: no" in line(told, "keloid")
    assert still_to_ask(told) > 30


def keys_of(name: str, returned: Consultation, told: str) -> list[str]:
    """Every item that the forms of this address send along."""
    forms = re.findall(rf'<form[^>]*action="{address(name, returned)}".*?</form>', told, re.DOTALL)
    return [key for form in forms for key in re.findall(r'name="key" value="(\w+)"', form)]


def test_no_to_the_others_answers_only_what_nobody_has_answered(
    page: Client, returned: Consultation
) -> None:
    page.post(address("answer", returned, "sunburn"), {"status": "current", "seen": "1"})
    told = shown(page, returned)
    keys = keys_of("none_of_these", returned, told)
    assert "pregnancy" in keys
    assert not {"sunburn", "keloid"} & set(keys)
    page.post(address("none_of_these", returned), {"key": keys, "group": "skin_today"})
    assert given(returned, "pregnancy").status == "no"
    assert given(returned, "sunburn").status == "current"
    assert not given(returned, "keloid").is_confirmed
    assert not keys_of("none_of_these", returned, shown(page, returned))


def test_nothing_has_changed_confirms_only_what_is_asked_so(
    page: Client, returned: Consultation, facts: Facts
) -> None:
    asked = facts.questionnaire
    told = shown(page, returned)
    keys = keys_of("nothing_changed", returned, told)
    assert keys
    assert {asked[key].asked for key in keys} == {Asked.WHAT_CHANGED}
    page.post(address("nothing_changed", returned), {"key": keys, "group": "health"})
    assert all(given(returned, key).is_confirmed for key in keys)
    assert not given(returned, "pregnancy").is_confirmed
    refused = page.post(address("nothing_changed", returned), {"key": "pregnancy"})
    assert refused.status_code == 422
    assert not given(returned, "pregnancy").is_confirmed


def test_an_item_that_is_asked_anew_cannot_be_confirmed(
    practice: Practice, returned: Consultation, facts: Facts
) -> None:
    with pytest.raises(Faults, match="asked anew"):
        consults.confirm(
            by=practice.practitioner,
            at=NOW,
            consultation=returned,
            keys=["keloid", "sunburn"],
            facts=facts,
        )
    assert not returned.historyanswers.filter(is_confirmed=True).exists()


def test_what_was_said_last_time_keeps_its_day(
    practice: Practice, returned: Consultation, facts: Facts
) -> None:
    consults.answer(
        by=practice.professional,
        at=NOW + timedelta(days=60),
        consultation=returned,
        key="keloid",
        given={"status": "no"},
        seen=1,
        facts=facts,
    )
    third = consults.open_consultation(
        by=practice.practitioner,
        at=NOW + timedelta(days=120),
        consultation_id=uuid4(),
        patient=practice.patient,
    )
    assert given(third, "keloid").at == NOW + timedelta(days=60)
    assert given(third, "vitiligo").at == NOW


def test_the_questions_suggest_and_the_professional_decides(
    page: Client, begun: Consultation
) -> None:
    for question in ("eyes", "hair", "skin", "freckles", "burning", "tanning", "tan_depth", "face"):
        sent = {"choice": f"{question}.3", "seen": 0}
        assert page.post(address("answer_skin_question", begun, question), sent).status_code == 302
    told = shown(page, begun)
    assert "The questions suggest IV (24 points)" in told
    begun.refresh_from_db()
    assert begun.phototype == ""
    page.post(address("choose_skin_type", begun), {"shown": "", "phototype": "V"})
    assert 'value="V" aria-pressed="true"' in shown(page, begun)


def test_only_what_applies_is_asked(page: Client, practice: Practice, begun: Consultation) -> None:
    told = shown(page, begun)
    assert "Are you pregnant" in told
    assert "stainless steel" not in told
    assert "No device is chosen yet" in told
    practice.patient.sex = "male"
    practice.patient.save()
    assert "Are you pregnant" not in shown(page, begun)


def test_a_concern_is_taken_back(page: Client, begun: Consultation) -> None:
    state = {"concern": "acne_scars", "kind": "rolling", "zone": "cheek_left", "severity": 3}
    page.post(address("state_concern", begun), state)
    assert "acne scars, rolling" in shown(page, begun)
    back = {"concern": "acne_scars", "zone": "cheek_left", "seen": 1}
    page.post(address("withdraw_concern", begun), back)
    assert not begun.concerninzones.exists()


def test_two_people_at_one_concern_see_both(page: Client, begun: Consultation) -> None:
    state = {"concern": "texture", "zone": "chin", "severity": 2}
    page.post(address("state_concern", begun), state)
    refused = page.post(address("state_concern", begun), {**state, "severity": 4})
    assert refused.status_code == 409
    assert "<strong>moderate</strong>" in refused.text
    assert "<strong>severe</strong>" in refused.text
    assert 'name="seen" value="texture.chin.1"' in refused.text
    sent = {**state, "severity": 4, "seen": "texture.chin.1"}
    assert page.post(address("state_concern", begun), sent).status_code == 302
    assert begun.concerninzones.get().severity == 4


def test_without_a_zone_nothing_is_stated(page: Client, begun: Consultation) -> None:
    refused = page.post(address("state_concern", begun), {"concern": "texture", "severity": 2})
    assert refused.status_code == 422
    assert "choose where it is" in refused.text


def test_every_finding_names_its_rule_and_its_sources(page: Client, begun: Consultation) -> None:
    press(page, begun, "pregnancy", status="yes")
    told = shown(page, begun)
    assert "Rule pregnancy" in told
    assert "SkinPen" in told
    assert "until end of pregnancy" in told


def test_when_it_is_no_the_page_says_what_else_there_is(
    page: Client, practice: Practice, facts: Facts
) -> None:
    done = consult(practice, facts)
    press(page, done, "isotretinoin", status="past")
    press(page, done, "isotretinoin", day="2026-11-02")
    told = shown(page, done)
    assert "Not now: defer" in told
    assert "Ask again from 1 May 2027" in told
    assert "What else there is" in told
    assert "Make the plan" not in told


def test_the_plan_is_made_from_the_conversation(
    page: Client, practice: Practice, facts: Facts
) -> None:
    done = consult(practice, facts)
    assert "Make the plan" in shown(page, done)
    form = page.get(address("new_plan", done))
    assert form.status_code == 200
    setting = wishes().setting.model_dump(mode="json", exclude_none=True)
    fields = {"plan_id": str(uuid4()), **setting}
    for _ in range(2):
        answer = page.post(address("new_plan", done), fields)
        assert answer.status_code == 302
    plan = Plan.objects.get()
    assert answer.headers["Location"] == reverse("plan", args=[plan.pk])
    assert "Open the plan" in shown(page, done)


def test_a_plan_without_a_device_is_not_begun(
    page: Client, practice: Practice, facts: Facts
) -> None:
    done = consult(practice, facts)
    fields = {"plan_id": str(uuid4()), "operator": "nurse", "date": "2026-11-27", "device": "spoon"}
    answer = page.post(address("new_plan", done), fields)
    assert answer.status_code == 422
    assert "device: is missing" in answer.text.lower()
    assert not Plan.objects.exists()


def test_what_the_device_needs_to_know_is_asked_once_it_is_chosen(
    page: Client, practice: Practice, facts: Facts
) -> None:
    done = consult(practice, facts)
    done.historyanswers.filter(key__in=["metal_allergy", "anaesthetic_allergy"]).delete()
    assert still_to_ask(shown(page, done)) == 0
    setting = wishes().setting.model_dump(mode="json", exclude_none=True)
    answer = page.post(address("new_plan", done), {"plan_id": str(uuid4()), **setting})
    assert answer.headers["Location"].startswith(address("consultation", done))
    told = shown(page, done)
    assert still_to_ask(told) == 2
    assert "stainless steel" in line(told, "metal_allergy")


def test_the_next_plan_starts_from_the_last_one(
    page: Client, practice: Practice, facts: Facts
) -> None:
    done = consult(practice, facts)
    setting = wishes().setting.model_dump(mode="json", exclude_none=True)
    page.post(address("new_plan", done), {"plan_id": str(uuid4()), **setting})
    told = page.get(address("new_plan", done)).text
    assert 'value="generic_pen_14" selected' in told
    assert 'value="lidocaine_prilocaine_cream" selected' in told


def test_a_zone_is_chosen_on_the_map_without_script_too(page: Client, begun: Consultation) -> None:
    sent = {"view": "neck", "zones": "cheek_left,nonsense"}
    told = page.get(address("consultation", begun), sent).text
    assert re.search(r'value="cheek_left" checked', told)
    assert "?view=neck&amp;zones=cheek_left,decolletage#concerns" in told
    assert "?view=neck&amp;zones=#concerns" not in told
    back = page.get(address("consultation", begun), {"zones": "cheek_left"}).text
    assert "?view=face_front&amp;zones=#concerns" in back


def test_another_picture_is_the_map_alone(page: Client, begun: Consultation) -> None:
    headers = {"HX-Request": "true", "HX-Target": "map"}
    told = page.get(address("consultation", begun), {"view": "scalp"}, headers=headers).text
    assert told.lstrip().startswith('<div id="map">')
    assert 'data-zone="scalp"' in told


def test_the_map_says_what_bothers_where(page: Client, begun: Consultation) -> None:
    state = {"concern": "acne_scars", "kind": "rolling", "zone": "cheek_left", "severity": 3}
    page.post(address("state_concern", begun), state)
    assert "Cheek, left: acne scars, rolling marked" in shown(page, begun)


def test_answers_of_another_day_are_told_as_such(
    page: Client, practice: Practice, begun: Consultation
) -> None:
    assert "For another visit" in shown(page, begun)
    fields = {"consultation_id": str(uuid4())}
    page.post(reverse("begin_consultation", args=[practice.patient.pk]), fields)
    fresh = Consultation.objects.get(pk=fields["consultation_id"])
    assert "For another visit" not in shown(page, fresh)
