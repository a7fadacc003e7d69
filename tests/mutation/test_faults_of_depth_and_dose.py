"""Planted faults in how depth and dose are found under the newest edition's rules."""

import subprocess
from pathlib import Path

import pytest

from percuta.facts.edition import editions, open_edition
from tests.mutation.planting import Fault, copy_of_the_product, named, plant, run_on_the_copy
from tests.stress import stressed_edition

SEED, CASES = "5", "3000"

FAULTS = (
    Fault("the limit as advice", "planning/named_depth.py", "if depth > asked.ceiling.limit_mm:", "if False:"),
    Fault("the deepest end advised", "planning/named_depth.py", "depth = min(row.depth_mm_hi or 0.0 for row, _ in found)", "depth = max(row.depth_mm_hi or 0.0 for row, _ in found)"),
    Fault("a whole face names a zone", "facts/depths.py", "is_about and site in self.site", 'is_about and (site in self.site or "face" in self.site)'),
    Fault("an upper end names a depth", "facts/depths.py", "return has_both_ends and is_about", "return self.depth_mm_hi is not None and is_about"),
    Fault("neighbours before the zone itself", "planning/named_depth.py", "    if own is not None:\n        return own\n", ""),
    Fault("pigment like everything else", "planning/named_depth.py", "if rule.rule is AdviceRule.SHALLOWEST_SETTING:", "if False:"),
    Fault("a chart advises dark skin", "planning/named_depth.py", "return is_trial and phototype is not None and", "return phototype is not None and"),
    Fault("trials in other skin types", "planning/named_depth.py", "and (not asked.needs_trial or _is_trial_in(row, asked.phototype))", "and (not asked.needs_trial or row.kind is DepthKind.STUDIED_PROTOCOL)"),
    Fault("memory names a depth", "planning/named_depth.py", "_NAMING = {DepthKind.STUDIED_PROTOCOL,", "_NAMING = {DepthKind.MEMORY, DepthKind.STUDIED_PROTOCOL,"),
    Fault("advice without any study", "planning/named_depth.py", "_named(asked) if found.studied else None", "_named(asked)"),
    Fault("an empty depth not marked", "planning/zone_plan.py", "to_choose=to_choose and chosen is None", "to_choose=False and chosen is None"),
    Fault("a thick source talks a thin site down", "planning/needling.py", "not others or facts.beneath[site].is_thin_site", "not others"),
    Fault("the thin source alone everywhere", "planning/needling.py", "thin if is_alone else _mixed(", "thin if True else _mixed("),
    Fault("a source left out of the mixture", "planning/needling.py", "(skin, *(other for _, other in others))", "(skin, *(other for _, other in others[:-1]))"),
    Fault("anybody's choice for unpublished sites", "planning/depth_findings.py", "depth is None or not case.is_by_physician(zone)", "depth is None"),
    Fault("a physician at the needle is enough", "planning/case.py", "return chosen is not None and chosen.chosen_by is Operator.PHYSICIAN", "return self.setting.operator is Operator.PHYSICIAN"),
    Fault("the old rule for unpublished sites", "planning/depth_findings.py", "_physicians_choice if facts.depth_advice else", "_physicians_choice if False else"),
    Fault("any number of passes under the newer bound", "planning/density_findings.py", "if passes.number > most.value and not is_timed:", "if False:"),
    Fault("any density under the newer bound", "planning/density_findings.py", "    if strikes > densest.value:\n        dose =", "    if False:\n        dose ="),
    Fault("strikes bounded at the middle", "planning/density.py", 'strike_density(motion_of(device, facts, end="high"), passes=passes))', "strike_density(motion_of(device, facts), passes=passes))"),
    Fault("a time bounded like passes", "planning/density_findings.py", '"time" if is_timed else "passes"', '"passes"'),
    Fault("seconds for minutes", "planning/contact.py", "return minutes * _S_PER_MIN / facts", "return minutes / facts"),
    Fault("a time that is not kept", "planning/passes.py", "    if seconds is not None:\n        return _timed(seconds, device, facts)\n", ""),
    Fault("the largest area for minutes", "planning/contact.py", "_S_PER_MIN / facts.zones[zone].area_cm2\n\n\ndef contact_in", "_S_PER_MIN / facts.zones[zone].area_hi_cm2\n\n\ndef contact_in"),
    Fault("the caution reads the middle", "planning/depth_findings.py", 'convert(plan.reach.p_through_dermis.high, source="1", target="pct")\n        if', 'convert(plan.reach.p_through_dermis.middle, source="1", target="pct")\n        if'),
)  # fmt: skip


def run_judge(source: Path) -> subprocess.CompletedProcess[str]:
    """The judge over a copy of the product's source, under other numbers of the newest edition."""
    facts = stressed_edition(source / "shelf", seed=7, of=open_edition(editions()[-1]))
    return run_on_the_copy(source, "tests.agreement", SEED, CASES, str(facts.folder))


def test_the_sound_product_agrees_with_the_judge(tmp_path: Path) -> None:
    copy_of_the_product(tmp_path)
    done = run_judge(tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    plant(fault, tmp_path)
    done = run_judge(tmp_path)
    assert done.returncode == 1, f"{fault.name} went unnoticed over {CASES} cases"
