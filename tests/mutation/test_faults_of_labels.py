"""Planted faults in what is told of devices and their labels, under the edition that has them."""

from pathlib import Path

import pytest

from percuta.facts.edition import open_edition
from tests.mutation.planting import Fault, copy_of_the_product, named, plant, run_on_the_copy

CATALOGUE = "2026-11-30"
SEED, CASES = "5", "3000"

FAULTS = (
    Fault("an age floor forgotten", "planning/labelling.py", "(person.age or 0) < row.age_min_years", "False"),
    Fault("skin types of a label forgotten", "planning/labelling.py", "person.phototype not in row.phototypes:", "False:"),
    Fault("the label of another device", "planning/labelling.py", "        if row.family == device.family\n        and stated", "        if device.family is not None\n        and stated"),
    Fault("cleared for one site, used on all", "planning/labelling.py", "not sites.isdisjoint(row.site)", "True"),
    Fault("cleared for one concern, used for all", "planning/labelling.py", "stated.concern in row.concern", "True"),
    Fault("metal that is not known is no steel", "facts/devices.py", '"stainless_steel" if self.needle_material == "unknown" else self.needle_material', "self.needle_material"),
    Fault("the first label for the one that limits", "planning/labelling.py", "if row.key in keys]", "][:1]"),
    Fault("open skin without its caution", "planning/products.py", "        return [_finding(RULE_NO_FIGURE, Level.CAUTION, text, agent)]\n", "        return []\n"),
    Fault("a scar of any kind", "planning/decided.py", "(*screening.questions, *concern_questions(case, facts))", "screening.questions"),
    Fault("anybody for melasma", "planning/concern_rules.py", "rule.level_physician if by_physician else rule.level_others", "rule.level_physician"),
    Fault("a depth for melasma", "planning/concern_rules.py", '"recommended_mm": None, ', ""),
    Fault("minoxidil makes the scalp a published site", "planning/ceilings.py", "if key not in without for word", "for word"),
)  # fmt: skip


def judged(source: Path) -> tuple[int, str]:
    """What the judge says of a copy of the product."""
    folder = open_edition(CATALOGUE).folder
    done = run_on_the_copy(source, "tests.agreement", SEED, CASES, str(folder))
    return done.returncode, done.stdout[-1500:] + done.stderr[-1500:]


def test_the_sound_product_agrees_with_the_judge(tmp_path: Path) -> None:
    copy_of_the_product(tmp_path)
    code, told = judged(tmp_path)
    assert code == 0, told


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    plant(fault, tmp_path)
    code, _ = judged(tmp_path)
    assert code == 1, f"{fault.name} went unnoticed over {CASES} cases"
