"""Planted faults: each is a mistake somebody could make, and the slow judge must notice it."""

import subprocess
from pathlib import Path

import pytest

from percuta.facts.edition import open_edition
from tests.mutation.planting import Fault, copy_of_the_product, named, plant, run_on_the_copy
from tests.stress import stressed_edition

SEED, CASES = "3", "3000"

FAULTS = (
    Fault("loosest label", "planning/ceilings.py", "return min(chosen, key=lambda row", "return max(chosen, key=lambda row"),
    Fault("labels of other uses dropped", "planning/ceilings.py", "chosen = named or speaking", "chosen = named"),
    Fault("own label ignored", "planning/ceilings.py", "speaking = own or [", "speaking = ["),
    Fault("another device speaks for all skin", "planning/ceilings.py", '[row for row in rows if "any" not in row.site]', "rows"),
    Fault("thin sites inverted", "planning/ceilings.py", "if not beneath.is_thin_site", "if beneath.is_thin_site"),
    Fault("centimetres for millimetres", "planning/ceilings.py", "[_bound_on(policy, policy.value,", "[_bound_on(policy, policy.value * 10,"),
    Fault("unpublished site to the end of the dial", "planning/ceilings.py", "        bounds.append(_unpublished_bound(facts))\n", "        pass\n"),
    Fault("a study for another use counts", "planning/ceilings.py", "row.concerns(ours, None)", "True"),
    Fault("a setting that is none", "planning/depth_findings.py", "wish is not None and not is_setting(wish, device)", "False"),
    Fault("small faces only", "planning/numbing.py", "sum(facts.zones[zone].area_hi_cm2 for", "sum(facts.zones[zone].area_cm2 for"),
    Fault("licence forgotten", "planning/ceilings.py", "    bounds += _licence_bound(case, facts)\n", ""),
    Fault("licence of another trade", "planning/ceilings.py", "licence.operator == case", "licence.operator != case"),
    Fault("device maximum missing", "planning/ceilings.py", "    bounds.append(_device_bound(device))\n", ""),
    Fault("dial rounded up", "planning/ceilings.py", "steps = math.floor(", "steps = math.ceil("),
    Fault("second concern ignored", "planning/ceilings.py", "for stated in concerns_of(zone, case)]", "for stated in concerns_of(zone, case)[:1]]"),
    Fault("one day too long", "planning/screening.py", "elapsed < waiting", "elapsed <= waiting"),
    Fault("caution a day too long", "planning/screening.py", "elapsed < watching", "elapsed <= watching"),
    Fault("unknown read as no", "planning/screening.py", 'if answer.status == "unknown" or lacks', "if lacks"),
    Fault("no zones read as no skin", "planning/screening.py", "answer.zones or case.requested_zones", "answer.zones"),
    Fault("zone dropped", "planning/screening.py", "for zone in case.requested_zones if zone in where", "for zone in case.requested_zones[1:] if zone in where"),
    Fault("clearance before its date", "planning/screening.py", "answer.cleared <= session", "answer.cleared >= session"),
    Fault("clinic policy that never ends", "planning/screening.py", " and case.session < chosen.expires", ""),
    Fault("men asked about pregnancy", "planning/screening.py", "known.value in wanted.values", "True"),
    Fault("wish at the limit refused", "planning/depth_findings.py", "wish > ceiling.limit_mm", "wish >= ceiling.limit_mm"),
    Fault("wish above the limit allowed", "planning/depth_findings.py", "wish is not None and wish > ceiling.limit_mm", "False"),
    Fault("needle longer than the limit", "planning/depth_findings.py", "ceiling.limit_mm < device.depth_min_mm", "False"),
    Fault("anybody for unpublished sites", "planning/depth_findings.py", "case.setting.operator is Operator.PHYSICIAN", "True"),
    Fault("any number of passes", "planning/density_findings.py", "if number > most.value", "if False"),
    Fault("any density", "planning/density_findings.py", "if strikes > densest.value:\n        text = (\n            f\"{counted(number)}", "if False:\n        text = (\n            f\"{counted(number)}"),
    Fault("passes rounded up", "planning/passes.py", "return max(1, math.ceil(exact - 0.5))", "return max(1, math.ceil(exact))"),
    Fault("the session's passes before the zone's", "planning/passes.py", "for number, target in wishes:", "for number, target in reversed(wishes):"),
    Fault("passes of a wish forgotten", "planning/passes.py", "return _chosen(number, device, facts)", "return _published(device, facts)"),
    Fault("density bound not applied", "planning/decided.py", "    findings += density_findings(ceilings, case, facts)\n", ""),
    Fault("open questions ignored", "planning/findings.py", "if any(questions):", "if False:"),
    Fault("refer no longer blocks", "planning/findings.py", "(Level.STOP, Level.REFER, Level.DEFER)", "(Level.STOP, Level.DEFER)"),
    Fault("device findings ignored", "planning/findings.py", "in {Scope.PERSON, Scope.DEVICE}", "in {Scope.PERSON}"),
    Fault("weight forgotten", "planning/numbing.py", "row.total_max_mg_per_kg * weight", "row.total_max_mg_per_kg * 70"),
    Fault("other anaesthetic forgotten", "planning/numbing.py", "body_mg - other_mg", "body_mg"),
    Fault("per cent as a fraction", "planning/numbing.py", 'source="pct", target="1"', 'source="1", target="1"'),
    Fault("forbidden doses used", "planning/numbing.py", 'row.use != "reference"', "False"),
    Fault("study protocols as limits", "planning/numbing.py", "row.kind not in LIMITING", "False"),
    Fault("largest area taken", "planning/numbing.py", "area = min(", "area = max("),
    Fault("cream near the eyes", "planning/numbing.py", "for zone in zones if zone not in eyes):", "for zone in zones):"),
    Fault("one side numbed", "planning/numbing.py", "together.setdefault(zone.without_side, [])", "together.setdefault(zone, [])"),
    Fault("allergy does not remove numbing", "planning/decided.py", "finding.rule in about_numbing or", "False and"),
    Fault("zone joins too early", "planning/series.py", "if day >= date.fromisoformat(end)", "if day <= date.fromisoformat(end)"),
    Fault("dates run backwards", "planning/open_days.py", "found[-1] + interval_days", "found[-1] - interval_days"),
    Fault("range above the limit", "planning/depth.py", "min(max(highs), ceiling.limit_mm)", "max(highs)"),
    Fault("memory makes a limit", "planning/ceilings.py", "        and row.provenance.basis is not Basis.MEMORY\n", ""),
    Fault("memory makes a dose", "planning/numbing.py", " or row.provenance.basis is Basis.MEMORY", ""),
    Fault("weight bands ignored", "planning/numbing.py", "return _within(person.age, row.age_lo_years, row.age_hi_years) and _within(\n        person.weight_kg, row.weight_lo_kg, row.weight_hi_kg\n    )", "return _within(person.age, row.age_lo_years, row.age_hi_years)"),
    Fault("blood of an average person", "planning/blood_level.py", "mass=to_si(weight_kg, \"kg\")", "mass=70.0"),
    Fault("blood of the middle volume", "science/absorption/parameters.py", 'facts.absorption["volume", "lidocaine"].si("low")', 'facts.absorption["volume", "lidocaine"].si()'),
    Fault("the median person's skin", "science/absorption/parameters.py", ".inv_cdf(share)", ".inv_cdf(0.5)"),
    Fault("one anaesthetic of two", "science/absorption/parameters.py", "return sum(row.value for row in rows if row is not None)", "return max(row.value for row in rows if row is not None)"),
    Fault("the skin that takes up least", "science/absorption/parameters.py", "return max(here or measured", "return min(here or measured"),
    Fault("skin holds nothing back", "science/absorption/upper_bound.py", "contact.area * uptake.flux * contact.time + contact.area * uptake.reservoir", "contact.area * uptake.flux * contact.time"),
    Fault("small zones in the blood", "planning/numbing.py", "facts.zones[place].area_hi_cm2", "facts.zones[place].area_cm2"),
    Fault("blood level without the other anaesthetic", "planning/numbing.py", "return case.setting.other_local_anaesthetic_mg or 0.0", "return 0.0"),
    Fault("blood level not applied to grams", "planning/numbing.py", "    if most < grams:\n", "    if False:\n"),
    Fault("blood level not applied to minutes", "planning/numbing.py", "    if minutes >= longest:\n", "    if True:\n"),
    Fault("late signs for early ones", "planning/blood_level.py", 'return _toxic(facts).si("low")', "return _toxic(facts).si()"),
    Fault("forbidden products on needled skin", "planning/products.py", 'return agent.on_needled_skin != "never" and not', "return not"),
    Fault("a reaction to a product forgotten", "planning/products.py", '!= "never" and not _reacts(agent, answer)', '!= "never"'),
    Fault("an unnamed ingredient is none", "planning/products.py", "if not answer.ingredients or _UNKNOWN in agent.ingredients:", "if False:"),
    Fault("advice for unpublished sites", "planning/depth.py", " if ceiling.is_published else None", ""),
)  # fmt: skip


def run_judge(source: Path) -> subprocess.CompletedProcess[str]:
    """The judge over a copy of the product's source, under facts that differ where ours agree.

    They are made of the first edition: these faults lie in the rules that its plans were made by.
    """
    facts = stressed_edition(source / "shelf", seed=7, of=open_edition("2026-11-23"))
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
