"""What a patient is told of the time afterwards never falls short of the sources."""

from percuta.facts.edition import Facts
from percuta.planning.plan.document import write_plan
from percuta.planning.plan.plan import Plan
from tests.people import a_plan


def test_aftercare_is_never_shorter_than_the_leaflet(facts: Facts) -> None:
    floors = {f"aftercare/{row.key}": row.until_h_lo for row in facts.aftercare}
    leaflet = {f"aftercare/{r.key}" for r in facts.aftercare if r.origin == "leaflet"}
    told = {instruction.fact: instruction.until_h for instruction in a_plan(facts).aftercare}
    after = {
        f"aftercare/{row.key}"
        for row in facts.aftercare
        if row.phase == "after" and row.audience == "patient"
    }
    assert leaflet & after <= set(told)
    for fact, hours in told.items():
        floor = floors[fact]
        assert hours == floor or (floor is not None and hours is not None and hours >= floor)
    assert told["aftercare/aftercare.no_make_up"] == 24
    assert told["aftercare/aftercare.no_exercise"] == 72


def test_no_outcome_is_promised(facts: Facts) -> None:
    """Groups in studies, each with its control and source; nothing about this person."""
    plan = a_plan(facts)
    assert plan.expectation
    assert all(line.sources and line.control for line in plan.expectation)
    names = set(Plan.model_fields)
    assert names.isdisjoint({"success_rate", "skin_age", "percentile", "collagen_gained"})
    text = write_plan(plan).lower()
    assert "your chance" not in text
    assert "guarantee" not in text
