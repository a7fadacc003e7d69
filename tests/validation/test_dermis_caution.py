"""The dermis caution over 1,000 virtual cheeks, foreheads and temples; the page quotes these."""

import pytest

from percuta.facts.vocabulary import Zone
from tests.validation.dermis_caution import shares

# zone, per cent before, after, by the thinnest source, by the thickest
TABLE = [
    (Zone.CHEEK_LEFT, 25.4, 0.0, 33.8, 0.0),
    (Zone.FOREHEAD, 21.7, 0.0, 21.7, 0.0),
    (Zone.TEMPLE_LEFT, 0.0, 0.0, None, None),
]


@pytest.mark.parametrize(("zone", "before", "after", "thinnest", "thickest"), TABLE)
def test_how_often_the_caution_fires(
    zone: Zone, before: float, after: float, thinnest: float | None, thickest: float | None
) -> None:
    told = shares(zone)
    by_source = [share for name, share in told.items() if name not in {"before", "after"}]
    assert 100 * told["before"] == pytest.approx(before)
    assert 100 * told["after"] == pytest.approx(after)
    if thinnest is not None:
        assert 100 * max(by_source) == pytest.approx(thinnest)
        assert 100 * min(by_source) == pytest.approx(thickest)
