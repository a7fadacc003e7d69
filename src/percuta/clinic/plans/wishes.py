"""What a draft holds: the choices of the professional, and nothing that follows from them."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import Field, ValidationError

from percuta.errors import CaseError
from percuta.planning.case.case import Case, ClinicDeferral, Frozen, SetDepth, Setting
from percuta.planning.case.fault_sentences import fault_sentence

ZONE_CHOICES = {"depth_mm", "passes", "strikes_per_cm2", "seconds_per_cm2", "minutes"}
"""What is chosen zone by zone."""


def _is_empty(named: object) -> bool:
    """Left out of what is stored, so that drafts of before are as they were."""
    return not named


class Wishes(Frozen):
    """With what, by whom, when; depths and doses by zone; waiting times chosen by the clinic.

    A zone has one dose: of passes, strikes, seconds and minutes, what was set last.
    """

    setting: Setting
    depth_mm: Mapping[str, SetDepth] = {}
    passes: Mapping[str, int] = {}
    strikes_per_cm2: Mapping[str, float] = {}
    seconds_per_cm2: Mapping[str, float] = Field(default={}, exclude_if=_is_empty)
    minutes: Mapping[str, float] = Field(default={}, exclude_if=_is_empty)
    clinic_deferrals: tuple[ClinicDeferral, ...] = ()

    def as_case_parts(self, zones: Collection[str]) -> dict[str, Any]:
        """The same as a case file has it, for the zones of a case; what was not chosen left out.

        What was chosen for a zone whose concern was taken back waits in the draft until the zone is
        planned again.
        """
        parts = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        for name in ZONE_CHOICES & parts.keys():
            parts[name] = {zone: choice for zone, choice in parts[name].items() if zone in zones}
        return parts


def read_wishes(raw: Mapping[str, Any]) -> Wishes:
    """Wishes as they were stored, or as a page sends them.

    Raises
    ------
    CaseError
        Naming every field that cannot be read: they make no case.
    """
    try:
        return Wishes.model_validate(raw)
    except ValidationError as error:
        faults = (fault_sentence(fault, kind="a plan's choices") for fault in error.errors())
        raise CaseError(faults) from error


def wishes_of(case: Case) -> Wishes:
    """The choices in a case."""
    return Wishes(
        setting=case.setting,
        depth_mm={zone.value: depth for zone, depth in case.depth_mm.items()},
        passes={zone.value: number for zone, number in case.passes.items()},
        strikes_per_cm2={zone.value: wish for zone, wish in case.strikes_per_cm2.items()},
        seconds_per_cm2={zone.value: time for zone, time in case.seconds_per_cm2.items()},
        minutes={zone.value: time for zone, time in case.minutes.items()},
        clinic_deferrals=case.clinic_deferrals,
    )
