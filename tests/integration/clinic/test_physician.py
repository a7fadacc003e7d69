"""What only a physician writes and signs: a depth that none published, amounts without a label."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from percuta.clinic.accounts.models import User
from percuta.clinic.consults import actions as consults
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.acceptance import About, statements
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.queries import planned
from percuta.clinic.plans.signing import digest_of
from percuta.clinic.plans.wishes import Wishes
from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern, Operator, Zone
from percuta.planning.case.case import ChosenDepth, NumbingPrescription
from tests.integration.clinic.newest_edition import in_force
from tests.integration.clinic.people import NOW, PASSWORD, Practice, consult, wishes

COMPOUNDED = "compounded_high_strength"
HAND = {"hand_left_dorsal": ChosenDepth(mm=0.25, chosen_by=Operator.PHYSICIAN)}
WRITTEN = NumbingPrescription(product=COMPOUNDED, by="Omar", grams=5.0, area_cm2=60.0, minutes=20.0)


@pytest.fixture(name="newest", autouse=True)
def _newest(monkeypatch: pytest.MonkeyPatch) -> Iterator[Facts]:
    with in_force(monkeypatch) as facts:
        yield facts


@pytest.fixture(name="plan")
def _plan(practice: Practice, newest: Facts) -> Plan:
    """A nurse's draft for the back of a hand, with a cream of which no label gives an amount."""
    visit = consult(practice, newest)
    by = practice.practitioner
    for key in ("cheek_left", "cheek_right"):
        consults.withdraw_concern(
            by=by, at=NOW, consultation=visit, concern=Concern.ACNE_SCARS, zone=Zone(key), seen=1
        )
    consults.state_concern(
        by=by,
        at=NOW,
        consultation=visit,
        concern=Concern.TEXTURE,
        zone=Zone.HAND_LEFT_DORSAL,
        severity=2,
        kind=None,
        seen=0,
    )
    return plans.open_plan(
        by=by, at=NOW, plan_id=uuid4(), consultation=visit, wishes=_with(numbing=COMPOUNDED)
    )


def _with(depth_mm: dict[str, ChosenDepth] | None = None, **setting: object) -> Wishes:
    base = wishes()
    changed = base.setting.model_copy(update=setting)
    return base.model_copy(update={"setting": changed, "depth_mm": depth_mm or {}})


def _signer(practice: Practice) -> User:
    """A qualified professional who is no physician."""
    signer = User(
        login="nora.here",
        name="Nora",
        clinic=practice.administrator.clinic,
        role=practice.professional.role,
        operator=Operator.NURSE.value,
        is_active=True,
    )
    signer.set_password(PASSWORD)
    signer.save()
    return signer


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def stored(plan: Plan) -> PlanVersion:
    return PlanVersion.objects.filter(plan=plan).latest("number")


def press(client: Client, plan: Plan, **fields: object) -> tuple[int, str]:
    given = {"zone": "hand_left_dorsal", "seen": stored(plan).revision, **fields}
    answer = client.post(
        f"/plans/{plan.pk}/", {k: str(v) for k, v in given.items()}, headers={"HX-Request": "true"}
    )
    return answer.status_code, text_of(answer.text)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("&#x27;", "'").split())


def test_a_nurse_is_told_to_ask_and_a_physician_has_the_dial(
    plan: Plan, practice: Practice
) -> None:
    address = f"/plans/{plan.pk}/?zone=hand_left_dorsal"
    nurses = browser(practice.practitioner).get(address).text
    assert 'id="ask-physician"' in nurses
    assert 'class="dial"' not in nurses
    dial = re.findall(
        r'name="depth_mm" value="([\d.]+)"', browser(practice.professional).get(address).text
    )
    assert dial == ["0.25", "0.5"]


def test_a_depth_that_a_nurse_forges_is_refused_and_nothing_saved(
    plan: Plan, practice: Practice
) -> None:
    status, said = press(browser(practice.practitioner), plan, what="depth", depth_mm="0.25")
    assert status == 422
    assert "ask a physician" in said
    assert stored(plan).wishes["depth_mm"] == {}


def test_an_action_refuses_a_nurse_who_writes_as_a_physician(
    plan: Plan, practice: Practice
) -> None:
    signer = _signer(practice)
    for forged in (_with(HAND), _with(numbing=COMPOUNDED, numbing_prescription=WRITTEN)):
        for by in (practice.practitioner, signer):
            with pytest.raises(Faults, match="only a physician"):
                plans.change(by=by, at=NOW, version=stored(plan), seen=1, wishes=forged)
    with pytest.raises(Faults, match="only a physician"):
        plans.open_plan(
            by=practice.practitioner,
            at=NOW,
            plan_id=uuid4(),
            consultation=plan.consultation,
            wishes=_with(HAND),
        )
    assert stored(plan).revision == 1


def test_nobody_prescribes_under_another_name(plan: Plan, practice: Practice) -> None:
    forged = WRITTEN.model_copy(update={"by": "Somebody else"})
    with pytest.raises(Faults, match="is not who is signed in"):
        plans.change(
            by=practice.professional,
            at=NOW,
            version=stored(plan),
            seen=1,
            wishes=_with(numbing=COMPOUNDED, numbing_prescription=forged),
        )


