"""Left is never taken for right."""

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from tests.people import a_plan, one_concern


def test_left_stays_left(facts: Facts) -> None:
    plan = a_plan(facts, tattoo_in_zone={"status": "yes", "zones": ["cheek_left"]})
    assert [zone.zone for zone in plan.zones] == [Zone.CHEEK_RIGHT]
    assert [zone.name for zone in plan.zones] == ["Cheek, right"]
    assert [zone.patient_name for zone in plan.zones] == ["your right cheek"]


def test_both_sides_are_treated_alike(facts: Facts) -> None:
    for zone in Zone:
        if not zone.endswith("_left"):
            continue
        left = a_plan(facts, concerns=one_concern("texture", zone)).zones
        other = zone.replace("_left", "_right")
        right = a_plan(facts, concerns=one_concern("texture", other)).zones
        assert [z.depth_mm for z in left] == [z.depth_mm for z in right]
        assert [z.area_cm2 for z in left] == [z.area_cm2 for z in right]
