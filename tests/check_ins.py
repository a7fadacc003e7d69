"""Check-ins of invented clinics."""

from datetime import date
from typing import Any

from percuta.facts.devices import DeviceKind
from percuta.planning.recovery.check_in import CheckIn, ClinicCheckIn, Felt

DAY = date(2026, 9, 1)


def look(person: str, hours_after: float, redness: Felt | None, **changes: Any) -> ClinicCheckIn:
    """One look at the redness of one person after a pen at 1 mm."""
    given: dict[str, Any] = {
        "person": person,
        "session": DAY,
        "device_kind": DeviceKind.PEN,
        "depth_mm": 1.0,
        "said": CheckIn(hours_after=hours_after, redness=redness),
    }
    return ClinicCheckIn(**{**given, **changes})


def two_looks(person: str, still_h: float, gone_h: float, **changes: Any) -> list[ClinicCheckIn]:
    """Red at the first look, clear at the second."""
    return [
        look(person, still_h, Felt.STILL, **changes),
        look(person, gone_h, Felt.GONE, **changes),
    ]
