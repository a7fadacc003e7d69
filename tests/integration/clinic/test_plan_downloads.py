"""Files of a plan: the command line says the same of them, and no name is in a file name."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from percuta.clinic.plans.models import Plan
from percuta.facts.edition import Facts
from tests.integration.clinic.people import Practice, consult, draft, sign


@pytest.fixture(name="page")
def _page(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.practitioner, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(name="plan")
def _plan(practice: Practice, facts: Facts) -> Plan:
    return draft(practice, consult(practice, facts))


@pytest.mark.parametrize("is_signed", [False, True])
def test_the_command_line_makes_the_page_s_plan_from_the_page_s_case(
    page: Client, plan: Plan, practice: Practice, tmp_path: Path, is_signed: bool
) -> None:
    if is_signed:
        sign(practice, plan)
    path = tmp_path / "case.toml"
    path.write_bytes(page.get(f"/plans/{plan.pk}/case.toml").content)
    command = [sys.executable, "-m", "percuta", "plan", str(path), "--json"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    assert printed == page.get(f"/plans/{plan.pk}/plan.json").content


@pytest.mark.parametrize("name", ["case.toml", "plan.json", "versions/1/case.toml"])
def test_a_file_is_kept_under_a_name_that_names_nobody(
    page: Client, plan: Plan, practice: Practice, name: str
) -> None:
    kept = page.get(f"/plans/{plan.pk}/{name}").headers["Content-Disposition"]
    assert kept.startswith("attachment; filename=")
    assert practice.patient.family_name.lower() not in kept.lower()


def test_a_version_that_there_is_not_has_no_file(page: Client, plan: Plan) -> None:
    assert page.get(f"/plans/{plan.pk}/versions/9/plan.json").status_code == 404
