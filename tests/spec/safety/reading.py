"""What the specifications of safety read off a plan."""

from pathlib import Path
from shutil import copytree
from typing import Any

from percuta.facts.edition import Facts, open_edition
from percuta.facts.vocabulary import Level
from percuta.planning.plan.plan import Plan
from tests.people import a_plan

EMLA = "lidocaine_prilocaine_cream"
PEEL = "lidocaine_tetracaine_peel"
CREAM = "lidocaine_4_cream"


def levels(plan: Plan) -> dict[str, Level]:
    return {finding.rule: finding.level for finding in plan.findings}


def grams(facts: Facts, product: str = EMLA, **changes: Any) -> float:
    plan = a_plan(facts, numbing=product, **changes)
    assert plan.numbing is not None
    assert plan.numbing.grams_max is not None
    return plan.numbing.grams_max


def a_shelf(folder: Path, *, table: str = "", before: str = "", after: str = "") -> Facts:
    """A copy of the newest edition on another shelf, with one text in one table replaced."""
    newest = open_edition().folder
    copy = folder / newest.name
    copytree(newest, copy)
    if table:
        path = copy / table
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, after), encoding="utf-8")
    return Facts(copy)
