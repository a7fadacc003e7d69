"""Planted faults in sessions and dates: the slow judge must notice each, under the draft edition."""

import subprocess
from pathlib import Path

import pytest

from tests.mutation.planting import Fault, copy_of_the_product, named, plant, run_on_the_copy

EDITION = "2026-11-30"
SEED, CASES = "5", "3000"

FAULTS = (
    Fault("the shorter interval on ties", "planning/published_series.py", "    return max(\n        (pair for pair in kept if pair.sessions_n == middle)", "    return min(\n        (pair for pair in kept if pair.sessions_n == middle)"),
    Fault("studies under the floor count", "planning/published_series.py", "if pair.interval_days >= least_days] or pairs", "] or pairs"),
    Fault("dark skin as any skin", "planning/published_series.py", 'subjects += [f"phototype_{phototype}" for phototype in types]', "subjects += []"),
    Fault("pigment as any concern", "planning/published_series.py", "subjects = [concern.concern.value for concern in concerns]", "subjects: list[str] = []"),
    Fault("the concern with the shortest interval", "planning/published_series.py", "pair = max(chosen, key=", "pair = min(chosen, key="),
    Fault("a wish under the floor", "planning/series.py", "        yield _Bound(least, RULE_PIGMENT", "        yield _Bound(0.0, RULE_PIGMENT"),
    Fault("no floor without a series", "planning/series.py", "        wanted = _least_weeks(floors)\n", "        wanted = None\n"),
    Fault("weekdays counted from Sunday", "planning/open_days.py", "_WEEK[day.weekday()]", "_WEEK[day.weekday() - 1]"),
    Fault("open on holidays", "planning/open_days.py", " or day in self.holidays", ""),
    Fault("earlier in place of later", "planning/open_days.py", "free += _DAY", "free -= _DAY"),
    Fault("interval from the day before the move", "planning/open_days.py", "self.first(found[-1] + interval_days * _DAY)", "self.first(first + len(found) * interval_days * _DAY)"),
    Fault("red at the wedding", "planning/open_days.py", "< max(self.calm_days, 1)", "< 1"),
    Fault("calm as soon as nothing is seen", "planning/open_days.py", "max(rest.redness.hours.nineteen_in_twenty, rest.longest.advised_h)", "0.0"),
    Fault("calm while signs are seen", "planning/open_days.py", "math.ceil(max(convert(hours, source=\"h\", target=\"days\"), downtime_upper_days))", "math.ceil(convert(hours, source=\"h\", target=\"days\"))"),
)  # fmt: skip


def run_judge(source: Path) -> subprocess.CompletedProcess[str]:
    folder = source / "percuta" / "facts" / "tables" / EDITION
    return run_on_the_copy(source, "tests.agreement", SEED, CASES, str(folder))


def test_the_sound_product_agrees_with_the_judge(tmp_path: Path) -> None:
    copy_of_the_product(tmp_path)
    done = run_judge(tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    plant(fault, tmp_path)
    done = run_judge(tmp_path)
    assert done.returncode == 1, f"{fault.name} went unnoticed over {CASES} cases"
    assert "seed" in done.stdout, done.stderr[-500:]
