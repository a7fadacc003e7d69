"""Planted faults in what a plan tells of studies: the tests that say what it tells must notice."""

import subprocess
from pathlib import Path

import pytest

from tests.mutation.planting import Fault, copy_of_the_product, named, plant, run_on_the_copy

SAYING = ("tests/spec/test_what_was_seen.py", "tests/spec/test_group_coverage.py")

FAULTS = (
    Fault("events of every site", "planning/seen_events.py", "if ours & set(alone.get(seen.fact, ())))", "if seen.fact in alone)"),
    Fault("events of products", "planning/seen_events.py", ' if s.procedure == "needling_alone"}', "}"),
    Fault("nothing counted is nothing seen", "planning/seen_events.py", "if any(not any(own", "if False and any(not any(own"),
    Fault("a curve against its measurement", "planning/topical_lanes.py", "if row is None or all(low <= row.value <= high", "if row is None or all(low <= row.value or high"),
    Fault("a handful of draws", "planning/new_collagen.py", "PULSE_DRAWS = 20_000", "PULSE_DRAWS = 64"),
    Fault("not told is blinded", "facts/outcome.py", 'return self.rating == "blinded"', 'return self.rating != "unblinded"'),
    Fault("any comparator is a control", "science/outcome/prediction.py", 'row.control == "contrast" for row in arms', "True for row in arms"),
    Fault("new studies by the normal law", "science/outcome/prediction.py", "if tails is None else rng.standard_t(tails.middle, studies)", "if True else rng.standard_t(tails.middle, studies)"),
    Fault("nothing found is something found", "science/outcome/arms.py", '"not_significant": -1', '"not_significant": 1'),
)  # fmt: skip


def run_tests(source: Path) -> subprocess.CompletedProcess[str]:
    plain = ("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist")
    return run_on_the_copy(source, "pytest", "-x", "-q", *plain, *SAYING)


def test_the_sound_product_tells_what_it_should(tmp_path: Path) -> None:
    copy_of_the_product(tmp_path)
    done = run_tests(tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_planted_fault_is_told(fault: Fault, tmp_path: Path) -> None:
    plant(fault, tmp_path)
    done = run_tests(tmp_path)
    assert done.returncode == 1, f"{fault.name} went unnoticed: {done.stdout[-500:]}"
