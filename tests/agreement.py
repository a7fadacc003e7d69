"""Whether the product and the slow judge agree on a case, as a list of disagreements."""

import math
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from percuta.facts.edition import Facts, open_edition
from percuta.planning.plan import Plan, make_plan
from percuta.planning.reading import parse_case
from tests.judge import Judge
from tests.random_cases import random_case

_DRAWS = 8
"""Of absorption, which is not judged here."""


def disagreements(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    """Every way in which a plan differs from what the tables say."""
    found: list[str] = []
    wanted = judge.planned(raw)
    got = {plan_zone.zone.value for plan_zone in plan.zones}
    if got != wanted:
        found.append(f"planned {sorted(got)}, the tables say {sorted(wanted)}")
    if (plan.verdict == "suitable") != bool(wanted):
        found.append(f"verdict {plan.verdict} though the tables plan {sorted(wanted)}")
    for zone in plan.zones:
        limit, who = judge.ceiling(raw, zone.zone)
        depth = zone.depth_mm
        if abs(depth.limit - limit) > 1e-9 or depth.limited_by not in who:
            found.append(
                f"{zone.zone}: limit {depth.limit} by {depth.limited_by}: {limit} by {who}"
            )
        for name in ("low", "recommended", "high", "chosen"):
            value = getattr(depth, name)
            if value is not None and value > limit + 1e-9:
                found.append(f"{zone.zone}: {name} {value} is above the limit {limit}")
        if not judge.has_published_depth(zone.zone) and depth.recommended is not None:
            found.append(f"{zone.zone}: a depth is recommended though none is published")
    judged = {(row, level) for row, _, level, *_ in judge.judgements(raw)}
    rows = {row["row"] for row in judge.tables["screening"]}
    told = {(f.rule, f.level.value) for f in plan.findings if f.facts == (f"screening/{f.rule}",)}
    if {pair for pair in told if pair[0] in rows} != judged:
        found.append(f"screening differs in {sorted(told ^ judged)}")
    return [
        *found,
        *_passes(raw, plan, judge),
        *_numbing(raw, plan, judge),
        *_products(raw, plan, judge),
        *_dates(raw, plan, judge),
        *_series(raw, plan, judge),
    ]


def _passes(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    found: list[str] = []
    per_pass = judge.per_pass(judge.row("devices", raw["setting"]["device"]))
    for zone in plan.zones:
        passes = judge.passes(raw, zone.zone)
        strikes = passes * per_pass
        if zone.passes != passes or abs(zone.strikes_per_cm2 - strikes) > 0.5 + 1e-6:
            told = f"{zone.passes} passes, {zone.strikes_per_cm2} strikes"
            found.append(f"{zone.zone}: {told}; the tables say {passes} and {strikes}")
    return found


def _numbing(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    if not plan.zones or raw["setting"]["numbing"] == "none":
        return ["numbing without being asked for"] if plan.numbing else []
    if judge.loses_numbing(raw):
        return ["numbing kept in spite of an answer"] if plan.numbing else []
    zones = {zone.zone.value for zone in plan.zones}
    wanted = judge.numbing(raw, zones)
    numbing = plan.numbing
    if numbing is None:
        is_used_up = wanted is not None and wanted[0] < 0.1
        return [] if is_used_up else ["numbing lost without a reason"]
    if wanted is None:
        return [] if numbing.grams_max is None else ["grams although no figure may be given"]
    grams, area, minutes = wanted
    if numbing.grams_max is None or not grams - 0.1 <= numbing.grams_max <= grams + 1e-6:
        return [f"{numbing.grams_max} g, the tables say {grams}"]
    if (numbing.area_cm2_max, numbing.dwell_max_min) != (area, minutes):
        return [f"{numbing.area_cm2_max} cm2, {numbing.dwell_max_min} min: not {area}, {minutes}"]
    covered = {zone.value for zone in numbing.zones}
    level = judge.blood_level(raw, covered, numbing.grams_max, minutes)
    told = numbing.plasma_ug_per_ml_upper
    if told is None or not level - 1e-6 <= told <= level + 0.01 + 1e-6:
        return [f"blood level {told} ug/mL, the tables say {level}"]
    return []


def _products(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    """What goes on needled skin: nothing that must not, and every wish that may."""
    if not plan.zones:
        return []
    setting = raw["setting"]
    used = {"glide": plan.glide, "soothing": plan.soothing}
    found = [
        f"{product.product} on needled skin"
        for product in (*used.values(), *plan.topicals)
        if product is not None and not judge.may_touch_needled_skin(raw, product.product)
    ]
    for role, product in used.items():
        wished = setting.get(role)
        is_used = product is not None and product.product == wished
        if wished and judge.may_touch_needled_skin(raw, wished) and not is_used:
            found.append(f"{wished} left out though nothing forbids it")
    wanted = [
        wished
        for wished in setting.get("topicals", ())
        if judge.may_touch_needled_skin(raw, wished)
    ]
    told = [product.product for product in plan.topicals]
    return found if told == wanted else [*found, f"topicals {told}, the tables say {wanted}"]


def _dates(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    found: list[str] = []
    session = raw["setting"]["date"]
    dates = plan.series.dates if plan.series else ()
    if dates and (dates[0] < session or list(dates) != sorted(dates)):
        found.append(f"dates {dates} do not start on {session} and rise")
    ends: dict[str, date] = {}
    never: set[str] = set()
    for _, scope, level, zones, end in judge.judgements(raw):
        if scope == "zone" and (level in ("stop", "refer") or (level == "defer" and not end)):
            never |= zones
        elif scope == "zone" and level == "defer":
            for zone in zones:
                ends[zone] = max(ends.get(zone, session), date.fromisoformat(end))
    for later in plan.series.later_zones if plan.series else ():
        if later.joins is None:
            continue
        if later.zone.value in never:
            found.append(f"{later.zone} joins on {later.joins} though nothing dated frees it")
        if later.joins < ends.get(later.zone.value, date.max):
            found.append(f"{later.zone} joins on {later.joins}, before {ends.get(later.zone)}")
    return found


_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _series(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    """Sessions, the days between them, and each date: as early as may be, and no earlier."""
    if plan.series is None or plan.course is None or plan.downtime_days is None:
        return []
    sessions, days = judge.series(raw, {zone.zone.value for zone in plan.zones})
    healed = max(math.ceil(wait.advised_h / 24) for wait in plan.course.waiting)
    gap = None if days is None else math.ceil(max(days, healed) - 1e-6)
    told = plan.series.interval_weeks
    told_gap = None if told is None else math.ceil(told * 7 - 1e-6)
    if (plan.series.sessions, told_gap) != (sessions, gap):
        found = f"{plan.series.sessions} sessions, {told_gap} days apart"
        return [f"{found}: the tables say {sessions} and {gap}"]
    red_h = plan.course.redness.hours.nineteen_in_twenty
    longest_h = max(wait.advised_h for wait in plan.course.waiting)
    calm = math.ceil(max(red_h / 24, longest_h / 24, plan.downtime_days.upper))
    wanted = _earliest_dates(raw["setting"], sessions, gap, calm)
    return [] if plan.series.dates == wanted else [f"dates {plan.series.dates}, not {wanted}"]


def _earliest_dates(
    setting: dict[str, Any], sessions: int | None, gap: int | None, calm: int
) -> tuple[date, ...]:
    """The earliest days that keep the distance, are open, and leave skin calm in time."""
    closed, holidays = setting.get("closed_weekdays", ()), setting.get("holidays", ())
    calm_by, day = setting.get("calm_by"), setting["date"]
    dates: list[date] = []
    while len(dates) < (sessions if sessions and gap is not None else 1):
        is_shut = _WEEK[day.weekday()] in closed or day in holidays
        shows = calm_by is not None and day <= calm_by < day + timedelta(days=calm)
        if is_shut or shows:
            day += timedelta(days=1)
        else:
            dates.append(day)
            day += timedelta(days=gap or 0)
    return tuple(dates)


def first_disagreement(seed: int, cases: int, facts: Facts) -> str:
    """Run random cases until the product and the judge disagree; empty if they never do."""
    rng = Random(seed)
    judge = Judge(facts.folder)
    for number in range(cases):
        raw = random_case(rng, facts)
        plan = make_plan(parse_case(raw, facts), facts, draws=_DRAWS)
        found = disagreements(raw, plan, judge)
        if found:
            return f"seed {seed}, case {number}: {'; '.join(found)}\n{raw}"
    return ""


def main() -> int:
    """Command for the mutation suite: ``python -m tests.agreement SEED CASES [FOLDER]``."""
    seed, cases, *folder = sys.argv[1:]
    facts = Facts(Path(folder[0])) if folder else open_edition()
    problem = first_disagreement(int(seed), int(cases), facts)
    sys.stdout.write(problem + "\n")
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main())
