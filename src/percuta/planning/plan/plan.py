"""The plan: a person's case in, a screened, bounded, explained plan out.

Frozen, typed, serialisable. The same case under the same edition gives the same bytes.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ConfigDict, Field

from percuta.facts.devices import Device
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.absorption.curves import REFINED
from percuta.planning.case.case import Case, Frozen
from percuta.planning.depth.ceilings import Ceiling
from percuta.planning.depth.labelling import DeviceLine, device_line
from percuta.planning.judgement.findings import (
    Finding,
    Question,
    Verdict,
)
from percuta.planning.numbing.ceilings import NEVER_ON_NEEDLED_SKIN, Numbing
from percuta.planning.plan.adverse_event_rates import SeenEvent, seen_events
from percuta.planning.plan.course import Course, OnTheSkin, plan_course
from percuta.planning.plan.decided import Decided, decide, planned_concerns
from percuta.planning.plan.group_forecast import GroupForecast, group_forecasts
from percuta.planning.plan.provenance import Provenance, provenance_of
from percuta.planning.plan.zone_plan import ZonePlan, with_device_equivalents
from percuta.planning.recovery.aftercare import (
    Alternative,
    Downtime,
    Instruction,
    Sign,
    TrialLine,
    aftercare,
    alternatives,
    signs,
    trials,
)
from percuta.planning.recovery.clinic_redness import ClinicReport
from percuta.planning.session.duration import Duration
from percuta.planning.session.products import Product
from percuta.planning.session.series import Series


def _is_empty(reports: object) -> bool:
    return not reports


class Plan(Frozen):
    """The whole answer to a case; ``zones`` is empty when no plan may be made.

    ``clinic_redness`` is what check-ins of the clinic told when it was made, and is left out of
    the file where there were none; so is ``device`` where the edition has no catalogue.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: Verdict
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    earliest_date: date | None
    zones: tuple[ZonePlan, ...]
    numbing: Numbing | None
    never: str
    glide: Product | None
    soothing: Product | None
    topicals: tuple[Product, ...]
    duration_min: float | None
    duration: Duration | None
    series: Series | None
    course: Course | None
    recovery: tuple[Sign, ...]
    downtime_days: Downtime | None
    aftercare: tuple[Instruction, ...]
    seen_events: tuple[SeenEvent, ...]
    expectation: tuple[TrialLine, ...]
    group_forecast: tuple[GroupForecast, ...]
    alternatives: tuple[Alternative, ...]
    valid_until: date | None
    case: Case
    clinic_redness: tuple[ClinicReport, ...] = Field(default=(), exclude_if=_is_empty)
    device: DeviceLine | None = Field(default=None, exclude_if=_is_empty)
    provenance: Provenance

    @property
    def is_made(self) -> bool:
        """Whether there is something to do, rather than only an answer why not."""
        return bool(self.zones)

    @property
    def dates_after_end(self) -> tuple[date, ...]:
        """Sessions that lie after the plan's own end: they need a new plan first."""
        if self.series is None or self.valid_until is None:
            return ()
        return tuple(day for day in self.series.dates if day > self.valid_until)

    def asks_for_new_day(self, on: date) -> bool:
        """Whether its first session should have been before the day of asking."""
        return self.is_made and self.case.setting.date < on


def make_plan(
    case: Case,
    facts: Facts,
    *,
    clinic_redness: tuple[ClinicReport, ...] = (),
    draws: int = REFINED,
) -> Plan:
    """Screen, bound and plan a case under one edition of the facts.

    ``clinic_redness`` are the clinic's own check-ins (``clinic_reports``): they move how long
    redness is expected to last, and nothing else. Fewer ``draws`` give the same plan but for the
    lanes of absorption, which say how many they rest on.
    """
    decided = decide(case, facts, clinic_redness=clinic_redness)
    told = clinic_redness if decided.zones else ()
    device = facts.devices[case.setting.device]
    body = {
        **{name: value for name, value in decided if name not in _ONLY_DECIDED},
        "zones": tuple(with_device_equivalents(zone, device, facts) for zone in decided.zones),
        "never": NEVER_ON_NEEDLED_SKIN,
        "case": case,
        "clinic_redness": told,
        "device": _device_line(decided.ceilings, device, facts),
        **_forecasts(decided, case, facts, told, draws),
    }
    return Plan(**body, provenance=provenance_of(body, case, facts))


def _device_line(
    ceilings: Mapping[Zone, Ceiling], device: Device, facts: Facts
) -> DeviceLine | None:
    rows = [key for ceiling in ceilings.values() for key in ceiling.label_rows]
    return device_line(rows, device, facts)


_ONLY_DECIDED = {"rest", "ceilings"}
"""What forecasts need of a decision, and a plan does not hold."""


def _no_forecasts(case: Case, facts: Facts) -> dict[str, Any]:
    return {
        "duration_min": None,
        "course": None,
        "recovery": (),
        "aftercare": (),
        "seen_events": (),
        "expectation": (),
        "group_forecast": (),
        "alternatives": alternatives(case.concerns, case, facts),
    }


def _forecasts(
    decided: Decided,
    case: Case,
    facts: Facts,
    clinic_redness: tuple[ClinicReport, ...],
    draws: int,
) -> dict[str, Any]:
    duration, series, rest = decided.duration, decided.series, decided.rest
    if duration is None or series is None or rest is None:
        return _no_forecasts(case, facts)
    zones = tuple(plan.zone for plan in decided.zones)
    planned = planned_concerns(zones, case)
    icepick = [stated for stated in planned if stated.kind == "icepick"]
    over_holes = (decided.glide, decided.soothing, *decided.topicals)
    return {
        "duration_min": round(duration.in_the_chair_min),
        "course": plan_course(
            decided.zones,
            OnTheSkin(
                numbing=decided.numbing,
                over_holes=tuple(product.product for product in over_holes if product),
                is_covered=decided.soothing is not None,
            ),
            rest=rest,
            dates=series.dates,
            case=case,
            facts=facts,
            clinic=clinic_redness,
            draws=draws,
        ),
        "recovery": signs(facts),
        "aftercare": aftercare(facts),
        "seen_events": seen_events(zones, facts),
        "expectation": trials(planned, facts),
        "group_forecast": group_forecasts(planned, series, facts),
        "alternatives": alternatives(icepick, case, facts),
    }
