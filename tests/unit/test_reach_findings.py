"""The caution where many needles may pass the dermis: when, and what it names."""

from pathlib import Path

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from percuta.planning.case.case_file import read_case
from percuta.planning.depth.reached_depth import Range
from percuta.planning.plan.depth_findings import RULE_THROUGH_DERMIS, reach_findings
from percuta.planning.plan.plan import make_plan
from percuta.planning.plan.zone_plan import ZonePlan

EXAMPLES = Path(__file__).parents[2] / "examples" / "cases"


@pytest.fixture
def cheek(facts: Facts) -> ZonePlan:
    plan = make_plan(read_case(EXAMPLES / "01-rolling-scars.toml", facts), facts)
    return next(zone for zone in plan.zones if zone.zone is Zone.CHEEK_LEFT)


def passing(zone: ZonePlan, high: float, at_most: float) -> ZonePlan:
    assert zone.reach is not None
    band = Range(low=0.0, middle=0.0, high=high)
    reach = zone.reach.model_copy(
        update={"p_through_dermis": band, "p_through_dermis_at_most": at_most}
    )
    return zone.model_copy(update={"reach": reach})


def test_it_names_the_share_the_bound_and_what_lies_beneath(cheek: ZonePlan, facts: Facts) -> None:
    [finding] = reach_findings([passing(cheek, 0.62, 0.97)], facts)
    assert (finding.rule, finding.level) == (RULE_THROUGH_DERMIS, Level.CAUTION)
    assert finding.zones == (Zone.CHEEK_LEFT,)
    assert finding.reason == (
        "Up to 62 of 100 needles may pass the dermis, 97 if none lost any depth. "
        "By the thinnest source: 67; over 6 sources: 1 to 82. "
        "Beneath: fat, then the muscles of expression; facial artery 4.8 to 9.3 mm deep."
    )


def test_it_begins_above_the_threshold_of_the_policy(cheek: ZonePlan, facts: Facts) -> None:
    share = facts.policy["p_through_caution_pct", "any"].value / 100
    assert not list(reach_findings([passing(cheek, share, 1.0)], facts))
    assert list(reach_findings([passing(cheek, share + 0.01, 1.0)], facts))


def test_nothing_is_said_where_no_thickness_was_found(cheek: ZonePlan, facts: Facts) -> None:
    assert not list(reach_findings([cheek.model_copy(update={"reach": None})], facts))
