"""The slow judge of dose: time, passes and strikes at the upper end, by its own arithmetic."""

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.judge import Judge

Row = dict[str, str]
Raw = dict[str, Any]


def seconds(judge: "Judge", raw: Raw, zone: str) -> float | None:
    """Seconds per cm2 that were set for a zone, or its minutes over its area."""
    if zone in raw.get("seconds_per_cm2", {}):
        return float(raw["seconds_per_cm2"][zone])
    if zone in raw.get("minutes", {}):
        return float(60 * raw["minutes"][zone] / float(judge.row("zones", zone)["area_cm2"]))
    return None


def exact_passes(judge: "Judge", raw: Raw, zone: str) -> float:
    """Passes that the needling lasts, whole only where no time was set."""
    time = seconds(judge, raw, zone)
    if time is None:
        return judge.passes(raw, zone)
    kind = judge.row("devices", raw["setting"]["device"])["kind"]
    rate = float(judge.row("policy", f"needling_rate_cm2_per_min.{kind}")["value"])
    return time * rate / 60


def is_too_much(judge: "Judge", raw: Raw, zone: str) -> bool:
    """More passes than the most published, or more strikes than the densest protocol."""
    device = judge.row("devices", raw["setting"]["device"])
    time = seconds(judge, raw, zone)
    subject = "passes" if time is None else "time"
    bound = judge.row("policy", f"strikes_per_cm2_upper_most.{subject}")
    if time is None:
        most = float(judge.row("policy", f"passes_most_n.{device['kind']}")["value"])
        number = judge.passes(raw, zone)
        return number > most or number * _per_pass(judge, device) > float(bound["value"])
    if device["kind"] == "pen":
        upper = _striking(judge, device) * _hertz(judge, device) * time
    else:
        upper = exact_passes(judge, raw, zone) * _per_pass(judge, device)
    return upper > float(bound["value"])


def _per_pass(judge: "Judge", device: Row) -> float:
    """Most strikes per cm2 that one pass may leave: the narrowest, the slowest, every hit."""
    kind, striking = device["kind"], _striking(judge, device)
    if kind == "roller":
        diameter, width = (_end(judge, f"drum_{side}.roller", "low") for side in _DRUM)
        return striking / (math.pi * diameter * width)
    if kind == "stamp":
        return striking / _end(judge, "plate_area.stamp", "low")
    swept = _end(judge, "head_width.pen", "low") * _end(judge, "scan_speed.pen", "low")
    return striking * _hertz(judge, device) / swept


_DRUM = ("diameter", "width")


def _striking(judge: "Judge", device: Row) -> float:
    return int(device["needles_n"]) * _end(judge, f"hit_share.{device['kind']}", "high")


def _hertz(judge: "Judge", device: Row) -> float:
    if device["frequency_hi_hz"] in ("unknown", "none"):
        return _end(judge, "strike_frequency.pen", "high")
    return float(device["frequency_hi_hz"])


def _end(judge: "Judge", key: str, end: str) -> float:
    return float(judge.row("puncture", key)[end])
