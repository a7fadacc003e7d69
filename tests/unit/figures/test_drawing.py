"""The drawing: neighbours meet exactly, nothing overlaps, every number has a place."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from percuta.facts.vocabulary import Zone
from percuta.report.figures.drawing import Drawing, Outlines, View, drawing, views_showing
from percuta.report.figures.svg import width_of
from tests.mirror import mirrored

TOUCH = 0.01
WIDEST = "2.25"
Span = tuple[float, float]


def spans(outlines: Outlines, y: float) -> list[Span]:
    """Where a horizontal line lies within outlines; exact, so that no sliver slips through."""
    crossings = sorted(
        a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for outline in outlines
        for a, b in zip(outline, (*outline[1:], outline[0]), strict=True)
        if (a[1] > y) != (b[1] > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def lines(picture: Drawing) -> Iterator[tuple[float, list[Span]]]:
    _, top, _, height = picture.box
    for step in range(int(height / 0.9)):
        y = top + 0.37 + 0.9 * step
        yield y, sorted(s for shape in picture.shapes for s in spans(shape.outlines, y))


@pytest.mark.parametrize("view", View)
def test_zones_never_overlap(view: View) -> None:
    for y, found in lines(drawing(view)):
        assert all(a[1] - b[0] < TOUCH for a, b in pairwise(found)), f"y = {y}"


@pytest.mark.parametrize("view", [View.FACE_FRONT, View.FACE_LEFT, View.FACE_RIGHT, View.NECK])
def test_skin_but_lids_and_lips_has_no_gap(view: View) -> None:
    picture = drawing(view)
    assert picture.covered
    for y, found in lines(picture):
        for low, high in spans(picture.covered, y):
            reached = low
            for start, end in found:
                if end > low and start < high:
                    assert start - reached < TOUCH, f"gap at {reached}, {y}"
                    reached = max(reached, end)
            assert high - reached < TOUCH, f"gap at {reached}, {y}"


@pytest.mark.parametrize("view", View)
def test_every_number_has_room_in_its_zone_or_a_place_beside_it(view: View) -> None:
    picture = drawing(view)
    half = width_of(WIDEST, picture.number_size, is_bold=True) / 2
    rise = 0.36 * picture.number_size
    for shape in picture.shapes:
        assert shape.holds(shape.number), shape.zone
        x, y = shape.number
        corners = [(x + a * half, y + b * rise) for a in (-1, 1) for b in (-1, 1)]
        assert shape.aside is not None or all(map(shape.holds, corners)), shape.zone
        if shape.aside is not None:
            left, _, width, _ = picture.box
            assert shape.holds(shape.aside.target), shape.zone
            assert left <= shape.aside.number[0] - half, shape.zone
            assert shape.aside.number[0] + half <= left + width, shape.zone


@pytest.mark.parametrize("view", View)
def test_text_is_twelve_pixels_high_on_a_phone(view: View) -> None:
    picture = drawing(view)
    assert 390 * picture.number_size / picture.box[2] >= 12


def test_the_fewest_views_show_what_is_asked() -> None:
    assert views_showing([Zone.CHEEK_LEFT, Zone.CHIN]) == (View.FACE_FRONT,)
    assert views_showing([Zone.SCALP, Zone.BACK_UPPER]) == (View.BODY_BACK, View.SCALP)
    assert views_showing([]) == ()


def test_the_right_oblique_is_the_left_one_mirrored() -> None:
    left, right = drawing(View.FACE_LEFT), drawing(View.FACE_RIGHT)
    for shape in left.shapes:
        name = shape.zone.replace("left", "@").replace("right", "left").replace("@", "right")
        other = right.shape(Zone(name))
        assert other is not None
        assert other.outlines == tuple(tuple((-x, y) for x, y in o) for o in shape.outlines)


@pytest.mark.parametrize("view", View)
def test_left_and_right_mirror_each_other_in_every_view(view: View) -> None:
    """Shape, number, leader and letter: each side in its own view, or in the mirrored one."""
    picture = drawing(view)
    opposite = {View.FACE_LEFT: View.FACE_RIGHT, View.FACE_RIGHT: View.FACE_LEFT}
    image = drawing(opposite.get(view, view))
    for shape in picture.shapes:
        other = image.shape(Zone(mirrored(shape.zone)))
        assert other is not None, shape.zone
        assert turned(other.outlines) == pytest.approx(points(shape.outlines)), shape.zone
        if shape.zone != other.zone:
            assert other.number == pytest.approx((-shape.number[0], shape.number[1])), shape.zone
        assert (shape.aside is None) == (other.aside is None)
    letters, mirrored_letters = dict(picture.marks), dict(image.marks)
    for letter, (x, y) in letters.items():
        assert mirrored_letters[mirrored_letter(letter)] == pytest.approx((-x, y))


def points(outlines: Outlines) -> list[float]:
    """Coordinates in an order that does not depend on where an outline begins."""
    return [
        c for point in sorted(rounded(p) for outline in outlines for p in outline) for c in point
    ]


def turned(outlines: Outlines) -> list[float]:
    return points(tuple(tuple((-x, y) for x, y in outline) for outline in outlines))


def rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 2) + 0.0, round(point[1], 2) + 0.0


def mirrored_letter(letter: str) -> str:
    return {"L": "R", "R": "L"}[letter]
