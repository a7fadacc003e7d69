"""Versions of a plan and its document: nothing that has ended can be taken for one to use."""

import io
from datetime import date, timedelta

import pypdfium2 as pdfium
import pytest
from django.test import Client

from percuta.clinic.consults import actions as consults
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.lifecycle import State
from percuta.clinic.plans.models import Plan, PlanVersion
from percuta.clinic.plans.standings import standing
from percuta.errors import UnknownEdition
from percuta.facts.edition import Facts
from percuta.web.versions import versions_of
from tests.golden_plans import sha256
from tests.integration.clinic.people import NOW, Practice, consult, draft, sign

BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = NOW.date()
LATER = TODAY + timedelta(days=400)


@pytest.fixture(name="plan")
def _plan(practice: Practice, facts: Facts) -> Plan:
    return draft(practice, consult(practice, facts))


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.practitioner, backend=BACKEND)
    return client


def told(practice: Practice, plan: Plan, on: date = TODAY) -> list[tuple[int, State]]:
    """Number and state of every version, newest first."""
    found = versions_of(plan, by=practice.practitioner, on=on)
    return [(version.number, state) for version, state in found.lines]


def words(page: Client, address: str) -> list[str]:
    """The text of each page of a document."""
    content = io.BytesIO(page.get(address).content)
    return [each.get_textpage().get_text_bounded() for each in pdfium.PdfDocument(content)]


def test_each_version_has_one_word_for_where_it_stands(practice: Practice, plan: Plan) -> None:
    assert told(practice, plan) == [(1, State.DRAFT)]
    sign(practice, plan)
    assert told(practice, plan) == [(1, State.SIGNED)]
    plans.amend(by=practice.practitioner, at=NOW, plan=plan)
    assert told(practice, plan) == [(2, State.DRAFT), (1, State.SIGNED)]
    sign(practice, plan)
    assert told(practice, plan) == [(2, State.SIGNED), (1, State.SUPERSEDED)]
    assert told(practice, plan, on=LATER) == [(2, State.EXPIRED), (1, State.SUPERSEDED)]


def test_a_plan_is_valid_on_its_last_day(practice: Practice, plan: Plan) -> None:
    last = sign(practice, plan).valid_until
    assert last is not None
    assert told(practice, plan, on=last) == [(1, State.SIGNED)]
    assert told(practice, plan, on=last + timedelta(days=1)) == [(1, State.EXPIRED)]


def test_an_expired_or_overtaken_version_may_not_be_used(practice: Practice, plan: Plan) -> None:
    first = sign(practice, plan)
    expired = versions_of(plan, by=practice.practitioner, on=LATER).standing
    assert expired is not None
    assert not expired.may_be_used
    assert any("expired on" in refusal for refusal in expired.refusals)
    plans.amend(by=practice.practitioner, at=NOW, plan=plan)
    sign(practice, plan)
    old = standing(first, by=practice.practitioner, on=NOW.date())
    assert old.refusals == ("version 2 was signed after it",)


def test_a_plan_of_a_newer_percuta_may_not_be_used_and_breaks_no_page(
    practice: Practice, plan: Plan, page: Client
) -> None:
    signed = sign(practice, plan)
    document = signed.document.replace('"format": 2', '"format": 99')
    other = PlanVersion.objects.create(
        plan=draft(practice, plan.consultation),
        number=2,
        wishes=signed.wishes,
        changed_at=NOW,
        changed_by=practice.practitioner,
        document=document,
        sha256=sha256(document),
        facts_edition=signed.facts_edition,
        valid_until=signed.valid_until,
        signed_at=NOW,
        signed_by=practice.professional,
    )
    answer = standing(other, by=practice.professional, on=NOW.date())
    assert not answer.may_be_used
    assert any("newer Percuta" in refusal for refusal in answer.refusals)
    assert page.get(f"/plans/{other.plan.pk}/document.pdf").status_code == 409
    assert "newer Percuta" in page.get(f"/plans/{other.plan.pk}/").content.decode()
    page.force_login(practice.professional, backend=BACKEND)
    assert page.get(f"/plans/{other.plan.pk}/sign/").status_code == 200


def test_amending_twice_begins_one_draft(page: Client, practice: Practice, plan: Plan) -> None:
    sign(practice, plan)
    for _ in range(2):
        assert page.post(f"/plans/{plan.pk}/amend/").status_code == 302
    assert [number for number, _ in told(practice, plan)] == [2, 1]
    assert page.get(f"/plans/{plan.pk}/amend/").status_code == 405


def test_a_drafts_document_says_draft_on_each_page(page: Client, plan: Plan) -> None:
    pages = words(page, f"/plans/{plan.pk}/document.pdf")
    assert len(pages) == 5
    assert all("DRAFT" in text and "Not signed" in text for text in pages)


def test_a_document_carries_the_figures_of_its_plan(page: Client, plan: Plan) -> None:
    pages = words(page, f"/plans/{plan.pk}/document.pdf")
    assert len(pages) > 3
    assert any("where needles end, in mm" in each for each in pages[1:-1])


def test_a_document_stays_readable_where_its_facts_are_gone(
    page: Client, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(edition: str) -> Facts:
        raise UnknownEdition(edition)

    monkeypatch.setattr("percuta.web.documents.facts_of", gone)
    assert len(words(page, f"/plans/{plan.pk}/document.pdf")) == 3


def test_a_signed_document_names_signer_day_and_digest(
    page: Client, practice: Practice, plan: Plan
) -> None:
    signed = sign(practice, plan)
    pages = words(page, f"/plans/{plan.pk}/versions/1/document.pdf")
    for text in pages:
        assert "DRAFT" not in text
        assert "Omar, qualified professional," in " ".join(text.split())
        assert "23 Nov 2026 at 09:30" in " ".join(text.split())
        assert signed.sha256[:16] in text


def test_the_document_of_a_plan_that_became_stricter_warns_on_each_page(
    page: Client, practice: Practice, plan: Plan, facts: Facts
) -> None:
    sign(practice, plan)
    consults.answer(
        by=practice.practitioner,
        at=NOW,
        consultation=plan.consultation,
        key="pregnancy",
        given={"status": "yes"},
        seen=1,
        facts=facts,
    )
    pages = words(page, f"/plans/{plan.pk}/versions/1/document.pdf")
    assert all("NOT TO BE USED" in text for text in pages)


def test_a_document_is_shown_in_place_kept_nowhere_and_names_nobody(
    page: Client, plan: Plan
) -> None:
    answer = page.get(f"/plans/{plan.pk}/document.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'inline; filename="plan-{str(plan.pk)[:8]}-version-1.pdf"'
    )
    assert answer["Cache-Control"] == "no-store"


def test_no_page_of_somebody_signed_in_is_kept(page: Client, practice: Practice) -> None:
    addresses = ("/patients/", f"/patients/{practice.patient.pk}/", "/no/such/page/", "/people/")
    for address in addresses:
        assert page.get(address)["Cache-Control"] == "no-store"


def test_a_version_that_is_not_there_is_not_here(page: Client, plan: Plan) -> None:
    assert page.get(f"/plans/{plan.pk}/versions/7/document.pdf").status_code == 404
