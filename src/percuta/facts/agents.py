"""What goes on the skin: numbing products with their ceilings, glide media, soothing, topicals."""

from enum import StrEnum

from percuta.facts.doors import Fact
from percuta.frozen import frozen


@frozen
class Agent(Fact):
    """One product class: what it holds, and whether its label covers needled skin.

    ``role`` is numbing, glide, soothing or topical; ``anaesthetic_classes`` and ``ingredients``
    decide which screening rules remove it. ``active`` is what of it the model of absorption knows,
    or ``none``, or ``unknown``.
    """

    name: str
    role: str
    anaesthetic_classes: tuple[str, ...] | None
    ingredients: tuple[str, ...]
    anaesthetic_mg_per_g: float | None
    active: str
    active_mg_per_g: float | None
    on_needled_skin: str
    near_eyes: str
    default_rank_n: int | None
    warning: str


class StatementKind(StrEnum):
    """What a dose statement states."""

    LABEL_RATE = "label_rate"
    LABEL_MAX = "label_max"
    LABEL_TIME = "label_time"
    TOTAL_MAX = "total_max"
    ABSORBED_SHARE = "absorbed_share"
    PHARMACOKINETICS = "pharmacokinetics"
    WARNING = "warning"
    PRACTICE = "practice"


LIMITING = frozenset(
    {
        StatementKind.LABEL_RATE,
        StatementKind.LABEL_MAX,
        StatementKind.LABEL_TIME,
        StatementKind.TOTAL_MAX,
    }
)
"""Statements that may limit a dose; a study's protocol never does."""


@frozen
class AnaestheticRow(Fact):
    """One published dose statement; ``use`` says whether it may ever be a limit."""

    agent: str
    use: str
    kind: StatementKind
    age_lo_years: float | None
    age_hi_years: float | None
    weight_lo_kg: float | None
    weight_hi_kg: float | None
    grams_max_g: float | None
    area_max_cm2: float | None
    rate_g_per_cm2: float | None
    dwell_lo_min: float | None
    dwell_hi_min: float | None
    absorbed_share_pct: float | None
    total_max_mg: float | None
    total_max_mg_per_kg: float | None
    statement: str
