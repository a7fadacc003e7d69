"""Write what an edition changes: docs/explanation/facts-EDITION.md and its picture.

    .venv/bin/python tools/write_impact.py                  count, then write (minutes)
    .venv/bin/python tools/write_impact.py COUNTED.json     write what was counted before

COUNTED.json is what ``percuta facts impact OLD NEW --bands PEOPLE --json`` printed.
"""

import json
import subprocess
import sys
from pathlib import Path
from textwrap import fill

from percuta.cli.impact import picture_of
from percuta.impact.counting import Impact
from percuta.report import impact as words
from percuta.report.figures.table import DataTable

FOLDER = Path(__file__).parents[1] / "docs" / "explanation"
OLD, NEW, PEOPLE, BANDS = "2026-11-23", "2026-11-30", 1000, 500
_WIDTH = 100


def main() -> None:
    """Count unless told what was counted, and write the page and the picture."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8") if sys.argv[1:] else counted()
    told = json.loads(text)
    found = Impact.model_validate(told["impact"])
    bands = Impact.model_validate(told["bands"]) if told["bands"] else None
    name = f"facts-{found.new_edition}"
    (FOLDER / f"{name}.md").write_text(page(found, bands), encoding="utf-8")
    (FOLDER / f"{name}.svg").write_text(picture_of(found), encoding="utf-8")


def counted() -> str:
    """What the command prints."""
    asked = ("facts", "impact", OLD, NEW, "--people", str(PEOPLE), "--bands", str(BANDS))
    command = [sys.executable, "-m", "percuta", *asked, "--json"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def page(found: Impact, bands: Impact | None) -> str:
    """The whole page."""
    asked = (
        f"percuta facts impact {found.old_edition} {found.new_edition} --seed {found.seed} --json"
    )
    told = [count for count in (found, bands) if count is not None]
    parts = [
        f"# What facts edition {found.new_edition} changes",
        "What it changes for virtual people, written by `tools/write_impact.py` from the output of",
        f"    {asked}",
        "The people are assumed ([how a row is\n"
        "counted](../how-to/see-what-an-edition-changes.md)). Some of those asked for come for\n"
        "what the older edition cannot express; they are left out.",
        words.headline(found),
        table(words.kinds_table(found, bands)),
        "The answer hardly changes; what a plan says does. Advice falls where no row names the\n"
        "zone, numbing is laid in whole layers by visit, sessions and interval come from one\n"
        "study, and where the dermis ends is told over all sources of skin.",
    ]
    for count in told:
        parts += [f"## {words.rows_table(count).caption}", table(words.rows_table(count))]
        if count is found:
            parts.append(
                "![Share of people whose plan each changed row changes by itself, the most first]"
                f"(facts-{found.new_edition}.svg)"
            )
        parts += [fill(remark, _WIDTH) for remark in words.remarks(count)]
    return "\n\n".join(parts) + "\n"


def table(data: DataTable) -> str:
    """A table of the command as one of the page."""
    lines = [data.header, ("---",) * len(data.header), *data.rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    main()
