"""Planted faults in numbing by layers and visits: the slow judge must notice each."""

import subprocess
from pathlib import Path

import pytest

from percuta.facts.edition import BUILT_IN
from tests.mutation.planting import Fault, copy_of_the_product, named, plant, run_on_the_copy

SEED, CASES = "5", "3000"
EDITION = BUILT_IN / "2026-11-30"

FAULTS = (
    Fault("half a layer", "planning/numbing_plan.py", "grams = round(layer.g_per_cm2 * area, 6)", "grams = round(layer.g_per_cm2 * area / 2, 6)"),
    Fault("the blood not asked about area", "planning/numbing_plan.py", "sorted((*published, *blood)", "sorted((*published, *published)"),
    Fault("toxic for first signs", "planning/measured_level.py", 'return convert(_first_signs(facts).si("low"), ', 'return 5 * convert(_first_signs(facts).si("low"), '),
    Fault("one of two drugs measured", "planning/measured_level.py", "return number * convert(level", "return convert(level"),
    Fault("every cream uncovered", "planning/measured_level.py", "_COVERED.get(layer.cover, 1.0)", "0.0"),
    Fault("a face like a thigh", "planning/measured_level.py", "return lower.isdisjoint(", "return not lower.isdisjoint("),
    Fault("seventy kilograms for all", "planning/measured_level.py", 'mass=to_si(weight_kg, "kg"),', "mass=70.0,"),
    Fault("people all alike", "science/absorption/measured_peak.py", " + self.person_spread**2", ""),
    Fault("others use no part of the day", "planning/area_caps.py", "left = max(0.0, 1 - others.share)", "left = 1.0"),
    Fault("only the largest part counts", "planning/other_anaesthetic.py", "share=sum(mg / most for _, mg, most in known)", "share=max((mg / most for _, mg, most in known), default=0.0)"),
    Fault("an unknown drug ignored", "planning/other_anaesthetic.py", "without_maximum=tuple(drug for drug, _, most in parts if most is None)", "without_maximum=()"),
    Fault("milligrams without a name ignored", "planning/other_anaesthetic.py", "    if unnamed > 0:\n", "    if False:\n"),
    Fault("the loosest maximum", "planning/other_anaesthetic.py", "return min(ends, default=None)", "return max(ends, default=None)"),
    Fault("as wide as the label", "planning/area_caps.py", "if product.area_most_cm2 is not None:", "if False:"),
    Fault("small zones only", "planning/numbing_visits.py", "return sum(facts.zones[zone].area_hi_cm2", "return sum(facts.zones[zone].area_cm2"),
    Fault("the day's others not in the bound", "science/absorption/upper_bound.py", "max(0.0, level - other / blood.volume) / on_one", "level / on_one"),
    Fault("no prescriber asked", "planning/numbing_plan.py", "if not product.needs_prescriber:", "if True:"),
    Fault("no caution with others", "planning/numbing_plan.py", "if others.amount_mg == 0 or together < first:", "if True:"),
    Fault("minutes of any length", "planning/area_caps.py", "Cap(most=peak, why=under_first_signs(facts)),\n        Cap(most=outer, why=within_early_signs(skin, facts)),\n    )", ")"),
)  # fmt: skip


def run_judge(source: Path) -> subprocess.CompletedProcess[str]:
    """The judge over a copy of the product's source, under the edition that numbs by visit."""
    return run_on_the_copy(source, "tests.agreement", SEED, CASES, str(EDITION))


def test_the_sound_product_agrees_with_the_judge(tmp_path: Path) -> None:
    copy_of_the_product(tmp_path)
    done = run_judge(tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    plant(fault, tmp_path)
    done = run_judge(tmp_path)
    assert done.returncode == 1, f"{fault.name} went unnoticed over {CASES} cases"
    assert not done.stderr, done.stderr[-1500:]
