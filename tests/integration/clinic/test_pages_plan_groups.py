"""What the plan page says of groups, of harm in studies and of the blood: bounds with their why."""

import html
import re

import pytest
from django.test import Client

from percuta.clinic.plans.models import PlanVersion
from percuta.clinic.plans.queries import planned
from percuta.facts.edition import Facts
from percuta.planning.plan.plan import Plan as Planned
from tests.integration.clinic.people import Practice, consult, draft
from tests.unit.test_group_forecast import PERSONAL


@pytest.fixture(name="shown")
def _shown(practice: Practice, facts: Facts) -> tuple[str, Planned]:
    client = Client()
    client.force_login(practice.practitioner, backend="django.contrib.auth.backends.ModelBackend")
    plan = draft(practice, consult(practice, facts))
    version = PlanVersion.objects.filter(plan=plan).latest("number")
    page = client.get(f"/plans/{plan.pk}/").text
    return page, planned(version, by=practice.practitioner)


def section(page: str, name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}">.*?</section>', page, re.DOTALL)
    assert found is not None, name
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def test_each_group_forecast_stands_with_picture_grade_and_unknowns(
    shown: tuple[str, Planned],
) -> None:
    page, plan = shown
    said = section(page, "groups")
    assert page.count('class="figure group-bands"') == len(plan.group_forecast) > 0
    for forecast in plan.group_forecast:
        assert forecast.sentence in said
        assert forecast.grade.words.capitalize() in said
        assert all(unknown in said for unknown in forecast.unknowns)
        assert all(fact in said for fact in forecast.facts)


def test_nothing_about_groups_reads_as_one_person_s_success(shown: tuple[str, Planned]) -> None:
    page, plan = shown
    told = page.split('<div class="group">')[1:]
    assert len(told) == len(plan.group_forecast)
    said = " ".join(re.sub(r"<[^>]+>", " ", group.partition("<details")[0]) for group in told)
    assert PERSONAL.search(said) is None, PERSONAL.search(said)
    assert "Nothing here says what one person will have." in section(page, "groups")


def test_none_seen_carries_what_cannot_be_ruled_out(shown: tuple[str, Planned]) -> None:
    page, plan = shown
    said = section(page, "seen")
    none = [seen for seen in plan.seen_events if seen.events_n == 0]
    assert none
    assert all(seen.sentence in said for seen in plan.seen_events)
    assert all("cannot be ruled out" in seen.sentence for seen in none)


def test_the_blood_level_is_a_bound_with_its_rows(shown: tuple[str, Planned]) -> None:
    page, plan = shown
    assert plan.numbing is not None
    said = section(page, "whole")
    limit = plan.numbing.plasma_limit_ug_per_ml
    assert limit is not None
    assert f"under {limit:g} µg/mL in 95 of 100, of this alone" in said
    bound = f"{plan.numbing.plasma_ug_per_ml_upper:g} µg/mL with everything of the day"
    assert f"Outer bound {bound}" in said
    assert f"toxic from {plan.numbing.toxic_ug_per_ml:g}" in said
    assert said.index("Measured") < said.index("One person"), "what was measured comes first"
