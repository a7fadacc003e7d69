"""No stored plan is used past its time."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from percuta.errors import PlanChanged, PlanError
from percuta.facts.edition import Facts, open_edition
from percuta.planning.comparison import stricter
from percuta.planning.plan import Plan
from percuta.planning.plan_document import read_plan, write_plan
from percuta.planning.recheck import recheck
from tests.people import SESSION, a_plan
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
