"""The one sentence that says why a depth, and where needles end in it."""

from pathlib import Path

import pytest

from percuta.facts.edition import Facts
from percuta.planning.case.case_file import read_case
from percuta.planning.depth.reached_depth_words import spoken_share, where_needles_end
from percuta.planning.plan.plan import make_plan
from percuta.planning.plan.zone_plan import ZonePlan
from percuta.science.puncture.depth import Cause

EXAMPLES = Path(__file__).parents[2] / "examples" / "cases"


def zones_of(name: str, facts: Facts) -> dict[str, ZonePlan]:
    return {zone.zone: zone for zone in make_plan(read_case(EXAMPLES / name, facts), facts).zones}


def sentence(zone: ZonePlan) -> str:
    """The only reason that begins with the depth in use and a colon."""
    assert zone.reach is not None
    [text] = [r.text for r in zone.why if r.text.startswith(f"{zone.reach.set_depth_mm:g} mm: ")]
    return text


def test_a_limit_without_advice_says_so_and_where_needles_end(facts: Facts) -> None:
    text = sentence(zones_of("01-rolling-scars.toml", facts)["cheek_left"])
    limit = "1.5 mm: the limit (label of SkinPen Precision for face), no depth is advised here; "
    assert text.startswith(limit)
    assert "needles end in the dermis here and " in text
    assert "if none lost any depth" in text
    assert "what widens this most is whose measurement of skin is right" in text
    assert text.endswith("Reasoned, not measured.")


def test_a_choice_of_ones_own_is_told_beside_the_recommended_one(facts: Facts) -> None:
    text = sentence(zones_of("02-face-and-neck-at-71.toml", facts)["cheek_left"])
    assert text.startswith("0.75 mm: within the limit of 1.5 mm (label of Exceed ")
    assert "chosen instead of 0.5 mm (" in text


def test_a_site_without_a_study_says_so(earlier: Facts) -> None:
    assert "no study names a depth here" in sentence(
        zones_of("02-face-and-neck-at-71.toml", earlier)["decolletage"]
    )


def test_the_sentence_carries_every_fact_behind_it(facts: Facts) -> None:
    zone = zones_of("01-rolling-scars.toml", facts)["cheek_left"]
    [reason] = [r for r in zone.why if r.text == sentence(zone)]
    assert {zone.depth_mm.limited_by, "puncture/efficiency_alpha.pen"} <= set(reason.facts)
    assert any(fact.startswith("skin_layers/") for fact in reason.facts)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "hardly any needles"),
        (0.27, "about one in four needles"),
        (0.74, "about three in four needles"),
        (1.0, "nearly all needles"),
    ],
)
def test_shares_are_spoken(share: float, words: str) -> None:
    assert spoken_share(share) == words


@pytest.mark.parametrize(
    ("passing", "at_most", "words"),
    [
        ((0.0, 0.0), 0.0, "hardly any may pass it (none if"),
        ((0.0, 0.1), 0.11, "at most one in ten may pass it (at most 2 in ten if"),
        ((0.29, 0.41), 0.91, "2 to 5 in ten may pass it (up to all if"),
    ],
)
def test_what_passes_is_never_told_smaller_than_it_is(
    passing: tuple[float, float], at_most: float, words: str
) -> None:
    text = where_needles_end(inside=0.5, passing=passing, at_most=at_most, cause=Cause.SKIN)
    assert words in text
