"""Numbing over random people and zones, under the edition that numbs by layers and visits."""

from random import Random
from typing import Any

import pytest

from percuta.facts.edition import BUILT_IN, Facts, open_edition, released
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Case
from percuta.planning.numbing.blood_level import others_at_once, toxic_ug_per_ml
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.numbing.other_anaesthetic import others_of_the_day
from percuta.planning.numbing.plan import plan_numbing
from percuta.planning.numbing.visits import large_area
from tests.judge import Judge
from tests.mirror import mirrored
from tests.numbing_judge import NumbingJudge
from tests.people import a_case

PRODUCTS = ("lidocaine_4_cream", "lidocaine_prilocaine_cream", "lidocaine_tetracaine_peel")
MOST_USED = 0.6
STEP_MIN = 1.0
"""Minutes are told in whole ones."""


@pytest.fixture(name="facts", scope="module")
def _facts() -> Facts:
    return open_edition("2026-11-30")


@pytest.fixture(name="judge", scope="module")
def _judge(facts: Facts) -> Judge:
    return Judge(facts.folder)


def zones_of(rng: Random) -> list[str]:
    """Faces mostly, with some skin of the body."""
    face = [zone.value for zone in Zone][:14]
    anywhere = [zone.value for zone in Zone]
    return rng.sample(*rng.choice(((face, rng.randint(1, 14)), (anywhere, rng.randint(1, 10)))))


def a_person(rng: Random, facts: Facts) -> dict[str, Any]:
    """What a case takes: mostly adults, sometimes with other anaesthetic that day."""
    changes: dict[str, Any] = {
        "numbing": rng.choice(PRODUCTS),
        "weight_kg": round(rng.uniform(35, 140), 1),
        "age": rng.choice((18, 30, 55, 80)),
        "concerns": [{"concern": "texture", "zones": zones_of(rng)}],
    }
    if rng.random() < 0.3:
        changes["other_local_anaesthetics"] = [
            {"drug": rng.choice(("lidocaine", "articaine")), "amount_mg": rng.uniform(1, 150)}
        ]
    return changes


def numbed(facts: Facts, changes: dict[str, Any]) -> tuple[Case, Numbing | None]:
    case = a_case(facts, **changes)
    zones = tuple(sorted(case.requested_zones, key=lambda zone: facts.zones[zone].order_n))
    return case, plan_numbing(case, zones, (), facts)[0]


def check(rng: Random, facts: Facts, judge: Judge) -> None:
    changes = a_person(rng, facts)
    case, numbing = numbed(facts, changes)
    kg = changes["weight_kg"]
    _, lighter = numbed(facts, {**changes, "weight_kg": round(kg - 1, 1)})
    if numbing is None:
        assert lighter is None, changes
        return
    told = within_every_ceiling(case, numbing, facts, judge)
    if is_nearly_used_up(case, facts):
        return
    if lighter is not None:
        no_cliff(numbing, lighter, told)
    else:
        assert len(numbing.zones) == 1, changes


def is_nearly_used_up(case: Case, facts: Facts) -> bool:
    """Whether others leave little of a maximum or of the bound: room then runs out with weight.

    What runs out to nothing changes by more than any share before it does.
    """
    others, kg = others_of_the_day(case, facts), case.person.weight_kg or 0.0
    level = others_at_once(others.amount_mg, facts, weight_kg=kg)
    return others.share > MOST_USED or level > MOST_USED * toxic_ug_per_ml(facts)


def within_every_ceiling(case: Case, numbing: Numbing, facts: Facts, judge: Judge) -> str:
    """Never thinner than the label, never over a ceiling; by the judge's own reading."""
    raw = case.model_dump(mode="json", exclude_unset=True)
    raw["setting"].setdefault("numbing", numbing.product)
    zones = {zone.value for zone in case.requested_zones}
    wanted = NumbingJudge(judge.tables, raw, zones).answer()
    message = f"{raw} {numbing} {wanted}"
    assert numbing.grams_max is not None
    assert numbing.area_cm2 is not None
    assert numbing.dwell_max_min is not None
    assert numbing.grams_max >= wanted.layer * numbing.area_cm2 - 1e-6, message
    assert numbing.area_cm2 <= wanted.area_cm2_max + 1e-6, message
    assert numbing.dwell_max_min == wanted.minutes, message
    assert (numbing.plasma_limit_ug_per_ml or 9) < 1, message
    assert (numbing.plasma_ug_per_ml_upper or 9) < 5, message
    assert numbing.area_cm2 == large_area(numbing.zones, facts)
    return message


def no_cliff(numbing: Numbing, lighter: Numbing, message: str) -> None:
    """One kilogram less: one zone less at most, and no ceiling moves by more than 15 in 100."""
    dropped = set(numbing.zones) - set(lighter.zones)
    assert len(dropped) <= 1, message
    for name, step in (("area_cm2_max", 0.1), ("dwell_max_min", STEP_MIN)):
        before, after = getattr(numbing, name), getattr(lighter, name)
        assert after <= before + 1e-9, f"{name} {before} {after} {message}"
        assert before - after <= 0.15 * before + step, f"{name} {after} {message}"
    if not dropped:
        assert lighter.grams_max == numbing.grams_max, message
    assert lighter.layer_g_per_cm2 == numbing.layer_g_per_cm2, message
    assert (lighter.grams_max or 0) <= (numbing.grams_max or 0), message


@pytest.mark.parametrize("seed", range(4))
def test_numbing_holds_over_random_people(seed: int, facts: Facts, judge: Judge) -> None:
    rng = Random(seed)
    for _ in range(150):
        check(rng, facts, judge)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1020))
def test_numbing_holds_over_a_hundred_thousand_people(
    seed: int, facts: Facts, judge: Judge
) -> None:
    rng = Random(seed)
    for _ in range(5000):
        check(rng, facts, judge)


@pytest.mark.parametrize("seed", range(3))
def test_a_mirrored_person_is_numbed_the_mirrored_way(seed: int, facts: Facts) -> None:
    rng = Random(seed)
    for _ in range(40):
        changes = a_person(rng, facts)
        _, numbing = numbed(facts, changes)
        _, image = numbed(facts, mirrored(changes))
        if numbing is None or image is None:
            assert numbing is image
            continue
        assert mirrored(list(image.zones)) == [zone.value for zone in numbing.zones]
        assert image.dwell_max_min == numbing.dwell_max_min


def test_the_edition_in_force_when_this_was_written_numbs_as_before() -> None:
    old = Facts(BUILT_IN / released()[0])
    assert not old.numbing_products
    assert not old.plasma_peaks
    assert not old.dose_maxima
    assert not old.methaemoglobin_drugs
    assert not old.peak_model
