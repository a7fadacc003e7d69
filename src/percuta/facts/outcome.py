"""What the outcome model reads: arms of studies, and what was believed before them."""

from percuta.facts.doors import Fact
from percuta.frozen import frozen


@frozen
class OutcomeArm(Fact):
    """What one group in one study had, in the form in which the outcome model reads it."""

    use: str
    fact: str
    study: str
    topic: str
    speaks_for: tuple[str, ...]
    axis: str
    report: str
    people_n: int | None
    studies_n: int | None
    sessions_n: float | None
    interval_months: float | None
    since_last_months: float | None
    control: str
    baseline_mean: float | None
    baseline_sd: float | None
    followup_mean: float | None
    followup_sd: float | None
    change_mean: float | None
    change_low: float | None
    change_high: float | None
    interval_pct: float | None
    improved_n: int | None
    under_25_n: int | None
    from_25_n: int | None
    from_50_n: int | None
    from_75_n: int | None

    @property
    def facts(self) -> tuple[str, ...]:
        """References of the rows that it was made from."""
        return tuple(self.fact.split(";"))


@frozen
class OutcomeDesign(Fact):
    """How the outcome of an arm was judged, and beside what: covariates of the outcome model."""

    arm: str
    rating: str
    comparator: str

    @property
    def is_blinded(self) -> bool:
        """Whether raters did not know; what is not told counts as that they did."""
        return self.rating == "blinded"

    @property
    def is_alone(self) -> bool:
        """Whether no other group was looked at beside it."""
        return self.comparator == "none"


@frozen
class LaterArm(Fact):
    """An arm found after the model was frozen: kept as printed, for the fit after this one."""

    study: str
    topic: str
    people_n: int | None
    sessions_n: int | None
    rating: str
    printed: str


@frozen
class OutcomePrior(Fact):
    """A belief held before any study was read, or a fixed choice."""

    quantity: str
    law: str
    middle: float
    spread: float


@frozen
class OutcomeCheck(Fact):
    """An arm as predicted by all other studies, beside what was published and what was fitted.

    ``fitted`` with its band is the mean of the group with the study read.
    """

    study: str
    quantity: str
    published: float
    fitted: float
    fitted_low_80: float
    fitted_high_80: float
    low_95: float
    low_80: float
    low_50: float
    middle: float
    high_50: float
    high_80: float
    high_95: float


@frozen
class EventRow(Fact):
    """How often something unwanted was seen in one study."""

    event: str
    event_key: str
    modality: str
    events_n: int | None
    people_n: int | None
    rate_pct_lo: float | None


@frozen
class EventScope(Fact):
    """Of which skin a count of ``event`` speaks, and whether needling was all that was done."""

    event: str
    sites: tuple[str, ...]
    procedure: str
