"""Before a stored plan is used: is it in date, and still allowed by today's facts.

Whether it is what was stored is asked where it is read (``plan_document``). What today's code
would compute otherwise from the same case and facts is told and blocks nothing: only what is
stricter today does.
"""

from datetime import date

from percuta import __version__
from percuta.errors import UnknownEdition
from percuta.facts.edition import Facts
from percuta.planning.case.case import Case, Frozen
from percuta.planning.plan.choices_above import depths_above, lowered
from percuta.planning.plan.comparison import Difference, compare, decided_otherwise, stricter
from percuta.planning.plan.plan import Plan, make_plan


class Recheck(Frozen):
    """The answer: ``refusals`` empty means that the plan may still be used.

    ``changes`` lists every field that differs under today's facts, looser ones included; a depth
    above today's limit is refused, and read at that limit for all else.
    ``recomputed`` is in what this Percuta (``percuta``) decides otherwise than the one that made
    the plan (``plan_percuta``), from the same case under the same facts.
    """

    may_be_used: bool
    refusals: tuple[str, ...]
    changes: tuple[Difference, ...]
    recomputed: tuple[Difference, ...] = ()
    plan_edition: str
    today_edition: str
    plan_percuta: str
    percuta: str = __version__
    on: date


def recheck(
    plan: Plan,
    *,
    own: Facts | UnknownEdition,
    today: Facts,
    on: date,
    case: Case | None = None,
) -> Recheck:
    """Ask today's facts whether a plan still stands, and its own what they give today.

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
    refusals = [*_without_its_facts(plan, own), *_out_of_date(plan, day)]
    if today.is_draft:
        refusals.append(f"facts edition {today.edition} is a draft: nothing may be used under it")
    asked = on_day(case or plan.case, day)
    above = depths_above(asked, today)
    fresh = make_plan(lowered(asked, above, today), today, clinic_redness=plan.clinic_redness)
    refusals += [depth.sentence for depth in above]
    refusals += stricter(plan, fresh)
    return Recheck(
        may_be_used=not refusals,
        refusals=tuple(refusals),
        changes=compare(plan, fresh),
        recomputed=_recomputed(plan, own),
        plan_edition=plan.provenance.facts_edition,
        today_edition=today.edition,
        plan_percuta=plan.provenance.percuta,
        on=day,
    )


def on_day(case: Case, day: date) -> Case:
    """The same case with its session on another day."""
    return case.model_copy(update={"setting": case.setting.model_copy(update={"date": day})})


def _without_its_facts(plan: Plan, own: Facts | UnknownEdition) -> list[str]:
    if isinstance(own, UnknownEdition):
        return [str(own)]
    if own.is_draft:
        return [f"it was made under facts edition {own.edition}, which is a draft"]
    if own.sha256 != plan.provenance.facts_sha256:
        return [f"the facts of edition {own.edition} are not those the plan was made from"]
    return []


def _recomputed(plan: Plan, own: Facts | UnknownEdition) -> tuple[Difference, ...]:
    if isinstance(own, UnknownEdition):
        return ()
    again = make_plan(plan.case, own, clinic_redness=plan.clinic_redness)
    return decided_otherwise(plan, again)


def _out_of_date(plan: Plan, day: date) -> list[str]:
    if not plan.is_made:
        return ["there is nothing to use: the case was answered without a plan"]
    if plan.valid_until is not None and day > plan.valid_until:
        return [f"the plan expired on {plan.valid_until}"]
    return []
