"""Planted faults: each is a mistake somebody could make, and whoever is named must notice it."""

from functools import cache
from pathlib import Path

import pytest

from tests.mutation import (
    faults_of_depth_and_dose,
    faults_of_labels,
    faults_of_numbing,
    faults_of_the_first_edition,
    faults_of_the_next_session,
    faults_of_the_series,
    faults_of_what_was_seen,
)
from tests.mutation.choice import History, history, is_planted
from tests.mutation.noticing import Noticing
from tests.mutation.planting import Fault, copy_of_the_product, plant

GROUPS = (
    faults_of_depth_and_dose.GROUP,
    faults_of_labels.GROUP,
    faults_of_numbing.GROUP,
    faults_of_the_first_edition.GROUP,
    faults_of_the_next_session.GROUP,
    faults_of_the_series.GROUP,
    faults_of_what_was_seen.GROUP,
)
PLANTED = [(fault, group.noticing) for group in GROUPS for fault in group.faults]


@cache
def known() -> History:
    return history()


CHOSEN = [(fault, noticing) for fault, noticing in PLANTED if is_planted(fault, known())]


def named(part: object) -> str | None:
    """A fault in the name of its test."""
    return part.name.replace(" ", "_") if isinstance(part, Fault) else ""


@pytest.mark.parametrize("noticing", dict.fromkeys(group.noticing for group in GROUPS))
def test_nothing_is_noticed_in_the_sound_product(noticing: Noticing, tmp_path: Path) -> None:
    copy_of_the_product(tmp_path)
    done = noticing.look(tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize(("fault", "noticing"), CHOSEN, ids=named)
def test_a_planted_fault_is_noticed(fault: Fault, noticing: Noticing, tmp_path: Path) -> None:
    _plant_and_look(fault, noticing, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize(("fault", "noticing"), PLANTED, ids=named)
def test_every_planted_fault_is_noticed(fault: Fault, noticing: Noticing, tmp_path: Path) -> None:
    _plant_and_look(fault, noticing, tmp_path)


def _plant_and_look(fault: Fault, noticing: Noticing, folder: Path) -> None:
    plant(fault, folder)
    done = noticing.look(folder)
    assert done.returncode == 1, f"{fault.name} went unnoticed: {done.stdout[-500:]}"
