"""Names that a researcher may use outlive a move by a release, with a warning."""

import importlib

import pytest

OLD = {
    ("percuta.planning.plan", "make_plan"): "percuta.planning.plan.plan",
    ("percuta.planning.plan", "Plan"): "percuta.planning.plan.plan",
    ("percuta.planning.case", "Case"): "percuta.planning.case.case",
    ("percuta.planning.reading", "read_case"): "percuta.planning.case.case_file",
    ("percuta.planning.reading", "parse_case"): "percuta.planning.case.case_file",
}


@pytest.mark.parametrize(("module", "name"), OLD, ids=".".join)
def test_an_old_name_works_and_tells_the_new_one(module: str, name: str) -> None:
    new = OLD[module, name]
    with pytest.warns(DeprecationWarning, match=rf"{name} is {new}\.{name} now"):
        found = getattr(importlib.import_module(module), name)
    assert found is getattr(importlib.import_module(new), name)


@pytest.mark.parametrize("name", ["mkae_plan", "_parts"])
def test_a_name_that_never_was_is_an_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"'percuta.planning.plan' has no attribute '{name}'"):
        getattr(importlib.import_module("percuta.planning.plan"), name)
