"""No stored plan is used past its time."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from percuta.errors import PlanChanged, PlanError
from percuta.facts.edition import Facts, open_edition
from percuta.planning.plan.comparison import stricter
from percuta.planning.plan.document import read_plan, write_plan
from percuta.planning.plan.plan import Plan
from percuta.planning.plan.revalidation import recheck
from tests.people import SESSION, a_case, a_plan
from tests.spec.safety.reading import EMLA, a_shelf


def rechecked(plan: Plan, *, on: date = SESSION, today: Facts | None = None) -> tuple[str, ...]:
    facts = open_edition()
    return recheck(plan, own=facts, today=today or facts, on=on).refusals


def test_a_fresh_plan_may_be_used(facts: Facts) -> None:
    assert rechecked(a_plan(facts)) == ()


def test_a_stale_plan_is_refused(facts: Facts) -> None:
    plan = a_plan(facts)
    assert plan.valid_until == SESSION + timedelta(days=90)
    assert rechecked(plan, on=SESSION + timedelta(days=90)) == ()
    assert any("expired" in why for why in rechecked(plan, on=SESSION + timedelta(days=91)))


def test_stricter_facts_of_today_refuse_an_older_plan(facts: Facts, tmp_path: Path) -> None:
    today = a_shelf(
        tmp_path,
        table="depths.csv",
        before="depth.2,label_limit,needling,acne_scars,any,face,pen,skinpen,unknown,1.5",
        after="depth.2,label_limit,needling,acne_scars,any,face,pen,skinpen,unknown,1.0",
    )
    assert any("the limit is now 1 mm" in why for why in rechecked(a_plan(facts), today=today))


def _lower_label(folder: Path) -> Facts:
    return a_shelf(
        folder,
        table="depths.csv",
        before="depth.2,label_limit,needling,acne_scars,any,face,pen,skinpen,unknown,1.5",
        after="depth.2,label_limit,needling,acne_scars,any,face,pen,skinpen,unknown,1.0",
    )


def test_a_depth_above_a_lowered_limit_is_refused_as_just_that(
    facts: Facts, tmp_path: Path
) -> None:
    """Only a smaller choice is needed: the zone stays and the person is as suitable as before."""
    today = _lower_label(tmp_path)
    plan = a_plan(facts, depth_mm={"cheek_left": 1.5, "cheek_right": 0.75})
    answer = recheck(plan, own=facts, today=today, on=SESSION)
    told = "\n".join(answer.refusals)
    assert not answer.may_be_used
    assert "Cheek, left: the depth chosen (1.50 mm) is above today's limit (1.00 mm)" in told
    assert "Cheek, right: the depth chosen" not in told
    assert "may no longer be needled" not in told
    assert "verdict" not in told
    assert not any(change.field == "verdict" for change in answer.changes)


def test_a_choice_above_its_limit_takes_no_zone_away_between_two_plans(facts: Facts) -> None:
    before = a_plan(facts)
    for choice in ({"depth_mm": {"cheek_left": 2.0, "cheek_right": 2.0}}, {"passes": 40}):
        told = "\n".join(stricter(before, a_plan(facts, **choice)))
        assert "Cheek, left: " in told
        assert "may no longer be needled" not in told
        assert "verdict" not in told


def test_a_zone_that_is_really_lost_is_named_as_such(facts: Facts) -> None:
    plan = a_plan(facts, depth_mm={"cheek_left": 1.5})
    tattoo = {"tattoo_in_zone": {"status": "yes", "zones": ["cheek_left"]}}
    told = stricter(plan, a_plan(facts, **tattoo))
    assert "Cheek, left may no longer be needled" in told


def test_no_refusal_holds_a_raw_key(facts: Facts, tmp_path: Path) -> None:
    plan = a_plan(facts, numbing=EMLA, depth_mm={"cheek_left": 1.5})
    for today in (_lower_label(tmp_path / "lower"), facts):
        for case in ({"herpes_active": "yes"}, {"weight_kg": 41.0}, {"phototype": "VI"}):
            answer = recheck(plan, own=facts, today=today, on=SESSION, case=a_case(facts, **case))
            assert not [why for why in answer.refusals if "_" in why]


def test_an_edited_plan_is_refused(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    text = write_plan(a_plan(facts))
    path.write_text(text.replace('"limit": 1.5', '"limit": 2.5', 1), encoding="utf-8")
    with pytest.raises(PlanChanged, match="was changed"):
        read_plan(path)
    path.write_text(text.replace('"zones"', '"zonen"', 1), encoding="utf-8")
    with pytest.raises(PlanError):
        read_plan(path)


def test_anything_stricter_is_told(facts: Facts) -> None:
    plan = a_plan(facts, numbing=EMLA)
    for change in (
        {"numbing": EMLA, "herpes_active": "yes"},
        {"numbing": EMLA, "depth_mm": {"cheek_left": 2.0}},
        {"numbing": EMLA, "other_local_anaesthetic_mg": 250.0},
        {"numbing": EMLA, "phototype": "V"},
        {"numbing": "none"},
    ):
        assert stricter(plan, a_plan(facts, **change)), change
    assert stricter(plan, plan) == ()
