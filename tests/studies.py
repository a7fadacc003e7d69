"""A small study as plain data, to be changed field by field."""

import shutil
from pathlib import Path
from typing import Any

from percuta.facts.edition import Facts, open_edition
from percuta.study.design import Study
from percuta.study.reading import parse_study


def a_study(**changes: Any) -> dict[str, Any]:
    """Thirty-five people in chunks of ten, two plans; ``changes`` replace whole fields."""
    return {
        "name": "small",
        "seed": 1,
        "people_per_chunk": 10,
        "cohort": a_cohort(),
        "plans": [{"device": "generic_pen_12", "depth_mm": [0.5, 1.5], "passes": 3}],
    } | changes


def a_cohort(**changes: Any) -> dict[str, Any]:
    """Both sexes, two zones, adults."""
    return {
        "people": 35,
        "sex": {"female": 3, "male": 1},
        "zones": {"cheek_left": 2, "forehead": 1},
        "age_years": [{"from_years": 18, "to_years": 65}],
    } | changes


def read(facts: Facts, **changes: Any) -> Study:
    """The small study, changed and read."""
    return parse_study(a_study(**changes), facts)


def another_edition(facts: Facts, shelf: Path) -> Facts:
    """An edition of the same date on a shelf of its own, whose files differ by a line."""
    folder = shelf / facts.edition
    shutil.copytree(facts.folder, folder)
    bibliography = folder / "sources.bib"
    bibliography.write_text(bibliography.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return open_edition(shelf=shelf)
