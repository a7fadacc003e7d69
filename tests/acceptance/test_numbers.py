"""The numbers that a plan stands on, and that a signed plan outlives the code."""

import gzip
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from django.test import Client

from percuta.clinic.plans.models import PlanVersion
from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Level
from percuta.planning.case.case_file import parse_case, read_case
from percuta.planning.numbing.ceilings import NEVER_ON_NEEDLED_SKIN
from percuta.planning.plan import document as plan_document
from percuta.planning.plan import provenance, revalidation
from percuta.planning.plan.plan import Plan, make_plan
from percuta.report import wording
from percuta.report.brief import brief
from percuta.report.professional import finding_lines
from tests import golden_plans
from tests.golden_plans import DOCUMENTS, digest_on_paper, golden_plan
from tests.integration.clinic.people import NOW, consult, draft, open_practice, sign
from tests.random_cases import random_case

# --- A signed plan outlives the code ---

MADE = [path for path in DOCUMENTS if golden_plan(path).is_made]
"""Golden plans that say what to do; the others answer why not."""


def checked(plan: Plan) -> revalidation.Recheck:
    """A plan checked on its own day, while its own edition is in force."""
    own: Facts = open_edition(plan.provenance.facts_edition)
    return revalidation.recheck(plan, own=own, today=own, on=plan.case.setting.date)


@pytest.fixture(
    name="change",
    params=["nothing", "a bumped version", "a reworded sentence", "a new optional field"],
)
def _change(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a later Percuta may differ in."""
    if request.param == "a bumped version":
        monkeypatch.setattr(provenance, "__version__", "9.9.9")
        monkeypatch.setattr(revalidation, "__version__", "9.9.9")
    elif request.param == "a reworded sentence":
        monkeypatch.setattr("percuta.planning.plan.plan.NEVER_ON_NEEDLED_SKIN", "Said otherwise.")
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
    monkeypatch.setattr("percuta.planning.plan.plan.NEVER_ON_NEEDLED_SKIN", "Said otherwise.")
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


# --- One screen that decides ---

EXAMPLES = sorted(Path("examples/cases").glob("[0-9]*.toml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_plan_in_a_terminal_is_one_screen(path: Path, facts: Facts) -> None:
    plan = make_plan(read_case(path, facts), facts)
    lines = brief(plan)
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    text = "\n".join(lines)
    assert text.startswith(wording.VERDICT_FOR_PROFESSIONAL[plan.verdict])
    for zone in plan.zones:
        assert zone.name in text
        assert wording.depth(zone.depth_mm.limit) in text
    if plan.numbing is not None:
        assert "Numbing:" in text
    if plan.series is not None:
        assert all(wording.day(day) in " ".join(text.split()) for day in plan.series.dates)
    assert "--full" in lines[-1]


@pytest.mark.parametrize("seed", range(120))
def test_what_stops_refers_or_defers_is_never_left_out_of_one_screen(
    seed: int, facts: Facts
) -> None:
    plan = make_plan(parse_case(random_case(Random(seed), facts), facts), facts, draws=1)
    lines = brief(plan)
    assert len(lines) <= 40
    told = sum(line.startswith(("Stop:", "Refer:", "Defer:")) for line in lines)
    grave = [line for line in finding_lines(plan.findings, plan) if line.level in GRAVE]
    assert told == len(grave)


GRAVE = {wording.LEVEL_WORD[level] for level in (Level.STOP, Level.REFER, Level.DEFER)}


def test_the_command_prints_one_screen_and_the_rest_when_asked() -> None:
    case = EXAMPLES[0]
    short, full = _percuta("plan", case).stdout, _percuta("plan", case, "--full").stdout
    assert len(short.splitlines()) <= 40
    assert len(full.splitlines()) > 100
    assert "[SKINPEN_CLIN]" in full


# --- The catalogue of devices ---

CATALOGUE = "2026-11-30"
"""The edition that holds devices by their own name."""


def test_the_catalogue_holds_26_clearances_and_each_says_what_was_not_read() -> None:
    entries = open_edition(CATALOGUE).catalogue.values()
    assert len({number for entry in entries for number in entry.number_list}) == 26
    assert all(entry.not_read for entry in entries)


def test_a_plan_names_its_device_and_whose_label_limits_it(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    text = EXAMPLES[0].read_text(encoding="utf-8")
    case.write_text(text.replace('"generic_pen_14"', '"dp4"'), encoding="utf-8")
    told = _percuta("plan", str(case), "--edition", CATALOGUE).stdout
    assert "DP4 (Dermapen 4) (K221070), limited by the label of SkinPen Precision" in told
