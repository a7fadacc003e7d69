"""V2 for the other devices: the tracks of a pen's ring and the grid of a stamp judge coverage."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.density import PenMotion, StampMotion, coverage, strike_density
from percuta.science.puncture.parameters import hole_radius, motion_of

PATCH = 0.01  # m: one square centimetre
PIXEL = 5e-6  # m: a seventh of a hole's radius
MARGIN = 2e-4  # m: holes beyond the rim reach in
REPEATS = 6
STAMP = StampMotion(needles=36, area=1e-4, hit_share=1.0)
Points = NDArray[np.float64]


def turned(points: Points, angle: float) -> Points:
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    found: Points = points @ turn.T
    return found


def near(points: Points) -> Points:
    return points[(np.abs(points) < PATCH / 2 + MARGIN).all(axis=1)]


def pen_pass(motion: PenMotion, rng: np.random.Generator) -> Points:
    """One pass: a ring of needles strikes while the head moves in parallel, touching tracks."""
    step = motion.scan_speed / motion.frequency
    around = 2 * math.pi * (np.arange(motion.needles) / motion.needles + rng.random())
    ring = motion.head_width / 2 * np.column_stack([np.cos(around), np.sin(around)])
    along = np.arange(-2 * PATCH, 2 * PATCH, step)
    tracks = np.arange(-2 * PATCH, 2 * PATCH, motion.head_width) + rng.random() * PATCH
    found = [ring + (x + rng.random() * step, track) for track in tracks for x in along]
    return near(turned(np.vstack(found), rng.uniform(0, math.pi)))


def stamp_press(rng: np.random.Generator) -> Points:
    """One press over the skin: the square grids of neighbouring presses join."""
    gap = math.sqrt(STAMP.area / STAMP.needles)
    line = np.arange(-2 * PATCH, 2 * PATCH, gap)
    grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2) + rng.random(2) * gap
    return near(turned(grid, rng.uniform(0, math.pi)))


def covered(holes: Points, radius: float) -> float:
    """Share of the pixels of the patch within a hole, hole by hole."""
    size = round(PATCH / PIXEL)
    reach = math.ceil(radius / PIXEL) + 1
    skin = np.zeros((size + 4 * round(MARGIN / PIXEL),) * 2, dtype=bool)
    origin = (size / 2 + 2 * round(MARGIN / PIXEL)) * PIXEL
    offset = np.arange(-reach, reach + 1)
    for hole in holes + origin:
        column, row = np.floor(hole / PIXEL).astype(int)
        x = (column + offset + 0.5) * PIXEL - hole[0]
        y = (row + offset + 0.5) * PIXEL - hole[1]
        disc = x[:, None] ** 2 + y**2 < radius**2
        skin[column - reach : column + reach + 1, row - reach : row + reach + 1] |= disc
    rim = 2 * round(MARGIN / PIXEL)
    return float(skin[rim : rim + size, rim : rim + size].mean())


def pen_moved(speed: float, frequency: float, facts: Facts) -> PenMotion:
    pen = motion_of(facts.devices["generic_pen_14"], facts)
    assert isinstance(pen, PenMotion)
    return PenMotion(12, frequency, pen.head_width, speed, 1.0)


def pen_share(motion: PenMotion, passes: int, radius: float) -> float:
    """Share of the skin that the tracks of a pen cover, over several patches."""
    rng = stream(1, "pen", f"{motion.scan_speed} {motion.frequency}")
    shares = [
        covered(np.vstack([pen_pass(motion, rng) for _ in range(passes)]), radius)
        for _ in range(REPEATS)
    ]
    return float(np.mean(shares))


@pytest.mark.parametrize(
    ("speed", "passes", "frequency"),
    [
        (0.01, 1, 116.7),
        (0.01, 1, 150),
        (0.01, 3, 116.7),
        (0.015, 2, 116.7),
        (0.02, 3, 116.7),
        (0.03, 4, 116.7),
    ],
)
def test_the_tracks_of_a_pen_cover_as_the_formula_says(
    speed: float, passes: int, frequency: float, facts: Facts
) -> None:
    """V2 for pens, within 5 %, from the slowest hand that the parameters allow."""
    motion, radius = pen_moved(speed, frequency, facts), hole_radius(facts)
    overlap = motion.own_overlap(hole_radius=radius)
    density = strike_density(motion, passes=passes)
    formula = coverage(density, hole_radius=radius, own_overlap=overlap)
    assert pen_share(motion, passes, radius) == pytest.approx(formula, rel=0.05)


@pytest.mark.parametrize("frequency", [116.7, 150])
def test_holes_thrown_at_random_would_tell_too_much_of_a_slow_pen(
    frequency: float, facts: Facts
) -> None:
    """At 1 cm/s strikes on a track lie as close as a hole is wide: 7 to 13 % too much."""
    motion, radius = pen_moved(0.01, frequency, facts), hole_radius(facts)
    thrown = coverage(strike_density(motion, passes=1), hole_radius=radius)
    assert 0.85 * thrown < pen_share(motion, 1, radius) < 0.95 * thrown


def test_a_pen_so_slow_that_it_cuts_a_line_is_refused(facts: Facts) -> None:
    with pytest.raises(OutsideValidity, match="cuts a line"):
        pen_moved(0.004, 150, facts).own_overlap(hole_radius=hole_radius(facts))


def test_the_grid_of_a_stamp_covers_as_holes_thrown_at_random(facts: Facts) -> None:
    radius = hole_radius(facts)
    rng = stream(1, "stamp")
    shares = [
        covered(np.vstack([stamp_press(rng) for _ in range(8)]), radius) for _ in range(REPEATS)
    ]
    formula = coverage(strike_density(STAMP, passes=8), hole_radius=radius)
    assert np.mean(shares) == pytest.approx(formula, rel=0.05)
