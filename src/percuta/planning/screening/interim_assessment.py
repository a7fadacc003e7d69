"""What can be said already, while the conversation is going on and nothing is chosen yet."""

from datetime import date

from pydantic import Field

from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import (
    ClinicDeferral,
    Day,
    Frozen,
    History,
    Person,
    StatedConcern,
    zones_of,
)
from percuta.planning.judgement.findings import (
    Finding,
    Question,
    Verdict,
    earliest_date,
    merged,
    verdict,
)
from percuta.planning.recovery.aftercare import Alternative, alternatives
from percuta.planning.screening.screening import screen

CONCERN_QUESTION = Question(rule="concerns", question="What bothers the person, and where?")


class Known(Frozen):
    """A person, their answers and concerns on a day; with what and by whom is still open."""

    person: Person
    history: History = Field(default_factory=dict)
    concerns: tuple[StatedConcern, ...] = ()
    session: Day
    clinic_deferrals: tuple[ClinicDeferral, ...] = ()

    @property
    def requested_zones(self) -> tuple[Zone, ...]:
        """Every zone of every concern."""
        return zones_of(self.concerns)

    @property
    def device(self) -> str | None:
        """Not chosen yet."""
        return None

    @property
    def numbing(self) -> str | None:
        """Not chosen yet."""
        return None


class SoFar(Frozen):
    """Verdict, findings and open questions; what else there is if the answer is not yes."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    earliest_date: date | None
    alternatives: tuple[Alternative, ...]


def say_so_far(known: Known, facts: Facts) -> SoFar:
    """Apply every rule that depends neither on the device nor on the numbing product."""
    screening = screen(known, facts)
    lacking = () if known.concerns else (CONCERN_QUESTION,)
    questions = (*lacking, *screening.questions)
    outcome = verdict(screening.findings, questions, known.requested_zones)
    return SoFar(
        verdict=outcome,
        findings=tuple(merged(screening.findings)),
        questions=questions,
        earliest_date=earliest_date(outcome, screening.findings, known.requested_zones),
        alternatives=alternatives(known.concerns, known, facts),
    )
