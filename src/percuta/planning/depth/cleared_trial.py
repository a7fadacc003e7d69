"""Where the trial behind a cleared indication went deeper than the limit of a zone."""

from collections.abc import Iterator

from percuta.facts.depths import DepthRow, Indication
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Zone
from percuta.planning.case.case import StatedConcern
from percuta.planning.depth.ceilings import Ceiling
from percuta.planning.judgement.findings import Reason


def deeper_trials(
    zone: Zone, stated: StatedConcern, ceiling: Ceiling, facts: Facts
) -> Iterator[Reason]:
    """One reason for each cleared indication of this zone whose own trial went deeper."""
    sites = frozenset(facts.zones[zone].sites) - {"any"}
    rows = {row.key: row for row in facts.depths}
    for cleared in facts.indications:
        is_about = stated.concern in cleared.concern and not sites.isdisjoint(cleared.site)
        trial = rows.get(cleared.trial or "")
        if is_about and trial is not None and (trial.depth_mm_hi or 0.0) > ceiling.limit_mm:
            yield _reason(cleared, trial, ceiling)


def _reason(cleared: Indication, trial: DepthRow, ceiling: Ceiling) -> Reason:
    words = [", ".join(part).replace("_", " ") for part in (cleared.concern, cleared.site)]
    text = (
        f"The trial behind the clearance of {cleared.family} for {' of the '.join(words)} went up "
        f"to {trial.depth_mm_hi:g} mm. That is shown; the limit stays {ceiling.limit_mm:g} mm."
    )
    return Reason(
        text=text,
        facts=(f"indications/{cleared.key}", f"depths/{trial.key}"),
        sources=tuple(dict.fromkeys((*cleared.sources, *trial.sources))),
    )
