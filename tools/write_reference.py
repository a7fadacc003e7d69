"""Write the generated pages and figures of ``docs``, or with ``--check`` name those out of date.

Each page is made from what the code itself reads: the newest facts edition, the case models,
the argument parser, and the tests that follow the project's description.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from reference import (
    after_session,
    case_file,
    command_line,
    description,
    fact_tables,
    policy,
    record,
    screening,
    settings,
    sources,
    study_file,
    validation,
)

from percuta.facts.edition import Facts, open_edition
from percuta.validation.judgement import judgement

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
HEAD = "<!-- Written by tools/write_reference.py: change what it reads, then run ./dev docs. -->"


def main(arguments: list[str] | None = None) -> int:
    """Write every page, or check that each is as it would be written now."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if a page is stale")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where the docs lie")
    options = parser.parse_args(arguments)
    stale = []
    for name, text in files(open_edition()).items():
        path = options.folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    word = "stale" if options.check else "written"
    for name in stale:
        print(f"{word}: docs/{name}")
    return 1 if stale and options.check else 0


def files(facts: Facts) -> Mapping[str, str]:
    """The text of every generated file by its place below ``docs``."""
    told = judgement(facts)
    return {
        **{f"reference/{name}": text for name, text in pages(facts).items()},
        "reference/validation.md": _page(validation.page(told)),
        **{f"images/{name}": text for name, text in validation.images(told).items()},
    }


def pages(facts: Facts) -> Mapping[str, str]:
    """The text of every page that facts and code alone make, by file name."""
    makers: Mapping[str, Callable[[Facts], Iterable[str]]] = {
        "facts.md": fact_tables.page,
        "screening.md": screening.page,
        "sources.md": sources.page,
        "case-file.md": case_file.page,
        "study-file.md": study_file.page,
        "after-a-session.md": after_session.page,
        "command-line.md": command_line.page,
        "description.md": description.page,
        "policy.md": policy.page,
        "settings.md": settings.page,
        "record.md": record.page,
    }
    return {name: _page(maker(facts)) for name, maker in makers.items()}


def _page(lines: Iterable[str]) -> str:
    """Lines as a file: no blank at a line's end, one blank line at most between paragraphs."""
    text = "\n".join(line.rstrip() for line in (HEAD, "", *lines))
    text = re.sub(r"\n+(#+ .*)\n+", r"\n\n\1\n\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
