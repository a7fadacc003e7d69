"""What groups in studies had, in a picture and in words: of groups, never of one person."""

from dataclasses import dataclass

from percuta.planning.judgement.findings import Reason
from percuta.planning.plan.plan import Plan
from percuta.report.figures.group_bands import group_bands_table
from percuta.report.figures.groups_of_plan import bands_data
from percuta.report.figures.table import DataTable
from percuta.web.plans.figures import drawn_groups
from percuta.web.plans.why import Reasons, Why


@dataclass(frozen=True)
class GroupFigure:
    """One forecast for groups: picture, sentence, how far it was tested, what it leaves out."""

    name: str
    picture: str
    sentence: str
    grade: str
    unknowns: tuple[str, ...]
    table: DataTable
    why: Why


def group_figures(plan: Plan, reasons: Reasons) -> tuple[GroupFigure, ...]:
    """Every group forecast of a plan."""
    told = []
    for place, forecast in enumerate(plan.group_forecast, 1):
        data = bands_data(forecast)
        arms = len(forecast.facts)
        text = (
            f"From {arms} group{'' if arms == 1 else 's'} in studies, for a new study of "
            f"{forecast.people_n} people."
        )
        reason = Reason(text=text, facts=forecast.facts, sources=forecast.sources)
        told.append(
            GroupFigure(
                name=data.title,
                picture=drawn_groups(data, f"groups-{place}"),
                sentence=forecast.sentence,
                grade=forecast.grade.words.capitalize(),
                unknowns=forecast.unknowns,
                table=group_bands_table(data),
                why=reasons.why("Why these bands?", [reason]),
            )
        )
    return tuple(told)
