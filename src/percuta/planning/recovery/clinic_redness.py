"""What the check-ins of one clinic tell of redness: one report a session, one weight a person."""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from percuta.facts.devices import DeviceKind
from percuta.planning.case.case import Frozen
from percuta.planning.recovery.check_in import ClinicCheckIn, Felt
from percuta.science.redness.resolution import Report
from percuta.units import to_si


class ClinicReport(Frozen):
    """Redness went after ``lower_h`` and by ``upper_h``, or was still there at the last look.

    Nothing in it says whose it is. A person counts once, however many sessions they told of:
    ``person_share`` is the part that this report has in that one.
    """

    lower_h: float
    upper_h: float | None
    depth_mm: float
    device_kind: DeviceKind
    looks_n: int
    person_share: float

    @property
    def as_report(self) -> Report:
        """The same for the model."""
        return Report(
            lower=to_si(self.lower_h, "h"),
            upper=math.inf if self.upper_h is None else to_si(self.upper_h, "h"),
            depth=to_si(self.depth_mm, "mm"),
            depth_spread=0.0,
            pen=1.0 if self.device_kind is DeviceKind.PEN else 0.0,
            people=self.person_share,
        )


class _Session(NamedTuple):
    person: str
    session: date
    device_kind: DeviceKind
    depth_mm: float


def clinic_reports(check_ins: Iterable[ClinicCheckIn]) -> tuple[ClinicReport, ...]:
    """The reports in one order, whatever the order of the check-ins.

    Check-ins of one person, day, device and depth are looks at the same redness. Those that say
    nothing of redness tell nothing here.
    """
    looks: dict[_Session, list[ClinicCheckIn]] = {}
    for told in check_ins:
        if told.said.redness is not None:
            key = _Session(told.person, told.session, told.device_kind, told.depth_mm)
            looks.setdefault(key, []).append(told)
    sessions: dict[str, int] = {}
    for person, *_ in looks:
        sessions[person] = sessions.get(person, 0) + 1
    return tuple(sorted(_reports(looks, sessions), key=_order))


def _reports(
    looks: dict[_Session, list[ClinicCheckIn]], sessions: dict[str, int]
) -> Iterator[ClinicReport]:
    for key, told in looks.items():
        still = [look.said.hours_after for look in told if look.said.redness is Felt.STILL]
        lower_h = max(still, default=0.0)
        later = [
            look.said.hours_after
            for look in told
            if look.said.redness is Felt.GONE and look.said.hours_after > lower_h
        ]
        yield ClinicReport(
            lower_h=lower_h,
            upper_h=min(later, default=None),
            depth_mm=key.depth_mm,
            device_kind=key.device_kind,
            looks_n=len(told),
            person_share=1.0 / sessions[key.person],
        )


def _order(report: ClinicReport) -> tuple[float, float, float, str, float, int]:
    upper_h = math.inf if report.upper_h is None else report.upper_h
    kind, share = report.device_kind.value, report.person_share
    return report.lower_h, upper_h, report.depth_mm, kind, share, report.looks_n


def told_by(reports: tuple[ClinicReport, ...]) -> str:
    """How much a clinic told, in words."""
    looks = sum(report.looks_n for report in reports)
    people = round(sum(report.person_share for report in reports))
    check_ins = "1 check-in" if looks == 1 else f"{looks} check-ins"
    return f"adjusted by {check_ins} of this clinic, from {people} {_people(people)}"


def _people(count: int) -> str:
    return "person" if count == 1 else "people"