def test_a_physicians_depth_stays_his_until_somebody_takes_it_back(
    plan: Plan, practice: Practice
) -> None:
    physician, nurse = browser(practice.professional), browser(practice.practitioner)
    assert press(physician, plan, what="depth", depth_mm="0.25")[0] == 200
    kept = {"hand_left_dorsal": {"mm": 0.25, "chosen_by": "physician"}}
    assert stored(plan).wishes["depth_mm"] == kept
    assert press(nurse, plan, what="passes", passes="2")[0] == 200
    assert press(nurse, plan, what="depth", depth_mm="0.5")[0] == 422
    assert stored(plan).wishes["depth_mm"] == kept
    assert press(nurse, plan, what="depth", depth_mm="")[0] == 200
    assert stored(plan).wishes["depth_mm"] == {}


def test_a_physician_prescribes_and_a_forged_prescription_is_refused(
    plan: Plan, practice: Practice
) -> None:
    amounts = {"what": "prescription", "grams": "5", "area_cm2": "60", "minutes": "20"}
    status, said = press(browser(practice.practitioner), plan, **amounts)
    assert (status, "ask a physician" in said) == (422, True)
    assert stored(plan).wishes["setting"].get("numbing_prescription") is None
    physician = browser(practice.professional)
    assert press(physician, plan, what="depth", depth_mm="0.25")[0] == 200
    status, said = press(physician, plan, **amounts)
    assert status == 200
    assert "by Omar" in said
    assert stored(plan).wishes["setting"].get("numbing_prescription") == WRITTEN.model_dump()
    status, _ = press(physician, plan, what="prescription", grams="", area_cm2="", minutes="")
    assert (status, stored(plan).wishes["setting"].get("numbing_prescription")) == (200, None)


@pytest.mark.parametrize("grams", ["", "-1", "900", "much"])
def test_an_amount_that_cannot_be_is_named(plan: Plan, practice: Practice, grams: str) -> None:
    given = {"what": "prescription", "grams": grams, "area_cm2": "60", "minutes": "20"}
    status, said = press(browser(practice.professional), plan, **given)
    assert (status, "grams" in said.lower()) == (422, True)
    assert stored(plan).revision == 1


def test_what_waits_is_listed_for_a_physician_first_and_leaves_when_written(
    plan: Plan, practice: Practice
) -> None:
    physician, nurse = browser(practice.professional), browser(practice.practitioner)
    shown = physician.get("/patients/").text
    said = "A depth for back of hand, left; an amount of"
    assert said in text_of(shown)
    assert shown.index("Waiting for a physician") < shown.index('id="find"')
    nurses = nurse.get("/patients/").text
    assert said in text_of(nurses)
    assert nurses.index("1 waiting for a physician") > nurses.index('id="find"')
    press(physician, plan, what="depth", depth_mm="0.25")
    press(physician, plan, what="prescription", grams="5", area_cm2="60", minutes="20")
    for client in (physician, nurse):
        assert "waiting for a physician" not in client.get("/patients/").text.lower()


def test_another_clinic_sees_nothing_that_waits(plan: Plan, elsewhere: Practice) -> None:
    assert plan.pk
    assert "for a physician" not in browser(elsewhere.professional).get("/patients/").text


def test_a_physicians_depth_takes_a_physicians_signature_also_by_a_forged_post(
    plan: Plan, practice: Practice
) -> None:
    press(browser(practice.professional), plan, what="depth", depth_mm="0.25")
    setting = {"what": "setting", "device": "generic_pen_14", "operator": "nurse"}
    press(browser(practice.professional), plan, **setting, date="2026-11-23", numbing="none")
    signer = _signer(practice)
    assert "Ask a physician to sign" in browser(signer).get(f"/plans/{plan.pk}/").text
    page = browser(signer).get(f"/plans/{plan.pk}/sign/").text
    assert "Sign version" not in page
    assert "no depth is published here; ask a physician to sign" in text_of(page)
    assert _signs(signer, plan, practice) == 422
    assert not stored(plan).is_signed
    assert _signs(practice.professional, plan, practice) == 302
    assert stored(plan).is_signed


def _signs(who: User, plan: Plan, practice: Practice) -> int:
    """Everything ticked and sent, as a page that hides the button would not."""
    read = planned(stored(plan), by=practice.professional)
    given = {
        "version": str(stored(plan).number),
        "sha256": digest_of(read),
        "accepted": [told.key for told in statements(read)],
        "password": PASSWORD,
    }
    return browser(who).post(f"/plans/{plan.pk}/sign/", given).status_code


def test_a_cream_that_takes_a_prescribers_tick_is_ticked_by_a_physician(
    practice: Practice, newest: Facts
) -> None:
    plan = plans.open_plan(
        by=practice.practitioner,
        at=NOW,
        plan_id=uuid4(),
        consultation=consult(practice, newest),
        wishes=_with(
            {zone: ChosenDepth(mm=1.0) for zone in ("cheek_left", "cheek_right")},
            numbing="lidocaine_4_cream",
        ),
    )
    read = planned(stored(plan), by=practice.professional)
    ticks = [told for told in statements(read) if told.about is About.PRESCRIBER]
    assert len(ticks) == 1
    assert _signs(_signer(practice), plan, practice) == 422
    assert _signs(practice.professional, plan, practice) == 302
