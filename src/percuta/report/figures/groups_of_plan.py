"""What groups in studies had, as the figure of a plan's group forecast shows it."""

from collections.abc import Iterator

from percuta.planning.plan.group_forecast import TOPIC_WORDS, GroupForecast
from percuta.report.figures.group_bands import GroupBandsData, GroupRow

_AS_REPORTED = "As studies without a control report it"
_OVER = "Over what a comparator had"
_ALL_PCT = 100.0


def bands_data(forecast: GroupForecast) -> GroupBandsData:
    """The means of groups on the scale of their studies; nothing here is of one person."""
    topic = TOPIC_WORDS[forecast.studied]
    months = f"{forecast.months_after:g} months on"
    if forecast.gain_grades is None:
        unit, axis = "% lost", f"Mean loss of what was counted in a group, %, {months}"
    else:
        unit, axis = "grades", f"Mean gain of a group, grades, {months}"
    return GroupBandsData(
        title=f"What groups with {topic} had in studies, in {unit}",
        axis=axis,
        rows=tuple(_rows(forecast)),
        digits=0 if forecast.gain_grades is None else 1,
        end=_ALL_PCT if forecast.gain_grades is None else None,
    )


def _rows(forecast: GroupForecast) -> Iterator[GroupRow]:
    for bands in (forecast.gain_grades, forecast.removed_pct):
        if bands is not None:
            yield GroupRow(name=_AS_REPORTED, bands=bands)
    if forecast.gain_over_control_grades is not None:
        yield GroupRow(name=_OVER, bands=forecast.gain_over_control_grades)
