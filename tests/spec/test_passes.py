"""Passes: the wish comes first, the device turns a density into passes, time follows."""

import pytest

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Level, Zone
from tests.people import a_plan
from tests.spec.safety.reading import levels

# device, what is asked for, passes, strikes per cm2
TABLE = [
    ("generic_pen_14", {}, 3, 1991),
    ("generic_pen_14", {"passes": 2}, 2, 1327),
    ("generic_pen_14", {"strikes_per_cm2": 1331.0}, 2, 1327),
    ("generic_pen_14", {"strikes_per_cm2": 229.0}, 1, 664),
    ("roller_192_10", {"strikes_per_cm2": 229.0}, 15, 229),
    ("roller_192_10", {"passes": 4, "zone_strikes_per_cm2": {"cheek_left": 458.0}}, 30, 458),
    ("roller_192_10", {"strikes_per_cm2": 458.0, "zone_passes": {"cheek_left": 4}}, 4, 61),
]


@pytest.mark.parametrize(("device", "wish", "passes", "strikes"), TABLE)
def test_passes_follow_the_wish_and_the_device(
    device: str, wish: dict[str, object], passes: int, strikes: int, facts: Facts
) -> None:
    zone = a_plan(facts, device=device, **wish).zones[0]
    assert (zone.zone, zone.passes, zone.strikes_per_cm2) == (Zone.CHEEK_LEFT, passes, strikes)


def test_more_than_published_is_a_caution_and_fewer_a_note(facts: Facts) -> None:
    assert levels(a_plan(facts, passes=5))["passes.more_than_published"] is Level.CAUTION
    assert levels(a_plan(facts, passes=2))["passes.fewer_than_published"] is Level.NOTE
    assert not {"passes.more_than_published", "passes.fewer_than_published"} & set(
        levels(a_plan(facts))
    )


def test_minutes_follow_the_passes_of_each_zone(facts: Facts) -> None:
    left, right = a_plan(facts, zone_passes={"cheek_left": 1}).zones
    assert left.minutes < right.minutes
    fewer, more = (a_plan(facts, passes=passes).duration for passes in (1, 4))
    assert fewer is not None
    assert more is not None
    assert fewer.needling_min < more.needling_min
