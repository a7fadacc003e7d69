"""Whether the product and the slow judge agree on a case, as a list of disagreements."""

import math
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from percuta.facts.edition import Facts, open_edition
from percuta.planning.case.case_file import parse_case
from percuta.planning.numbing.ceilings import Numbing
from percuta.planning.plan.plan import Plan, make_plan
from percuta.planning.plan.zone_plan import ZonePlan
from tests.concern_judge import without_advice
from tests.depth_judge import advice
from tests.dose_judge import exact_passes
from tests.judge import Judge
from tests.label_judge import names_of, outside
from tests.numbing_judge import Verdict
from tests.random_cases import random_case

THROUGH = "depth.may_pass_dermis"
EVEN = 0.06
"""How far a middle of a mixture may lie from the even middle of its sources."""

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
        found += _advice(raw, zone, judge)
    judged = {(row, level) for row, _, level, *_ in judge.judgements(raw)}
    rows = {row["row"] for row in judge.tables["screening"]}
    told = {(f.rule, f.level.value) for f in plan.findings if f.facts == (f"screening/{f.rule}",)}
    if {pair for pair in told if pair[0] in rows} != judged:
        found.append(f"screening differs in {sorted(told ^ judged)}")
    return [
        *found,
        *_through(raw, plan, judge),
        *_passes(raw, plan, judge),
        *_numbing(raw, plan, judge),
        *_products(raw, plan, judge),
        *_dates(raw, plan, judge),
        *_labels(raw, plan, judge),
        *_advised(plan, judge),
        *_series(raw, plan, judge),
    ]


def _advice(raw: dict[str, Any], zone: ZonePlan, judge: Judge) -> list[str]:
    """Editions with rules for advice: what is advised, and whether an empty depth is marked."""
    if "depth_advice" not in judge.tables:
        return []
    depth, wanted = zone.depth_mm, advice(judge, raw, zone.zone)
    is_fixed = judge.row("devices", raw["setting"]["device"])["depth_step_mm"] == "none"
    is_open = wanted is None and depth.chosen is None and not is_fixed
    found = []
    if (depth.recommended is None) != (wanted is None) or (
        wanted is not None and abs(wanted - (depth.recommended or 0.0)) > 1e-9
    ):
        found.append(f"{zone.zone}: {depth.recommended} advised, the tables say {wanted}")
    if depth.to_choose != is_open:
        found.append(f"{zone.zone}: whether a depth is to be chosen: {depth.to_choose}")
    return found


