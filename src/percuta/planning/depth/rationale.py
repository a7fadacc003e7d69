"""Why this depth, in one sentence: the limit, the protocol, where needles end."""

from percuta.planning.depth.ceilings import Ceiling
from percuta.planning.depth.reached_depth import Reach
from percuta.planning.depth.recommendation import DepthAdvice
from percuta.planning.judgement.findings import Reason


def depth_sentence(advice: DepthAdvice, ceiling: Ceiling, reach: Reach) -> Reason:
    """The whole recommendation in one sentence, with every fact behind it.

    ``reach`` is that of the depth in use: the professional's own, else the advice.
    """
    depth_mm = reach.set_depth_mm
    text = (
        f"{depth_mm:g} mm: {_limit(depth_mm, ceiling)}, {_protocol(depth_mm, advice)}; "
        f"{reach.words}. Reasoned, not measured."
    )
    behind = (*advice.why, reach.why)
    return Reason(
        text=text,
        facts=tuple(dict.fromkeys(fact for reason in behind for fact in reason.facts)),
        sources=tuple(dict.fromkeys(source for reason in behind for source in reason.sources)),
    )


def _limit(depth_mm: float, ceiling: Ceiling) -> str:
    who = ceiling.bound.text.rstrip(".")
    if depth_mm == ceiling.limit_mm:
        return f"the limit ({who})"
    return f"within the limit of {ceiling.limit_mm:g} mm ({who})"


def _protocol(depth_mm: float, advice: DepthAdvice) -> str:
    recommended_mm = advice.recommended_mm
    if recommended_mm is None or depth_mm == recommended_mm:
        return advice.protocol
    return f"chosen instead of {recommended_mm:g} mm ({advice.protocol})"
