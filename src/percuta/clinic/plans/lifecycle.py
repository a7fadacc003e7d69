"""Where a version stands in its own life: draft, signed, expired, overtaken, or tampered with."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from percuta.clinic.plans.models import PlanVersion


class State(StrEnum):
    """One word for a version, as people say it."""

    DRAFT = "draft"
    SIGNED = "signed"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    CHANGED = "not what was signed"


def states(versions: Iterable[PlanVersion], *, on: date) -> dict[int, State]:
    """The state of each version of one plan on a day, by its number."""
    chain = tuple(versions)
    newest = max((version.number for version in chain if version.is_signed), default=0)
    return {version.number: _state(version, newest, on) for version in chain}


def _state(version: PlanVersion, newest_signed: int, on: date) -> State:
    if not version.is_signed:
        return State.DRAFT
    if not version.is_as_signed:
        return State.CHANGED
    if version.number < newest_signed:
        return State.SUPERSEDED
    is_over = version.valid_until is not None and on > version.valid_until
    return State.EXPIRED if is_over else State.SIGNED
