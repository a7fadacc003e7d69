"""What a new process of ``percuta plan`` loads and parses: counts, for times differ by machine.

``./dev bench`` prints the time beside its bar.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from percuta.facts.edition import editions

CASE = Path(__file__).parents[2] / "examples" / "cases" / "02-face-and-neck-at-71.toml"
HEAVY = (
    "scipy",
    "django",
    "rich",
    "typst",
    "bibtexparser",
    "multiprocessing",
    "subprocess",
    "numpy.ma",
    "percuta.validation",
    "percuta.study",
    "percuta.clinic",
    "percuta.web",
    "percuta.planning.follow_up.next_session",
)
"""What no plan in a terminal needs, each a twentieth of its time or more."""

TOLD = """
import sys
from percuta.facts import edition
parsed, real = [], edition.read_table
edition.read_table = lambda *told: parsed.append(told[1].name) or real(*told)
sys.argv = ["percuta", "plan", sys.argv[1], "--edition", sys.argv[2]]
from percuta.__main__ import main
try:
    main()
except SystemExit as ended:
    status = ended.code
print(status, len(parsed), *sorted(sys.modules), file=sys.stderr)
"""


def _told(edition: str, cache: Path) -> tuple[str, int, set[str], str]:
    """Exit status, tables parsed, modules loaded and what was printed."""
    done = subprocess.run(
        [sys.executable, "-c", TOLD, str(CASE), edition],
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    status, parsed, *modules = done.stderr.split()
    return status, int(parsed), set(modules), done.stdout


@pytest.mark.parametrize("edition", editions())
def test_a_second_plan_parses_no_table_and_loads_nothing_heavy(
    edition: str, tmp_path: Path
) -> None:
    first_status, first_parsed, _, first = _told(edition, tmp_path)
    status, parsed, modules, second = _told(edition, tmp_path)
    assert (first_status, status) == ("0", "0")
    assert first_parsed > 30
    assert parsed == 0
    assert first == second
    assert not [name for name in HEAVY if name in modules]
