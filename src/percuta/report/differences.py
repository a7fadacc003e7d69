"""What differs between two plans, row by row in words; what has no words here is counted."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from percuta.facts.vocabulary import Zone
from percuta.planning.judgement.findings import Verdict
from percuta.planning.plan.comparison import Difference, compare
from percuta.planning.plan.plan import Plan
from percuta.report import typesetting, wording
from percuta.report.typesetting import typeset, zone_name


@dataclass(frozen=True)
class DifferenceRow:
    """One difference: what, then and now."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Differences:
    """Rows in the plan's own order, and how many more fields differ without a row."""

    rows: tuple[DifferenceRow, ...]
    others: int


def differences(before: Plan, after: Plan) -> Differences:
    """Every difference that has words, and the number of those that have none."""
    return in_words(compare(before, after))


def in_words(found: Iterable[Difference]) -> Differences:
    """Those differences that have words, and the number of those that have none."""
    rows = [_row(difference) for difference in found]
    told = tuple(dict.fromkeys(row for row in rows if row is not None))
    return Differences(rows=told, others=sum(row is None for row in rows))


def _row(difference: Difference) -> DifferenceRow | None:
    for pattern, label, word in _WORDS:
        match = pattern.fullmatch(difference.field)
        if match is None:
            continue
        zone = match.groupdict().get("zone")
        where = f"{_sentence(zone_name(Zone(zone)))}: " if zone else ""
        before, after = (
            _NOTHING if value is None else word(value)
            for value in (difference.before, difference.after)
        )
        return DifferenceRow(what=f"{where}{label}", before=before, after=after)
    return None


_NOTHING = "–"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _depth(value: float) -> str:
    return wording.depth(value)


def _number(value: float) -> str:
    return f"{value:g}"


def _verdict(value: str) -> str:
    return wording.VERDICT_FOR_PROFESSIONAL[Verdict(value)]


def _day(value: str) -> str:
    return wording.day(date.fromisoformat(value))


def _words(value: str) -> str:
    return value.replace("_", " ")


def _finding(value: dict[str, str]) -> str:
    reason = value.get("reason", value["rule"].replace(".", ", ").replace("_", " "))
    return f"{value['level'].capitalize()}: {typeset(reason)}"


def _planned(value: dict[str, object]) -> str:
    return "planned"


_Said = tuple[re.Pattern[str], str, Callable[..., str]]


def _one_field(field: str, label: str, word: Callable[..., str]) -> _Said:
    return re.compile(field), label, word


_ZONE = r"zones\[(?P<zone>\w+)\]"
_WORDS: tuple[_Said, ...] = (
    _one_field(r"verdict", "Answer", _verdict),
    _one_field(r"earliest_date", "Screen again from", _day),
    _one_field(r"case\.setting\.device", "Device", typesetting.device),
    _one_field(r"case\.setting\.operator", "By", _words),
    _one_field(r"case\.setting\.date", "Session", _day),
    _one_field(r"findings\[[^\]]+\]", "Finding", _finding),
    _one_field(r"findings\[[^\]]+\]\.reason", "Finding", typeset),
    _one_field(_ZONE, "in the plan", _planned),
    _one_field(rf"{_ZONE}\.depth_mm\.recommended", "advised, mm", _depth),
    _one_field(rf"{_ZONE}\.depth_mm\.chosen", "chosen, mm", _depth),
    _one_field(rf"{_ZONE}\.depth_mm\.limit", "limit, mm", _depth),
    _one_field(rf"{_ZONE}\.depth_mm\.low", "range from, mm", _depth),
    _one_field(rf"{_ZONE}\.depth_mm\.high", "range to, mm", _depth),
    _one_field(rf"{_ZONE}\.passes", "passes", _number),
    _one_field(rf"{_ZONE}\.strikes_per_cm2", "strikes per cm²", _number),
    _one_field(rf"{_ZONE}\.minutes", "minutes", _number),
    _one_field(r"numbing\.name", "Numbing", str),
    _one_field(r"numbing\.grams_max", "Numbing, at most g", _number),
    _one_field(r"numbing\.area_cm2", "Numbing, on cm²", _number),
    _one_field(r"numbing\.dwell_min", "Numbing, minutes", _number),
    _one_field(r"numbing", "Numbing", lambda value: value["name"]),
    _one_field(r"glide\.name", "Glide", str),
    _one_field(r"soothing\.name", "Soothing", str),
    _one_field(r"topicals\[[^\]]+\]", "On open holes", lambda value: value["name"]),
    _one_field(r"duration_min", "In the chair, minutes", _number),
    _one_field(r"series\.sessions", "Sessions", _number),
    _one_field(r"series\.interval_weeks", "Weeks apart", _number),
    _one_field(r"downtime_days\.typical", "Days that show, as a rule", _number),
    _one_field(r"downtime_days\.upper", "Days that show, at most", _number),
    _one_field(r"valid_until", "Valid until", _day),
)
