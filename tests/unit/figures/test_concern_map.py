"""The map of a conversation: every zone of a view is one link that says what bothers there."""

import re
from dataclasses import replace

import pytest

from percuta.errors import FigureError
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.report.figures.concern_map import PressedZone, concern_map
from percuta.report.figures.drawing import View, drawing


def every_zone(facts: Facts, **changed: PressedZone) -> list[PressedZone]:
    """Every zone with nothing said, but for those given by name."""
    return [
        changed.get(zone.value)
        or PressedZone(zone=zone, name=facts.zones[zone].name, address=f"?zones={zone}")
        for zone in Zone
    ]


def a_zone(facts: Facts, zone: Zone, **values: object) -> PressedZone:
    plain = PressedZone(zone=zone, name=facts.zones[zone].name, address="?zones=x")
    return replace(plain, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("view", View)
def test_each_zone_of_a_view_is_one_link(view: View, facts: Facts) -> None:
    svg = concern_map(view, every_zone(facts))
    linked = re.findall(r'<a [^>]*data-zone="(\w+)"', svg)
    assert sorted(linked) == sorted(shape.zone.value for shape in drawing(view).shapes)
    assert "style=" not in svg


def test_a_zone_says_what_bothers_and_prints_how_much(facts: Facts) -> None:
    said = a_zone(facts, Zone.CHEEK_LEFT, said="texture marked", severity=3)
    svg = concern_map(View.FACE_FRONT, every_zone(facts, cheek_left=said))
    assert 'aria-label="Cheek, left: texture marked"' in svg
    assert re.findall(r"<text[^>]*>(\d)</text>", svg) == ["3"]
    assert 'aria-label="Cheek, right: nothing said"' in svg


def test_a_chosen_zone_is_marked_for_the_page(facts: Facts) -> None:
    chosen = a_zone(facts, Zone.CHIN, is_chosen=True)
    svg = concern_map(View.FACE_FRONT, every_zone(facts, chin=chosen))
    assert svg.count("is-chosen") == 1
    assert re.search(r'class="zone-link is-chosen"[^>]*data-zone="chin"', svg)


def test_hostile_names_are_escaped(facts: Facts) -> None:
    hostile = a_zone(facts, Zone.CHIN, said='"><script>')
    assert "<script>" not in concern_map(View.FACE_FRONT, every_zone(facts, chin=hostile))


def test_a_zone_without_an_address_or_of_no_grade_is_refused(facts: Facts) -> None:
    with pytest.raises(FigureError, match="needs its address"):
        concern_map(View.FACE_FRONT, every_zone(facts)[1:])
    with pytest.raises(FigureError, match="none of 1 to 4"):
        concern_map(View.FACE_FRONT, every_zone(facts, chin=a_zone(facts, Zone.CHIN, severity=5)))
