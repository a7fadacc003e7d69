"""The slow judge: ceilings, passes and planned zones straight from the tables.

Written apart from the product on purpose: it reads the CSV files with the standard library
and imports nothing from ``percuta.planning``. Where it and the product disagree, one is wrong.
"""

import csv
import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests import dose_judge
from tests.blood import Skin, Vessel
from tests.concern_judge import lacks_a_kind, referred, without_advice
from tests.numbing_judge import NumbingJudge, Verdict

Row = dict[str, str]
Raw = dict[str, Any]
SEVERE = ("stop", "refer", "defer")


class Judge:
    """Answers about a raw case under one edition folder."""

    def __init__(self, folder: Path) -> None:
        self.tables = {path.stem: _read(path) for path in sorted(folder.glob("*.csv"))}

    def rows(self, table: str, **wanted: str) -> list[Row]:
        """Rows of a table whose cells equal ``wanted``."""
        return [r for r in self.tables[table] if all(r[k] == v for k, v in wanted.items())]

    def row(self, table: str, key: str) -> Row:
        """The row with this key."""
        return self.rows(table, row=key)[0]

    # -- screening ---------------------------------------------------------------------------

    def judgements(self, raw: Raw) -> list[tuple[str, str, str, set[str], str]]:
        """(row, scope, level, zones, end) for every screening row that fires."""
        found = []
        told: set[str] = set()
        for rule in self.tables["screening"]:
            if not self._applies(rule, raw):
                continue
            if rule["answer_kind"] == "person":
                found.append((rule["row"], rule["scope"], rule["level"], set[str](), ""))
                continue
            answer = _answer(raw["history"].get(rule["history_key"]))
            if not answer and rule["level"] == "stop" and rule["is_required"] == "no":
                found.append((rule["row"], rule["scope"], "note", set[str](), ""))
                continue
            if answer.get("status") == "unknown" and rule["history_key"] in told:
                continue
            told.add(rule["history_key"])
            level, end = self._level(rule, answer, raw)
            zones = set(answer.get("zones") or requested(raw)) & requested(raw)
            if level and not (rule["scope"] == "zone" and not zones):
                found.append((rule["row"], rule["scope"], level, zones, end))
        return found

    def is_incomplete(self, raw: Raw) -> bool:
        """Whether something required was not answered."""
        if lacks_a_kind(raw, self.tables):
            return True
        person = raw["person"]
        if any(name not in person for name in ("age", "sex", "phototype")):
            return True
        if "weight_kg" not in person and raw["setting"]["numbing"] != "none":
            return True
        for rule in self.rows("screening", is_required="yes"):
            if rule["answer_kind"] == "person" or not self._applies(rule, raw):
                continue
            answer = _answer(raw["history"].get(rule["history_key"]))
            if not answer:
                return True
            undated = answer["status"] == "past" and answer.get("last") is None
            if undated and "past" in rule["fires_on"].split(";"):
                return True
        return False

    def _applies(self, rule: Row, raw: Raw) -> bool:
        text, person, numbing = rule["applies_if"], raw["person"], raw["setting"]["numbing"]
        plain: dict[str, bool] = {
            "always": True,
            "sex=female": person.get("sex") == "female",
            "phototype in IV,V,VI": person.get("phototype") in ("IV", "V", "VI"),
            "numbing!=none": numbing != "none",
        }
        if text in plain:
            return plain[text]
        if text.startswith("age<"):
            return "age" in person and person["age"] < int(text[4:])
        wanted = set(text.split("=")[1].split(","))
        if text.startswith("device="):
            device = self.row("devices", raw["setting"]["device"])
            nickel = set() if device["contains_nickel"] == "no" else {"nickel"}
            metal = device["needle_material"].replace("unknown", "stainless_steel")
            return bool(wanted & {metal, *nickel})
        if numbing == "none":
            return False
        agent = self.row("agents", numbing)
        classes = set(agent["anaesthetic_classes"].split(";"))
        return bool((classes | set(agent["ingredients"].split(";"))) & wanted)

    def _level(self, rule: Row, answer: Raw, raw: Raw) -> tuple[str, str]:
        if not answer:
            return "", ""
        status, last = answer["status"], answer.get("last")
        if status != "unknown" and status not in rule["fires_on"].split(";"):
            return "", ""
        undated = status == "past" and last is None
        if undated and rule["is_required"] == "yes":
            return "", ""
        if status == "unknown" or undated or last == "unknown":
            return rule["level_if_unknown"].replace("none", ""), ""
        session: date = raw["setting"]["date"]
        if answer.get("cleared") is not None and answer["cleared"] <= session:
            return "caution", ""
        wait, watch = self._waits(rule, raw)
        if status != "past":
            has_end = status == "current" and rule["until_event"] == "none" and wait > 0
            return rule["level"], (session + timedelta(days=wait)).isoformat() if has_end else ""
        then = date.fromisoformat(str(last))
        if (session - then).days < wait:
            return rule["level"], (then + timedelta(days=wait)).isoformat()
        return ("caution", "") if (session - then).days < watch else ("", "")

    def _waits(self, rule: Row, raw: Raw) -> tuple[int, int]:
        """Days to wait and days to watch, with the clinic's own waiting time if it holds."""
        wait = in_table = -1 if rule["defer_days"] == "none" else int(rule["defer_days"])
        for chosen in raw.get("clinic_deferrals", []):
            if chosen["rule"] == rule["row"] and raw["setting"]["date"] < chosen["expires"]:
                wait = chosen["defer_days"]
                break
        watch = 0 if rule["caution_days"] == "none" else int(rule["caution_days"])
        return wait, watch if wait == in_table else max(watch, in_table)

    # -- depth -------------------------------------------------------------------------------

    def ceiling(self, raw: Raw, zone: str) -> tuple[float, set[str]]:
        """The depth limit of a zone in dial settings, and the rows that give it."""
        setting = raw["setting"]
        device = self.row("devices", setting["device"])
        zone_row = self.row("zones", zone)
        bounds = [(float(device["depth_max_mm"]), f"devices/{device['row']}")]
        for stated in raw["concerns"]:
            if zone in stated["zones"]:
                bounds += self._labels(stated, zone_row, device)
        site = zone_row["site"]
        if self.row("beneath", f"beneath.{site}")["is_thin_site"] == "yes":
            policy = self.row("policy", f"thin_site_ceiling_mm.{site}")
            bounds.append((float(policy["value"]), f"policy/{policy['row']}"))
        if not self.has_published_depth(zone):
            policy = self.row("policy", "unpublished_site_ceiling_mm.any")
            bounds.append((float(policy["value"]), f"policy/{policy['row']}"))
        if setting.get("licence"):
            licence = self.row("licences", setting["licence"])
            limit = licence["depth_mm_max"]
            if limit not in ("none", "unknown") and licence["operator"] == setting["operator"]:
                bounds.append((float(limit), f"licences/{licence['row']}"))
        lowest = min(depth for depth, _ in bounds)
        who = {fact for depth, fact in bounds if depth == lowest}
        if device["depth_step_mm"] == "none":
            return lowest, who
        step = float(device["depth_step_mm"])
        return math.floor(lowest / step + 1e-9) * step, who

    def label_bounds(self, raw: Raw, zone: str) -> list[tuple[float, str]]:
        """The labels that bound a zone, over every concern stated for it."""
        device, row = self.row("devices", raw["setting"]["device"]), self.row("zones", zone)
        return [
            pair
            for stated in raw["concerns"]
            if zone in stated["zones"]
            for pair in self._labels(stated, row, device)
        ]

    def _labels(self, stated: Raw, zone: Row, device: Row) -> list[tuple[float, str]]:
        sites = set(zone["sites"].split(";"))
        rows = [
            row
            for row in self.rows("depths", kind="label_limit", modality="needling")
            if row["basis"] != "memory"
            and row["depth_mm_hi"] not in ("unknown", "none")
            and sites & set(row["site"].split(";"))
        ]
        own = [r for r in rows if r["family"] == device["family"] and r["family"] != "none"]
        speaking = own or [r for r in rows if r["site"] != "any"]
        evidence = set(self.row("concerns", stated["concern"])["evidence"].split(";")) | {"any"}
        named = [r for r in speaking if evidence & set(r["concern"].split(";"))]
        kind = stated.get("kind")
        if kind:
            named = [r for r in named if self._of_kind(r, kind)]
        depths = [(float(r["depth_mm_hi"]), f"depths/{r['row']}") for r in named or speaking]
        lowest = min((depth for depth, _ in depths), default=0.0)
        return [pair for pair in depths if pair[0] == lowest]

    def _of_kind(self, row: Row, kind: str) -> bool:
        if "acne_scars" not in row["concern"].split(";"):
            return True
        return bool({kind, "any", "none"} & set(row["scar_kind"].split(";")))

    def has_published_depth(self, zone: str) -> bool:
        """Whether a label or a study of needling names this site itself."""
        sites = set(self.row("zones", zone)["sites"].split(";")) - {"any"}
        ours = {"any"}
        for concern in self.tables["concerns"]:
            if concern["row"] not in without_advice(self.tables):
                ours |= set(concern["evidence"].split(";"))
        for row in self.rows("depths", modality="needling"):
            if not sites & set(row["site"].split(";")):
                continue
            about_ours = bool(ours & set(row["concern"].split(";")))
            if row["kind"] == "label_limit" or (row["kind"] == "studied_protocol" and about_ours):
                return True
        return False

    def is_thin(self, zone: str) -> bool:
        """Whether little lies beneath a zone."""
        site = self.row("zones", zone)["site"]
        return self.row("beneath", f"beneath.{site}")["is_thin_site"] == "yes"

    def sources_of_skin(self, zone: str, sex: str) -> int:
        """How many sources stand beside each other; none where there is but one."""
        others = self.rows("skin_sources", site=self.row("zones", zone)["site"], sex=sex)
        return len(others) + 1 if others else 0

    # -- passes ------------------------------------------------------------------------------

    def per_pass(self, device: Row) -> float:
        """Strikes per cm2 that one pass leaves, at the middle of every range."""

        def middle(quantity: str) -> float:
            row = self.row("puncture", f"{quantity}.{device['kind']}")
            return float(row["value"])

        striking = int(device["needles_n"]) * middle("hit_share")
        if device["kind"] == "roller":
            return striking / (math.pi * middle("drum_diameter") * middle("drum_width"))
        if device["kind"] == "stamp":
            return striking / middle("plate_area")
        if device["frequency_lo_hz"] in ("unknown", "none"):
            top = device["frequency_hi_hz"]
            hertz = middle("strike_frequency")
            hertz = hertz if top in ("unknown", "none") else min(hertz, float(top))
        else:
            hertz = (float(device["frequency_lo_hz"]) + float(device["frequency_hi_hz"])) / 2
        return striking * hertz / (middle("head_width") * middle("scan_speed"))

    def passes(self, raw: Raw, zone: str) -> int:
        """Passes in a zone: the zone's own wish, else the session's, else the published number."""
        device = self.row("devices", raw["setting"]["device"])
        if dose_judge.seconds(self, raw, zone) is not None:
            return self._nearest(dose_judge.exact_passes(self, raw, zone), 1.0)
        own = {name: raw.get(name, {}).get(zone) for name in ("passes", "strikes_per_cm2")}
        for wish in (own, raw["setting"]):
            if wish.get("passes") is not None:
                return int(wish["passes"])
            if wish.get("strikes_per_cm2") is not None:
                return self._nearest(wish["strikes_per_cm2"], self.per_pass(device))
        return int(float(self.row("policy", f"passes_n.{device['kind']}")["value"]))

    def _nearest(self, wanted: float, per_pass: float) -> int:
        """By trying: the first whole number of which the next is not nearer."""
        number = 1
        while abs((number + 1) * per_pass - wanted) < abs(number * per_pass - wanted):
            number += 1
        return number

    def is_too_much(self, raw: Raw, zone: str) -> bool:
        """Whether passes or strikes lie above what policy allows."""
        if any(row["quantity"] == "strikes_per_cm2_upper_most" for row in self.tables["policy"]):
            return dose_judge.is_too_much(self, raw, zone)
        device = self.row("devices", raw["setting"]["device"])
        number = self.passes(raw, zone)
        most = float(self.row("policy", f"passes_most_n.{device['kind']}")["value"])
        densest = float(self.row("policy", "strikes_per_cm2_most.any")["value"])
        return number > most or number * self.per_pass(device) > densest

    def planned(self, raw: Raw) -> set[str]:
        """The zones that must be planned: all that were asked for, less all that may not be."""
        found = self.judgements(raw)
        if self.is_incomplete(raw):
            return set()
        whole = [level for _, scope, level, *_ in found if scope in ("person", "device")]
        if any(level in SEVERE for level in whole):
            return set()
        zones = requested(raw) - referred(raw, self.tables)
        for _, scope, level, where, _ in found:
            if scope == "zone" and level in SEVERE:
                zones -= where
        device = self.row("devices", raw["setting"]["device"])
        for zone in sorted(zones):
            limit, _ = self.ceiling(raw, zone)
            wish, who = chosen(raw, zone)
            if limit < float(device["depth_min_mm"]):
                zones.discard(zone)
            if wish is not None and (wish > limit or not _can_be_set(wish, device)):
                zones.discard(zone)
            if self.is_too_much(raw, zone):
                zones.discard(zone)
            decides = who if "depth_advice" in self.tables else raw["setting"]["operator"]
            if not self.has_published_depth(zone) and decides != "physician":
                zones.discard(zone)
        return zones

    # -- numbing -----------------------------------------------------------------------------

    # -- series ------------------------------------------------------------------------------

    def series(self, raw: Raw, zones: set[str]) -> tuple[int | None, float | None]:
        """Sessions, and days between them before anything has to heal; ``None`` is untold."""
        stated = [one for one in raw["concerns"] if set(one["zones"]) & zones]
        floor = self.floor_days(raw, stated)
        schedules = [found for one in stated if (found := self._schedules(one))]
        if "series_pairs" in self.tables:
            sessions, days, shortest = self._one_study(schedules, floor)
        else:
            sessions, days, shortest = _middles(schedules)
        wish = raw["setting"].get("interval_weeks")
        days = days if wish is None else wish * 7
        if days is None:
            return sessions, floor or None
        return sessions, max(days, shortest or 0, floor)

    def floor_days(self, raw: Raw, stated: list[Raw]) -> float:
        """Days that pigment or dark skin needs; 0 where the tables set no floor."""
        skin = raw["person"].get("phototype")
        names = {one["concern"] for one in stated} | {f"phototype_{skin}"}
        rows = self.rows("policy", quantity="interval_least_days")
        return max((float(row["value"]) for row in rows if row["subject"] in names), default=0)

    def _schedules(self, stated: Raw) -> list[Row]:
        words = set(self.row("concerns", stated["concern"])["evidence"].split(";"))
        found = [
            row
            for row in self.rows("series", modality="needling")
            if words & set(row["concern"].split(";"))
            and (
                not stated.get("kind") or {"any", "none", stated["kind"]} & _words(row["scar_kind"])
            )
        ]
        return [row for row in found if row["added"] == "none"] or found

    def _one_study(
        self, schedules: list[list[Row]], floor: float
    ) -> tuple[int | None, float | None, float | None]:
        chosen, least = [], []
        for rows in schedules:
            keys = {row["row"] for row in rows}
            pairs = sorted(
                (int(pair["sessions_n"]), int(pair["interval_days"]))
                for pair in self.tables["series_pairs"]
                if pair["series"] in keys
            )
            kept = [pair for pair in pairs if pair[1] >= floor] or pairs
            if kept:
                middle = kept[(len(kept) - 1) // 2][0]
                chosen.append(max(pair[::-1] for pair in kept if pair[0] == middle))
                least.append(min(days for _, days in pairs))
        if not chosen:
            return None, None, None
        days, sessions = max(chosen)
        return sessions, days, max(least)

    def numbing(self, raw: Raw, zones: set[str]) -> tuple[float, float, float] | None:
        """(grams, area in cm2, minutes) at most; ``None`` where no figure may be given."""
        product = raw["setting"]["numbing"]
        person = raw["person"]
        agent = self.row("agents", product)
        rows = []
        for row in self.tables["anaesthetics"]:
            limiting = row["kind"] in ("label_rate", "label_max", "label_time", "total_max")
            if row["agent"] not in (product, "any") or row["use"] != "reference":
                continue
            if not limiting or row["basis"] == "memory":
                continue
            if _inside(person["age"], row["age_lo_years"], row["age_hi_years"]) and _inside(
                person["weight_kg"], row["weight_lo_kg"], row["weight_hi_kg"]
            ):
                rows.append(row)
        areas = _numbers(rows, "area_max_cm2")
        rates = _numbers(rows, "rate_g_per_cm2")
        minutes = _numbers(rows, "dwell_hi_min")
        masses = _numbers(rows, "grams_max_g")
        if not areas or not minutes or not (rates or masses):
            return None
        shares = _numbers(
            self.rows("anaesthetics", kind="absorbed_share", use="reference"), "absorbed_share_pct"
        )
        other = raw["setting"].get("other_local_anaesthetic_mg", 0.0)
        totals = []
        for row in rows:
            if row["total_max_mg"] != "none":
                body = min(
                    float(row["total_max_mg"]),
                    float(row["total_max_mg_per_kg"]) * person["weight_kg"],
                )
                per_gram = float(agent["anaesthetic_mg_per_g"]) * max(shares) / 100
                totals.append(max(0.0, body - other) / per_gram)
        if not totals:
            return None
        layer, skin = self._numbed_area(zones, agent, min(areas))
        layers = [min(rates) * min(layer, min(areas))] if rates else []
        grams = min([*masses, *totals, *layers])
        if skin.area_cm2 == 0:
            return grams, min(areas), min(minutes)
        # The same row gives both ends of the time: the first of those with the shortest long end.
        timed = [row for row in rows if row["dwell_hi_min"] not in ("none", "unknown")]
        dwell = min(timed, key=lambda row: float(row["dwell_hi_min"]))
        told = dwell["dwell_lo_min"] not in ("none", "unknown")
        shortest = float(dwell["dwell_lo_min"]) if told else min(minutes)
        vessel = Vessel(self.row, self.tables["absorption"], agent, skin, raw)
        grams = vessel.grams(grams, shortest)
        used = math.floor(grams * 10 + 1e-9) / 10
        return grams, min(areas), vessel.minutes(used, shortest, min(minutes))

    def knows_visits(self) -> bool:
        """Whether the edition numbs by whole layers and visits."""
        return "numbing_products" in self.tables

    def numbing_by_visit(self, raw: Raw, zones: set[str]) -> Verdict:
        """What must be said of numbing under such an edition."""
        return NumbingJudge(self.tables, raw, zones).answer()

    def blood_level(self, raw: Raw, zones: set[str], grams: float, minutes: float) -> float:
        """What the blood level stays below in ug/mL if all of it is used."""
        agent = self.row("agents", raw["setting"]["numbing"])
        skin = Skin(
            sum(float(self.row("zones", zone)["area_hi_cm2"]) for zone in zones),
            [set(self.row("zones", zone)["sites"].split(";")) for zone in zones],
        )
        return Vessel(self.row, self.tables["absorption"], agent, skin, raw).level(grams, minutes)

    def _numbed_area(self, zones: set[str], agent: Row, most: float) -> tuple[float, Skin]:
        used = layer = 0.0
        sites: list[set[str]] = []
        pairs: dict[str, list[Row]] = {}
        for zone in sorted((self.row("zones", z) for z in zones), key=lambda r: int(r["order_n"])):
            if zone["near_eye"] == "no" or agent["near_eyes"] == "yes":
                place = zone["row"].replace("left", "").replace("right", "")
                pairs.setdefault(place, []).append(zone)
        for sides in pairs.values():
            if used + sum(float(zone["area_hi_cm2"]) for zone in sides) <= most:
                used += sum(float(zone["area_hi_cm2"]) for zone in sides)
                layer += sum(float(zone["area_cm2"]) for zone in sides)
                sites += [set(zone["sites"].split(";")) for zone in sides]
        return layer, Skin(used, sites)

    def may_touch_needled_skin(self, raw: Raw, product: str) -> bool:
        """Whether neither the product's row nor an answer keeps it off needled skin."""
        agent = self.row("agents", product)
        answer = _answer(raw["history"].get("product_ingredient_allergy"))
        return agent["on_needled_skin"] != "never" and not _reacts(answer, agent)

    def loses_numbing(self, raw: Raw) -> bool:
        """Whether an answer takes the numbing product away."""
        agent = self.row("agents", raw["setting"]["numbing"])
        for rule in self.rows("screening", scope="agent"):
            if not self._applies(rule, raw):
                continue
            answer = _answer(raw["history"].get(rule["history_key"]))
            level, _ = self._level(rule, answer, raw)
            if level not in SEVERE:
                continue
            if rule["applies_if"].startswith("numbing"):
                return True
            if _reacts(answer, agent):
                return True
        return False


def requested(raw: Raw) -> set[str]:
    """Every zone of every concern."""
    return {zone for stated in raw["concerns"] for zone in stated["zones"]}


def chosen(raw: Raw, zone: str) -> tuple[float | None, str | None]:
    """The depth that was chosen for a zone, and by whom, where that was told."""
    wish = raw.get("depth_mm", {}).get(zone)
    return (wish["mm"], wish.get("chosen_by")) if isinstance(wish, dict) else (wish, None)


def _can_be_set(depth: float, device: Row) -> bool:
    if device["depth_step_mm"] == "none":
        return depth == float(device["depth_max_mm"])
    steps = depth / float(device["depth_step_mm"])
    in_range = float(device["depth_min_mm"]) <= depth <= float(device["depth_max_mm"])
    return in_range and abs(steps - round(steps)) < 1e-6


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _words(cell: str) -> set[str]:
    return set(cell.split(";"))


def _middles(schedules: list[list[Row]]) -> tuple[int | None, float | None, float | None]:
    """Before studies were taken whole: the middle sessions, and the middle interval, by itself."""
    counts, middles, shortest = [], [], []
    for rows in schedules:
        both = [row for row in rows if row["sessions_lo_n"] != "unknown"]
        n = sorted((int(row["sessions_lo_n"]) + int(row["sessions_hi_n"])) / 2 for row in both)
        weeks = sorted(_numbers(rows, "interval_weeks_lo"))
        counts += [math.floor(n[(len(n) - 1) // 2] + 0.5)] if n else []
        middles += [weeks[(len(weeks) - 1) // 2] * 7] if weeks else []
        shortest += [weeks[0] * 7] if weeks else []
    return (
        max(counts, default=None),
        max(middles, default=None),
        max(shortest, default=None),
    )


def _answer(value: Any) -> Raw:
    if value is None:
        return {}
    return {"status": value} if isinstance(value, str) else dict(value)


def _reacts(answer: Raw, agent: Row) -> bool:
    """Unless ingredients are named and all of the product's are known, any may be the one."""
    named, known = set(answer.get("ingredients") or ()), set(agent["ingredients"].split(";"))
    return answer["status"] == "yes" and (not named or "unknown" in known or bool(named & known))


def _inside(value: float, low: str, high: str) -> bool:
    return (low == "none" or value >= float(low)) and (high == "none" or value <= float(high))


def _numbers(rows: list[Row], column: str) -> list[float]:
    return [float(r[column]) for r in rows if r[column] not in ("none", "unknown")]
