"""Every pair of sessions and interval says what its study says."""

from percuta.facts.edition import Facts, editions, open_edition


def _draft() -> Facts:
    return open_edition(editions()[-1])


def test_every_pair_is_that_of_its_study() -> None:
    facts = _draft()
    series = {row.key: row for row in facts.series}
    for pair in facts.series_pairs:
        row = series[pair.series]
        assert pair.sources == row.sources, pair.key
        assert row.sessions_lo_n is not None
        assert row.sessions_hi_n is not None
        assert row.interval_weeks_lo is not None
        assert row.sessions_lo_n <= pair.sessions_n <= row.sessions_hi_n, pair.key
        # A month of 4.3 weeks is every 4 weeks; every other interval is as printed, to a day.
        printed = 28 if row.interval_weeks_lo == 4.3 else 7 * row.interval_weeks_lo
        assert abs(pair.interval_days - printed) < 0.5, pair.key


def test_every_study_that_tells_both_has_its_pair() -> None:
    facts = _draft()
    paired = {pair.series for pair in facts.series_pairs}
    review = {"series.harris2015"}
    assert (
        paired
        == {
            row.key
            for row in facts.series
            if row.modality == "needling"
            and row.sessions_lo_n is not None
            and row.interval_weeks_lo is not None
        }
        - review
    )
