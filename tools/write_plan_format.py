"""Write the schema and the golden plans of today's format of a stored plan, once.

A format is fixed as soon as plans were stored in it. So a schema that is there already and is not
that of ``Plan`` is refused, with or without ``--check``: the change needs a format of its own.

Golden plans are made under the edition in force: where it is newer than the format, they have a
folder of their own, which is never written twice.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

from percuta.facts.edition import open_edition
from percuta.planning.case.case_file import read_case
from percuta.planning.plan.document import write_plan
from percuta.planning.plan.plan import Plan, make_plan
from percuta.planning.plan.upgrades import FORMAT

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "examples" / "cases"
GOLDEN = ROOT / "tests" / "golden" / "plans"
SCHEMA = ROOT / "docs" / "reference" / f"plan-format-{FORMAT}.schema.json"
_WORDS = {"title", "description", "default"}
"""What a schema says of a member to people: it may be reworded."""


def main(arguments: list[str] | None = None) -> int:
    """Hold today's ``Plan`` to the schema of its format; write what a new format lacks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if it does not fit")
    options = parser.parse_args(arguments)
    text = schema()
    if SCHEMA.is_file() and SCHEMA.read_text(encoding="utf-8") != text:
        return _refused()
    missing = [path for path in (SCHEMA, _golden_folder()) if not path.exists()]
    if options.check:
        for path in missing:
            print(f"missing: {path.relative_to(ROOT)}: run python tools/write_plan_format.py")
        return 1 if missing else 0
    if SCHEMA in missing:
        SCHEMA.write_text(text, encoding="utf-8")
    if _golden_folder() in missing:
        _write_golden_plans(_golden_folder())
    return 0


def schema() -> str:
    """The JSON schema of a document of today's format, without words."""
    plan = Plan.model_json_schema()
    plan["properties"] = {
        "format": {"const": FORMAT},
        **plan["properties"],
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
    plan["required"] = ["format", *plan["required"], "sha256"]
    plan["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(_without_words(plan), indent=1, sort_keys=True) + "\n"


def _without_words(part: object) -> object:
    """Titles, descriptions and default sentences may be reworded; a member may be called so too."""
    if isinstance(part, list):
        return [_without_words(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _without_words(inner)
        for key, inner in part.items()
        if not (key in _WORDS and isinstance(inner, str))
    }


def _refused() -> int:
    name = SCHEMA.relative_to(ROOT)
    print(f"{name} is not the schema of Plan any more, and plans are stored in format {FORMAT}.")
    print(f"Give the new shape format {FORMAT + 1} and an upgrade: planning/plan/upgrades.py")
    return 1


def _golden_folder() -> Path:
    """Where plans of today's format and edition are kept; the first of a format are its own."""
    first = GOLDEN / str(FORMAT)
    named = GOLDEN / f"{FORMAT}-{open_edition().edition}"
    is_first = not first.is_dir() or _edition_of(first) == open_edition().edition
    return first if is_first else named


def _edition_of(folder: Path) -> str:
    document = json.loads(next(folder.glob("*.json")).read_text(encoding="utf-8"))
    return str(document["provenance"]["facts_edition"])


def _write_golden_plans(folder: Path) -> None:
    facts = open_edition()
    folder.mkdir(parents=True)
    sums = []
    for path in sorted(CASES.glob("[0-9]*.toml")):
        document = write_plan(make_plan(read_case(path, facts), facts))
        (folder / f"{path.stem}.json").write_text(document, encoding="utf-8", newline="\n")
        sums.append(f"{hashlib.sha256(document.encode()).hexdigest()}  {path.stem}.json\n")
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
