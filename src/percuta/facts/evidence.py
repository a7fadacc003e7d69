"""What groups in studies had, and what follows a session: trials, series, recovery, aftercare."""

from percuta.facts.doors import Fact
from percuta.facts.vocabulary import Advice, Level
from percuta.frozen import frozen


@frozen
class ConcernRow(Fact):
    """A concern's names, and which evidence words speak for it."""

    name: str
    patient_name: str
    evidence: tuple[str, ...]


@frozen
class ConcernRule(Fact):
    """A concern that no trial of needling alone names a depth for, and how it weighs."""

    concern: str
    kind: str
    level_physician: Level
    level_others: Level
    reason: str


@frozen
class Trial(Fact):
    """One outcome of one study, as printed."""

    concern: tuple[str, ...]
    scar_kind: tuple[str, ...] | None
    modality: str
    device_kind: str
    n_started_n: int | None
    n_completed_n: int | None
    depth_mm_lo: float | None
    depth_mm_hi: float | None
    sessions_lo_n: int | None
    sessions_hi_n: int | None
    interval_weeks: float | None
    follow_up: str
    scale: str
    control: str
    comparator: str
    change: str
    significant: str
    species: str


@frozen
class SeriesRow(Fact):
    """How many sessions, how far apart, a study or review used for a concern."""

    concern: tuple[str, ...]
    scar_kind: tuple[str, ...] | None
    modality: str
    site: tuple[str, ...]
    added: str
    sessions_lo_n: int | None
    sessions_hi_n: int | None
    interval_weeks_lo: float | None
    interval_weeks_hi: float | None


@frozen
class SeriesPair(Fact):
    """Sessions and whole days between them as one study had both; ``series`` is its row there."""

    series: str
    sessions_n: int
    interval_days: int


@frozen
class RecoveryRow(Fact):
    """One sign after a session: when it comes and goes, or what to do if it is a red flag."""

    kind: str
    sign: str
    modality: str
    onset: str
    onset_h_hi: float | None
    resolution: str
    resolution_h_lo: float | None
    resolution_h_hi: float | None
    depth_mm_lo: float | None
    depth_mm_hi: float | None
    urgency: str
    action: str


@frozen
class AftercareRow(Fact):
    """One instruction with its floor in hours, and the same in plain words."""

    instruction: str
    plain: str
    phase: str
    from_h: float | None
    until_h_lo: float | None
    until_h_hi: float | None
    origin: str
    audience: str


@frozen
class NextSessionRow(Fact):
    """Something that a session or a check-in may tell, and what it calls for next time."""

    reported: str
    advice: Advice
    screening: str | None
    recovery: str | None
    corrects: str | None
    reason: str

    @property
    def can_be_cleared(self) -> bool:
        """Whether somebody who may do so can end it in writing."""
        return self.advice is not Advice.STOP


@frozen
class AlternativeRow(Fact):
    """What else there is when needling is not right for a concern."""

    concern: str
    when: str
    alternative: str


@frozen
class ClosureAdvice(Fact):
    """The clocks that must have run down before an aftercare instruction ends."""

    instruction: str
    clocks: tuple[str, ...]


@frozen
class RednessStatement(Fact):
    """Two hours between which redness went in a share of the people of one study."""

    what: str
    lower_h: float
    upper_h: float
    clear_pct: float
    people_n: int | None
    device: str | None
    depth_mm_lo: float
    depth_mm_hi: float
    role: str
