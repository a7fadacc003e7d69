"""What must hold for any case at all."""

import json
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case_file import parse_case
from percuta.planning.judgement.findings import blocked_zones
from percuta.planning.plan.document import parse_plan, write_plan
from percuta.planning.plan.plan import Plan, make_plan
from tests.mirror import in_any_order, mirrored
from tests.people import a_plan, one_concern
from tests.random_cases import random_case

QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SEEDS = st.integers(min_value=0, max_value=2**32)
NUMBING = st.sampled_from(["lidocaine_prilocaine_cream", "lidocaine_tetracaine_peel"])


def plan_of(raw: dict[str, Any], facts: Facts) -> Plan:
    return make_plan(parse_case(raw, facts), facts)


@given(seed=SEEDS)
@QUIET
def test_a_plan_survives_being_stored(seed: int, facts: Facts) -> None:
    plan = plan_of(random_case(Random(seed), facts), facts)
    assert parse_plan(write_plan(plan)) == plan


@given(seed=SEEDS)
@QUIET
def test_the_same_case_gives_the_same_bytes(seed: int, facts: Facts) -> None:
    first = plan_of(random_case(Random(seed), facts), facts)
    again = plan_of(random_case(Random(seed), facts), Facts(facts.folder))
    assert write_plan(first) == write_plan(again)


@given(seed=SEEDS)
@QUIET
def test_no_blocked_zone_is_planned(seed: int, facts: Facts) -> None:
    plan = plan_of(random_case(Random(seed), facts), facts)
    assert not set(blocked_zones(plan.findings)) & {zone.zone for zone in plan.zones}


@given(seed=SEEDS)
@QUIET
def test_everything_a_plan_rests_on_is_in_its_bibliography(seed: int, facts: Facts) -> None:
    plan = plan_of(random_case(Random(seed), facts), facts)
    cited = {line[1 : line.index("]")] for line in plan.provenance.bibliography}
    needed = {source for finding in plan.findings for source in finding.sources}
    needed |= {s for zone in plan.zones for reason in zone.why for s in reason.sources}
    assert needed <= cited
    for reference in plan.provenance.facts:
        assert facts.row(reference).provenance.source


@given(weight=st.floats(50, 150), lighter=st.floats(0, 40), product=NUMBING)
@QUIET
def test_lighter_never_means_more_grams(
    weight: float, lighter: float, product: str, facts: Facts
) -> None:
    zones = [zone.value for zone in Zone if zone.value.startswith(("cheek", "fore", "neck"))]
    changes: dict[str, Any] = {"numbing": product, "concerns": one_concern("wrinkles", *zones)}
    heavy = a_plan(facts, weight_kg=weight, **changes)
    light = a_plan(facts, weight_kg=weight - lighter, **changes)
    assert heavy.numbing is not None
    assert grams(light) <= grams(heavy)


@given(first=st.floats(0, 500), more=st.floats(0, 500), product=NUMBING)
@QUIET
def test_more_anaesthetic_elsewhere_never_means_more_grams_here(
    first: float, more: float, product: str, facts: Facts
) -> None:
    before = grams(a_plan(facts, numbing=product, other_local_anaesthetic_mg=first))
    after = grams(a_plan(facts, numbing=product, other_local_anaesthetic_mg=first + more))
    assert after <= before


def grams(plan: Plan) -> float:
    """Grams that may be used; no numbing is none."""
    return (plan.numbing.grams_max or 0.0) if plan.numbing else 0.0


@given(seed=SEEDS)
@QUIET
def test_a_mirrored_person_gets_a_mirrored_plan(seed: int, facts: Facts) -> None:
    """Byte for byte, numbing included."""
    raw = random_case(Random(seed), facts)
    plan, image = plan_of(raw, facts), plan_of(mirrored(raw), facts)
    assert in_any_order(plan.model_dump_json()) == in_any_order(
        json.dumps(mirrored(json.loads(image.model_dump_json())))
    )


@given(seed=SEEDS)
@QUIET
def test_answering_unknown_instead_of_no_never_frees_a_zone(seed: int, facts: Facts) -> None:
    rng = Random(seed)
    raw = random_case(rng, facts)
    before = {zone.zone for zone in plan_of(raw, facts).zones}
    quiet = [key for key, answer in raw["history"].items() if answer in ("no", "never")]
    raw["history"][rng.choice(quiet)] = "unknown"
    assert {zone.zone for zone in plan_of(raw, facts).zones} <= before
