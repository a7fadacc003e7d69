"""Before a stored plan is used: is it intact, in date, and still allowed by today's facts."""

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from percuta.errors import PlanError, UnknownEdition
from percuta.facts.edition import Facts
from percuta.planning.case import Case, Frozen
from percuta.planning.comparison import Difference, compare, stricter
from percuta.planning.plan import Plan, make_plan


class Recheck(Frozen):
    """The answer: ``refusals`` empty means that the plan may still be used.

    ``changes`` lists every field that differs under today's facts, looser ones included.
    """

    may_be_used: bool
    refusals: tuple[str, ...]
    changes: tuple[Difference, ...]
    plan_edition: str
    today_edition: str
    on: date


def read_plan(path: Path) -> Plan:
    """Read a stored plan.

    Raises
    ------
    PlanError
        If the file is not a plan of this software.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError([f"{path}: cannot be read as a plan"]) from error
    try:
        return Plan.model_validate_json(text)
    except ValidationError as error:
        faults = [
            f"{path}: {'.'.join(str(part) for part in fault['loc']) or 'file'}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise PlanError(faults) from error


def recheck(
    plan: Plan,
    *,
    own: Facts | UnknownEdition,
    today: Facts,
    on: date,
    case: Case | None = None,
) -> Recheck:
    """Ask a plan's own edition whether it is intact, and today's whether it still stands.

    Parameters
    ----------
    plan : Plan
        The stored plan.
    own : Facts or UnknownEdition
        The edition it names, or the error that says it is not on this machine.
    today : Facts
        The edition in force.
    on : date
        The day on which the plan would be used; never before its own date.
    case : Case, optional
        Today's answers and weight, where they were asked for again; else those of the plan.
    """
    day = max(on, plan.case.setting.date)
    refusals = [*_not_intact(plan, own), *_out_of_date(plan, day)]
    told = plan.clinic_redness
    fresh = make_plan(on_day(case or plan.case, day), today, clinic_redness=told)
    refusals += stricter(plan, fresh)
    return Recheck(
        may_be_used=not refusals,
        refusals=tuple(refusals),
        changes=compare(plan, fresh),
        plan_edition=plan.provenance.facts_edition,
        today_edition=today.edition,
        on=day,
    )


def on_day(case: Case, day: date) -> Case:
    """The same case with its session on another day."""
    return case.model_copy(update={"setting": case.setting.model_copy(update={"date": day})})


def _not_intact(plan: Plan, own: Facts | UnknownEdition) -> list[str]:
    if isinstance(own, UnknownEdition):
        return [str(own)]
    if own.sha256 != plan.provenance.facts_sha256:
        return [f"the facts of edition {own.edition} are not those the plan was made from"]
    again = make_plan(plan.case, own, clinic_redness=plan.clinic_redness)
    if again.to_json() != plan.to_json():
        return ["the plan is not what its own case and facts give: it was changed, or the code was"]
    return []


def _out_of_date(plan: Plan, day: date) -> list[str]:
    if not plan.is_made:
        return ["there is nothing to use: the case was answered without a plan"]
    if plan.valid_until is not None and day > plan.valid_until:
        return [f"the plan expired on {plan.valid_until}"]
    return []
