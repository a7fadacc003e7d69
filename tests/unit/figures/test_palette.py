"""The depth scale: equal steps, always darker, its numbers always readable."""

from itertools import pairwise

import pytest

from percuta.errors import FigureError
from percuta.report.figures.palette import (
    DEPTH_STEPS_MM,
    Theme,
    contrast,
    depth_colour,
    depth_paint,
    number_paint,
    page_tokens,
)

ALONE = (Theme.LIGHT, Theme.DARK, Theme.PRINT)


def oklab(colour: str) -> tuple[float, float, float]:
    """sRGB to OKLab, written the other way round from the code under test."""
    srgb = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in srgb)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@pytest.mark.parametrize("theme", ALONE)
def test_deeper_is_darker_in_equal_steps(theme: Theme) -> None:
    labs = [oklab(depth_colour(depth, theme)) for depth in DEPTH_STEPS_MM]
    steps = [
        sum((b - a) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for one, other in pairwise(labs)
    ]
    assert all(other[0] < one[0] for one, other in pairwise(labs))
    assert max(steps) - min(steps) < 0.006


@pytest.mark.parametrize("theme", ALONE)
def test_numbers_stand_out_at_every_depth(theme: Theme) -> None:
    for hundredths in range(10, 301):
        depth = hundredths / 100
        assert contrast(depth_colour(depth, theme), number_paint(depth, theme)) >= 4.5, depth


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_a_page_s_number_stands_out_between_steps_too(theme: Theme) -> None:
    for hundredths in (n for n in range(26, 250) if n % 25):
        depth = hundredths / 100
        assert contrast(depth_colour(depth, theme), number_paint(depth, Theme.PAGE)) >= 4.5, depth


def test_a_page_follows_tokens_and_carries_the_light_colour() -> None:
    tokens = page_tokens(Theme.LIGHT)
    assert depth_paint(1.5, Theme.PAGE) == f"var(--d150,{tokens['d150']})"
    assert depth_paint(1.6, Theme.PAGE).startswith("color-mix(in oklab,")
    assert "var(" not in depth_paint(1.6, Theme.PRINT)


@pytest.mark.parametrize("depth", [0.0, -1.0, float("nan"), float("inf")])
def test_a_depth_that_cannot_be_set_has_no_colour(depth: float) -> None:
    with pytest.raises(FigureError, match="above 0"):
        depth_colour(depth, Theme.LIGHT)
