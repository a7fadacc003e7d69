"""The file of a delivered session: what it may hold, and every fault of it named at once."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from percuta.errors import CaseError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.follow_up.delivered import Done, StoppedFor
from percuta.planning.follow_up.delivered_file import parse_delivered, read_delivered

EXAMPLES = Path(__file__).parents[2] / "examples" / "delivered"
DONE = {"zone": "cheek_left", "done": "yes", "depth_mm": 1.5, "passes": 3, "endpoint": "redness"}


def raw(**changes: Any) -> dict[str, Any]:
    given = {"session": "2026-11-24", "device": "generic_pen_14", "zones": [DONE]}
    return {**given, **changes}


def faults(facts: Facts, **changes: Any) -> str:
    with pytest.raises(CaseError) as raised:
        parse_delivered(raw(**changes), facts)
    return "\n".join(raised.value.faults)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_can_be_read(path: Path, facts: Facts) -> None:
    told = read_delivered(path, facts)
    assert len(told.zones) == 4
    assert parse_delivered(tomllib.loads(path.read_text(encoding="utf-8")), facts) == told


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_that_nobody_lives_to_see_is_refused(day: str, facts: Facts) -> None:
    told = faults(facts, session=day)
    assert "session" in told
    assert "should be a day from 1900-01-01 to 2199-12-31" in told


def test_a_zone_in_part_says_why(facts: Facts) -> None:
    told = read_delivered(EXAMPLES / "01-first-session.toml", facts)
    part = next(zone for zone in told.zones if zone.zone is Zone.JAWLINE_LEFT)
    assert (part.done, part.stopped_for, part.is_needled) == (Done.PART, StoppedFor.PAIN, True)
    assert Zone.JAWLINE_RIGHT not in {zone.zone for zone in told.needled}


@pytest.mark.parametrize(
    ("zone", "fault"),
    [
        ({"done": "no"}, "zones.1: a zone that was not needled has no depth, passes or endpoint"),
        ({"depth_mm": None}, "zones.1: a zone that was needled has depth_mm and passes"),
        ({"done": "part"}, "zones.1: a zone that was needled in part says what it was stopped_for"),
        ({"stopped_for": "pain"}, "zones.1: a zone that was needled in full was not stopped"),
        ({"depth_mm": 9}, "zones.1.depth_mm: '9' is not allowed"),
        ({"endpoint": "tears"}, "zones.1.endpoint: 'tears' is not allowed"),
        ({"mood": "good"}, "zones.1.mood: is not a field of a delivered session"),
    ],
)
def test_a_zone_that_cannot_be_is_refused(zone: dict[str, Any], fault: str, facts: Facts) -> None:
    assert fault in faults(facts, zones=[{**DONE, **zone}])


def test_every_fault_is_named_at_once(facts: Facts) -> None:
    said = faults(
        facts,
        session="soon",
        zones=[],
        signs=["pox"],
        check_ins=[{"signs": ["plague"]}, {"hours_after": 3, "redness": "perhaps"}],
    )
    for fault in (
        "session.signs: 'pox' is not a sign",
        "check_ins.1.signs: 'plague' is not a sign",
        "session: 'soon' is not allowed",
        "zones: ",
        "check_ins.1.hours_after: is missing",
        "check_ins.2.redness: 'perhaps' is not allowed",
    ):
        assert fault in said


def test_what_only_the_facts_know_is_checked(facts: Facts) -> None:
    said = faults(
        facts,
        device="hammer",
        zones=[DONE, DONE],
        check_ins=[{"hours_after": 30, "zones": ["chin"], "signs": ["granuloma"]}],
        cleared=[
            {"sign": "red_flag_herpes", "on": "2026-12-01", "by": "Dr A"},
            {"sign": "granuloma", "on": "2026-11-01", "by": "Dr A"},
        ],
    )
    for fault in (
        "device: 'hammer' is not known; there are generic_pen_12",
        "zones: 'cheek_left' is named 2 times",
        "check_ins.1.zones: 'chin' was not needled at this session",
        "cleared.1.sign: 'red_flag_herpes' was never told",
        "cleared.2.sign: nothing here ends by a clearance",
        "cleared.2.on: 2026-11-01 lies before the session",
    ):
        assert fault in said


def test_a_file_that_is_no_session_is_said(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text("zones = 3\nwhy = [", encoding="utf-8")
    with pytest.raises(CaseError, match="is not TOML"):
        read_delivered(path, facts)
    path.write_text("zones = 3", encoding="utf-8")
    with pytest.raises(CaseError, match="zones: '3' is not allowed"):
        read_delivered(path, facts)
