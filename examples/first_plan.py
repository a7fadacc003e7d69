"""From a case file to a plan: the limit in every zone, and the fact that set it."""

import sys
from pathlib import Path

from percuta.facts.edition import open_edition
from percuta.planning.case.case_file import read_case
from percuta.planning.plan.plan import make_plan

facts = open_edition()
path = Path("examples/cases/01-rolling-scars.toml")
plan = make_plan(read_case(path, facts), facts)
sys.stdout.write(f"{plan.verdict}\n")
for zone in plan.zones:
    sys.stdout.write(f"{zone.name}: at most {zone.depth_mm.limit} mm, {zone.limit_reason.text}\n")
