"""The slow judge of depth advice: the tables read on their own, nothing of the planner."""

import math
from typing import TYPE_CHECKING, Any

from tests.concern_judge import without_advice

if TYPE_CHECKING:
    from tests.judge import Judge

Row = dict[str, str]
Raw = dict[str, Any]


def advice(judge: "Judge", raw: Raw, zone: str) -> float | None:
    """The depth that must be advised in a zone, by the rows of an edition that has rules for it."""
    stated = gravest(raw, zone)
    if stated["concern"] in without_advice(judge.tables):
        return None
    rule = judge.row("depth_advice", stated["concern"])
    device = judge.row("devices", raw["setting"]["device"])
    limit, _ = judge.ceiling(raw, zone)
    if not judge.has_published_depth(zone):
        return None
    is_fixed = device["depth_step_mm"] == "none"
    if rule["rule"] == "shallowest_setting":
        least = float(device["depth_min_mm"])
        return None if is_fixed or least > limit else least
    about = [row for row in _rows(judge) if _is_about(judge, row, stated)]
    here = [row for row in about if _covers(judge, row, zone)]
    studied = [row for row in here if row["kind"] == "studied_protocol" and _usable(row, limit)]
    if not studied:
        return None
    tone = raw["person"].get("phototype")
    for sites in _circles(judge, zone):
        ends = [row for row in about if _may_name(row, sites, tone, rule)]
        if ends and min(_end(row) for row in ends) <= limit:
            return _set(ends, here, studied, device, limit)
    return None


def gravest(raw: Raw, zone: str) -> Raw:
    """The concern that leads a zone: the gravest, then the first named."""
    here = [stated for stated in raw["concerns"] if zone in stated["zones"]]
    top = max(stated.get("severity") or 0 for stated in here)
    found: Raw = next(stated for stated in here if (stated.get("severity") or 0) == top)
    return found


def _rows(judge: "Judge") -> list[Row]:
    return judge.rows("depths", modality="needling")


def _circles(judge: "Judge", zone: str) -> list[set[str]]:
    """The site itself, then whatever may stand in for it."""
    site = judge.row("zones", zone)["site"]
    beside = judge.row("depth_neighbours", site)["neighbours"]
    return [{site}, set() if beside == "none" else set(beside.split(";"))]


def _covers(judge: "Judge", row: Row, zone: str) -> bool:
    return bool(set(judge.row("zones", zone)["sites"].split(";")) & set(row["site"].split(";")))


def _is_about(judge: "Judge", row: Row, stated: Raw) -> bool:
    """Of this concern or of any; of this kind of scar where a kind was told."""
    words = set(judge.row("concerns", stated["concern"])["evidence"].split(";")) | {"any"}
    named = set(row["concern"].split(";"))
    kind = stated.get("kind")
    if not words & named:
        return False
    if not kind or "acne_scars" not in named:
        return True
    return bool({kind, "any", "none"} & set(row["scar_kind"].split(";")))


def _usable(row: Row, limit: float) -> bool:
    if row["depth_mm_hi"] in ("unknown", "none"):
        return False
    return row["depth_mm_lo"] in ("unknown", "none") or float(row["depth_mm_lo"]) <= limit


def _may_name(row: Row, sites: set[str], tone: str | None, rule: Row) -> bool:
    if row["kind"] not in ("studied_protocol", "expert", "vendor_chart"):
        return False
    if "any" in row["concern"].split(";") or not sites & set(row["site"].split(";")):
        return False
    if {row["depth_mm_lo"], row["depth_mm_hi"]} & {"unknown", "none"}:
        return False
    if tone is not None and tone not in rule["trials_only_in"].split(";"):
        return True
    return row["kind"] == "studied_protocol" and tone in row["phototypes"].split(";")


def _end(row: Row) -> float:
    return float(row["depth_mm_hi"])


def _set(
    ends: list[Row], here: list[Row], studied: list[Row], device: Row, limit: float
) -> float | None:
    """What the device can be set to without going deeper than any row allows."""
    deepest = min(_end(row) for row in ends)
    if device["depth_step_mm"] == "none":
        length = float(device["depth_max_mm"])
        least = min(float(row["depth_mm_lo"]) for row in ends if _end(row) == deepest)
        return length if least <= length <= deepest else None
    narrowing = [
        _end(row)
        for row in here
        if row["kind"] in ("expert", "vendor_chart", "memory")
        and row["depth_mm_hi"] not in ("unknown", "none")
    ]
    most = min([deepest, limit, max(_end(row) for row in studied), *narrowing])
    step, least = float(device["depth_step_mm"]), float(device["depth_min_mm"])
    depth = math.floor(most / step + 1e-9) * step
    # A range narrowed below the dial begins at its least setting.
    return depth if depth >= least else (least if deepest >= least else None)
