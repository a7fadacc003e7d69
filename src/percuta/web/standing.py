"""Whether a signed version still stands, in words."""

from dataclasses import dataclass
from datetime import date

from percuta.clinic.accounts.signed_in import User
from percuta.clinic.plans.queries import PlanVersion
from percuta.clinic.plans.standings import standing
from percuta.report import plain
from percuta.report.differences import Differences, in_words
from percuta.report.typesetting import typeset


@dataclass(frozen=True)
class Standing:
    """What ``_standing.html`` shows."""

    may_be_used: bool
    refusals: tuple[str, ...]
    on: date
    edition: str
    is_later_edition: bool
    recomputed: Differences | None


def standing_in_words(version: PlanVersion, *, by: User, on: date) -> Standing | None:
    """The check of a signed version on a day; ``None`` for a draft, which nobody may use."""
    if not version.is_signed:
        return None
    answer = standing(version, by=by, on=on)
    return Standing(
        may_be_used=answer.may_be_used,
        refusals=tuple(plain.sentence(typeset(refusal)) for refusal in answer.refusals),
        on=answer.on,
        edition=answer.today_edition,
        is_later_edition=answer.today_edition != answer.plan_edition,
        recomputed=in_words(answer.recomputed) if answer.recomputed else None,
    )
