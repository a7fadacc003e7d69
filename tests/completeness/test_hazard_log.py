"""Every hazard has a control that exists and a test that exists."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LOG = ROOT / "docs" / "explanation" / "hazard-log.md"
SAFETY = ROOT / "tests" / "spec" / "safety"
_TICKED = re.compile(r"`([^`]+)`")


class Hazard(NamedTuple):
    id: str
    hazard: str
    cause: str
    harm: str
    control: str
    tests: str
    residual_risk: str


def hazards() -> list[Hazard]:
    lines = LOG.read_text(encoding="utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    head, _, *body = rows
    assert [name.replace(" ", "_") for name in head] == list(Hazard._fields)
    return [Hazard(*row) for row in body]


HAZARDS = hazards()
each = pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)


@cache
def named_in(path: str) -> frozenset[str]:
    """Test functions of a file that are not expected to fail."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any("xfail" in ast.unparse(mark) for mark in node.decorator_list)
    )


def test_ids_are_unique_and_consecutive() -> None:
    assert [hazard.id for hazard in HAZARDS] == [f"H{n:02d}" for n in range(1, len(HAZARDS) + 1)]
    assert len({hazard.hazard for hazard in HAZARDS}) == len(HAZARDS)


@each
def test_no_cell_is_empty(hazard: Hazard) -> None:
    assert all(hazard)


@each
def test_the_control_exists(hazard: Hazard) -> None:
    controls = _TICKED.findall(hazard.control)
    assert controls
    for control in controls:
        assert _found(control) is not None


def _found(dotted: str) -> object:
    """The object a dotted name means: its longest importable part, then attributes."""
    parts = dotted.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            found: object = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name)
        return found
    raise AssertionError(f"no module of {dotted} can be imported")


@each
def test_its_tests_exist_and_are_expected_to_pass(hazard: Hazard) -> None:
    nodes = _TICKED.findall(hazard.tests)
    assert nodes, f"{hazard.id} has no test"
    for node in nodes:
        path, _, name = node.partition("::")
        assert (ROOT / path).is_file(), path
        assert name in named_in(path), node


def test_every_safety_test_belongs_to_a_hazard() -> None:
    linked = {node for hazard in HAZARDS for node in _TICKED.findall(hazard.tests)}
    paths = [str(path.relative_to(ROOT)) for path in SAFETY.glob("test_*.py")]
    assert paths
    unlinked = {f"{path}::{name}" for path in paths for name in named_in(path)} - linked
    assert unlinked <= {"tests/spec/safety/test_stored_plans.py::test_a_fresh_plan_may_be_used"}
