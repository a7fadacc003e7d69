"""From a study file to a study, or to every fault in it at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from percuta.errors import StudyError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.absorption.topicals import why_not
from percuta.planning.case.fault_sentences import fault_sentence, is_echo
from percuta.planning.case.text_file import small_toml
from percuta.science.skin.thickness import skin_at
from percuta.study.design import Cohort, PlanSweep, Study
from percuta.study.sweep import plans_counted

Part = TypeVar("Part", Cohort, PlanSweep)

MOST_PLANS = 10_000
MOST_ROWS_IN_A_CHUNK = 5_000_000
"""A chunk is held in the memory of one worker: about 300 MB."""


def read_study(path: Path, facts: Facts) -> Study:
    """Read a study file.

    Raises
    ------
    StudyError
        Naming every fault: field, value, and what is allowed.
    """
    return parse_study(small_toml(path, facts, StudyError), facts)


def parse_study(raw: Mapping[str, Any], facts: Facts) -> Study:
    """Check a study given as plain data."""
    faults: list[str] = []
    study: Study | None = None
    try:
        study = Study.model_validate(raw)
    except ValidationError as error:
        faults.extend(
            fault_sentence(fault, kind="a study file")
            for fault in error.errors()
            if not is_echo(fault)
        )
    faults.extend(_misfits(raw, facts))
    if study is not None:
        faults.extend(_size_faults(study))
    if faults or study is None:
        raise StudyError(dict.fromkeys(faults))
    return study


def _misfits(raw: Mapping[str, Any], facts: Facts) -> Iterator[str]:
    """Faults between sound parts: unknown devices, depths that no dial has, unmeasured skin."""
    yield from _topical_faults(raw.get("absorption"), facts)
    cohort = _sound(Cohort, raw.get("cohort"))
    if cohort is not None:
        yield from _cohort_faults(cohort)
    plans = raw.get("plans")
    for number, given in enumerate(plans if isinstance(plans, list) else [], start=1):
        sweep = _sound(PlanSweep, given)
        if sweep is not None:
            yield from _sweep_faults(f"plans.{number}", sweep, facts)
            if cohort is not None:
                yield from _zone_faults(f"plans.{number}", sweep, cohort, facts)


def _topical_faults(key: object, facts: Facts) -> Iterator[str]:
    followed = [name for name, agent in facts.agents.items() if why_not(agent, facts) is None]
    if isinstance(key, str) and key not in followed:
        agent = facts.agents.get(key)
        reason = None if agent is None else why_not(agent, facts)
        why = "is not known" if reason is None else f"cannot be followed. {reason.text}"
        yield f"absorption: '{key}' {why}; there are {', '.join(followed)}"


def _sound(part: type[Part], given: object) -> Part | None:
    """A part of the study, or ``None`` where its own faults are told already."""
    try:
        return part.model_validate(given)
    except ValidationError:
        return None


def _cohort_faults(cohort: Cohort) -> Iterator[str]:
    for name, weights in (("sex", cohort.sex), ("zones", cohort.zones)):
        if (weights or name == "sex") and not sum(weights.values()) > 0:
            yield f"cohort.{name}: no weight is above 0; give at least one a weight"
    if not sum(band.weight for band in cohort.age_years) > 0:
        yield "cohort.age_years: no weight is above 0; give at least one a weight"
    for number, band in enumerate(cohort.age_years, start=1):
        if band.to_years < band.from_years:
            where = f"cohort.age_years.{number}.to_years"
            yield f"{where}: {band.to_years} lies below from_years {band.from_years}"


def _sweep_faults(where: str, sweep: PlanSweep, facts: Facts) -> Iterator[str]:
    if bool(sweep.passes) == bool(sweep.strikes_per_cm2):
        yield f"{where}: name passes or strikes_per_cm2, one of the two"
    for key in sweep.device:
        if key not in facts.devices:
            known = ", ".join(facts.devices)
            yield f"{where}.device: '{key}' is not known; there are {known}"
            continue
        device = facts.devices[key]
        for depth in sweep.depth_mm:
            if not device.depth_min_mm <= depth <= device.depth_max_mm:
                span = f"{device.depth_min_mm:g} to {device.depth_max_mm:g} mm"
                yield f"{where}.depth_mm: {depth:g}: {key} can be set to {span}"


def _zone_faults(where: str, sweep: PlanSweep, cohort: Cohort, facts: Facts) -> Iterator[str]:
    if not (sweep.zone or cohort.zones):
        yield f"{where}.zone: is missing, and cohort.zones gives people no zone of their own"
    own = () if sweep.zone else tuple(zone for zone, weight in cohort.zones.items() if weight)
    for zone in (*sweep.zone, *own):
        yield from _skin_faults(where if sweep.zone else "cohort", zone, cohort, facts)


def _skin_faults(where: str, zone: Zone, cohort: Cohort, facts: Facts) -> Iterator[str]:
    for sex in _sexes(cohort):
        if skin_at(facts.zones[zone].site, sex, facts) is None:
            yield f"{where}: {zone}: no usable thickness of this skin was published ({sex})"


def _sexes(cohort: Cohort) -> tuple[Sex, ...]:
    return tuple(sex for sex, weight in cohort.sex.items() if weight > 0)


def _size_faults(study: Study) -> Iterator[str]:
    plans = plans_counted(study)
    if plans > MOST_PLANS:
        yield f"plans: {plans} combinations; at most {MOST_PLANS} make one study"
    elif plans * study.people_per_chunk > MOST_ROWS_IN_A_CHUNK:
        most = MOST_ROWS_IN_A_CHUNK // plans
        yield (
            f"people_per_chunk: {study.people_per_chunk} people under {plans} plans do not fit "
            f"in a chunk; at most {most} do"
        )
