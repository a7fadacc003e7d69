"""The numbers that a plan stands on, and that a signed plan outlives the code."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from percuta.clinic.plans.models import PlanVersion
from percuta.facts.edition import Facts, open_edition
from percuta.planning import plan_document, provenance, recheck
from percuta.planning.new_collagen import pulse_days
from percuta.planning.numbing import NEVER_ON_NEEDLED_SKIN
from percuta.planning.plan import Plan
from tests import golden_plans
from tests.golden_plans import DOCUMENTS, digest_on_paper, golden_plan
from tests.integration.clinic.people import NOW, consult, draft, open_practice, sign
from tests.people import a_plan, one_concern

# --- A signed plan outlives the code ---

SEALED = "2026-11-23"
"""The edition that the golden plans were made under."""

MADE = [path for path in DOCUMENTS if golden_plan(path).is_made]
"""Golden plans that say what to do; the others answer why not."""


def checked(plan: Plan) -> recheck.Recheck:
    """A plan checked on its own day, while its own edition is in force."""
    own: Facts = open_edition(SEALED)
    return recheck.recheck(plan, own=own, today=own, on=plan.case.setting.date)


@pytest.fixture(
    name="change",
    params=["nothing", "a bumped version", "a reworded sentence", "a new optional field"],
)
def _change(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a later Percuta may differ in."""
    if request.param == "a bumped version":
        monkeypatch.setattr(provenance, "__version__", "9.9.9")
        monkeypatch.setattr(recheck, "__version__", "9.9.9")
    elif request.param == "a reworded sentence":
        monkeypatch.setattr("percuta.planning.plan.NEVER_ON_NEEDLED_SKIN", "Said otherwise.")
    elif request.param == "a new optional field":

        class LaterPlan(Plan):
            follow_up_days: int | None = None

        monkeypatch.setattr(plan_document, "Plan", LaterPlan)
    return str(request.param)


@pytest.mark.parametrize("document", MADE, ids=golden_plans.name)
def test_a_later_percuta_leaves_every_golden_plan_usable(document: Path, change: str) -> None:
    answer = checked(golden_plan(document))
    assert answer.may_be_used, (change, answer.refusals)
    assert answer.recomputed == ()


def test_a_reworded_sentence_is_listed_as_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = golden_plan(MADE[0])
    monkeypatch.setattr("percuta.planning.plan.NEVER_ON_NEEDLED_SKIN", "Said otherwise.")
    changes = {change.field: (change.before, change.after) for change in checked(plan).changes}
    assert changes["never"] == (NEVER_ON_NEEDLED_SKIN, "Said otherwise.")


@pytest.mark.parametrize("document", DOCUMENTS, ids=golden_plans.name)
def test_one_changed_byte_of_a_golden_plan_is_refused_on_the_command_line(
    document: Path, tmp_path: Path
) -> None:
    text = document.read_text(encoding="utf-8")
    changed = tmp_path / "plan.json"
    changed.write_text(text.replace('"verdict"', '"verdicT"', 1), encoding="utf-8")
    paper = ("--sha256", digest_on_paper(document))
    for command in (("recheck", changed, *paper), ("next", changed, _DELIVERED, *paper)):
        done = _percuta(*command)
        assert done.returncode == 2
        assert "digest differs" in done.stderr
        assert done.stdout == ""


_DELIVERED = Path("examples/delivered/01-first-session.toml")


def _percuta(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "percuta", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.django_db
def test_one_changed_byte_is_refused_on_page_paper_and_as_json(facts: Facts) -> None:
    practice = open_practice("here")
    signed = sign(practice, draft(practice, consult(practice, facts)))
    changed = PlanVersion.objects.create(
        plan=draft(practice, signed.plan.consultation),
        number=2,
        wishes=signed.wishes,
        changed_at=NOW,
        changed_by=practice.practitioner,
        document=signed.document.replace('"verdict"', '"verdicT"', 1),
        sha256=signed.sha256,
        facts_edition=signed.facts_edition,
        valid_until=signed.valid_until,
        signed_at=NOW,
        signed_by=practice.professional,
    )
    client, address = Client(), f"/plans/{changed.plan.pk}"
    client.force_login(practice.professional, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("document.pdf", "plan.json", "case.toml"):
        refused = client.get(f"{address}/{name}")
        assert refused.status_code == 409, name
        assert "is not what was signed" in refused.content.decode(), name
    page = client.get(f"{address}/").content.decode()
    assert "This plan cannot be shown" in page
    assert "Not to be used" in page
    for name in ("", "sign/"):
        shown = client.get(f"{address}/{name}").content.decode()
        assert "digest differs" in shown
        assert "Signed by" not in shown
    story = client.get(f"/patients/{practice.patient.pk}/").content.decode()
    assert "what is stored is not what was signed" in story


def test_a_clinic_of_before_formats_opens_prints_and_checks_its_signed_plan(
    tmp_path: Path,
) -> None:
    record = golden_plans.FOLDER.with_name("records") / "before-formats.sqlite3.gz"
    (tmp_path / "percuta.sqlite3").write_bytes(gzip.decompress(record.read_bytes()))
    tmp_path.chmod(0o700)
    command = [sys.executable, "-m", "tests.old_record"]
    environment = {**os.environ, "PERCUTA_DATA_FOLDER": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.stdout.splitlines() == [
        "may be used: True ()",
        "recomputed: ()",
        "page 200, signed: True",
        "pdf 200, signed: True",
        "json 200, as signed: True",
        "sign page of the draft 200",
    ], done.stderr


# --- Series ---


def test_stretch_marks_of_dark_skin_are_two_sessions_four_weeks_apart() -> None:
    """It was two sessions, two weeks apart: of no dermatologist, and 7 of 32 had dark marks."""
    facts = open_edition("2026-11-30")
    plan = a_plan(facts, concerns=one_concern("stretch_marks", "thigh_left"), phototype="V")
    assert plan.series is not None
    assert (plan.series.sessions, plan.series.interval_weeks) == (2, 4)


# --- What groups had ---


def test_a_blinded_study_of_the_neck_lies_within_what_is_foretold_for_its_like() -> None:
    """Alqam 2022 printed 0.86; the model of before gave 1.22, with 0.86 at its 6th percentile."""
    check = next(
        row for row in open_edition("2026-11-30").outcome_checks if row.study == "ALQAM2022"
    )
    assert check.published == 0.86
    assert check.low_80 <= 0.86 <= check.high_80


# --- Collagen, events, uptake ---


def test_the_pulse_of_collagen_ends_where_200_000_draws_end_it() -> None:
    """A referee's own draws gave 17.3 to 44.2 days."""
    low, _, high = pulse_days(open_edition())
    assert low == pytest.approx(17.3, abs=0.5)
    assert high == pytest.approx(44.2, abs=0.8)


def test_nothing_of_stretch_marks_stands_on_a_face_plan() -> None:
    plan = a_plan(open_edition("2026-11-30"))
    assert not [seen for seen in plan.seen_events if "striae" in seen.population]


def test_eleven_in_a_hundred_of_tranexamic_acid_is_told_and_no_curve_drawn() -> None:
    plan = a_plan(open_edition("2026-11-30"), topicals=["tranexamic_acid_solution"])
    assert plan.course is not None
    assert not [lane for lane in plan.course.absorption if "tranexamic" in lane.product]
    assert [told for told in plan.course.no_lane if "found 11 (9 to 14)" in told.why.text]