def _through(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    """Editions with several sources of skin: what of them is told, and when the caution fires."""
    if "skin_sources" not in judge.tables:
        return []
    found: list[str] = []
    policy = float(judge.row("policy", "p_through_caution_pct.any")["value"]) / 100
    cautioned = {z.value for f in plan.findings if f.rule == THROUGH for z in f.zones}
    for zone in plan.zones:
        if zone.reach is None:
            continue
        wanted = judge.sources_of_skin(zone.zone.value, raw["person"]["sex"])
        told = zone.reach.over_sources
        if len(told) != wanted:
            found.append(f"{zone.zone}: {len(told)} sources of skin, the tables hold {wanted}")
            continue
        share = zone.reach.p_through_dermis
        if judge.is_thin(zone.zone.value) and told and share != told[0].p_through_dermis:
            found.append(f"{zone.zone}: a thick source has a say where little lies beneath")
        even = sum(source.p_through_dermis.middle for source in told) / (len(told) or 1)
        if told and not judge.is_thin(zone.zone.value) and abs(share.middle - even) > EVEN:
            found.append(f"{zone.zone}: {share.middle} passes, the sources say {even} together")
        if (zone.zone.value in cautioned) != (share.high > policy):
            found.append(f"{zone.zone}: caution although {share.high} pass, or none although so")
    return found


def _advised(plan: Plan, judge: Judge) -> list[str]:
    """No depth where the concern has none, and its rule is told."""
    told = {z for f in plan.findings if f.rule == "concern.without_advice" for z in f.zones}
    return [
        f"{zone.zone}: {zone.depth_mm.recommended} mm for {zone.concern}"
        for zone in plan.zones
        if zone.concern in without_advice(judge.tables)
        and (zone.depth_mm.recommended is not None or zone.zone not in told)
    ]


def _labels(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    """What is off-label and which limit is passed; whose labels bound the zones planned."""
    found: list[str] = []
    told = [f for f in plan.findings if f.rule == "label.outside_indication"]
    for zone in plan.zones:
        reasons = [f.reason for f in told if zone.zone in f.zones]
        limits = outside(raw, zone.zone, judge.tables)
        if bool(reasons) != bool(limits):
            found.append(f"{zone.zone}: off-label {reasons}, the tables say {limits}")
        if judge.tables.get("catalogue"):
            wanted = {limit for limit in limits if limit.startswith(("from age", "in skin types"))}
            missing = [limit for limit in wanted if limit not in " ".join(reasons)]
            found += [f"{zone.zone}: '{limit}' is not told" for limit in missing]
    if plan.device is not None and plan.zones:
        owners = {
            owner
            for zone in plan.zones
            for _, fact in judge.label_bounds(raw, zone.zone)
            for owner in names_of(fact, judge.tables)
        }
        if not owners & set(plan.device.labels) and owners:
            found.append(f"labels of {plan.device.labels}, the tables say {owners}")
    return found


def _passes(raw: dict[str, Any], plan: Plan, judge: Judge) -> list[str]:
    found: list[str] = []
    per_pass = judge.per_pass(judge.row("devices", raw["setting"]["device"]))
    for zone in plan.zones:
        passes = judge.passes(raw, zone.zone)
        strikes = exact_passes(judge, raw, zone.zone) * per_pass
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
    if judge.knows_visits():
        return _numbing_by_visit(raw, plan, judge.numbing_by_visit(raw, zones), judge)
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


def _numbing_by_visit(raw: dict[str, Any], plan: Plan, wanted: Verdict, judge: Judge) -> list[str]:
    """Where a plan differs from the slow judge under an edition with layers and visits."""
    numbing, rules = plan.numbing, {finding.rule for finding in plan.findings}
    ticks = judge.row("numbing_products", raw["setting"]["numbing"])["needs_prescriber"] == "yes"
    found = [] if ("numbing.prescriber_ticks" in rules) == ticks else ["a prescriber's tick"]
    if wanted.kind == "nothing":
        return found if numbing is None else [*found, "numbing where nothing may go on"]
    if numbing is None:
        return [*found, f"no numbing, the tables say {wanted}"]
    if wanted.kind in ("no figure", "written"):
        is_written = numbing.grams_max is not None
        may_be = wanted.kind == "written"
        return [*found, "an amount that nobody may give"] if is_written and not may_be else found
    return [*found, *_figures(numbing, rules, wanted, judge)]


def _figures(numbing: Numbing, rules: set[str], wanted: Verdict, judge: Judge) -> list[str]:
    """Grams, layer, visits, minutes and levels of a numbing with figures."""
    found: list[str] = []
    if numbing.grams_max is None or abs(numbing.grams_max - wanted.grams) > 1e-5:
        return [f"{numbing.grams_max} g, the tables say {wanted.grams}"]
    if numbing.area_cm2 is None or numbing.grams_max < wanted.layer * numbing.area_cm2 - 1e-5:
        found.append("a layer thinner than the label's")
    if tuple(tuple(zone.value for zone in visit) for visit in numbing.visits) != wanted.visits:
        found.append(f"visits {numbing.visits}, the tables say {wanted.visits}")
    if numbing.dwell_max_min != wanted.minutes:
        found.append(f"{numbing.dwell_max_min} min, the tables say {wanted.minutes}")
    for told, level, step in (
        (numbing.plasma_limit_ug_per_ml, wanted.limit, 0.001),
        (numbing.plasma_ug_per_ml_upper, wanted.bound, 0.01),
    ):
        if told is None or not level - 1e-5 <= told <= level + step + 1e-5:
            found.append(f"level {told} ug/mL, the tables say {level}")
    signs = float(judge.row("absorption", "first_signs.local_anaesthetic")["low"])
    is_past = wanted.together >= signs and wanted.together > wanted.limit
    if ("numbing.first_signs_with_others" in rules) != is_past and abs(
        wanted.together - signs
    ) > 1e-6:
        found.append(f"first signs with others: {wanted.together}")
    return found


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
    bare = {f.facts for f in plan.findings if f.rule == "product.no_figure"}
    found += [
        f"{key} goes on without its caution"
        for key in setting.get("topicals", ())
        if judge.row("agents", key)["on_needled_skin"] == "no_figure"
        and judge.may_touch_needled_skin(raw, key)
        and (f"agents/{key}",) not in bare
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
