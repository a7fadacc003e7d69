"""A plan in the record: what follows from answers and wishes, what a signature seals."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from percuta.clinic.consults import actions as consults
from percuta.clinic.consults.models import Consultation
from percuta.clinic.plans import actions as plans
from percuta.clinic.plans.acceptance import statements
from percuta.clinic.plans.models import PlanVersion
from percuta.clinic.plans.queries import case_of, planned, version
from percuta.clinic.plans.signing import digest_of
from percuta.clinic.plans.standings import standing
from percuta.errors import AccessDenied, Conflict, Faults, Sealed
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Concern, ScarKind, Zone
from percuta.planning.case.case_file import read_case
from percuta.planning.case.case_file_writing import case_file
from tests.integration.clinic.people import NOW, Practice, consult, draft, sign, wishes


def test_the_exported_case_gives_the_same_bytes_on_the_command_line(
    practice: Practice, facts: Facts, tmp_path: Path
) -> None:
    signed = sign(practice, draft(practice, consult(practice, facts)))
    path = tmp_path / "case.toml"
    path.write_text(case_file(case_of(signed, by=practice.professional, facts=facts)))
    command = [sys.executable, "-m", "percuta", "plan", str(path), "--json"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed == signed.document


def test_a_case_file_that_was_written_reads_the_same(
    practice: Practice, facts: Facts, tmp_path: Path
) -> None:
    newest = version(draft(practice, consult(practice, facts)), by=practice.professional)
    case = case_of(newest, by=practice.professional, facts=facts)
    path = tmp_path / "case.toml"
    path.write_text(case_file(case), encoding="utf-8")
    assert read_case(path, facts) == case


def test_only_a_qualified_professional_signs(practice: Practice, facts: Facts) -> None:
    newest = version(draft(practice, consult(practice, facts)), by=practice.practitioner)
    with pytest.raises(AccessDenied):
        plans.sign(by=practice.practitioner, at=NOW, version=newest, sha256="", accepted=())


def test_every_statement_must_be_accepted(practice: Practice, facts: Facts) -> None:
    newest = version(draft(practice, consult(practice, facts)), by=practice.professional)
    read = planned(newest, by=practice.professional)
    keys = [statement.key for statement in statements(read)]
    assert "assumptions" in keys
    for left_out in keys:
        with pytest.raises(Faults, match="not accepted"):
            plans.sign(
                by=practice.professional,
                at=NOW,
                version=newest,
                sha256=digest_of(read),
                accepted=[key for key in keys if key != left_out],
            )
    assert not PlanVersion.objects.filter(signed_at__isnull=False).exists()


def test_a_plan_that_changed_after_it_was_read_is_not_signed(
    practice: Practice, facts: Facts
) -> None:
    consultation = consult(practice, facts)
    newest = version(draft(practice, consultation), by=practice.professional)
    read = planned(newest, by=practice.professional)
    consults.answer(
        by=practice.practitioner,
        at=NOW,
        consultation=consultation,
        key="smoking",
        given={"status": "yes"},
        seen=1,
        facts=facts,
    )
    with pytest.raises(Conflict, match="changed after it was read"):
        plans.sign(
            by=practice.professional,
            at=NOW,
            version=newest,
            sha256=digest_of(read),
            accepted=[statement.key for statement in statements(read)],
        )


def test_the_next_edit_of_a_signed_plan_is_a_new_version(practice: Practice, facts: Facts) -> None:
    plan = draft(practice, consult(practice, facts))
    signed = sign(practice, plan)
    with pytest.raises(Sealed):
        plans.change(by=practice.practitioner, at=NOW, version=signed, seen=1, wishes=wishes())
    first, second = (plans.amend(by=practice.practitioner, at=NOW, plan=plan) for _ in range(2))
    assert first.pk == second.pk
    assert (first.number, first.wishes, first.is_signed) == (2, signed.wishes, False)


def test_a_signed_plan_is_checked_again_under_todays_answers(
    practice: Practice, facts: Facts
) -> None:
    consultation = consult(practice, facts)
    signed = sign(practice, draft(practice, consultation))
    assert standing(signed, by=practice.professional, on=NOW.date()).may_be_used
    consults.answer(
        by=practice.practitioner,
        at=NOW,
        consultation=consultation,
        key="pregnancy",
        given={"status": "yes"},
        seen=1,
        facts=facts,
    )
    answer = standing(signed, by=practice.professional, on=NOW.date())
    assert not answer.may_be_used
    assert planned(signed, by=practice.professional).is_made


def test_a_depth_of_a_zone_that_is_no_longer_stated_stops_no_plan(
    practice: Practice, facts: Facts
) -> None:
    """It waits in the draft: stated again, the zone has it again."""
    by, consultation = practice.practitioner, consult(practice, facts)
    newest = version(draft(practice, consultation), by=by)
    assert set(newest.wishes["depth_mm"]) == {"cheek_left", "cheek_right"}
    consults.withdraw_concern(
        by=by,
        at=NOW,
        consultation=consultation,
        concern=Concern.ACNE_SCARS,
        zone=Zone.CHEEK_RIGHT,
        seen=1,
    )
    assert [zone.zone for zone in planned(newest, by=by).zones] == [Zone.CHEEK_LEFT]
    _state_scars(practice, consultation, Zone.CHEEK_RIGHT)
    right = planned(newest, by=by).zones[1]
    assert (right.zone, right.depth_mm.chosen) == (Zone.CHEEK_RIGHT, 1.5)


def _state_scars(practice: Practice, consultation: Consultation, zone: Zone) -> None:
    consults.state_concern(
        by=practice.practitioner,
        at=NOW,
        consultation=consultation,
        concern=Concern.ACNE_SCARS,
        zone=zone,
        severity=3,
        kind=ScarKind.ROLLING,
        seen=0,
    )


def test_a_draft_changed_by_two_keeps_the_first_and_tells_the_second(
    practice: Practice, facts: Facts
) -> None:
    newest = version(draft(practice, consult(practice, facts)), by=practice.practitioner)
    shallower = wishes().model_copy(update={"depth_mm": {"cheek_left": 1.0}})
    deeper = wishes().model_copy(update={"depth_mm": {"cheek_left": 1.25}})
    plans.change(by=practice.practitioner, at=NOW, version=newest, seen=1, wishes=shallower)
    with pytest.raises(Conflict):
        plans.change(by=practice.professional, at=NOW, version=newest, seen=1, wishes=deeper)
    newest.refresh_from_db()
    assert newest.wishes["depth_mm"] == {"cheek_left": 1.0}


def test_a_plan_begun_twice_is_one_plan(practice: Practice, facts: Facts) -> None:
    consultation, plan_id = consult(practice, facts), uuid4()
    for _ in range(2):
        plans.open_plan(
            by=practice.practitioner,
            at=NOW,
            plan_id=plan_id,
            consultation=consultation,
            wishes=wishes(),
        )
    assert consultation.plans.count() == 1
