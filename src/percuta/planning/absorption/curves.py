"""A lane of absorption: what of one product has gone in, hour by hour, never without a band."""

from typing import Self

from pydantic import model_validator

from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import Frozen
from percuta.planning.judgement.findings import Reason
from percuta.planning.judgement.grades import Grade

QUICK = 256
"""Draws while somebody waits for a what-if."""

REFINED = 2000
"""Draws of every plan that is kept, printed or signed."""


class Shares(Frozen):
    """Parts in 100 of what was put on, one for each hour of a lane: 5 %, middle, 95 %.

    ``middle_pct`` is ``None`` where only a bound from above is given, never a guess.
    """

    low_pct: tuple[float, ...]
    middle_pct: tuple[float, ...] | None
    high_pct: tuple[float, ...]


class AbsorptionLane(Frozen):
    """What of one product has gone in, in zones that are alike.

    ``hours`` count since it was put on. ``intact`` is the same skin without channels, where the
    product lies over channels; ``is_intact_known`` unless its band spans nearly everything.
    ``draws`` and ``seed`` are ``None`` for a bound, which needs none.
    """

    product: str
    name: str
    over: str
    zones: tuple[Zone, ...]
    hours: tuple[float, ...]
    gone_in: Shares
    intact: Shares | None
    is_intact_known: bool
    draws: int | None
    seed: int | None
    grade: Grade
    grade_words: str
    why: Reason

    @model_validator(mode="after")
    def _has_a_band(self) -> Self:
        for shares in (self.gone_in, self.intact):
            if shares is None:
                continue
            curves = [c for c in (shares.low_pct, shares.middle_pct, shares.high_pct) if c]
            if not self.hours or any(len(curve) != len(self.hours) for curve in curves):
                raise ValueError(f"the lane of {self.product} lacks hours or a band")
        return self


class NoLane(Frozen):
    """A product on the skin of which nothing is forecast, and why not."""

    product: str
    name: str
    why: Reason
